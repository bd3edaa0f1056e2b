#pragma once

#include "core/store/archive_rows.h"

#include <chrono>
#include <cstdint>
#include <vector>

namespace castdeck::store {

/// How much of the past is kept. The oldest goes first.
struct Retention {
    std::chrono::hours logAge = std::chrono::days{30};
    std::int64_t logRows = 1'000'000;
    std::int64_t bytes = std::int64_t{1} << 30; ///< Of the whole file; rows of the log make room.
    std::int64_t sentRows = 100'000;
};

/// What was set in the window, which keeps it among the documents.
Retention retentionSet(const std::vector<DocumentRow>& documents);

} // namespace castdeck::store
