#pragma once

#include <QtWidgets/QFrame>

class QLabel;

namespace castdeck::ui {

/// One number or word, large, under what it counts.
class Figure : public QFrame {
    Q_OBJECT

public:
    explicit Figure(const QString& caption, QWidget* parent = nullptr);

    void setText(const QString& text);
    QString text() const;

private:
    QLabel* m_text;
};

} // namespace castdeck::ui
