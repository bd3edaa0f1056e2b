#pragma once

#include "ui/models/template.h"
#include "ui/theme/colors.h"

#include <QtWidgets/QAbstractButton>

namespace castdeck::ui {

/// One template on the board: its colour, its name, where it goes and when it was sent last. A press opens it, a drag
/// moves it.
class AlertTile : public QAbstractButton {
    Q_OBJECT

public:
    static constexpr QSize smallest{160, 96};

    explicit AlertTile(const Template& message, QWidget* parent = nullptr);

    const std::string& templateId() const noexcept { return m_message.id; }
    void setMessage(const Template& message);
    void setNumber(int number); ///< The key that presses it; 0 for none.
    void setLastSent(const QString& words);
    QString lastSent() const { return m_lastSent; }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override { return {smallest.width(), heightForWidth(smallest.width())}; }
    QSize minimumSizeHint() const override { return smallest; }

Q_SIGNALS:
    void dragged(const QPoint& position); ///< Of the pointer, in the parent's coordinates.
    void dropped();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    QString target() const;
    void describe();

    Template m_message;
    int m_number = 0;
    QString m_lastSent;
    QPoint m_pressedAt;
    bool m_isDragged = false;
};

} // namespace castdeck::ui
