#pragma once

#include "core/base/result.h"
#include "core/store/text_check.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace castdeck::store {

/// A prepared statement. Ownership: its database outlives it. Thread: as its database.
class Statement {
public:
    /// Parameters count from 1. Bound values stay until they are replaced.
    void bind(int parameter, std::int64_t value);
    void bind(int parameter, std::string_view text);
    void bind(int parameter, double value);
    void bindNull(int parameter);
    /// For passes(?, ...), see text_check.h. Not copied: the check stays where it is while the statement is used.
    void bind(int parameter, const TextCheck& check);

    /// True when there is a row, whose columns can be read until the next call; false at the end, after which the
    /// statement can be used again. Fails with Io, or InvalidInput when a constraint of the table is hurt.
    Result<bool> step();
    /// For statements without rows.
    Result<void> run();
    /// Ends a reading before its last row; the statement can be used again.
    void reset();

    std::int64_t integer(int column) const; ///< Columns count from 0.
    std::string text(int column) const;
    bool isNull(int column) const;

private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    explicit Statement(sqlite3_stmt* statement) : m_statement{statement} {}

    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

/// All rows that are left, each as `rowFrom` makes it of the statement.
template <typename Row> Result<std::vector<Row>> readRows(Statement& select, Row (*rowFrom)(const Statement&))
{
    std::vector<Row> rows;
    for (;;) {
        const auto isRow = select.step();
        if (!isRow)
            return isRow.error();
        if (!*isRow)
            return rows;
        rows.push_back(rowFrom(select));
    }
}

/// One SQLite file in WAL mode, with a schema that grows in steps. Readable by its owner only.
///
/// A commit survives the end of the process at any moment; the last ones may be missing after a loss of power.
/// Thread: one at a time, except interrupt().
class Database {
public:
    /// Creates the file, and brings its schema up to date: `steps` are SQL scripts, the first of which makes a new
    /// file; the number of those carried out is kept in the file. A step that was released must never change. Before a
    /// step a copy of the file is made, `<name>.before-<number of the step>`.
    /// Fails with Forbidden when the file belongs to a later version of the program, which is then not written to, and
    /// with Io. The error says what to do about it. The tables in `checked` are looked through for damage, without any
    /// the whole file.
    static Result<Database> open(const std::filesystem::path& path, std::span<const std::string_view> steps,
                                 std::span<const std::string_view> checked = {});

    /// The same; but a damaged file is renamed to `<name>.damaged-<time>` and replaced by an empty one. `notice` then
    /// says so, and else stays empty.
    static Result<Database> openOrReplace(const std::filesystem::path& path, std::span<const std::string_view> steps,
                                          std::string& notice, std::span<const std::string_view> checked = {});

    /// A file that nothing is written to, of whatever version. Fails with Io.
    static Result<Database> openReadOnly(const std::filesystem::path& path);

    /// Fails with InvalidInput when the SQL is wrong.
    Result<Statement> prepare(std::string_view sql);
    /// One or more statements without parameters or rows.
    Result<void> execute(const std::string& sql);
    /// Carries out all that `work` does or, when it fails, nothing of it.
    Result<void> transaction(const std::function<Result<void>()>& work);
    std::int64_t changes() const; ///< Rows that the last statement added, changed or removed.

    /// False when pages of the file contradict each other. Reads the whole file. Fails with Io, also when interrupted.
    Result<bool> isIntact();
    /// The content as it is at one moment, readable by its owner only. `path` then holds the whole copy or what it
    /// held before. Fails with Io.
    Result<void> copyTo(const std::filesystem::path& path);
    /// What is being carried out fails with Io. Thread: any.
    void interrupt();

private:
    struct Close {
        void operator()(sqlite3* connection) const;
    };
    explicit Database(sqlite3* connection) : m_connection{connection} {}

    static Result<Database> openFile(const std::filesystem::path& path);
    static Result<Database> connect(const std::filesystem::path& path, int flags);
    static bool isDamaged(const std::filesystem::path& path);
    static Result<void> refuseLater(const std::filesystem::path& path, std::size_t known);
    Result<void> prepareFile();
    Result<void> check(std::span<const std::string_view> tables);
    Result<void> checkWith(const std::string& pragma);
    Result<void> applySteps(std::span<const std::string_view> steps);
    Result<bool> applyNextStep(std::span<const std::string_view> steps, bool isNew);
    Result<void> copyBefore(std::size_t step);
    std::filesystem::path path() const;
    Result<std::int64_t> schemaVersion();

    std::unique_ptr<sqlite3, Close> m_connection;
};

} // namespace castdeck::store
