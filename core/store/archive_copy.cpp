#include "core/store/archive_copy.h"

#include "core/store/archive_schema.h"

#include <chrono>
#include <system_error>

namespace castdeck::store {

namespace {

using FileTime = std::filesystem::file_time_type;

std::filesystem::path copyPath(const std::filesystem::path& archive)
{
    return archive.string() + ".copy";
}

/// Nothing when it is not there.
std::optional<FileTime> changeOf(const std::filesystem::path& path)
{
    std::error_code error;
    const FileTime time = std::filesystem::last_write_time(path, error);
    return error ? std::nullopt : std::optional{time};
}

void removeDatabase(const std::filesystem::path& path)
{
    for (const char* const suffix : {"", "-wal", "-shm"}) {
        std::error_code ignored;
        std::filesystem::remove(path.string() + suffix, ignored);
    }
}

/// Attached under the name `other` for as long as it lives.
class Attached {
public:
    Attached(Database& database, const std::filesystem::path& path) : m_database{database}, m_attached{attach(path)} {}
    ~Attached()
    {
        if (m_attached)
            (void)m_database.execute("DETACH other");
    }
    Attached(const Attached&) = delete;
    Attached& operator=(const Attached&) = delete;

    const Result<void>& result() const noexcept { return m_attached; }

private:
    Result<void> attach(const std::filesystem::path& path)
    {
        auto statement = m_database.prepare("ATTACH ? AS other");
        if (!statement)
            return statement.error();
        statement->bind(1, std::string_view{path.native()});
        return statement->run();
    }

    Database& m_database;
    const Result<void> m_attached;
};

Result<void> fill(const std::filesystem::path& part, const std::filesystem::path& archive)
{
    auto copy = Database::open(part, archiveSteps());
    if (!copy)
        return copy.error();
    const Attached live{*copy, archive};
    if (!live.result())
        return live.result();
    return copy->transaction([&] {
        return copy->execute("INSERT INTO document SELECT * FROM other.document; "
                             "INSERT INTO sent SELECT * FROM other.sent ORDER BY id");
    });
}

} // namespace

std::optional<std::filesystem::path> newestCopy(const std::filesystem::path& archive)
{
    std::optional<std::filesystem::path> newest;
    std::optional<FileTime> time;
    const auto consider = [&](const std::filesystem::path& path) {
        const auto change = changeOf(path);
        if (change && (!time || *change > *time)) {
            newest = path;
            time = change;
        }
    };
    consider(copyPath(archive));
    for (std::size_t step = 1; step <= archiveSteps().size(); ++step)
        consider(archive.string() + ".before-" + std::to_string(step));
    return newest;
}

bool isCopyDue(const std::filesystem::path& archive)
{
    const auto last = changeOf(copyPath(archive));
    return !last || FileTime::clock::now() - *last > std::chrono::hours{20};
}

Result<void> writeCopy(const std::filesystem::path& archive)
{
    const std::filesystem::path part = copyPath(archive).string() + ".part";
    removeDatabase(part);
    if (auto filled = fill(part, archive); !filled) {
        removeDatabase(part);
        return filled;
    }
    std::error_code error;
    std::filesystem::rename(part, copyPath(archive), error);
    if (error)
        return Error{ErrorKind::Io, "cannot write " + copyPath(archive).string() + ": " + error.message()};
    return {};
}

Result<void> restoreFrom(Database& archive, const std::filesystem::path& copy)
{
    // A duplicate, for it may have to be brought up to date.
    const std::filesystem::path duplicate = copy.string() + ".restoring";
    removeDatabase(duplicate);
    auto source = Database::openReadOnly(copy);
    auto prepared = source ? source->copyTo(duplicate) : Result<void>{source.error()};
    if (prepared) {
        const auto current = Database::open(duplicate, archiveSteps());
        prepared = current ? Result<void>{} : Result<void>{current.error()};
    }
    if (prepared) {
        const Attached other{archive, duplicate};
        prepared = !other.result() ? other.result() : archive.transaction([&] {
            return archive.execute("INSERT OR IGNORE INTO document SELECT * FROM other.document; "
                                   "INSERT OR IGNORE INTO sent SELECT * FROM other.sent ORDER BY id; "
                                   "INSERT OR IGNORE INTO log SELECT * FROM other.log ORDER BY id; "
                                   "UPDATE log_count SET rows = (SELECT count(*) FROM log)");
        });
    }
    removeDatabase(duplicate);
    return prepared;
}

} // namespace castdeck::store
