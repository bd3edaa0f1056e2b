#include "ui/widgets/alert_tile.h"

#include "ui/models/profile_words.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

#include <algorithm>

namespace castdeck::ui {

namespace {

constexpr int barWidth = 4;
constexpr int left = 16;
constexpr int right = 12;
constexpr int top = 12;
constexpr int numberRoom = 18;
constexpr int lineHeight = 17;
constexpr int titleFlags = Qt::AlignLeft | Qt::AlignTop | Qt::TextWrapAnywhere | Qt::TextWordWrap;

QFont titleFont()
{
    return bodyFont(metrics::bodyText + 1, QFont::DemiBold);
}

int titleHeight(const QString& title, int width)
{
    const QRect room{0, 0, width - left - right - numberRoom, 10'000};
    return QFontMetrics{titleFont()}.boundingRect(room, titleFlags, title).height();
}

} // namespace

AlertTile::AlertTile(const Template& message, QWidget* parent) : QAbstractButton{parent}
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setMessage(message);
}

void AlertTile::setMessage(const Template& message)
{
    m_message = message;
    setText(shownText(toStd(message.name), 300));
    describe();
}

void AlertTile::setNumber(int number)
{
    m_number = number;
    setToolTip(number == 0 ? QString{} : tr("Press %1 while the board has the focus").arg(number));
    describe();
}

void AlertTile::setLastSent(const QString& words)
{
    if (m_lastSent == words)
        return;
    m_lastSent = words;
    describe();
}

void AlertTile::describe()
{
    setAccessibleName(text());
    setAccessibleDescription(m_lastSent.isEmpty() ? target() : tr("%1, sent %2").arg(target(), m_lastSent));
    updateGeometry();
    update();
}

QString AlertTile::target() const
{
    return tr("%1 on %2")
        .arg(shownText(toStd(m_message.draft.event), 80), shownText(toStd(m_message.draft.channels), 160));
}

int AlertTile::heightForWidth(int width) const
{
    return std::max(smallest.height(), top + titleHeight(text(), width) + metrics::small + 2 * lineHeight + 10);
}

void AlertTile::paintEvent(QPaintEvent*)
{
    const Colors& colors = Theme::colors();
    const QColor tone = colors.tone(toneOf(m_message.color));
    QPainter painter{this};
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF card = QRectF{rect()}.adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen{hasFocus()     ? colors.accent
                        : underMouse() ? colors.faint
                                       : colors.borderStrong,
                        hasFocus() ? 2.0 : 1.0});
    painter.setBrush(isDown() ? colors.selection : underMouse() ? colors.hover : colors.surface);
    painter.drawRoundedRect(hasFocus() ? card.adjusted(0.5, 0.5, -0.5, -0.5) : card, 8, 8);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tone);
    painter.drawRoundedRect(QRectF{6, 8, barWidth, height() - 16.0}, 2, 2);

    painter.setFont(titleFont());
    painter.setPen(colors.text);
    painter.drawText(QRect{left, top, width() - left - right - numberRoom, height() - top}, titleFlags, text());
    const QFont quiet = bodyFont(metrics::smallText);
    const QFontMetrics measure{quiet};
    const int room = width() - left - right;
    painter.setFont(quiet);
    painter.setPen(colors.faint);
    if (m_number > 0)
        painter.drawText(QRect{width() - right - numberRoom, top, numberRoom, lineHeight},
                         Qt::AlignRight | Qt::AlignVCenter, QString::number(m_number));
    const int lastLine = height() - 10 - lineHeight;
    painter.setPen(colors.muted);
    painter.drawText(QRect{left, lastLine - lineHeight, room, lineHeight},
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     measure.elidedText(target(), Qt::ElideRight, room));
    painter.setPen(colors.faint);
    painter.drawText(QRect{left, lastLine, room, lineHeight}, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     m_lastSent.isEmpty() ? tr("never sent") : tr("sent %1").arg(m_lastSent));
}

void AlertTile::mousePressEvent(QMouseEvent* event)
{
    m_pressedAt = event->pos();
    m_isDragged = false;
    QAbstractButton::mousePressEvent(event);
}

void AlertTile::mouseMoveEvent(QMouseEvent* event)
{
    const bool isFar = (event->pos() - m_pressedAt).manhattanLength() >= QApplication::startDragDistance();
    if (event->buttons().testFlag(Qt::LeftButton) && (m_isDragged || isFar)) {
        m_isDragged = true;
        setDown(false);
        Q_EMIT dragged(mapToParent(event->pos()));
        return;
    }
    QAbstractButton::mouseMoveEvent(event);
}

void AlertTile::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_isDragged) {
        QAbstractButton::mouseReleaseEvent(event);
        return;
    }
    m_isDragged = false;
    setDown(false);
    Q_EMIT dropped();
}

void AlertTile::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        // One press, one form: a key that is held down must not run on into it.
        if (!event->isAutoRepeat())
            click();
        return;
    }
    if (event->key() == Qt::Key_Space)
        QAbstractButton::keyPressEvent(event);
    else
        event->ignore(); // Arrows and digits belong to the board.
}

void AlertTile::enterEvent(QEnterEvent* event)
{
    update();
    QAbstractButton::enterEvent(event);
}

void AlertTile::leaveEvent(QEvent* event)
{
    update();
    QAbstractButton::leaveEvent(event);
}

} // namespace castdeck::ui
