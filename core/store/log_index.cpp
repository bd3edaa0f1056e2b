#include "core/store/log_index.h"

#include "core/store/archive_tables.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace castdeck::store {

namespace {

constexpr std::int64_t chapterRows = 50'000;
constexpr std::int64_t stepRows = 2'000;
constexpr std::int64_t stepBytes = 1 << 20;
constexpr std::int64_t anyTime = std::numeric_limits<std::int64_t>::max();

/// Pages that a smaller file would be worth giving back, and how many at once.
constexpr std::int64_t worthGivingBack = 4'096;
constexpr std::int64_t pagesAtOnce = 512;

} // namespace

Result<std::vector<LogChapter>> loadChapters(Database& database)
{
    auto select = database.prepare("SELECT number, first, last, rows FROM log_chapter ORDER BY number");
    if (!select)
        return select.error();
    std::vector<LogChapter> chapters;
    for (;;) {
        const auto isRow = select->step();
        if (!isRow)
            return isRow.error();
        if (!*isRow)
            return chapters;
        chapters.push_back({select->integer(0), select->integer(1), select->integer(2), select->integer(3)});
    }
}

Result<std::int64_t> LogIndex::number(const std::string& sql)
{
    auto select = m_database->prepare(sql);
    if (!select)
        return select.error();
    const auto isRow = select->step();
    if (!isRow)
        return isRow.error();
    return *isRow ? select->integer(0) : 0;
}

Result<LogIndex> LogIndex::of(Database& database)
{
    LogIndex index{database};
    if (auto counted = index.recount(); !counted)
        return counted.error();
    return index;
}

Result<void> LogIndex::recount()
{
    const auto indexed = number("SELECT ifnull(sum(rows), 0) FROM log_chapter");
    if (!indexed)
        return indexed.error();
    const auto pending = number("SELECT count(*) FROM log WHERE id > (SELECT ifnull(max(last), -1) FROM log_chapter)");
    if (!pending)
        return pending.error();
    m_indexed = *indexed;
    m_pending = *pending;
    return {};
}

Result<LogIndex::Span> LogIndex::nextSpan(std::int64_t after)
{
    auto select =
        m_database->prepare("SELECT id, ifnull(length(payload), 0) FROM log WHERE id > ? ORDER BY id LIMIT ?");
    if (!select)
        return select.error();
    select->bind(1, after);
    select->bind(2, stepRows);
    Span span;
    for (std::int64_t bytes = 0; bytes < stepBytes;) {
        const auto isRow = select->step();
        if (!isRow)
            return isRow.error();
        if (!*isRow)
            break;
        if (span.rows++ == 0)
            span.first = select->integer(0);
        span.last = select->integer(0);
        bytes += select->integer(1);
    }
    return span;
}

Result<void> LogIndex::addToIndex(LogChapter& chapter, const Span& span, bool isNew)
{
    if (isNew) {
        // Without columns and positions the index is a third smaller; which column a word stands in is asked of the
        // row itself.
        if (auto made = m_database->execute("CREATE VIRTUAL TABLE " + chapter.table() +
                                            " USING fts5(body, content='', columnsize=0, detail=none, "
                                            "tokenize='unicode61 remove_diacritics 2')");
            !made)
            return made;
    }
    if (auto indexed = insertText(chapter, span.first, span.last); !indexed)
        return indexed;
    chapter.last = span.last;
    chapter.rows += span.rows;
    return keep(chapter);
}

Result<void> LogIndex::insertText(const LogChapter& chapter, std::int64_t first, std::int64_t last)
{
    return m_database->execute(
        "INSERT INTO " + chapter.table() +
        "(rowid, body) SELECT id, event || ' ' || channel || ' ' || socket || ' ' || user || ' ' || detail || "
        "' ' || substr(ifnull(payload, ''), 1, 65536) FROM log WHERE id BETWEEN " +
        std::to_string(first) + " AND " + std::to_string(last));
}

Result<void> LogIndex::keep(const LogChapter& chapter)
{
    return m_database->execute("INSERT OR REPLACE INTO log_chapter VALUES (" + std::to_string(chapter.number) + ", " +
                               std::to_string(chapter.first) + ", " + std::to_string(chapter.last) + ", " +
                               std::to_string(chapter.rows) + ")");
}

Result<void> LogIndex::addLate(std::span<const LogRow> rows)
{
    auto chapters = loadChapters(*m_database);
    if (!chapters)
        return chapters.error();
    if (chapters->empty())
        return {};
    for (const LogRow& row : rows) {
        if (row.id > chapters->back().last)
            continue;
        const auto after = std::ranges::upper_bound(*chapters, row.id, {}, &LogChapter::first);
        LogChapter& chapter = after == chapters->begin() ? *after : *std::prev(after);
        chapter.first = std::min(chapter.first, row.id);
        chapter.last = std::max(chapter.last, row.id); // Between two chapters lies nothing that is indexed.
        ++chapter.rows;
        if (auto added = insertText(chapter, row.id, row.id); !added)
            return added;
        if (auto kept = keep(chapter); !kept)
            return kept;
    }
    return {};
}

Result<void> LogIndex::indexStep()
{
    return m_database->transaction([this]() -> Result<void> {
        auto chapters = loadChapters(*m_database);
        if (!chapters)
            return chapters.error();
        const auto span = nextSpan(chapters->empty() ? -1 : chapters->back().last);
        if (!span)
            return span.error();
        if (span->rows == 0) {
            m_pending = 0;
            m_looksAgain = false;
            return {};
        }
        const bool isNew = chapters->empty() || chapters->back().rows >= chapterRows;
        LogChapter chapter =
            isNew ? LogChapter{chapters->empty() ? 1 : chapters->back().number + 1, span->first} : chapters->back();
        if (auto added = addToIndex(chapter, *span, isNew); !added)
            return added;
        m_indexed += span->rows;
        m_pending = std::max<std::int64_t>(m_pending - span->rows, 0);
        m_looksAgain = true; // Some of them may be another process's, and some of ours still be outside.
        return {};
    });
}

Result<std::int64_t> LogIndex::removeOldest(LogChapter& chapter, std::int64_t count, std::int64_t olderThan)
{
    auto remove = m_database->prepare("DELETE FROM log WHERE id IN (SELECT id FROM (SELECT id, at FROM log "
                                      "WHERE id <= ? ORDER BY id LIMIT ?) WHERE at < ?)");
    if (!remove)
        return remove.error();
    remove->bind(1, chapter.last);
    remove->bind(2, count);
    remove->bind(3, olderThan);
    if (auto removed = remove->run(); !removed)
        return removed.error();
    const std::int64_t removed = m_database->changes();
    chapter.rows = std::max<std::int64_t>(chapter.rows - removed, 0);
    const std::string where = " WHERE number = " + std::to_string(chapter.number);
    // What is left of an index of rows that are gone finds nothing.
    const auto noted =
        chapter.rows == 0
            ? m_database->execute("DROP TABLE " + chapter.table() + "; DELETE FROM log_chapter" + where)
            : m_database->execute("UPDATE log_chapter SET rows = " + std::to_string(chapter.rows) + where);
    if (!noted)
        return noted.error();
    return removed;
}

Result<bool> LogIndex::trimStep(const Retention& retention, std::chrono::system_clock::time_point now)
{
    bool isMore = false;
    auto trimmed = m_database->transaction([&]() -> Result<void> {
        auto chapters = loadChapters(*m_database);
        if (!chapters)
            return chapters.error();
        if (chapters->empty())
            return {};
        m_indexed = 0; // Another process may have added some, or made room.
        for (const LogChapter& chapter : *chapters)
            m_indexed += chapter.rows;
        if (rows() > retention.logRows) {
            const auto outside = number("SELECT count(*) FROM log WHERE id > " + std::to_string(chapters->back().last));
            if (!outside)
                return outside.error();
            m_pending = *outside;
        }
        const auto used = number("SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, "
                                 "pragma_freelist_count, pragma_page_size");
        if (!used)
            return used.error();
        std::int64_t count = std::clamp<std::int64_t>(rows() - retention.logRows, 0, stepRows);
        if (*used > retention.bytes)
            count = stepRows;
        const std::int64_t olderThan = count > 0 ? anyTime : toStored(now - retention.logAge);
        const auto removed = removeOldest(chapters->front(), count > 0 ? count : stepRows, olderThan);
        if (!removed)
            return removed.error();
        m_indexed = std::max<std::int64_t>(m_indexed - *removed, 0);
        isMore = *removed > 0;
        return {};
    });
    if (!trimmed)
        return trimmed.error();
    return isMore ? Result<bool>{true} : giveBack();
}

Result<bool> LogIndex::trimSentStep(const Retention& retention)
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

Result<bool> LogIndex::giveBack()
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
