#include "core/engine/stored_outbox.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <optional>

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

std::string notKept(const std::string& reason)
{
    return "Webhooks that wait will not survive a restart: " + reason;
}

class OutboxOnDemand final : public webhook::Outbox {
public:
    OutboxOnDemand(std::filesystem::path path, std::function<void(const std::string&)> onNotice)
        : m_path{std::move(path)}
        , m_onNotice{std::move(onNotice)}
    {
    }

    Result<std::vector<OutboxEntry>> load() override
    {
        if (!m_stored)
            open();
        return m_stored ? m_stored->load() : std::vector<OutboxEntry>{};
    }
    Result<void> write(const webhook::OutboxChange& change) override
    {
        return m_stored ? m_stored->write(change) : Result<void>{};
    }

private:
    void open()
    {
        std::filesystem::path lockPath = m_path;
        lockPath += ".lock";
        m_lock = std::make_unique<FileLock>(lockPath);
        if (!m_lock->isHeld()) {
            m_onNotice(notKept(m_path.string() + " is used by another server, or its folder cannot be written to"));
            return;
        }
        std::string notice;
        auto file = store::OutboxFile::open(m_path, notice);
        if (!file)
            notice = notKept(file.error().detail);
        else
            m_stored.emplace(std::move(*file));
        if (!notice.empty())
            m_onNotice(notice);
    }

    const std::filesystem::path m_path;
    const std::function<void(const std::string&)> m_onNotice;
    std::unique_ptr<FileLock> m_lock; ///< Let go of after the file is closed.
    std::optional<StoredOutbox> m_stored;
};

} // namespace

std::shared_ptr<webhook::Outbox> outboxOf(const std::filesystem::path& configuration,
                                          std::function<void(const std::string&)> onNotice)
{
    std::filesystem::path path = configuration;
    path.replace_extension(".webhooks.db");
    return std::make_shared<OutboxOnDemand>(std::move(path), std::move(onNotice));
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
