#include "core/store/archive_schema.h"

#include <array>

namespace castdeck::store {

namespace {

// Times are microseconds since 1970. Payloads are TEXT for SQLite's JSON functions; SQLite keeps their bytes as they
// are.
constexpr std::string_view firstStep = R"(
    CREATE TABLE sent (
        id INTEGER PRIMARY KEY,
        profile TEXT NOT NULL,
        connection TEXT NOT NULL,
        app TEXT NOT NULL,
        channels TEXT NOT NULL,
        event TEXT NOT NULL,
        payload TEXT NOT NULL,
        mode INTEGER NOT NULL,
        at INTEGER NOT NULL,
        state INTEGER NOT NULL,
        receivers INTEGER,
        report TEXT NOT NULL,
        settled INTEGER NOT NULL
    ) STRICT;
    CREATE VIRTUAL TABLE sent_text USING fts5(
        event, channels, payload, content='sent', content_rowid='id', prefix='2 3',
        tokenize='unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER sent_added AFTER INSERT ON sent BEGIN
        INSERT INTO sent_text(rowid, event, channels, payload)
            VALUES (new.id, new.event, new.channels, new.payload);
    END;
    CREATE TRIGGER sent_removed AFTER DELETE ON sent BEGIN
        INSERT INTO sent_text(sent_text, rowid, event, channels, payload)
            VALUES ('delete', old.id, old.event, old.channels, old.payload);
    END;

    CREATE TABLE log (
        id INTEGER PRIMARY KEY,
        profile TEXT NOT NULL,
        kind INTEGER NOT NULL,
        at INTEGER NOT NULL,
        app TEXT NOT NULL,
        channel TEXT NOT NULL,
        event TEXT NOT NULL,
        socket TEXT NOT NULL,
        user TEXT NOT NULL,
        payload TEXT,
        detail TEXT NOT NULL,
        code INTEGER NOT NULL,
        receivers INTEGER NOT NULL
    ) STRICT;
    -- The chapters of a text index, each a table log_text_<number>, which the log has until the next step.
    CREATE TABLE log_chapter (
        number INTEGER PRIMARY KEY,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        rows INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE document (
        collection TEXT NOT NULL,
        id TEXT NOT NULL,
        place INTEGER NOT NULL,
        json TEXT NOT NULL,
        PRIMARY KEY (collection, id)
    ) STRICT;
)";

// The log is searched by reading it, for text anywhere and not only for words; ArchiveRoom drops the chapters.
constexpr std::string_view secondStep = R"(
    CREATE TABLE log_count (rows INTEGER NOT NULL) STRICT;
    INSERT INTO log_count SELECT count(*) FROM log;
)";

constexpr std::array<std::string_view, 2> steps{firstStep, secondStep};
constexpr std::array<std::string_view, 2> coreTables{"sent", "document"};

} // namespace

std::span<const std::string_view> archiveSteps()
{
    return steps;
}

std::span<const std::string_view> archiveCoreTables()
{
    return coreTables;
}

} // namespace castdeck::store
