#include "core/engine/stored_outbox.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace castdeck::engine {

using webhook::OutboxEntry;

namespace {

/// A file that one process at a time holds; the system lets go of it however the process ends. Not the database itself:
/// whoever closes that a second time takes SQLite's own locks away.
class FileLock {
public:
    explicit FileLock(const std::filesystem::path& path)
        : m_descriptor{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)}
        , m_isHeld{m_descriptor >= 0 && ::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0}
    {
    }
    ~FileLock()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

    bool isHeld() const noexcept { return m_isHeld; }

private:
    int m_descriptor;
    bool m_isHeld;
};

struct LockedOutbox {
    LockedOutbox(std::unique_ptr<FileLock> fileLock, StoredOutbox stored)
        : lock{std::move(fileLock)}
        , outbox{std::move(stored)}
    {
    }

    std::unique_ptr<FileLock> lock; ///< Let go of after the file is closed.
    StoredOutbox outbox;
};

std::string notKept(const std::string& reason)
{
    return "Webhooks that wait will not survive a restart: " + reason;
}

} // namespace

std::shared_ptr<webhook::Outbox> openOutbox(const std::filesystem::path& configuration, std::string& notice)
{
    std::filesystem::path path = configuration;
    path.replace_extension(".webhooks.db");
    std::filesystem::path lockPath = path;
    lockPath += ".lock";
    auto lock = std::make_unique<FileLock>(lockPath);
    if (!lock->isHeld()) {
        notice = notKept(path.string() + " is used by another server, or its folder cannot be written to");
        return nullptr;
    }
    auto file = store::OutboxFile::open(path, notice);
    if (!file) {
        notice = notKept(file.error().detail);
        return nullptr;
    }
    const auto locked = std::make_shared<LockedOutbox>(std::move(lock), StoredOutbox{std::move(*file)});
    return {locked, &locked->outbox};
}

Result<std::vector<OutboxEntry>> StoredOutbox::load()
{
    auto rows = m_file.load();
    if (!rows)
        return rows.error();
    std::vector<OutboxEntry> entries;
    for (store::OutboxRow& row : *rows)
        entries.push_back({.id = static_cast<std::uint64_t>(row.id),
                           .stage = static_cast<OutboxEntry::Stage>(row.stage),
                           .target = std::move(row.target),
                           .text = std::move(row.text),
                           .key = std::move(row.key),
                           .signature = std::move(row.signature)});
    return entries;
}

Result<void> StoredOutbox::write(const webhook::OutboxChange& change)
{
    std::vector<store::OutboxRow> added;
    added.reserve(change.added.size());
    for (const OutboxEntry& entry : change.added)
        added.push_back({static_cast<std::int64_t>(entry.id), static_cast<std::int64_t>(entry.stage), entry.target,
                         entry.text, entry.key, entry.signature});
    return m_file.write(added, {change.removed.begin(), change.removed.end()});
}

} // namespace castdeck::engine
