#include "ui/widgets/nav_button.h"

#include "ui/actions/key_words.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QtGui/QPainter>

namespace castdeck::ui {

namespace {

constexpr int rowHeight = 34;
constexpr int side = 10;

} // namespace

NavButton::NavButton(const QString& name, const QString& text, const QString& iconName, std::string_view action,
                     QWidget* parent)
    : QAbstractButton{parent}
    , m_iconName{iconName}
    , m_action{action}
{
    setObjectName(name);
    setText(text);
    setAccessibleName(text);
    setCheckable(true);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void NavButton::setCompact(bool isCompact)
{
    m_isCompact = isCompact;
    setKeyTip(this, isCompact ? text() : QString{}, m_action);
    updateGeometry();
    update();
}

void NavButton::setNumber(const QString& number)
{
    if (m_number == number)
        return;
    m_number = number;
    setAccessibleDescription(number);
    update();
}

QSize NavButton::sizeHint() const
{
    return {m_isCompact ? 36 : 160, rowHeight};
}

void NavButton::paintEvent(QPaintEvent*)
{
    const Colors& colors = Theme::colors();
    QPainter painter{this};
    painter.setRenderHint(QPainter::Antialiasing);
    if (isChecked() || underMouse() || hasFocus()) {
        painter.setPen(hasFocus() ? QPen{colors.accent} : QPen{Qt::NoPen});
        painter.setBrush(isChecked() ? colors.selection : underMouse() ? colors.hover : colors.window);
        painter.drawRoundedRect(QRectF{rect()}.adjusted(0.5, 0.5, -0.5, -0.5), metrics::radius, metrics::radius);
    }
    const QColor color = isChecked() ? colors.accent : colors.muted;
    const int iconLeft = m_isCompact ? (width() - metrics::icon) / 2 : side;
    painter.drawPixmap(iconLeft, (rowHeight - metrics::icon) / 2,
                       iconPixmap(m_iconName, color, metrics::icon, devicePixelRatioF()));
    if (m_isCompact)
        return;
    painter.setFont(bodyFont(metrics::bodyText, isChecked() ? QFont::DemiBold : QFont::Medium));
    painter.setPen(isChecked() ? colors.text : colors.muted);
    painter.drawText(rect().adjusted(side + metrics::icon + 10, 0, -side, 0), Qt::AlignLeft | Qt::AlignVCenter, text());
    painter.setFont(bodyFont(metrics::smallText));
    painter.setPen(colors.faint);
    painter.drawText(rect().adjusted(0, 0, -side, 0), Qt::AlignRight | Qt::AlignVCenter, m_number);
}

void NavButton::enterEvent(QEnterEvent* event)
{
    update();
    QAbstractButton::enterEvent(event);
}

void NavButton::leaveEvent(QEvent* event)
{
    update();
    QAbstractButton::leaveEvent(event);
}

} // namespace castdeck::ui
