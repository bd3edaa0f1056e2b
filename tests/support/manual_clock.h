#pragma once

#include "core/base/clock.h"

#include <chrono>

namespace castdeck::test {

/// Time that stands still until the test moves it. Thread: the test's own.
class ManualClock final : public Clock {
public:
    SteadyTime steady() const override { return m_steady; }
    WallTime wall() const override { return m_wall; }

    void advance(std::chrono::milliseconds time)
    {
        m_steady += time;
        m_wall += time;
    }
    /// What an operator or NTP does: only the wall clock moves.
    void jumpWall(std::chrono::milliseconds time) { m_wall += time; }

private:
    SteadyTime m_steady{std::chrono::hours{1}};
    WallTime m_wall{std::chrono::seconds{1'700'000'000}};
};

} // namespace castdeck::test
