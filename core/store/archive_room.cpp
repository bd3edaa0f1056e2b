#include "core/store/archive_room.h"

#include "core/store/archive_tables.h"

#include <algorithm>
#include <limits>

namespace castdeck::store {

namespace {

constexpr std::int64_t stepRows = 2'000;
constexpr std::int64_t anyTime = std::numeric_limits<std::int64_t>::max();

/// Pages that a smaller file would be worth giving back, and how many at once.
constexpr std::int64_t worthGivingBack = 4'096;
constexpr std::int64_t pagesAtOnce = 512;

} // namespace

Result<std::int64_t> ArchiveRoom::number(const std::string& sql)
{
    auto select = m_database->prepare(sql);
    if (!select)
        return select.error();
    const auto isRow = select->step();
    if (!isRow)
        return isRow.error();
    return *isRow ? select->integer(0) : 0;
}

Result<ArchiveRoom> ArchiveRoom::of(Database& database)
{
    ArchiveRoom room{database};
    if (auto counted = room.count(); !counted)
        return counted.error();
    return room;
}

Result<void> ArchiveRoom::count()
{
    const auto counted = number("SELECT rows FROM log_count");
    if (!counted)
        return counted.error();
    m_rows = *counted;
    return {};
}

Result<void> ArchiveRoom::rowsAdded(std::int64_t rows)
{
    if (auto changed = m_database->execute("UPDATE log_count SET rows = rows + (" + std::to_string(rows) + ")");
        !changed)
        return changed;
    return count();
}

/// One table of it at a time, in files that were made with a text index of the log. True when there was one.
Result<bool> ArchiveRoom::dropOldIndex()
{
    const auto chapter = number("SELECT number FROM log_chapter ORDER BY number LIMIT 1");
    if (!chapter || *chapter == 0)
        return chapter ? Result<bool>{false} : chapter.error();
    const std::string which = std::to_string(*chapter);
    if (auto dropped = m_database->execute("DROP TABLE IF EXISTS log_text_" + which +
                                           "; DELETE FROM log_chapter WHERE number = " + which);
        !dropped)
        return dropped.error();
    return true;
}

Result<std::int64_t> ArchiveRoom::removeOldest(const Retention& retention, std::chrono::system_clock::time_point now)
{
    if (auto counted = count(); !counted) // Another process may have added some, or made room.
        return counted.error();
    const auto used = number("SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, "
                             "pragma_freelist_count, pragma_page_size");
    if (!used)
        return used.error();
    const std::int64_t tooMany =
        *used > retention.bytes ? stepRows : std::clamp<std::int64_t>(m_rows - retention.logRows, 0, stepRows);
    auto remove = m_database->prepare("DELETE FROM log WHERE id IN (SELECT id FROM (SELECT id, at FROM log "
                                      "ORDER BY id LIMIT ?) WHERE at < ?)");
    if (!remove)
        return remove.error();
    remove->bind(1, tooMany > 0 ? tooMany : stepRows);
    remove->bind(2, tooMany > 0 ? anyTime : toStored(now - retention.logAge));
    if (auto removed = remove->run(); !removed)
        return removed.error();
    const std::int64_t removed = m_database->changes();
    if (auto counted = rowsAdded(-removed); !counted)
        return counted.error();
    return removed;
}

Result<bool> ArchiveRoom::trimStep(const Retention& retention, std::chrono::system_clock::time_point now)
{
    bool isMore = false;
    const auto trimmed = m_database->transaction([&]() -> Result<void> {
        const auto dropped = dropOldIndex();
        const auto removed = dropped ? removeOldest(retention, now) : Result<std::int64_t>{dropped.error()};
        if (!removed)
            return removed.error();
        isMore = *dropped || *removed > 0;
        return {};
    });
    if (!trimmed)
        return trimmed.error();
    return isMore ? Result<bool>{true} : giveBack();
}

Result<bool> ArchiveRoom::trimSentStep(const Retention& retention)
{
    auto remove = m_database->prepare("DELETE FROM sent WHERE id IN (SELECT id FROM sent WHERE id <= (SELECT id FROM "
                                      "sent ORDER BY id DESC LIMIT 1 OFFSET ?) ORDER BY id LIMIT 200)");
    if (!remove)
        return remove.error();
    remove->bind(1, retention.sentRows);
    if (auto removed = remove->run(); !removed)
        return removed.error();
    return m_database->changes() > 0;
}

Result<bool> ArchiveRoom::giveBack()
{
    const auto spare = number("PRAGMA freelist_count");
    const auto all = number("PRAGMA page_count");
    if (!spare || !all)
        return spare ? all.error() : spare.error();
    if (*spare < worthGivingBack || *spare < *all / 2)
        return false;
    // The file itself becomes smaller when the log of changes is written into it.
    if (auto given = m_database->execute("PRAGMA incremental_vacuum(" + std::to_string(pagesAtOnce) +
                                         "); PRAGMA wal_checkpoint(PASSIVE)");
        !given)
        return given.error();
    return true;
}

} // namespace castdeck::store
