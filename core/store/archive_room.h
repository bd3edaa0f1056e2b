#pragma once

#include "core/base/result.h"
#include "core/store/database.h"
#include "core/store/retention.h"

#include <chrono>
#include <cstdint>
#include <string>

namespace castdeck::store {

/// How many rows the log has, and the room that old ones make. The number is kept in the file, where all processes
/// that write it change it along with the rows: counting a million takes as long as reading them.
///
/// Thread: as its database, which must outlive it. Steps take some milliseconds, each in a transaction of its own.
class ArchiveRoom {
public:
    static Result<ArchiveRoom> of(Database& database);

    Result<void> rowsAdded(std::int64_t rows);            ///< In the transaction that adds them.
    Result<void> count();                                 ///< After a change by somebody else.
    std::int64_t rows() const noexcept { return m_rows; } ///< As of the last step or addition.

    /// False when there is nothing left to remove.
    Result<bool> trimStep(const Retention& retention, std::chrono::system_clock::time_point now);
    /// The same for what was sent. Counts it, which takes longer than other steps.
    Result<bool> trimSentStep(const Retention& retention);

private:
    explicit ArchiveRoom(Database& database) : m_database{&database} {}

    Result<bool> dropOldIndex();
    Result<std::int64_t> removeOldest(const Retention& retention, std::chrono::system_clock::time_point now);
    Result<std::int64_t> number(const std::string& sql);
    Result<bool> giveBack();

    Database* m_database;
    std::int64_t m_rows = 0;
};

} // namespace castdeck::store
