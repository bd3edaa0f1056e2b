#include "ui/widgets/chip.h"

#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>

namespace castdeck::ui {

namespace {

constexpr int chipHeight = 24;
constexpr int side = 9;
constexpr int gap = 6;
constexpr int pictureSize = 14;
constexpr int maxTextWidth = 260;
constexpr int crossSize = 12;

QFont wordFont()
{
    return bodyFont(metrics::smallText, QFont::Medium);
}

QFont remarkFont()
{
    return bodyFont(metrics::smallText);
}

} // namespace

Chip::Chip(Use use, QWidget* parent) : QAbstractButton{parent}, m_use{use}
{
    setCheckable(use == Use::Switch);
    setFocusPolicy(use == Use::Switch ? Qt::StrongFocus : Qt::NoFocus);
    if (use != Use::Information)
        setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Chip::setLook(const QString& iconName, Tone tone)
{
    m_iconName = iconName;
    m_tone = tone;
    updateGeometry();
    update();
}

void Chip::setRemark(const QString& remark)
{
    if (m_remark == remark)
        return;
    m_remark = remark;
    setAccessibleDescription(remark);
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const
{
    int width = 2 * side + std::min(QFontMetrics{wordFont()}.horizontalAdvance(text()) + 1, maxTextWidth);
    if (!m_iconName.isEmpty())
        width += pictureSize + gap;
    if (!m_remark.isEmpty())
        width += gap + QFontMetrics{remarkFont()}.horizontalAdvance(m_remark) + 1;
    if (m_use == Use::Removable)
        width += gap + crossSize;
    return {width, chipHeight};
}

QRect Chip::crossArea() const
{
    return {width() - side - crossSize, (chipHeight - crossSize) / 2, crossSize, crossSize};
}

void Chip::mousePressEvent(QMouseEvent* event)
{
    constexpr int reach = 5; // Easier to hit than it looks.
    if (m_use == Use::Removable && crossArea().adjusted(-reach, -reach, reach, reach).contains(event->pos()))
        Q_EMIT removeRequested();
    else
        QAbstractButton::mousePressEvent(event);
}

void Chip::paintEvent(QPaintEvent*)
{
    const Colors& colors = Theme::colors();
    QPainter painter{this};
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isOn = isChecked() || m_use != Use::Switch;
    const QColor outline = hasFocus() ? colors.accent : (isChecked() ? colors.tone(m_tone) : colors.border);
    painter.setPen(QPen{outline, hasFocus() ? 1.5 : 1.0});
    painter.setBrush(isOn ? colors.soft(m_tone) : (underMouse() ? colors.hover : colors.surface));
    painter.drawRoundedRect(QRectF{rect()}.adjusted(0.5, 0.5, -0.5, -0.5), chipHeight / 2.0, chipHeight / 2.0);

    if (m_use == Use::Removable)
        painter.drawPixmap(crossArea().topLeft(),
                           iconPixmap(QStringLiteral("close"), underMouse() ? colors.text : colors.faint, crossSize,
                                      devicePixelRatioF()));
    QRect area = rect().adjusted(side, 0, -side, 0);
    if (!m_iconName.isEmpty()) {
        painter.drawPixmap(area.left(), (chipHeight - pictureSize) / 2,
                           iconPixmap(m_iconName, colors.tone(m_tone), pictureSize, devicePixelRatioF()));
        area.setLeft(area.left() + pictureSize + gap);
    }
    painter.setFont(wordFont());
    painter.setPen(m_use == Use::Switch ? colors.text : colors.tone(m_tone));
    const QFontMetrics measure{wordFont()};
    const QString word = measure.elidedText(text(), Qt::ElideRight, maxTextWidth);
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, word);
    if (m_remark.isEmpty())
        return;
    area.setLeft(area.left() + measure.horizontalAdvance(word) + gap);
    painter.setFont(remarkFont());
    painter.setPen(colors.faint);
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, m_remark);
}

void Chip::enterEvent(QEnterEvent* event)
{
    update();
    QAbstractButton::enterEvent(event);
}

void Chip::leaveEvent(QEvent* event)
{
    update();
    QAbstractButton::leaveEvent(event);
}

} // namespace castdeck::ui
