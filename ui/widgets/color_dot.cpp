#include "ui/widgets/color_dot.h"

#include "ui/theme/theme.h"

#include <QtGui/QPainter>

namespace castdeck::ui {

ColorDot::ColorDot(Tone tone, QWidget* parent) : QWidget{parent}, m_tone{tone}
{
    constexpr int size = 10;
    setFixedSize(size, size);
}

void ColorDot::paintEvent(QPaintEvent*)
{
    QPainter painter{this};
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::colors().tone(m_tone));
    painter.drawEllipse(rect());
}

} // namespace castdeck::ui
