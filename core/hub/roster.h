#pragma once

#include "core/pusher/socket_id.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace castdeck::hub {

/// The members of one presence channel: distinct users, each with the sockets that it came with.
/// Source: Pusher docs, "Presence channels".
class Roster {
public:
    struct Member {
        std::string userInfo; ///< Of the user's first connection, until the user has left.
        std::vector<pusher::SocketId> sockets;
        /// Of those sockets that came with another user_info, which nobody is told of: two people share one id then.
        std::vector<std::pair<pusher::SocketId, std::string>> otherInfos;
    };

    bool has(const std::string& userId) const { return m_members.contains(userId); }
    std::size_t size() const noexcept { return m_members.size(); }
    const std::map<std::string, Member>& members() const noexcept { return m_members; }

    /// True for the user's first socket: the others are told.
    bool join(const std::string& userId, const std::string& userInfo, pusher::SocketId socket);
    /// True for the user's last socket.
    bool leave(const std::string& userId, pusher::SocketId socket);

private:
    std::map<std::string, Member> m_members;
};

} // namespace castdeck::hub
