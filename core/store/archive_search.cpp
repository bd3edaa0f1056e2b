#include "core/store/archive_search.h"

#include "core/store/archive_tables.h"
#include "core/store/log_conditions.h"
#include "core/store/log_index.h"
#include "core/store/search_words.h"

#include <limits>
#include <utility>

namespace castdeck::store {

namespace {

constexpr const char* sentColumns = "sent.id, sent.profile, sent.connection, sent.app, sent.channels, sent.event, "
                                    "sent.payload, sent.mode, sent.at, sent.state, sent.receivers, sent.report, "
                                    "sent.settled";
constexpr const char* logColumns = "log.id, log.profile, log.kind, log.at, log.app, log.channel, log.event, "
                                   "log.socket, log.user, log.payload, log.detail, log.code, log.receivers";

constexpr std::int64_t newest = std::numeric_limits<std::int64_t>::max();

/// Between the questions of one search nothing changes.
class ReadTransaction {
public:
    explicit ReadTransaction(Database& database) : m_database{database}, m_begun{database.execute("BEGIN")} {}
    ~ReadTransaction() { (void)m_database.execute("ROLLBACK"); }
    ReadTransaction(const ReadTransaction&) = delete;
    ReadTransaction& operator=(const ReadTransaction&) = delete;

    const Result<void>& begun() const noexcept { return m_begun; }

private:
    Database& m_database;
    Result<void> m_begun;
};

SentRow sentFrom(const Statement& select)
{
    SentRow row;
    row.id = select.integer(0);
    int column = 0;
    for (std::string* const text : {&row.profile, &row.connection, &row.appId, &row.channels, &row.event, &row.payload})
        *text = select.text(++column);
    row.mode = select.integer(7);
    row.at = timeFromStored(select.integer(8));
    row.outcome.state = static_cast<SentState>(select.integer(9));
    if (!select.isNull(10))
        row.outcome.receivers = select.integer(10);
    row.outcome.report = select.text(11);
    row.outcome.at = timeFromStored(select.integer(12));
    return row;
}

LogRow logFrom(const Statement& select)
{
    LogRow row;
    row.id = select.integer(0);
    row.profile = select.text(1);
    row.kind = select.integer(2);
    row.at = timeFromStored(select.integer(3));
    int column = 3;
    for (std::string* const text : {&row.appId, &row.channel, &row.event, &row.socketId, &row.userId})
        *text = select.text(++column);
    if (!select.isNull(9))
        row.payload = std::make_shared<const std::string>(select.text(9));
    row.detail = select.text(10);
    row.code = select.integer(11);
    row.receivers = select.integer(12);
    return row;
}

std::string searchedText(const LogRow& row)
{
    std::string text;
    for (const std::string* const each : {&row.event, &row.channel, &row.socketId, &row.userId, &row.detail})
        text += *each + ' ';
    return row.payload ? text + *row.payload : text;
}

/// One search through the log, which goes from the newest part of it to the oldest.
class LogSearch {
public:
    LogSearch(Database& database, const LogQuery& query)
        : m_database{database}
        , m_query{query}
        , m_words{query.text}
        , m_conditions{conditionsOf(query)}
    {
    }

    Result<LogPage> run()
    {
        const ReadTransaction transaction{m_database};
        if (!transaction.begun())
            return transaction.begun().error();
        const std::int64_t before = m_query.before.value_or(newest);
        if (const auto found = m_words.empty() ? scan(-1, before) : search(before); !found)
            return found.error();
        return std::move(m_page);
    }

private:
    using Accepts = bool (SearchWords::*)(std::string_view) const;

    bool isFull() const { return !m_page.isEnd; }

    Result<void> search(std::int64_t before)
    {
        const auto chapters = loadChapters(m_database);
        if (!chapters)
            return chapters.error();
        if (auto found = scan(chapters->empty() ? -1 : chapters->back().last, before); !found)
            return found;
        for (auto chapter = chapters->rbegin(); chapter != chapters->rend() && !isFull(); ++chapter) {
            if (chapter->first >= before)
                continue;
            if (auto found = searchChapter(*chapter, before); !found)
                return found;
        }
        return {};
    }

    Result<void> searchChapter(const LogChapter& chapter, std::int64_t before)
    {
        const std::string words = m_words.partsQuery();
        if (words.empty())
            return scan(chapter.first - 1, std::min(before, chapter.last + 1));
        SqlConditions conditions = m_conditions;
        conditions.add(chapter.table() + " MATCH ?", {words});
        conditions.add("log.id < ?", {before});
        auto found = read("FROM " + chapter.table() + " JOIN log ON log.id = " + chapter.table() + ".rowid WHERE " +
                              conditions.text() + " ORDER BY " + chapter.table() + ".rowid DESC",
                          conditions, &SearchWords::hasCompounds);
        // The index may take a word apart where we do not, and then wants positions that it does not keep.
        if (!found && found.error().detail.find("phrase queries") != std::string::npos)
            return scan(chapter.first - 1, std::min(before, chapter.last + 1));
        return found;
    }

    /// Row by row: those between the ids, without them.
    Result<void> scan(std::int64_t after, std::int64_t before)
    {
        SqlConditions conditions = m_conditions;
        conditions.add("log.id > ? AND log.id < ?", {after, before});
        return read("FROM log WHERE " + conditions.text() + " ORDER BY log.id DESC", conditions, &SearchWords::hasAll);
    }

    Result<void> read(const std::string& from, const SqlConditions& conditions, Accepts accepts)
    {
        auto select = m_database.prepare(std::string{"SELECT "} + logColumns + ' ' + from);
        if (!select)
            return select.error();
        conditions.bindTo(*select);
        while (!isFull()) {
            const auto isRow = select->step();
            if (!isRow)
                return isRow.error();
            if (!*isRow)
                return {};
            LogRow row = logFrom(*select);
            if (!m_words.empty() && !(m_words.*accepts)(searchedText(row)))
                continue;
            if (m_page.rows.size() == m_query.limit)
                m_page.isEnd = false;
            else
                m_page.rows.push_back(std::move(row));
        }
        return {};
    }

    Database& m_database;
    const LogQuery& m_query;
    const SearchWords m_words;
    const SqlConditions m_conditions;
    LogPage m_page;
};

} // namespace

Result<SentPage> findSent(Database& database, const SentQuery& query)
{
    const std::string words = SearchWords{query.text}.phraseQuery();
    SqlConditions conditions;
    if (!words.empty())
        conditions.add("sent_text MATCH ?", {words});
    if (!query.profile.empty())
        conditions.add("sent.profile = ?", {query.profile});
    // The index goes backwards by its own number only.
    const std::string id = words.empty() ? "sent.id" : "sent_text.rowid";
    if (query.before)
        conditions.add(id + " < ?", {*query.before});
    auto select =
        database.prepare(std::string{"SELECT "} + sentColumns +
                         (words.empty() ? " FROM sent" : " FROM sent_text JOIN sent ON sent.id = " + id) + " WHERE " +
                         conditions.text() + " ORDER BY " + id + " DESC LIMIT " + std::to_string(query.limit + 1));
    if (!select)
        return select.error();
    conditions.bindTo(*select);
    SentPage page;
    for (;;) {
        const auto isRow = select->step();
        if (!isRow)
            return isRow.error();
        if (!*isRow)
            return page;
        page.rows.push_back(sentFrom(*select));
        if (page.rows.size() > query.limit) {
            page.rows.pop_back();
            page.isEnd = false;
            return page;
        }
    }
}

Result<LogPage> findLog(Database& database, const LogQuery& query)
{
    return LogSearch{database, query}.run();
}

} // namespace castdeck::store
