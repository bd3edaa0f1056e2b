#pragma once

#include <QtWidgets/QWidget>

#include <cstddef>

namespace castdeck::ui {

/// How much of the allowed payload is used: a bar and "2.1 of 10 KB as sent". Amber from 80 %, red above the limit.
class SizeMeter : public QWidget {
    Q_OBJECT

public:
    explicit SizeMeter(const QString& name, QWidget* parent = nullptr);

    void setSize(std::size_t bytes, std::size_t limit);
    QString text() const { return m_text; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::size_t m_bytes = 0;
    std::size_t m_limit = 1;
    QString m_text;
};

} // namespace castdeck::ui
