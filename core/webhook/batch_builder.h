#pragma once

#include "core/base/clock.h"
#include "core/webhook/grace_period.h"

#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

namespace castdeck::webhook {

/// Collects the events of one target into requests, in their order: one each, or with batching up to 50 that came
/// within a second.
class BatchBuilder {
public:
    static constexpr std::size_t maxEvents = 50;
    /// Many web servers take a mebibyte of body and no more; a single event may be larger than this.
    static constexpr std::size_t maxBytes = 262'144;
    static constexpr std::chrono::seconds maxDelay{1};

    void setBatching(bool isBatching) { m_isBatching = isBatching; }
    void add(TrackedEvent event, SteadyTime now);
    bool isDue(SteadyTime now) const;
    /// The events of one request; empty when there are none.
    std::vector<TrackedEvent> take();

    std::optional<SteadyTime> nextDue() const;
    std::size_t size() const noexcept { return m_collected.size(); }

private:
    struct Collected {
        TrackedEvent tracked;
        SteadyTime since;
    };

    bool m_isBatching = false;
    std::size_t m_bytes = 0;
    std::deque<Collected> m_collected;
};

} // namespace castdeck::webhook
