#include "app/cli/log_keeper.h"

#include "app/cli/output.h"
#include "core/engine/log_rows.h"

#include <string>
#include <utility>
#include <vector>

namespace castdeck::cli {

Result<std::unique_ptr<LogKeeper>> LogKeeper::open(const std::filesystem::path& archive)
{
    store::ArchiveOptions options;
    options.path = archive;
    options.trouble = [](const std::string& sentence) { say("the log: " + visible(sentence)); };
    auto opened = store::Archive::open(std::move(options));
    if (!opened)
        return opened.error();
    if ((*opened)->isReadOnly())
        return Error{ErrorKind::Forbidden, (*opened)->notice()};
    if (!(*opened)->notice().empty())
        say("warning: " + visible((*opened)->notice()));
    (*opened)->setRetention(store::retentionSet((*opened)->documents()));
    return std::unique_ptr<LogKeeper>{new LogKeeper{*std::move(opened)}};
}

void LogKeeper::follow(engine::Engine& server)
{
    m_thread = std::thread{[this, &server] { run(server); }};
}

void LogKeeper::wake()
{
    {
        const std::lock_guard lock{m_mutex};
        m_isWoken = true;
    }
    m_woken.notify_one();
}

void LogKeeper::stop()
{
    if (!m_thread.joinable())
        return;
    {
        const std::lock_guard lock{m_mutex};
        m_isStopping = true;
    }
    m_woken.notify_one();
    m_thread.join();
    m_archive->flush();
    const std::uint64_t lost = m_dropped + m_archive->figures().droppedRows;
    if (lost > 0)
        say("not kept in the log, because they came too fast: " + std::to_string(lost));
}

void LogKeeper::run(engine::Engine& server)
{
    std::unique_lock lock{m_mutex};
    while (!m_isStopping) {
        m_isWoken = false;
        lock.unlock();
        take(server);
        lock.lock();
        m_woken.wait(lock, [this] { return m_isWoken || m_isStopping; });
    }
    take(server);
}

void LogKeeper::take(engine::Engine& server)
{
    const Mailbox<engine::Event>::Batch batch = server.takeEvents();
    m_dropped += batch.dropped;
    std::vector<store::LogRow> rows;
    rows.reserve(batch.items.size());
    for (const engine::Event& event : batch.items)
        rows.push_back(engine::toLogRow(event, engine::localProfile));
    m_archive->addLog(std::move(rows));
}

} // namespace castdeck::cli
