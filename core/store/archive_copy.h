#pragma once

#include "core/base/result.h"
#include "core/store/archive_rows.h"
#include "core/store/database.h"

#include <filesystem>
#include <optional>
#include <vector>

/// What to fall back on when state.db is damaged: `<name>.copy`, made now and then of all but the log, and the copies
/// of before a schema step.
namespace castdeck::store {

/// By the time of its last change; nothing when there is none.
std::optional<std::filesystem::path> newestCopy(const std::filesystem::path& archive);

/// Whether it is time for another `<name>.copy`: there is none from the last day.
bool isCopyDue(const std::filesystem::path& archive);
/// Fails with Io; the last copy then stays.
Result<void> writeCopy(const std::filesystem::path& archive);

/// Adds what the copy holds and `archive` does not; the copy stays as it is. Not inside a transaction. Fails with Io.
Result<void> restoreFrom(Database& archive, const std::filesystem::path& copy);

} // namespace castdeck::store
