#include "ui/widgets/plot.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QtGui/QMouseEvent>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

#include <algorithm>
#include <cmath>

namespace castdeck::ui {

namespace {

constexpr int leftRoom = 56; ///< For the words of values.
constexpr int lowerRoom = 20;
constexpr int gridLines = 3;

/// A round number not below `value` and not below 1, and whole, for all plots are of whole things.
double roundedUp(double value)
{
    if (value <= 1)
        return 1;
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double factor : {1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0}) {
        const double step = factor * power;
        if (step >= value && step == std::floor(step))
            return step;
    }
    return 10 * power;
}

/// A spreadsheet takes a text that begins so for a formula.
QString csvField(const QString& text)
{
    static const QString formula = QStringLiteral("=+-@\t\r");
    QString field = !text.isEmpty() && formula.contains(text.front()) ? u'\'' + text : text;
    return u'"' + field.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

} // namespace

std::vector<Extent> thinned(const std::vector<double>& values, std::size_t columns)
{
    std::vector<Extent> extents;
    columns = std::min(columns, values.size());
    extents.reserve(columns);
    for (std::size_t column = 0; column < columns; ++column) {
        const auto from = values.begin() + static_cast<std::ptrdiff_t>(column * values.size() / columns);
        const auto to = values.begin() + static_cast<std::ptrdiff_t>((column + 1) * values.size() / columns);
        const auto [low, high] = std::minmax_element(from, to);
        extents.push_back({*low, *high});
    }
    return extents;
}

QString toCsv(const PlotData& data)
{
    QString text = csvField(data.labelHead);
    for (const PlotData::Series& series : data.series)
        text += u',' + csvField(series.name);
    text += QStringLiteral("\r\n");
    for (std::size_t row = 0; row < data.labels.size(); ++row) {
        text += csvField(data.labels[row]);
        for (const PlotData::Series& series : data.series)
            text += u',' + QString::number(series.values[row], 'g', 12);
        text += QStringLiteral("\r\n");
    }
    return text;
}

Plot::Plot(const QString& name, const QString& accessibleName, QWidget* parent) : QWidget{parent}
{
    setObjectName(name);
    setAccessibleName(accessibleName);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void Plot::setData(PlotData data)
{
    m_data = std::move(data);
    if (m_pointed >= static_cast<int>(count()))
        m_pointed = -1;
    QStringList words;
    for (const PlotData::Series& series : m_data.series) {
        if (!series.values.empty())
            words << tr("%1 %2").arg(series.name, m_data.words(series.values.back()));
    }
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    update();
}

QRectF Plot::area() const
{
    return QRectF{rect()}.adjusted(leftRoom, metrics::small, -metrics::small, -lowerRoom);
}

double Plot::step() const
{
    double highest = 0;
    for (const PlotData::Series& series : m_data.series) {
        for (const double value : series.values)
            highest = std::max(highest, value);
    }
    return roundedUp(highest / gridLines);
}

double Plot::top() const
{
    return step() * gridLines;
}

double Plot::xOf(double index) const
{
    const double last = std::max<double>(1.0, static_cast<double>(count()) - 1.0);
    return area().left() + area().width() * index / last;
}

double Plot::yOf(double value) const
{
    return area().bottom() - area().height() * value / top();
}

void Plot::paintEvent(QPaintEvent*)
{
    QPainter painter{this};
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(bodyFont(metrics::smallText - 1));
    if (count() == 0 || m_data.series.empty()) {
        painter.setPen(Theme::colors().muted);
        painter.drawText(rect(), Qt::AlignCenter, tr("Nothing to show yet"));
        return;
    }
    if (m_data.kind == PlotData::Kind::Ranks)
        return paintRanks(painter);
    paintGrid(painter);
    if (m_data.kind == PlotData::Kind::Lines)
        paintLines(painter);
    else
        paintBars(painter);
    paintPointer(painter);
}

void Plot::paintGrid(QPainter& painter) const
{
    const Colors& colors = Theme::colors();
    for (int line = 0; line <= gridLines; ++line) {
        const double value = step() * line;
        const double y = std::floor(yOf(value)) + 0.5;
        painter.setPen(colors.border);
        painter.drawLine(QPointF{area().left(), y}, QPointF{area().right(), y});
        painter.setPen(colors.muted);
        painter.drawText(QRectF{0, y - 10, leftRoom - 8.0, 20}, Qt::AlignRight | Qt::AlignVCenter, m_data.words(value));
    }
    const QRectF foot{area().left(), area().bottom() + 4, area().width(), lowerRoom - 4.0};
    painter.drawText(foot, Qt::AlignLeft | Qt::AlignVCenter, m_data.labels.front());
    if (count() > 1)
        painter.drawText(foot, Qt::AlignRight | Qt::AlignVCenter, m_data.labels.back());
    if (m_data.series.size() > 1)
        paintLegend(painter, foot);
}

void Plot::paintLegend(QPainter& painter, const QRectF& foot) const
{
    constexpr int dash = 12;
    constexpr int gap = 6;
    constexpr int between = 16;
    double width = -between;
    for (const PlotData::Series& series : m_data.series)
        width += dash + gap + painter.fontMetrics().horizontalAdvance(series.name) + between;
    double x = foot.center().x() - width / 2;
    for (const PlotData::Series& series : m_data.series) {
        painter.setPen(QPen{Theme::colors().tone(series.tone), 2});
        painter.drawLine(QPointF{x, foot.center().y()}, QPointF{x + dash, foot.center().y()});
        x += dash + gap;
        painter.setPen(Theme::colors().muted);
        const double words = painter.fontMetrics().horizontalAdvance(series.name) + 1.0;
        painter.drawText(QRectF{x, foot.top(), words, foot.height()}, Qt::AlignLeft | Qt::AlignVCenter, series.name);
        x += words + between;
    }
}

void Plot::paintLines(QPainter& painter) const
{
    for (const PlotData::Series& series : m_data.series) {
        const std::vector<Extent> extents = thinned(series.values, static_cast<std::size_t>(area().width()));
        const double step = extents.size() < 2 ? 0 : area().width() / static_cast<double>(extents.size() - 1);
        QPainterPath path;
        for (std::size_t column = 0; column < extents.size(); ++column) {
            const double x = area().left() + step * static_cast<double>(column);
            const QPointF high{x, yOf(extents[column].high)};
            if (column == 0)
                path.moveTo(high);
            else
                path.lineTo(high);
            if (extents[column].low < extents[column].high)
                path.lineTo(x, yOf(extents[column].low));
        }
        painter.setPen(QPen{Theme::colors().tone(series.tone), 1.6});
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(path);
    }
}

void Plot::paintBars(QPainter& painter) const
{
    const PlotData::Series& series = m_data.series.front();
    const double width = area().width() / static_cast<double>(count());
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::colors().tone(series.tone));
    for (std::size_t bar = 0; bar < series.values.size(); ++bar) {
        if (series.values[bar] <= 0)
            continue;
        const double y = std::min(yOf(series.values[bar]), area().bottom() - 1.0);
        painter.drawRect(QRectF{area().left() + width * static_cast<double>(bar) + 1, y, std::max(1.0, width - 2),
                                area().bottom() - y});
    }
}

void Plot::paintRanks(QPainter& painter) const
{
    const PlotData::Series& series = m_data.series.front();
    const Colors& colors = Theme::colors();
    const QFontMetrics measure = painter.fontMetrics();
    const double names = std::min(width() * 0.45, 220.0);
    const double values = measure.horizontalAdvance(m_data.words(series.values.front())) + 12.0;
    const double room = std::max(1.0, width() - names - values - 12.0);
    constexpr double height = 20;
    for (std::size_t rank = 0; rank < count() && static_cast<double>(rank + 1) * height <= this->height(); ++rank) {
        const double y = static_cast<double>(rank) * height;
        painter.setPen(colors.text);
        painter.drawText(QRectF{0, y, names - 8, height}, Qt::AlignLeft | Qt::AlignVCenter,
                         measure.elidedText(m_data.labels[rank], Qt::ElideMiddle, static_cast<int>(names) - 8));
        const double length = std::max(2.0, room * series.values[rank] / std::max(1.0, series.values.front()));
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.tone(series.tone));
        painter.drawRoundedRect(QRectF{names, y + 5, length, height - 10}, 2, 2);
        painter.setPen(colors.muted);
        painter.drawText(QRectF{names + length + 6, y, values, height}, Qt::AlignLeft | Qt::AlignVCenter,
                         m_data.words(series.values[rank]));
    }
}

void Plot::paintPointer(QPainter& painter) const
{
    if (m_pointed < 0)
        return;
    const auto index = static_cast<std::size_t>(m_pointed);
    QStringList words{m_data.labels[index]};
    for (const PlotData::Series& series : m_data.series)
        words << tr("%1 %2").arg(series.name, m_data.words(series.values[index]));
    const QString text = words.join(QStringLiteral("   "));
    const Colors& colors = Theme::colors();
    if (m_data.kind == PlotData::Kind::Lines) {
        painter.setPen(colors.borderStrong);
        painter.drawLine(QPointF{xOf(m_pointed), area().top()}, QPointF{xOf(m_pointed), area().bottom()});
    }
    const double width = painter.fontMetrics().horizontalAdvance(text) + 16.0;
    const QRectF box{std::max(area().left(), area().right() - width), area().top(), std::min(width, area().width()),
                     20};
    painter.setPen(colors.border);
    painter.setBrush(colors.raised);
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(colors.text);
    painter.drawText(box.adjusted(8, 0, -8, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
}

void Plot::mouseMoveEvent(QMouseEvent* event)
{
    const double share = (event->position().x() - area().left()) / std::max(1.0, area().width());
    const bool isInside = count() > 0 && share >= 0 && share <= 1 && m_data.kind != PlotData::Kind::Ranks;
    const double last = static_cast<double>(count()) - (m_data.kind == PlotData::Kind::Bars ? 0.0 : 1.0);
    const double index = m_data.kind == PlotData::Kind::Bars ? std::floor(share * last) : std::round(share * last);
    m_pointed = isInside ? std::min(static_cast<int>(index), static_cast<int>(count()) - 1) : -1;
    update();
}

void Plot::leaveEvent(QEvent*)
{
    m_pointed = -1;
    update();
}

} // namespace castdeck::ui
