#include "core/store/outbox_file.h"

#include <array>
#include <string_view>

namespace castdeck::store {

namespace {

constexpr std::array<std::string_view, 1> schemaSteps{R"(
    CREATE TABLE outbox (
        id INTEGER PRIMARY KEY,
        stage INTEGER NOT NULL,
        target TEXT NOT NULL,
        text TEXT NOT NULL,
        key TEXT NOT NULL,
        signature TEXT NOT NULL
    ) STRICT)"};

OutboxRow rowFrom(const Statement& select)
{
    return {select.integer(0), select.integer(1), select.text(2), select.text(3), select.text(4), select.text(5)};
}

} // namespace

Result<OutboxFile> OutboxFile::open(const std::filesystem::path& path, std::string& notice)
{
    auto database = Database::openOrReplace(path, schemaSteps, notice);
    if (!database)
        return database.error();
    auto insert = database->prepare("INSERT OR REPLACE INTO outbox (id, stage, target, text, key, signature) "
                                    "VALUES (?, ?, ?, ?, ?, ?)");
    if (!insert)
        return insert.error();
    auto remove = database->prepare("DELETE FROM outbox WHERE id = ?");
    if (!remove)
        return remove.error();
    return OutboxFile{std::move(*database), std::move(*insert), std::move(*remove)};
}

Result<std::vector<OutboxRow>> OutboxFile::load()
{
    auto select = m_database.prepare("SELECT id, stage, target, text, key, signature FROM outbox ORDER BY id");
    if (!select)
        return select.error();
    return readRows<OutboxRow>(*select, &rowFrom);
}

Result<void> OutboxFile::write(const std::vector<OutboxRow>& added, const std::vector<std::int64_t>& removed)
{
    return m_database.transaction([&]() -> Result<void> {
        for (const std::int64_t id : removed) {
            m_remove.bind(1, id);
            if (auto done = m_remove.run(); !done)
                return done;
        }
        for (const OutboxRow& row : added) {
            m_insert.bind(1, row.id);
            m_insert.bind(2, row.stage);
            m_insert.bind(3, row.target);
            m_insert.bind(4, row.text);
            m_insert.bind(5, row.key);
            m_insert.bind(6, row.signature);
            if (auto done = m_insert.run(); !done)
                return done;
        }
        return {};
    });
}

} // namespace castdeck::store
