#include "ui/models/stats_recorder.h"

#include <algorithm>
#include <cmath>

namespace castdeck::ui {

namespace {

using engine::Event;
using engine::EventKind;

/// More than a storm's traces of one second.
constexpr std::size_t maxTraces = 200;
constexpr std::size_t maxTalkers = 2'000;

bool isError(EventKind kind)
{
    switch (kind) {
    case EventKind::Error:
    case EventKind::ApiError:
    case EventKind::ClientError:
    case EventKind::WebhookFailed:
    case EventKind::AuthDenied: return true;
    default: return false;
    }
}

/// A restarted server counts from zero.
std::uint64_t growth(std::uint64_t before, std::uint64_t after)
{
    return after >= before ? after - before : after;
}

} // namespace

LogHistogram::LogHistogram(double lowest, int decades)
    : m_lowest{lowest}
    , m_counts(static_cast<std::size_t>(decades) * classesPerDecade)
{
}

void LogHistogram::add(double value)
{
    const double steps = value <= m_lowest ? 0.0 : std::log10(value / m_lowest) * classesPerDecade;
    const auto index = std::min(static_cast<std::size_t>(steps), m_counts.size() - 1);
    ++m_counts[index];
    ++m_total;
    m_maximum = std::max(m_maximum, value);
}

void LogHistogram::clear()
{
    std::ranges::fill(m_counts, std::size_t{0});
    m_total = 0;
    m_maximum = 0;
}

double LogHistogram::lowerBound(std::size_t index) const
{
    return m_lowest * std::pow(10.0, static_cast<double>(index) / classesPerDecade);
}

double LogHistogram::percentile(double share) const
{
    if (m_total == 0 || share >= 1.0)
        return m_maximum;
    const double wanted = share * static_cast<double>(m_total);
    std::size_t seen = 0;
    for (std::size_t index = 0; index < m_counts.size(); ++index) {
        seen += m_counts[index];
        if (static_cast<double>(seen) >= wanted)
            return std::min(lowerBound(index + 1), m_maximum);
    }
    return m_maximum;
}

void StatsRecorder::addEvents(const std::vector<Event>& events)
{
    for (const Event& event : events) {
        m_errors += isError(event.kind) ? 1 : 0;
        if (event.kind != EventKind::ApiMessage && event.kind != EventKind::ClientEvent)
            continue;
        const std::size_t size = event.payload ? event.payload->size() : 0;
        m_secondSizes.add(static_cast<double>(size));
        m_sizes.add(static_cast<double>(size));
        if (event.trace && m_traces.size() < maxTraces)
            m_traces.push_back(event.trace);
        Talker& talker = m_talkers[event.channel];
        ++talker.messages;
        talker.bytes += size;
    }
    forgetQuietTalkers();
}

void StatsRecorder::forgetQuietTalkers()
{
    if (m_talkers.size() <= maxTalkers)
        return;
    // Half of them go, so that this happens once in a thousand new channels.
    std::vector<std::uint64_t> counts;
    counts.reserve(m_talkers.size());
    for (const auto& [channel, talker] : m_talkers)
        counts.push_back(talker.messages);
    const auto middle = counts.begin() + static_cast<std::ptrdiff_t>(counts.size() / 2);
    std::ranges::nth_element(counts, middle);
    std::size_t toForget = counts.size() / 2;
    std::erase_if(m_talkers, [&](const auto& entry) {
        return entry.second.messages <= *middle && toForget > 0 && toForget-- > 0;
    });
}

void StatsRecorder::readTraces()
{
    for (const auto& trace : m_traces) {
        for (const auto& reached : trace->reached())
            m_delays.add(static_cast<double>(reached.delay.count()));
    }
    m_traces.clear();
}

void StatsRecorder::addSnapshot(const engine::Snapshot& snapshot)
{
    using namespace std::chrono_literals;
    const auto elapsed = snapshot.at - m_lastAt;
    if (m_lastTotals && elapsed >= 0s && elapsed < 1s)
        return;
    readTraces();
    const bool isFirst = !m_lastTotals || elapsed < 0s;
    const engine::Totals before = isFirst ? snapshot.totals : *m_lastTotals;
    // Snapshots come four times a second at best, so a sample may stand for a bit more than a second.
    const double seconds = isFirst ? 1.0 : std::chrono::duration<double>(elapsed).count();
    const auto perSecond = [seconds](std::uint64_t count) {
        return static_cast<std::uint64_t>(std::llround(static_cast<double>(count) / seconds));
    };
    m_samples.push_back({.at = snapshot.at,
                         .connections = snapshot.connectionCount,
                         .channels = snapshot.channelCount,
                         .messagesIn = perSecond(growth(before.messagesIn, snapshot.totals.messagesIn)),
                         .deliveries = perSecond(growth(before.deliveries, snapshot.totals.deliveries)),
                         .errors = m_errors,
                         .sizeMedian = m_secondSizes.percentile(0.5),
                         .size95 = m_secondSizes.percentile(0.95)});
    if (m_samples.size() > maxSamples)
        m_samples.pop_front();
    m_secondSizes.clear();
    m_errors = 0;
    m_lastTotals = snapshot.totals;
    m_lastAt = snapshot.at;
}

std::vector<StatsRecorder::Talker> StatsRecorder::topTalkers(std::size_t count) const
{
    std::vector<Talker> talkers;
    talkers.reserve(m_talkers.size());
    for (const auto& [channel, talker] : m_talkers)
        talkers.push_back({channel, talker.messages, talker.bytes});
    const auto louder = [](const Talker& a, const Talker& b) {
        return std::tie(b.messages, a.channel) < std::tie(a.messages, b.channel);
    };
    const std::size_t kept = std::min(count, talkers.size());
    std::ranges::partial_sort(talkers, talkers.begin() + static_cast<std::ptrdiff_t>(kept), louder);
    talkers.resize(kept);
    return talkers;
}

} // namespace castdeck::ui
