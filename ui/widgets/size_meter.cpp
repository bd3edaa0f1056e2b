#include "ui/widgets/size_meter.h"

#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QtGui/QPainter>

#include <algorithm>

namespace castdeck::ui {

namespace {

constexpr int barWidth = 96;
constexpr int barHeight = 4;
constexpr int meterHeight = 20;

} // namespace

SizeMeter::SizeMeter(const QString& name, QWidget* parent) : QWidget{parent}
{
    setObjectName(name);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void SizeMeter::setSize(std::size_t bytes, std::size_t limit)
{
    m_bytes = bytes;
    m_limit = std::max<std::size_t>(limit, 1);
    m_text = bytes > m_limit ? tr("%1 of %2: too large").arg(shownSize(bytes), shownSize(m_limit))
                             : tr("%1 of %2 as sent").arg(shownSize(bytes), shownSize(m_limit));
    setAccessibleName(m_text);
    updateGeometry();
    update();
}

QSize SizeMeter::sizeHint() const
{
    const int textWidth = QFontMetrics{bodyFont(metrics::smallText)}.horizontalAdvance(m_text);
    return {barWidth + metrics::small + textWidth + 2, meterHeight};
}

void SizeMeter::paintEvent(QPaintEvent*)
{
    const Colors& colors = Theme::colors();
    const double share = static_cast<double>(m_bytes) / static_cast<double>(m_limit);
    const Tone tone = share > 1.0 ? Tone::Danger : share >= 0.8 ? Tone::Warning : Tone::Accent;
    QPainter painter{this};
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.border);
    const QRectF bar{static_cast<qreal>(width() - barWidth), (meterHeight - barHeight) / 2.0, barWidth, barHeight};
    painter.drawRoundedRect(bar, 2, 2);
    painter.setBrush(colors.tone(tone));
    QRectF filled = bar;
    filled.setWidth(bar.width() * std::min(share, 1.0));
    if (filled.width() >= 1)
        painter.drawRoundedRect(filled, 2, 2);
    painter.setFont(bodyFont(metrics::smallText));
    painter.setPen(tone == Tone::Accent ? colors.faint : colors.tone(tone));
    painter.drawText(QRect{0, 0, width() - barWidth - metrics::small, meterHeight},
                     Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, m_text);
}

} // namespace castdeck::ui
