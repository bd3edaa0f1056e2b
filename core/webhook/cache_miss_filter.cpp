#include "core/webhook/cache_miss_filter.h"

namespace castdeck::webhook {

bool CacheMissFilter::passes(const std::string& channel, SteadyTime now)
{
    while (!m_byAge.empty() && m_byAge.front().first + interval <= now)
        forgetOldest();
    if (!m_channels.insert(channel).second)
        return false;
    m_byAge.emplace_back(now, channel);
    if (m_byAge.size() > maxChannels)
        forgetOldest();
    return true;
}

void CacheMissFilter::forgetOldest()
{
    m_channels.erase(m_byAge.front().second);
    m_byAge.pop_front();
}

} // namespace castdeck::webhook
