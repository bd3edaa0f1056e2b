#pragma once

#include "core/base/result.h"
#include "core/store/database.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace castdeck::store {

/// One line of the outbox of webhooks, as the file keeps it; what it means is up to the webhooks.
struct OutboxRow {
    std::int64_t id = 0;
    std::int64_t stage = 0;
    std::string target;
    std::string text;
    std::string key;
    std::string signature;

    bool operator==(const OutboxRow&) const = default;
};

/// The webhooks that still have to be delivered, in an SQLite file, so that they survive the end of the process.
/// Thread: one at a time.
class OutboxFile {
public:
    /// A damaged file is set aside, and `notice` says so. Fails as Database::open() does.
    static Result<OutboxFile> open(const std::filesystem::path& path, std::string& notice);

    Result<std::vector<OutboxRow>> load(); ///< By growing id.
    /// All or nothing. Removals go first; an id that is not there is none.
    Result<void> write(const std::vector<OutboxRow>& added, const std::vector<std::int64_t>& removed);

private:
    OutboxFile(Database database, Statement insert, Statement remove)
        : m_database{std::move(database)}
        , m_insert{std::move(insert)}
        , m_remove{std::move(remove)}
    {
    }

    Database m_database;
    Statement m_insert;
    Statement m_remove;
};

} // namespace castdeck::store
