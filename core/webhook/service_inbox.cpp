#include "core/webhook/service_inbox.h"

#include <utility>

namespace castdeck::webhook {

bool ServiceInbox::isWatched(const hub::Fact& fact, EventKind kind) const
{
    const Watched* const table = m_watched.load(std::memory_order_acquire);
    if (table == nullptr)
        return false;
    const auto app = table->find(fact.appId);
    return app != table->end() && app->second.has(kind);
}

void ServiceInbox::watch(Watched watched)
{
    if (!m_tables.empty() && *m_tables.back() == watched)
        return;
    m_tables.push_back(std::make_unique<const Watched>(std::move(watched)));
    m_watched.store(m_tables.back().get(), std::memory_order_release);
}

void ServiceInbox::put(const hub::Fact& fact)
{
    const auto kind = eventKindOf(fact.kind);
    if (!kind || !isWatched(fact, *kind))
        return;
    const std::lock_guard lock{m_mutex};
    if (m_pending.stopBy)
        return;
    if (m_pending.events.size() >= m_maxEvents || m_pendingBytes >= m_maxBytes) {
        ++m_pending.droppedEvents;
        return;
    }
    m_pending.events.push_back({std::string{fact.appId}, makeEvent(*kind, fact)});
    m_pendingBytes += m_pending.events.back().event.bytes();
    if (!std::exchange(m_hasNews, true))
        m_changed.notify_one();
}

void ServiceInbox::put(SendResult result)
{
    const std::lock_guard lock{m_mutex};
    m_pending.results.push_back(std::move(result));
    m_hasNews = true;
    m_changed.notify_one();
}

void ServiceInbox::put(std::vector<AppWebhooks> apps)
{
    Watched watched;
    for (const AppWebhooks& app : apps) {
        for (const WebhookTarget& target : app.targets)
            watched[app.appId].add(target.kinds.withCounterparts());
    }
    const std::lock_guard lock{m_mutex};
    watch(std::move(watched));
    m_pending.apps = std::move(apps);
    m_hasNews = true;
    m_changed.notify_one();
}

void ServiceInbox::stop(SteadyTime by)
{
    const std::lock_guard lock{m_mutex};
    m_pending.stopBy = by;
    m_hasNews = true;
    m_changed.notify_one();
}

ServiceInbox::Batch ServiceInbox::wait(std::optional<std::chrono::milliseconds> patience)
{
    std::unique_lock lock{m_mutex};
    const auto hasNews = [this] { return m_hasNews; };
    if (patience)
        m_changed.wait_for(lock, *patience, hasNews);
    else
        m_changed.wait(lock, hasNews);
    m_hasNews = false;
    m_pendingBytes = 0;
    const auto stopBy = m_pending.stopBy;
    Batch batch = std::exchange(m_pending, {});
    m_pending.stopBy = stopBy; // Facts stay unwelcome.
    return batch;
}

} // namespace castdeck::webhook
