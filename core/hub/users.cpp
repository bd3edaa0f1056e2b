#include "core/hub/users.h"

namespace castdeck::hub {

namespace {

const Users::Sockets& find(const std::unordered_map<std::string, Users::Sockets>& map, const std::string& userId)
{
    static const Users::Sockets none;
    const auto it = map.find(userId);
    return it == map.end() ? none : it->second;
}

} // namespace

bool Users::signIn(const std::string& userId, pusher::SocketId socket)
{
    const bool wasOnline = isOnline(userId);
    m_leaving.erase(userId);
    m_signedIn[userId].insert(socket);
    return !wasOnline;
}

void Users::signOut(const std::string& userId, pusher::SocketId socket, SteadyTime now)
{
    const auto it = m_signedIn.find(userId);
    if (it == m_signedIn.end() || it->second.erase(socket) == 0 || !it->second.empty())
        return;
    m_signedIn.erase(it);
    m_leaving[userId] = now + offlineDelay;
}

const Users::Sockets& Users::socketsOf(const std::string& userId) const
{
    return find(m_signedIn, userId);
}

bool Users::isOnline(const std::string& userId) const
{
    return m_signedIn.contains(userId) || m_leaving.contains(userId);
}

void Users::watch(pusher::SocketId socket, const std::vector<std::string>& userIds)
{
    unwatch(socket);
    if (userIds.empty())
        return;
    m_watched[socket] = userIds;
    for (const std::string& userId : userIds)
        m_watchers[userId].insert(socket);
}

void Users::unwatch(pusher::SocketId socket)
{
    const auto it = m_watched.find(socket);
    if (it == m_watched.end())
        return;
    for (const std::string& userId : it->second) {
        const auto watchers = m_watchers.find(userId);
        if (watchers == m_watchers.end())
            continue; // The list named the user twice.
        watchers->second.erase(socket);
        if (watchers->second.empty())
            m_watchers.erase(watchers);
    }
    m_watched.erase(it);
}

const Users::Sockets& Users::watchersOf(const std::string& userId) const
{
    return find(m_watchers, userId);
}

std::vector<std::string> Users::takeOffline(SteadyTime now)
{
    std::vector<std::string> gone;
    for (auto it = m_leaving.begin(); it != m_leaving.end();) {
        if (it->second <= now) {
            gone.push_back(it->first);
            it = m_leaving.erase(it);
        } else {
            ++it;
        }
    }
    return gone;
}

} // namespace castdeck::hub
