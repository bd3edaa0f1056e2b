#include "core/store/archive_tables.h"

#include <algorithm>

namespace castdeck::store {

namespace {

constexpr const char* insertSent =
    "INSERT INTO sent (id, profile, connection, app, channels, event, payload, mode, at, state, receivers, report, "
    "settled) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* updateSent = "UPDATE sent SET state = ?, receivers = ?, report = ?, settled = ? WHERE id = ?";
constexpr const char* insertLog =
    "INSERT INTO log (id, profile, kind, at, app, channel, event, socket, user, payload, detail, code, receivers) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* upsertDocument = "INSERT INTO document (collection, id, json, place) VALUES (?1, ?2, ?3, "
                                       "(SELECT ifnull(max(place), 0) + 1 FROM document WHERE collection = ?1)) "
                                       "ON CONFLICT (collection, id) DO UPDATE SET json = excluded.json";

/// In the order of their parameters, from `first`.
void bindOutcome(Statement& statement, int first, const SentOutcome& outcome)
{
    statement.bind(first, static_cast<std::int64_t>(outcome.state));
    if (outcome.receivers)
        statement.bind(first + 1, *outcome.receivers);
    else
        statement.bindNull(first + 1);
    statement.bind(first + 2, std::string_view{outcome.report});
    statement.bind(first + 3, toStored(outcome.at));
}

DocumentRow documentFrom(const Statement& select)
{
    return {select.text(0), select.text(1), select.text(2)};
}

} // namespace

std::int64_t toStored(WallTime time)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

WallTime timeFromStored(std::int64_t microseconds)
{
    return WallTime{std::chrono::duration_cast<WallTime::duration>(std::chrono::microseconds{microseconds})};
}

Result<ArchiveTables> ArchiveTables::of(Database& database)
{
    auto addSent = database.prepare(insertSent);
    if (!addSent)
        return addSent.error();
    auto settleSent = database.prepare(updateSent);
    if (!settleSent)
        return settleSent.error();
    auto addLog = database.prepare(insertLog);
    if (!addLog)
        return addLog.error();
    auto putDocument = database.prepare(upsertDocument);
    if (!putDocument)
        return putDocument.error();
    return ArchiveTables{database, *std::move(addSent), *std::move(settleSent), *std::move(addLog),
                         *std::move(putDocument)};
}

Result<void> ArchiveTables::addSent(const SentRow& row)
{
    int parameter = 0;
    m_addSent.bind(++parameter, row.id);
    for (const std::string* const text :
         {&row.profile, &row.connection, &row.appId, &row.channels, &row.event, &row.payload})
        m_addSent.bind(++parameter, std::string_view{*text});
    m_addSent.bind(++parameter, row.mode);
    m_addSent.bind(++parameter, toStored(row.at));
    bindOutcome(m_addSent, ++parameter, row.outcome);
    return m_addSent.run();
}

Result<void> ArchiveTables::settleSent(std::int64_t id, const SentOutcome& outcome)
{
    bindOutcome(m_settleSent, 1, outcome);
    m_settleSent.bind(5, id);
    if (auto done = m_settleSent.run(); !done)
        return done;
    if (m_database->changes() == 0)
        return Error{ErrorKind::NotFound, "the message is not in the journal"};
    return {};
}

Result<void> ArchiveTables::addLog(std::span<const LogRow> rows)
{
    for (const LogRow& row : rows) {
        m_addLog.bind(1, row.id);
        m_addLog.bind(2, std::string_view{row.profile});
        m_addLog.bind(3, row.kind);
        m_addLog.bind(4, toStored(row.at));
        int parameter = 4;
        for (const std::string* const text : {&row.appId, &row.channel, &row.event, &row.socketId, &row.userId})
            m_addLog.bind(++parameter, std::string_view{*text});
        if (row.payload)
            m_addLog.bind(10, std::string_view{*row.payload});
        else
            m_addLog.bindNull(10);
        m_addLog.bind(11, std::string_view{row.detail});
        m_addLog.bind(12, row.code);
        m_addLog.bind(13, row.receivers);
        if (auto done = m_addLog.run(); !done)
            return done;
    }
    return {};
}

Result<std::vector<DocumentRow>> loadDocuments(Database& database)
{
    auto select = database.prepare("SELECT collection, id, json FROM document ORDER BY collection, place");
    if (!select)
        return select.error();
    return readRows<DocumentRow>(*select, &documentFrom);
}

Result<void> ArchiveTables::putDocument(const DocumentRow& row)
{
    m_putDocument.bind(1, std::string_view{row.collection});
    m_putDocument.bind(2, std::string_view{row.id});
    m_putDocument.bind(3, std::string_view{row.json});
    return m_putDocument.run();
}

Result<void> ArchiveTables::removeDocument(const std::string& collection, const std::string& id)
{
    auto remove = m_database->prepare("DELETE FROM document WHERE collection = ? AND id = ?");
    if (!remove)
        return remove.error();
    remove->bind(1, std::string_view{collection});
    remove->bind(2, std::string_view{id});
    return remove->run();
}

Result<void> ArchiveTables::orderDocuments(const std::string& collection, const std::vector<std::string>& ids)
{
    // Those that are not named come after all that can be.
    auto move = m_database->prepare("UPDATE document SET place = place + ? WHERE collection = ?");
    if (!move)
        return move.error();
    move->bind(1, static_cast<std::int64_t>(ids.size()));
    move->bind(2, std::string_view{collection});
    if (auto moved = move->run(); !moved)
        return moved;
    auto place = m_database->prepare("UPDATE document SET place = ? WHERE collection = ? AND id = ?");
    if (!place)
        return place.error();
    for (std::size_t i = 0; i < ids.size(); ++i) {
        place->bind(1, static_cast<std::int64_t>(i + 1));
        place->bind(2, std::string_view{collection});
        place->bind(3, std::string_view{ids[i]});
        if (auto placed = place->run(); !placed)
            return placed;
    }
    return {};
}

} // namespace castdeck::store
