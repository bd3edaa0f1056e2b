#include "ui/pages/stats_page.h"

#include "ui/models/capability_words.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/plot_card.h"
#include "ui/widgets/segmented.h"

#include <QtCore/QDateTime>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStackedWidget>

#include <array>
#include <chrono>
#include <cmath>

namespace castdeck::ui {

namespace {

constexpr std::array<std::size_t, 3> ranges{300, 900, StatsRecorder::maxSamples}; // Seconds.
constexpr std::size_t shownTalkers = 8;

QString clockTime(WallTime at)
{
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(milliseconds).toString(QStringLiteral("HH:mm:ss"));
}

QString countWords(double value)
{
    if (value >= 1e6)
        return StatsPage::tr("%1 M").arg(value / 1e6, 0, 'g', 3);
    return shownCount(static_cast<std::size_t>(std::llround(value)));
}

QString sizeWords(double value)
{
    return shownSize(static_cast<std::size_t>(std::llround(value)));
}

/// Microseconds.
QString delayWords(double value)
{
    if (value < 1'000)
        return StatsPage::tr("%1 µs").arg(std::llround(value));
    if (value < 1'000'000)
        return StatsPage::tr("%1 ms").arg(value / 1'000, 0, 'f', value < 10'000 ? 1 : 0);
    return StatsPage::tr("%1 s").arg(value / 1'000'000, 0, 'f', 1);
}

template <typename Member>
PlotData::Series seriesOf(const QString& name, Tone tone, const std::vector<const StatsSample*>& samples, Member member)
{
    PlotData::Series series{name, tone, {}};
    series.values.reserve(samples.size());
    for (const StatsSample* sample : samples)
        series.values.push_back(static_cast<double>(sample->*member));
    return series;
}

/// The classes from the first to the last one that holds something.
PlotData barsOf(const LogHistogram& histogram, const QString& head, const QString& name, Tone tone,
                QString (*words)(double))
{
    PlotData data{PlotData::Kind::Bars, head, {}, {{name, tone, {}}}, countWords};
    const auto& counts = histogram.counts();
    const auto isUsed = [](std::size_t count) { return count > 0; };
    const auto first = std::ranges::find_if(counts, isUsed) - counts.begin();
    const auto last = std::find_if(counts.rbegin(), counts.rend(), isUsed).base() - counts.begin();
    for (auto index = first; index < last; ++index) {
        const auto at = static_cast<std::size_t>(index);
        data.labels.push_back(StatsPage::tr("from %1").arg(words(histogram.lowerBound(at))));
        data.series.front().values.push_back(static_cast<double>(counts[at]));
    }
    return data;
}

} // namespace

StatsPage::StatsPage(QWidget* parent)
    : QWidget{parent}
    , m_range{new Segmented{{{QStringLiteral("stats.range.5"), tr("5 min")},
                             {QStringLiteral("stats.range.15"), tr("15 min")},
                             {QStringLiteral("stats.range.60"), tr("1 h")}}}}
    , m_hold{makeButton(QStringLiteral("stats.hold"), tr("Hold"), QStringLiteral("pause"))}
    , m_told{makeLabel({}, TextKind::Hint)}
    , m_scope{makeLabel({}, TextKind::Hint)}
    , m_stack{new QStackedWidget}
    , m_collecting{new EmptyState{QStringLiteral("stats.empty.action")}}
    , m_connections{new PlotCard{QStringLiteral("connections"), tr("Connections and channels")}}
    , m_messages{new PlotCard{QStringLiteral("messages"), tr("Messages a second")}}
    , m_errors{new PlotCard{QStringLiteral("errors"), tr("Errors and refusals a second")}}
    , m_sizes{new PlotCard{QStringLiteral("sizes"), tr("Payload sizes")}}
    , m_delays{new PlotCard{QStringLiteral("delays"), tr("Delay to the socket")}}
    , m_talkers{new PlotCard{QStringLiteral("talkers"), tr("Busiest channels")}}
{
    setObjectName(QStringLiteral("page.stats"));
    setFocusProxy(m_range);
    m_stack->addWidget(m_collecting);
    m_stack->addWidget(buildPlots());
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::page, metrics::page, metrics::page, metrics::large);
    layout->setSpacing(metrics::large);
    m_scope->setObjectName(QStringLiteral("stats.scope"));
    m_scope->setWordWrap(true);
    m_scope->hide();
    layout->addWidget(buildHead());
    layout->addWidget(m_scope);
    layout->addWidget(m_stack, 1);
    connect(m_range, &Segmented::chosen, this, &StatsPage::refresh);
    m_hold->setCheckable(true);
    connect(m_hold, &QPushButton::toggled, this, &StatsPage::setHeld);
    refresh();
}

QWidget* StatsPage::buildHead()
{
    auto* head = new QWidget;
    auto* layout = new QHBoxLayout{head};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addWidget(makeLabel(tr("Stats"), TextKind::Title));
    layout->addWidget(m_told, 1);
    m_range->setTall();
    layout->addWidget(m_range);
    layout->addWidget(m_hold);
    return head;
}

QWidget* StatsPage::buildPlots()
{
    auto* plots = new QWidget;
    auto* grid = new QGridLayout{plots};
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(metrics::medium);
    int index = 0;
    for (PlotCard* card : {m_connections, m_messages, m_errors, m_sizes, m_delays, m_talkers}) {
        grid->addWidget(card, index / 2, index % 2);
        connect(card, &PlotCard::told, m_told, &QLabel::setText);
        ++index;
    }
    return plots;
}

void StatsPage::addEvents(const std::vector<engine::Event>& events)
{
    m_recorder.addEvents(events);
}

void StatsPage::showSnapshot(const engine::Snapshot& snapshot)
{
    const WallTime before = m_recorder.samples().empty() ? WallTime{} : m_recorder.samples().back().at;
    m_recorder.addSnapshot(snapshot);
    if (isVisible() && m_recorder.samples().back().at != before)
        refresh();
}

void StatsPage::showFacts(const RemoteFacts& facts)
{
    m_capabilities = facts.capabilities;
    showMissing();
    refresh();
}

void StatsPage::showMissing()
{
    using Topic = remote::Capability::Topic;
    m_delays->setMissing(tr("Delays are measured on the embedded server only: other servers do not tell when an event "
                            "reached a socket."));
    const QString connections = whyMissing(m_capabilities, Topic::Connections);
    const bool isNothingTold = !connections.isEmpty() && !whyMissing(m_capabilities, Topic::Channels).isEmpty();
    m_connections->setMissing(isNothingTold ? tr("%1 It does not list channels either.").arg(connections) : QString{});
    const QString why = whyMissing(m_capabilities, Topic::Log);
    m_scope->setText(
        tr("Counted is what this window sends, and what it receives on channels it listens to. %1").arg(why));
    m_scope->setVisible(!why.isEmpty());
}

void StatsPage::setHeld(bool isHeld)
{
    m_isHeld = isHeld;
    m_hold->setChecked(isHeld);
    m_hold->setText(isHeld ? tr("Resume") : tr("Hold"));
    if (!isHeld)
        refresh();
}

void StatsPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void StatsPage::refresh()
{
    if (m_isHeld)
        return;
    const std::size_t count = m_recorder.samples().size();
    if (count < enoughSamples) {
        m_collecting->setContent({QStringLiteral("stats"),
                                  tr("Collecting"),
                                  tr("The plots begin after %1 seconds: %2 so far.").arg(enoughSamples).arg(count),
                                  {}});
        m_stack->setCurrentIndex(0);
        return;
    }
    showRates();
    showHistograms();
    m_stack->setCurrentIndex(1);
}

void StatsPage::showRates()
{
    const auto& all = m_recorder.samples();
    const std::size_t shown = std::min(all.size(), ranges.at(static_cast<std::size_t>(m_range->current())));
    std::vector<const StatsSample*> samples;
    std::vector<QString> times;
    for (std::size_t index = all.size() - shown; index < all.size(); ++index) {
        samples.push_back(&all[index]);
        times.push_back(clockTime(all[index].at));
    }
    const auto show = [&](PlotCard* card, std::vector<PlotData::Series> series, const QString& figure) {
        card->setData({PlotData::Kind::Lines, tr("Time"), times, std::move(series), countWords});
        card->setFigure(figure);
    };
    const StatsSample& last = all.back();
    const auto connections = seriesOf(tr("connections"), Tone::Accent, samples, &StatsSample::connections);
    const auto channels = seriesOf(tr("channels"), Tone::Teal, samples, &StatsSample::channels);
    if (whyMissing(m_capabilities, remote::Capability::Topic::Connections).isEmpty())
        show(m_connections, {connections, channels},
             tr("%1 connections, %2 channels").arg(shownCount(last.connections), shownCount(last.channels)));
    else
        show(m_connections, {channels}, tr("%1 channels, connections not told").arg(shownCount(last.channels)));
    show(m_messages,
         {seriesOf(tr("in"), Tone::Info, samples, &StatsSample::messagesIn),
          seriesOf(tr("delivered"), Tone::Success, samples, &StatsSample::deliveries)},
         tr("%1 in, %2 delivered")
             .arg(countWords(static_cast<double>(last.messagesIn)), countWords(static_cast<double>(last.deliveries))));
    show(m_errors, {seriesOf(tr("errors"), Tone::Danger, samples, &StatsSample::errors)}, shownCount(last.errors));
}

void StatsPage::showHistograms()
{
    const LogHistogram& sizes = m_recorder.sizes();
    m_sizes->setData(barsOf(sizes, tr("Size"), tr("messages"), Tone::Violet, sizeWords));
    m_sizes->setFigure(
        sizes.total() == 0
            ? tr("no message yet")
            : tr("median %1, largest %2").arg(sizeWords(sizes.percentile(0.5)), sizeWords(sizes.maximum())));
    const LogHistogram& delays = m_recorder.delays();
    m_delays->setData(barsOf(delays, tr("Delay"), tr("deliveries"), Tone::Accent, delayWords));
    m_delays->setFigure(delays.total() == 0
                            ? tr("no delivery yet")
                            : tr("p50 %1, p95 %2, p99 %3, max %4")
                                  .arg(delayWords(delays.percentile(0.5)), delayWords(delays.percentile(0.95)),
                                       delayWords(delays.percentile(0.99)), delayWords(delays.maximum())));
    PlotData talkers{PlotData::Kind::Ranks, tr("Channel"), {}, {{tr("messages"), Tone::Teal, {}}}, countWords};
    const auto loudest = m_recorder.topTalkers(shownTalkers);
    for (const StatsRecorder::Talker& talker : loudest) {
        talkers.labels.push_back(shownText(talker.channel, 200));
        talkers.series.front().values.push_back(static_cast<double>(talker.messages));
    }
    m_talkers->setData(std::move(talkers));
    m_talkers->setFigure(loudest.empty() ? tr("no message yet") : tr("since the start"));
}

} // namespace castdeck::ui
