#include "core/webhook/service_inbox.h"

#include <utility>

namespace castdeck::webhook {

void ServiceInbox::put(const hub::Fact& fact)
{
    const auto kind = eventKindOf(fact.kind);
    if (!kind)
        return;
    const std::lock_guard lock{m_mutex};
    const auto watched = m_watched.find(fact.appId);
    if (watched == m_watched.end() || !watched->second.has(*kind) || m_pending.stopBy)
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
    const std::lock_guard lock{m_mutex};
    m_watched.clear();
    for (const AppWebhooks& app : apps) {
        for (const WebhookTarget& target : app.targets)
            m_watched[app.appId].add(target.kinds.withCounterparts());
    }
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
