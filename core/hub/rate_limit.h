#pragma once

#include "core/base/clock.h"

#include <cstddef>
#include <vector>

namespace castdeck::hub {

/// At most `count` happenings in any span of time, exactly. Memory is taken with the first happening.
class SlidingWindow {
public:
    SlidingWindow(std::size_t count, SteadyTime::duration span) : m_count{count}, m_span{span} {}

    std::size_t count() const noexcept { return m_count; }

    /// True, and counted, when one more is allowed. A count of zero allows none.
    bool take(SteadyTime now);

private:
    std::size_t m_count;
    SteadyTime::duration m_span;
    std::vector<SteadyTime> m_taken; ///< A ring of the last m_count.
    std::size_t m_oldest = 0;
};

/// A steady rate with room for bursts. What has been received is always handled, so the level may fall below zero, but
/// by no more than one second's worth.
class TokenBucket {
public:
    TokenBucket(double perSecond, double burst, SteadyTime now)
        : m_perSecond{perSecond}
        , m_burst{burst}
        , m_level{burst}
        , m_filledAt{now}
    {
    }

    void take();
    void giveBack() { m_level += 1; }
    void refill(SteadyTime now);
    bool isEmpty() const { return m_level < 1; }

private:
    double m_perSecond;
    double m_burst;
    double m_level;
    SteadyTime m_filledAt;
};

} // namespace castdeck::hub
