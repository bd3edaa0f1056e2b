#pragma once

#include "core/base/clock.h"
#include "core/pusher/channel_name.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace castdeck::engine {

enum class ServerState : std::uint8_t { Stopped, Starting, Running, Stopping, Failed };

struct ServerSnapshot {
    ServerState state = ServerState::Stopped;
    std::string address; ///< Where it listens, "127.0.0.1".
    std::uint16_t port = 0;
    bool isTls = false;
    WallTime startedAt{};
    std::string failure; ///< Why it is Failed: what was tried and what to do next.
};

struct AppSnapshot {
    std::string id;
    std::string name;
    std::string key;
    bool isEnabled = true;
    std::size_t connections = 0;
    std::size_t channels = 0;
};

struct MemberSnapshot {
    std::string userId;
    std::string userInfo; ///< JSON text as the first connection gave it, "{}" when it gave none.
    std::vector<std::string> socketIds;
};

struct ChannelSnapshot {
    std::string appId;
    std::string name;
    pusher::ChannelKind kind = pusher::ChannelKind::Public;
    std::size_t subscriptions = 0;
    std::vector<MemberSnapshot> members; ///< Presence channels only.
    bool hasCachedEvent = false;
};

struct ConnectionSnapshot {
    std::string appId;
    std::string socketId;
    std::string peer;
    std::string client; ///< "js 8.6.0", as the client said.
    std::string origin;
    std::string userId; ///< When signed in.
    WallTime since{};
    std::vector<std::string> channels;
};

/// Numbers since the server started. Exact, whatever the window shows or skips.
struct Totals {
    std::uint64_t connectionsOpened = 0;
    std::uint64_t messagesIn = 0; ///< Client messages and REST events.
    std::uint64_t deliveries = 0; ///< Events times receivers.
    std::uint64_t slowConsumers = 0;
    std::uint64_t queuedBytes = 0; ///< At this moment.
};

/// The state of the server at one moment. Frozen: it points to nothing in the engine.
struct Snapshot {
    WallTime at{};
    ServerSnapshot server;
    std::vector<AppSnapshot> apps;
    std::vector<ChannelSnapshot> channels;       ///< At most maxListed, by app and name.
    std::vector<ConnectionSnapshot> connections; ///< At most maxListed.
    std::size_t channelCount = 0;                ///< All of them, listed or not.
    std::size_t connectionCount = 0;
    Totals totals;

    static constexpr std::size_t maxListed = 5'000;
};

} // namespace castdeck::engine
