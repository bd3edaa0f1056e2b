#include "core/store/database.h"

#include "core/store/private_file.h"

#include <sqlite3.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>
#include <optional>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace castdeck::store {

namespace {

/// How long a statement waits for another process that writes the same file.
constexpr int busyTimeoutMilliseconds = 2'000;
constexpr mode_t ownerOnly = S_IRUSR | S_IWUSR;

std::string adviceFor(int code)
{
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return "; another program uses it: close that one, or give this one a file of its own";
    case SQLITE_FULL: return "; the disk is full: make room";
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH: return "; make the file and its folder writable for this user";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return "; the file is damaged: move it away, and an empty one is made at the next start";
    default: return {};
    }
}

/// SQLite's messages name tables and columns, never values.
Error errorOf(sqlite3* connection)
{
    const int code = sqlite3_extended_errcode(connection);
    const char* const file = sqlite3_db_filename(connection, "main");
    const bool isOurs = (code & 0xFF) == SQLITE_CONSTRAINT || (code & 0xFF) == SQLITE_ERROR;
    return Error{isOurs ? ErrorKind::InvalidInput : ErrorKind::Io, std::string{file != nullptr ? file : "database"} +
                                                                       ": " + sqlite3_errmsg(connection) +
                                                                       adviceFor(code)};
}

/// The write-ahead log and the shared memory beside the file get the file's mode from SQLite.
Result<void> createPrivate(const std::filesystem::path& path)
{
    if (auto folder = createPrivateFolder(path.parent_path()); !folder)
        return folder;
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, ownerOnly);
    const bool isPrivate = file >= 0 && ::fchmod(file, ownerOnly) == 0;
    const int code = errno;
    if (file >= 0)
        ::close(file);
    if (!isPrivate)
        return Error{ErrorKind::Io, "cannot open " + path.string() + ": " + std::strerror(code)};
    return {};
}

std::string timeStamp()
{
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ", &parts)};
}

/// The file with its log, which belongs to no other. Returns the new name.
Result<std::filesystem::path> moveAside(const std::filesystem::path& path)
{
    const std::filesystem::path aside = path.string() + ".damaged-" + timeStamp();
    for (const char* const suffix : {"", "-wal", "-shm"}) {
        std::error_code error;
        std::filesystem::rename(path.string() + suffix, aside.string() + suffix, error);
        if (error && error != std::errc::no_such_file_or_directory)
            return Error{ErrorKind::Io, "cannot rename the damaged file " + path.string() + ": " + error.message()};
    }
    return aside;
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

void Statement::bind(int parameter, std::int64_t value)
{
    sqlite3_bind_int64(m_statement.get(), parameter, value);
}

void Statement::bind(int parameter, double value)
{
    sqlite3_bind_double(m_statement.get(), parameter, value);
}

void Statement::bindNull(int parameter)
{
    sqlite3_bind_null(m_statement.get(), parameter);
}

void Statement::bind(int parameter, std::string_view text)
{
    // A null pointer would bind NULL.
    sqlite3_bind_text64(m_statement.get(), parameter, text.empty() ? "" : text.data(), text.size(), SQLITE_TRANSIENT,
                        SQLITE_UTF8);
}

void Statement::bind(int parameter, const TextCheck& check)
{
    sqlite3_bind_pointer(m_statement.get(), parameter, const_cast<TextCheck*>(&check), textCheckType, nullptr);
}

Result<bool> Statement::step()
{
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(m_statement.get());
        return false;
    }
    const Error error = errorOf(sqlite3_db_handle(m_statement.get()));
    sqlite3_reset(m_statement.get());
    return error;
}

Result<void> Statement::run()
{
    for (;;) {
        const auto isRow = step();
        if (!isRow)
            return isRow.error();
        if (!*isRow)
            return {};
    }
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

std::string Statement::text(int column) const
{
    const auto* const data = reinterpret_cast<const char*>(sqlite3_column_text(m_statement.get(), column));
    const int bytes = sqlite3_column_bytes(m_statement.get(), column);
    return data == nullptr ? std::string{} : std::string{data, static_cast<std::size_t>(bytes)};
}

void Database::Close::operator()(sqlite3* connection) const
{
    sqlite3_close_v2(connection);
}

Result<Database> Database::connect(const std::filesystem::path& path, int flags)
{
    sqlite3* connection = nullptr;
    int code = sqlite3_open_v2(path.c_str(), &connection, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database{connection};
    if (code == SQLITE_OK && !addTextChecks(connection))
        code = SQLITE_NOMEM;
    if (code != SQLITE_OK)
        return Error{ErrorKind::Io, "cannot open " + path.string() + ": " + sqlite3_errstr(code) + adviceFor(code)};
    sqlite3_busy_timeout(connection, busyTimeoutMilliseconds);
    return database;
}

Result<Database> Database::openFile(const std::filesystem::path& path)
{
    if (auto created = createPrivate(path); !created)
        return created.error();
    return connect(path, SQLITE_OPEN_READWRITE);
}

Result<Database> Database::openReadOnly(const std::filesystem::path& path)
{
    return connect(path, SQLITE_OPEN_READONLY);
}

Result<void> Database::refuseLater(const std::filesystem::path& path, std::size_t known)
{
    std::error_code ignored;
    if (std::filesystem::file_size(path, ignored) == 0 || ignored)
        return {};
    auto database = openReadOnly(path);
    const auto version = database ? database->schemaVersion() : Result<std::int64_t>{database.error()};
    // What cannot be read is told by whoever opens it to write.
    if (!version || *version <= static_cast<std::int64_t>(known))
        return {};
    return Error{ErrorKind::Forbidden, path.string() + " was written by a later version of Castdeck; start that one, "
                                                       "or give this one a file of its own. The file is left as it is"};
}

Result<void> Database::prepareFile()
{
    // The first only counts in a file without tables. With WAL, NORMAL syncs at checkpoints only, and loses no commit
    // unless the machine goes down.
    return execute("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; "
                   "PRAGMA foreign_keys = ON");
}

Result<void> Database::checkWith(const std::string& pragma)
{
    auto statement = prepare(pragma);
    if (!statement)
        return statement.error();
    const auto isRow = statement->step();
    if (!isRow)
        return isRow.error();
    if (statement->text(0) == "ok")
        return {};
    return Error{ErrorKind::Io, path().string() + ": " + statement->text(0) + adviceFor(SQLITE_CORRUPT)};
}

Result<void> Database::check(std::span<const std::string_view> tables)
{
    if (tables.empty())
        return checkWith("PRAGMA quick_check(1)");
    const auto version = schemaVersion();
    if (!version)
        return version.error();
    if (*version == 0)
        return {}; // No tables yet.
    for (const std::string_view table : tables) {
        if (auto checked = checkWith("PRAGMA quick_check(" + std::string{table} + ")"); !checked)
            return checked;
    }
    return {};
}

Result<bool> Database::isIntact()
{
    auto statement = prepare("PRAGMA quick_check(1)");
    const auto isRow = statement ? statement->step() : Result<bool>{statement.error()};
    if (isRow)
        return statement->text(0) == "ok";
    const int code = sqlite3_errcode(m_connection.get());
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
        return false;
    return isRow.error();
}

bool Database::isDamaged(const std::filesystem::path& path)
{
    auto database = openFile(path);
    const auto isIntact = database ? database->isIntact() : Result<bool>{database.error()};
    return isIntact && !*isIntact;
}

std::filesystem::path Database::path() const
{
    return sqlite3_db_filename(m_connection.get(), "main");
}

Result<std::int64_t> Database::schemaVersion()
{
    auto statement = prepare("PRAGMA user_version");
    if (!statement)
        return statement.error();
    const auto isRow = statement->step();
    if (!isRow)
        return isRow.error();
    return statement->integer(0);
}

Result<void> Database::copyBefore(std::size_t step)
{
    // A second connection: the first one holds a transaction, which a copy through it would wait for.
    auto reader = openReadOnly(path());
    if (!reader)
        return reader.error();
    return reader->copyTo(path().string() + ".before-" + std::to_string(step));
}

/// A new file holds nothing yet that a copy would keep; taken for the newest one, it would be offered in place of a
/// real one.
Result<bool> Database::applyNextStep(std::span<const std::string_view> steps, bool isNew)
{
    bool isMore = false;
    auto applied = transaction([&]() -> Result<void> {
        // Asked for inside, because another process may be at it as well.
        const auto version = schemaVersion();
        if (!version)
            return version.error();
        const auto done = static_cast<std::size_t>(*version);
        if (done >= steps.size())
            return {};
        isMore = true;
        if (!isNew) {
            if (auto copied = copyBefore(done + 1); !copied)
                return copied;
        }
        if (auto changed = execute(std::string{steps[done]}); !changed)
            return changed;
        return execute("PRAGMA user_version = " + std::to_string(done + 1));
    });
    if (!applied)
        return applied.error();
    return isMore;
}

Result<void> Database::applySteps(std::span<const std::string_view> steps)
{
    const auto version = schemaVersion();
    if (!version)
        return version.error();
    if (*version == static_cast<std::int64_t>(steps.size()))
        return {};
    for (;;) {
        const auto isMore = applyNextStep(steps, *version == 0);
        if (!isMore)
            return isMore.error();
        if (!*isMore)
            return {};
    }
}

Result<void> Database::copyTo(const std::filesystem::path& path)
{
    const std::filesystem::path part = path.string() + ".part-" + std::to_string(::getpid());
    std::error_code error;
    std::filesystem::remove(part, error);
    {
        auto copy = openFile(part);
        if (!copy)
            return copy.error();
        sqlite3_backup* const backup =
            sqlite3_backup_init(copy->m_connection.get(), "main", m_connection.get(), "main");
        if (backup != nullptr)
            sqlite3_backup_step(backup, -1);
        const int code = backup == nullptr ? sqlite3_errcode(copy->m_connection.get()) : sqlite3_backup_finish(backup);
        if (code != SQLITE_OK)
            return Error{ErrorKind::Io,
                         "cannot copy to " + path.string() + ": " + sqlite3_errstr(code) + adviceFor(code)};
    }
    std::filesystem::rename(part, path, error);
    if (error)
        return Error{ErrorKind::Io, "cannot write " + path.string() + ": " + error.message()};
    return {};
}

void Database::interrupt()
{
    sqlite3_interrupt(m_connection.get());
}

Result<Database> Database::open(const std::filesystem::path& path, std::span<const std::string_view> steps,
                                std::span<const std::string_view> checked)
{
    if (auto refused = refuseLater(path, steps.size()); !refused)
        return refused.error();
    auto database = openFile(path);
    if (!database)
        return database;
    if (auto prepared = database->prepareFile(); !prepared)
        return prepared.error();
    if (auto isGood = database->check(checked); !isGood)
        return isGood.error();
    if (auto applied = database->applySteps(steps); !applied)
        return applied.error();
    return database;
}

Result<Database> Database::openOrReplace(const std::filesystem::path& path, std::span<const std::string_view> steps,
                                         std::string& notice, std::span<const std::string_view> checked)
{
    auto database = open(path, steps, checked);
    if (database || !isDamaged(path))
        return database;
    const auto aside = moveAside(path);
    if (!aside)
        return aside.error();
    notice = path.string() + " was damaged; it is kept as " + aside->filename().string() + ", and an empty one is used";
    return open(path, steps, checked);
}

Result<Statement> Database::prepare(std::string_view sql)
{
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(m_connection.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK)
        return errorOf(m_connection.get());
    return Statement{statement};
}

Result<void> Database::execute(const std::string& sql)
{
    if (sqlite3_exec(m_connection.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return errorOf(m_connection.get());
    return {};
}

Result<void> Database::transaction(const std::function<Result<void>()>& work)
{
    // Immediate: whoever cannot write learns it here and not halfway.
    if (auto begun = execute("BEGIN IMMEDIATE"); !begun)
        return begun;
    auto done = work();
    if (done)
        done = execute("COMMIT");
    if (!done && sqlite3_get_autocommit(m_connection.get()) == 0)
        sqlite3_exec(m_connection.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    return done;
}

std::int64_t Database::changes() const
{
    return sqlite3_changes64(m_connection.get());
}

} // namespace castdeck::store
