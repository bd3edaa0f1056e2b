#include "core/hub/cache_store.h"

namespace castdeck::hub {

void CacheStore::put(const std::string& channel, Entry entry)
{
    if (const auto it = m_byChannel.find(channel); it != m_byChannel.end())
        remove(it->second);
    m_byAge.push_back({channel, std::move(entry)});
    m_bytes += m_byAge.back().bytes();
    m_byChannel.emplace(channel, std::prev(m_byAge.end()));
    while (m_bytes > m_maxBytes && m_byAge.size() > 1)
        remove(m_byAge.begin());
}

const CacheStore::Entry* CacheStore::find(const std::string& channel, SteadyTime now) const
{
    const auto it = m_byChannel.find(channel);
    if (it == m_byChannel.end() || it->second->entry.expiresAt <= now)
        return nullptr;
    return &it->second->entry;
}

void CacheStore::removeExpired(SteadyTime now)
{
    // One time to live for all entries: age order is expiry order.
    while (!m_byAge.empty() && m_byAge.front().entry.expiresAt <= now)
        remove(m_byAge.begin());
}

void CacheStore::remove(std::list<Stored>::iterator stored)
{
    m_bytes -= stored->bytes();
    m_byChannel.erase(stored->channel);
    m_byAge.erase(stored);
}

} // namespace castdeck::hub
