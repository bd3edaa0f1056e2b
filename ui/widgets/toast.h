#pragma once

#include <QtCore/QTimer>
#include <QtWidgets/QLabel>

namespace castdeck::ui {

/// A sentence at the lower edge of the window that goes by itself. For what needs no answer.
class Toast : public QLabel {
    Q_OBJECT

public:
    explicit Toast(QWidget* window);

    void tell(const QString& sentence);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void place();

    QTimer m_time;
};

} // namespace castdeck::ui
