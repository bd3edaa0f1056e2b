#include "core/store/archive_search.h"

#include "core/store/archive_tables.h"
#include "core/store/log_conditions.h"
#include "core/store/search_words.h"

#include <utility>

namespace castdeck::store {

namespace {

constexpr const char* sentColumns = "sent.id, sent.profile, sent.connection, sent.app, sent.channels, sent.event, "
                                    "sent.payload, sent.mode, sent.at, sent.state, sent.receivers, sent.report, "
                                    "sent.settled";
constexpr const char* logColumns = "log.id, log.profile, log.kind, log.at, log.app, log.channel, log.event, "
                                   "log.socket, log.user, log.payload, log.detail, log.code, log.receivers";

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

/// `sql` lacks its limit: one row more is asked for, to know whether there is one.
template <typename Page, typename Row>
Result<Page> readPage(Database& database, const std::string& sql, const SqlConditions& conditions, std::size_t limit,
                      Row (*rowFrom)(const Statement&))
{
    auto select = database.prepare(sql + " LIMIT " + std::to_string(limit + 1));
    if (!select)
        return select.error();
    conditions.bindTo(*select);
    Page page;
    for (;;) {
        const auto isRow = select->step();
        if (!isRow)
            return isRow.error();
        page.isEnd = !*isRow;
        if (!*isRow || page.rows.size() == limit)
            return page;
        page.rows.push_back(rowFrom(*select));
    }
}

} // namespace

Result<SentPage> findSent(Database& database, const SentQuery& query)
{
    const std::string words = phraseQuery(query.text);
    SqlConditions conditions;
    if (!words.empty())
        conditions.add("sent_text MATCH ?", {words});
    if (!query.profile.empty())
        conditions.add("sent.profile = ?", {query.profile});
    // The index goes backwards by its own number only.
    const std::string id = words.empty() ? "sent.id" : "sent_text.rowid";
    if (query.before)
        conditions.add(id + " < ?", {*query.before});
    const std::string from = words.empty() ? " FROM sent" : " FROM sent_text JOIN sent ON sent.id = " + id;
    return readPage<SentPage>(
        database, "SELECT " + (sentColumns + from) + " WHERE " + conditions.text() + " ORDER BY " + id + " DESC",
        conditions, query.limit, &sentFrom);
}

Result<LogPage> findLog(Database& database, const LogQuery& query)
{
    const SqlConditions conditions = conditionsOf(query);
    return readPage<LogPage>(database,
                             std::string{"SELECT "} + logColumns + " FROM log WHERE " + conditions.text() +
                                 " ORDER BY log.id DESC",
                             conditions, query.limit, &logFrom);
}

} // namespace castdeck::store
