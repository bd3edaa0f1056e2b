#pragma once

#include <chrono>

namespace castdeck {

using SteadyTime = std::chrono::steady_clock::time_point;
using WallTime = std::chrono::system_clock::time_point;

/// Where the core gets its time from, so that tests can move it.
///
/// Thread: any. Timers use steady(); wall() is only for signature timestamps and for times shown to people, so that a
/// jump of the wall clock closes no connection.
class Clock {
public:
    virtual ~Clock() = default;
    virtual SteadyTime steady() const = 0;
    virtual WallTime wall() const = 0;
};

class SystemClock final : public Clock {
public:
    SteadyTime steady() const override { return std::chrono::steady_clock::now(); }
    WallTime wall() const override { return std::chrono::system_clock::now(); }
};

} // namespace castdeck
