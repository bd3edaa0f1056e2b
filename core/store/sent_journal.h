#pragma once

#include "core/base/result.h"
#include "core/store/archive_query.h"
#include "core/store/archive_rows.h"
#include "core/store/archive_tables.h"
#include "core/store/database.h"

#include <filesystem>
#include <memory>
#include <utility>

namespace castdeck::store {

/// The journal of what was sent in the archive, for programs that end at once: without threads, and without a look
/// through the whole file. Other processes may use the archive at the same time.
/// Thread: one at a time.
class SentJournal {
public:
    /// Makes the file when it is not there. Fails as Database::open() does.
    static Result<SentJournal> open(const std::filesystem::path& path);

    /// Gives the row its id, and returns when it would survive the end of the process.
    Result<void> add(SentRow row);

private:
    SentJournal(std::unique_ptr<Database> database, ArchiveTables tables)
        : m_database{std::move(database)}
        , m_tables{std::move(tables)}
    {
    }

    std::unique_ptr<Database> m_database; ///< At an address that stays, which the tables know.
    ArchiveTables m_tables;
};

/// What the journal holds, of whatever version its file is; nothing is written. Fails with NotFound when there is no
/// file, and with Io.
Result<SentPage> readSent(const std::filesystem::path& path, const SentQuery& query);
/// The same for the live log.
Result<LogPage> readLog(const std::filesystem::path& path, const LogQuery& query);

} // namespace castdeck::store
