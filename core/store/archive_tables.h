#pragma once

#include "core/base/result.h"
#include "core/store/archive_rows.h"
#include "core/store/database.h"

#include <span>
#include <string>
#include <vector>

namespace castdeck::store {

/// Writes rows of the archive, each call outside of a transaction of its own. Thread: as its database, which must
/// outlive it.
class ArchiveTables {
public:
    static Result<ArchiveTables> of(Database& database);

    Result<void> addSent(const SentRow& row); ///< Fails with InvalidInput when the id is taken.
    /// Fails with NotFound when there is no such message.
    Result<void> settleSent(std::int64_t id, const SentOutcome& outcome);
    Result<void> addLog(std::span<const LogRow> rows);

    /// Replaces the document in its place, or adds it at the end.
    Result<void> putDocument(const DocumentRow& row);
    Result<void> removeDocument(const std::string& collection, const std::string& id);
    /// Documents that `ids` does not name follow those it names.
    Result<void> orderDocuments(const std::string& collection, const std::vector<std::string>& ids);

private:
    ArchiveTables(Database& database, Statement addSent, Statement settleSent, Statement addLog, Statement putDocument)
        : m_database{&database}
        , m_addSent{std::move(addSent)}
        , m_settleSent{std::move(settleSent)}
        , m_addLog{std::move(addLog)}
        , m_putDocument{std::move(putDocument)}
    {
    }

    Database* m_database;
    Statement m_addSent;
    Statement m_settleSent;
    Statement m_addLog;
    Statement m_putDocument;
};

/// Each collection in its order.
Result<std::vector<DocumentRow>> loadDocuments(Database& database);

/// Microseconds since 1970, as the file counts.
std::int64_t toStored(WallTime time);
WallTime timeFromStored(std::int64_t microseconds);

} // namespace castdeck::store
