#pragma once

#include "core/base/clock.h"
#include "core/engine/event.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <mutex>
#include <string>

namespace castdeck::engine {

/// The live log for a window in another process, which asks again and again for what came after the last row it has.
/// Rows are kept only while somebody asks, and so many at most.
///
/// Thread: any.
class LogFeed {
public:
    static constexpr std::size_t maxRows = 2'000;
    static constexpr std::size_t maxBytes = 4'000'000; ///< Of payloads.

    explicit LogFeed(const Clock& clock) : m_clock{clock} {}

    /// False: put() would be in vain.
    bool isWanted() const;
    void put(const Event& event);
    /// The rows of an application with a higher number, as JSON:
    /// `{"version":1,"last":7,"dropped":0,"rows":[{"kind":6,"at":MILLISECONDS,"channel":"...",...}]}`. `dropped` is how
    /// many rows, of all applications, were given up before they were asked for.
    std::string after(const std::string& appId, std::uint64_t number);

private:
    struct Row {
        std::uint64_t number;
        Event event;
    };

    const Clock& m_clock;
    static constexpr SteadyTime::rep nobody = std::numeric_limits<SteadyTime::rep>::min(); ///< Has ever asked.
    std::atomic<SteadyTime::rep> m_wantedUntil{nobody};
    std::mutex m_mutex; ///< Guards everything below.
    std::deque<Row> m_rows;
    std::size_t m_bytes = 0;
    std::uint64_t m_last = 0;
};

} // namespace castdeck::engine
