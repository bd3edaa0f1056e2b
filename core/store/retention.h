#pragma once

#include <chrono>
#include <cstdint>

namespace castdeck::store {

/// How much of the past is kept. The oldest goes first.
struct Retention {
    std::chrono::hours logAge = std::chrono::days{30};
    std::int64_t logRows = 1'000'000;
    std::int64_t bytes = std::int64_t{1} << 30; ///< Of the whole file; rows of the log make room.
    std::int64_t sentRows = 100'000;
};

} // namespace castdeck::store
