#pragma once

#include "core/base/result.h"
#include "core/store/archive_query.h"
#include "core/store/database.h"

/// Reading from the archive. Fail with Io, and with InvalidInput for a path into payloads that is none.
namespace castdeck::store {

Result<SentPage> findSent(Database& database, const SentQuery& query);
Result<LogPage> findLog(Database& database, const LogQuery& query);

} // namespace castdeck::store
