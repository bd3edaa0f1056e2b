#pragma once

#include "core/engine/event.h"
#include "core/engine/snapshot.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace castdeck::ui {

/// How often a value fell into each class of a logarithmic scale. Bounded, whatever is added.
class LogHistogram {
public:
    /// Five classes a decade from `lowest` on; what is below falls into the first one, what is above into the last.
    explicit LogHistogram(double lowest, int decades = 7);

    void add(double value);
    void clear();
    std::size_t total() const noexcept { return m_total; }
    const std::vector<std::size_t>& counts() const noexcept { return m_counts; }
    double lowerBound(std::size_t index) const; ///< Of a class.
    /// The upper bound of the class below which the `share` of all values lies; the exact maximum for 1. 0 when empty.
    double percentile(double share) const;
    double maximum() const noexcept { return m_maximum; }

private:
    static constexpr int classesPerDecade = 5;

    double m_lowest;
    std::vector<std::size_t> m_counts;
    std::size_t m_total = 0;
    double m_maximum = 0;
};

/// One second of the server's life.
struct StatsSample {
    WallTime at{};
    std::size_t connections = 0;
    std::size_t channels = 0;
    std::uint64_t messagesIn = 0; ///< In this second, as the next two.
    std::uint64_t deliveries = 0;
    std::uint64_t errors = 0;
    double sizeMedian = 0; ///< Bytes of the payloads in this second; 0 when there were none.
    double size95 = 0;
};

/// Watches the server for the plots: a sample a second for the last hour, sizes, delays and who talks most.
///
/// Thread: GUI. Costs a few look-ups for an event; bounded in memory whatever happens.
class StatsRecorder {
public:
    static constexpr std::size_t maxSamples = 3'600;

    void addEvents(const std::vector<engine::Event>& events);
    /// Takes a sample when a second has passed since the last one.
    void addSnapshot(const engine::Snapshot& snapshot);

    const std::deque<StatsSample>& samples() const noexcept { return m_samples; } ///< Oldest first.
    const LogHistogram& delays() const noexcept { return m_delays; }              ///< Microseconds.
    const LogHistogram& sizes() const noexcept { return m_sizes; }                ///< Bytes.

    struct Talker {
        std::string channel;
        std::uint64_t messages = 0;
        std::uint64_t bytes = 0;
    };
    /// The channels with most messages since the start, at most `count`.
    std::vector<Talker> topTalkers(std::size_t count) const;

private:
    void readTraces();
    void forgetQuietTalkers();

    std::deque<StatsSample> m_samples;
    std::optional<engine::Totals> m_lastTotals;
    WallTime m_lastAt{};
    std::uint64_t m_errors = 0; ///< Since the last sample.
    LogHistogram m_secondSizes{1.0};
    LogHistogram m_sizes{1.0};
    LogHistogram m_delays{1.0};
    std::vector<std::shared_ptr<const engine::DeliveryTrace>> m_traces; ///< To be read when they have filled.
    std::unordered_map<std::string, Talker> m_talkers;
};

} // namespace castdeck::ui
