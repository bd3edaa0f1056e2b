#pragma once

#include "core/base/clock.h"
#include "core/pusher/socket_id.h"

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace castdeck::hub {

/// Who is signed in on which sockets, and who watches whom. A user is online with at least one signed-in socket; it
/// goes offline three seconds after the last one left, so that a page reload tells nobody.
/// Source: Pusher docs, "Watchlist events".
class Users {
public:
    using Sockets = std::unordered_set<pusher::SocketId>;

    static constexpr std::chrono::seconds offlineDelay{3};

    /// True when the user came online by this.
    bool signIn(const std::string& userId, pusher::SocketId socket);
    void signOut(const std::string& userId, pusher::SocketId socket, SteadyTime now);
    const Sockets& socketsOf(const std::string& userId) const;
    bool isOnline(const std::string& userId) const;

    void watch(pusher::SocketId socket, const std::vector<std::string>& userIds);
    void unwatch(pusher::SocketId socket);
    const Sockets& watchersOf(const std::string& userId) const;

    /// The users whose delay has ended without a return.
    std::vector<std::string> takeOffline(SteadyTime now);

private:
    std::unordered_map<std::string, Sockets> m_signedIn;
    std::unordered_map<std::string, SteadyTime> m_leaving;
    std::unordered_map<std::string, Sockets> m_watchers;
    std::unordered_map<pusher::SocketId, std::vector<std::string>> m_watched;
};

} // namespace castdeck::hub
