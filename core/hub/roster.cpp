#include "core/hub/roster.h"

#include <algorithm>

namespace castdeck::hub {

bool Roster::join(const std::string& userId, const std::string& userInfo, pusher::SocketId socket)
{
    const auto [it, isFirst] = m_members.try_emplace(userId);
    if (isFirst)
        it->second.userInfo = userInfo;
    else if (it->second.userInfo != userInfo)
        it->second.otherInfos.emplace_back(socket, userInfo);
    it->second.sockets.push_back(socket);
    return isFirst;
}

bool Roster::leave(const std::string& userId, pusher::SocketId socket)
{
    const auto it = m_members.find(userId);
    if (it == m_members.end())
        return false;
    std::erase(it->second.sockets, socket);
    std::erase_if(it->second.otherInfos, [&](const auto& info) { return info.first == socket; });
    if (!it->second.sockets.empty())
        return false;
    m_members.erase(it);
    return true;
}

} // namespace castdeck::hub
