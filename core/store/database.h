#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace castdeck::store {

/// A prepared statement. Ownership: its database outlives it. Thread: as its database.
class Statement {
public:
    /// Parameters count from 1. Bound values stay until they are replaced.
    void bind(int parameter, std::int64_t value);
    void bind(int parameter, std::string_view text);

    /// True when there is a row, whose columns can be read until the next call; false at the end, after which the
    /// statement can be used again. Fails with Io, or InvalidInput when a constraint of the table is hurt.
    Result<bool> step();
    /// For statements without rows.
    Result<void> run();

    std::int64_t integer(int column) const; ///< Columns count from 0.
    std::string text(int column) const;

private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    explicit Statement(sqlite3_stmt* statement) : m_statement{statement} {}

    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

/// One SQLite file in WAL mode, with a schema that grows in steps. Readable by its owner only.
///
/// A commit survives the end of the process at any moment; the last ones may be missing after a loss of power.
/// Thread: one at a time.
class Database {
public:
    /// Creates the file, and brings its schema up to date: `steps` are SQL scripts, the first of which makes a new
    /// file; the number of those carried out is kept in the file. A step that was released must never change.
    /// Fails with Forbidden when the file belongs to a later version of the program, and with Io. The error says what
    /// to do about it.
    static Result<Database> open(const std::filesystem::path& path, std::span<const std::string_view> steps);

    /// The same; but a damaged file is renamed to `<name>.damaged-<time>` and replaced by an empty one. `notice` then
    /// says so, and else stays empty.
    static Result<Database> openOrReplace(const std::filesystem::path& path, std::span<const std::string_view> steps,
                                          std::string& notice);

    /// Fails with InvalidInput when the SQL is wrong.
    Result<Statement> prepare(std::string_view sql);
    /// One or more statements without parameters or rows.
    Result<void> execute(const std::string& sql);
    /// Carries out all that `work` does or, when it fails, nothing of it.
    Result<void> transaction(const std::function<Result<void>()>& work);

private:
    struct Close {
        void operator()(sqlite3* connection) const;
    };
    explicit Database(sqlite3* connection) : m_connection{connection} {}

    static Result<Database> openFile(const std::filesystem::path& path);
    static bool isDamaged(const std::filesystem::path& path);
    Result<void> check();
    Result<void> applySteps(std::span<const std::string_view> steps);
    Result<std::int64_t> schemaVersion();

    std::unique_ptr<sqlite3, Close> m_connection;
};

} // namespace castdeck::store
