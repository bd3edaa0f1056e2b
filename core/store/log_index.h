#pragma once

#include "core/base/result.h"
#include "core/store/archive_rows.h"
#include "core/store/database.h"
#include "core/store/retention.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace castdeck::store {

/// A part of the text index of the log: the table log_text_<number>, over the rows with ids from `first` to `last`.
struct LogChapter {
    std::int64_t number = 0;
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::int64_t rows = 0; ///< Still in the log.

    std::string table() const { return "log_text_" + std::to_string(number); }
};

/// Oldest first.
Result<std::vector<LogChapter>> loadChapters(Database& database);

/// The text index of the log, which follows the rows when there is time, and the room that old rows make. Everything
/// goes in steps of some milliseconds, each a transaction.
///
/// Thread: as its database, which must outlive it.
class LogIndex {
public:
    static Result<LogIndex> of(Database& database);

    void rowsAdded(std::int64_t rows) noexcept { m_pending += rows; }
    /// In the transaction that adds the rows: indexes those that come late, when another process has gone past their
    /// ids already, which would look for nothing there any more.
    Result<void> addLate(std::span<const LogRow> rows);
    std::int64_t pending() const noexcept { return m_pending; } ///< Rows that are not in the index.
    bool hasMoreToIndex() const noexcept { return m_pending > 0 || m_looksAgain; }
    /// After a failure: the rows stay outside of the index until others are added or the file is opened again.
    void giveUp() noexcept
    {
        m_pending = 0;
        m_looksAgain = false;
    }
    Result<void> recount(); ///< After a change from outside.
    std::int64_t rows() const noexcept { return m_indexed + m_pending; }

    /// Of a payload only the first 64 KiB are indexed.
    Result<void> indexStep();
    /// False when there is nothing left to remove.
    Result<bool> trimStep(const Retention& retention, std::chrono::system_clock::time_point now);
    /// The same for what was sent. Counts it, which takes longer than other steps.
    Result<bool> trimSentStep(const Retention& retention);

private:
    explicit LogIndex(Database& database) : m_database{&database} {}

    struct Span {
        std::int64_t first = 0;
        std::int64_t last = 0;
        std::int64_t rows = 0;
    };
    Result<Span> nextSpan(std::int64_t after);
    Result<void> addToIndex(LogChapter& chapter, const Span& span, bool isNew);
    Result<void> insertText(const LogChapter& chapter, std::int64_t first, std::int64_t last);
    Result<void> keep(const LogChapter& chapter);
    Result<std::int64_t> removeOldest(LogChapter& chapter, std::int64_t count, std::int64_t olderThan);
    Result<std::int64_t> number(const std::string& sql);
    Result<bool> giveBack();

    Database* m_database;
    std::int64_t m_indexed = 0;
    std::int64_t m_pending = 0;
    bool m_looksAgain = false; ///< One step more, though none is known to be outside.
};

} // namespace castdeck::store
