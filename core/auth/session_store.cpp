#include "core/auth/session_store.h"

#include "core/auth/cookies.h"
#include "core/base/crypto.h"

namespace castdeck::auth {

Session SessionStore::create(std::string actorId)
{
    constexpr std::size_t secretBytes = 32;
    Session session{randomHex(secretBytes), randomHex(secretBytes), std::move(actorId)};
    const SteadyTime now = m_clock.steady();
    const std::scoped_lock lock{m_mutex};
    while (!m_entries.empty() && (m_entries.front().ends <= now || m_entries.size() >= m_limits.sessions))
        removeOldest();
    m_entries.push_back({session, now + m_limits.lifetime});
    m_byId[session.id] = std::prev(m_entries.end());
    return session;
}

std::optional<Session> SessionStore::find(const std::string& id) const
{
    const SteadyTime now = m_clock.steady();
    const std::scoped_lock lock{m_mutex};
    const auto found = m_byId.find(id);
    if (found == m_byId.end() || found->second->ends <= now)
        return std::nullopt;
    return found->second->session;
}

std::optional<Session> SessionStore::find(const http::Headers& headers) const
{
    const auto id = cookieOf(headers, cookieName);
    return id ? find(*id) : std::nullopt;
}

void SessionStore::remove(const std::string& id)
{
    const std::scoped_lock lock{m_mutex};
    const auto found = m_byId.find(id);
    if (found == m_byId.end())
        return;
    m_entries.erase(found->second);
    m_byId.erase(found);
}

std::size_t SessionStore::count() const
{
    const std::scoped_lock lock{m_mutex};
    return m_entries.size();
}

void SessionStore::removeOldest()
{
    m_byId.erase(m_entries.front().session.id);
    m_entries.pop_front();
}

} // namespace castdeck::auth
