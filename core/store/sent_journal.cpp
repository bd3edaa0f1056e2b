#include "core/store/sent_journal.h"

#include "core/store/archive_schema.h"
#include "core/store/archive_search.h"
#include "core/store/timed_numbers.h"

#include <array>
#include <string_view>
#include <system_error>

namespace castdeck::store {

Result<SentJournal> SentJournal::open(const std::filesystem::path& path)
{
    // The smallest table; the window looks through the others.
    constexpr std::array<std::string_view, 1> checked{"document"};
    auto opened = Database::open(path, archiveSteps(), checked);
    if (!opened)
        return opened.error();
    auto database = std::make_unique<Database>(*std::move(opened));
    auto tables = ArchiveTables::of(*database);
    if (!tables)
        return tables.error();
    return SentJournal{std::move(database), *std::move(tables)};
}

Result<void> SentJournal::add(SentRow row)
{
    row.id = TimedNumbers{}.take(1);
    return m_database->transaction([&] { return m_tables.addSent(row); });
}

namespace {

Result<Database> openExisting(const std::filesystem::path& path)
{
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        return Error{ErrorKind::NotFound, "nothing was kept yet: there is no " + path.string()};
    return Database::openReadOnly(path);
}

} // namespace

Result<SentPage> readSent(const std::filesystem::path& path, const SentQuery& query)
{
    auto database = openExisting(path);
    return database ? findSent(*database, query) : database.error();
}

Result<LogPage> readLog(const std::filesystem::path& path, const LogQuery& query)
{
    auto database = openExisting(path);
    return database ? findLog(*database, query) : database.error();
}

} // namespace castdeck::store
