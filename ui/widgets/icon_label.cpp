#include "ui/widgets/icon_label.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QtGui/QPainter>

#include <utility>

namespace castdeck::ui {

IconLabel::IconLabel(QString iconName, Tone tone, int size, QWidget* parent)
    : QWidget{parent}
    , m_iconName{std::move(iconName)}
    , m_tone{tone}
{
    setFixedSize(size, size);
}

void IconLabel::paintEvent(QPaintEvent*)
{
    QPainter{this}.drawPixmap(0, 0, iconPixmap(m_iconName, Theme::colors().tone(m_tone), width(), devicePixelRatioF()));
}

} // namespace castdeck::ui
