#pragma once

#include <chrono>
#include <cstddef>

namespace castdeck::bench {

/// What a process has used since it started.
struct Usage {
    std::chrono::nanoseconds cpu{};
    std::chrono::nanoseconds waited{}; ///< Ready to run while something else had the core.
    std::size_t residentBytes = 0;
};

/// Reads the counters of the server under test from the operating system; they do not disturb it.
Usage usageOf(int processId);

} // namespace castdeck::bench
