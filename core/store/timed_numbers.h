#pragma once

#include <atomic>
#include <cstdint>

namespace castdeck::store {

/// Numbers that grow with the time, so that what came later has the higher one whoever wrote it: microseconds since
/// 1970, and room for processes that ask in the same one. Thread: any.
class TimedNumbers {
public:
    /// The first of `count` that follow each other, above all that were taken before.
    std::int64_t take(std::int64_t count);

private:
    std::atomic<std::int64_t> m_next = 0;
};

} // namespace castdeck::store
