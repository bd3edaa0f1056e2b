#pragma once

#include "core/base/clock.h"
#include "core/base/http.h"
#include "core/engine/event.h"
#include "core/hub/app_config.h"
#include "core/pusher/channel_name.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What Engine::askDetails() tells of one connection or one channel: values that point to nothing in the engine.
namespace castdeck::engine {

/// About a connection when `socketId` is given, else about a channel.
struct DetailsQuestion {
    std::string appId;
    std::string socketId;
    std::string channel;

    bool operator==(const DetailsQuestion&) const = default;
};

/// An event of the live log, cut to what a short list shows of it.
struct Happening {
    EventKind kind = EventKind::ServerNotice;
    WallTime at{};
    std::string channel;
    std::string event;
    std::string socketId;
    std::string userId;
    std::string exceptSocketId; ///< Left out by the publisher.
    std::string detail;         ///< One sentence; holds no secret.
    std::string excerpt;        ///< How the payload begins.
    std::size_t payloadBytes = 0;
    int code = 0;
    std::size_t receivers = 0;

    bool operator==(const Happening&) const = default;
};

struct SubscriptionDetails {
    std::string channel;
    pusher::ChannelKind kind = pusher::ChannelKind::Public;
    std::optional<WallTime> since; ///< Nothing when the engine keeps no events.
    std::string userId;            ///< As whom it is in a presence channel.

    bool operator==(const SubscriptionDetails&) const = default;
};

/// Since the handshake.
struct TrafficDetails {
    std::uint64_t messagesIn = 0;
    std::uint64_t messagesOut = 0;
    std::uint64_t bytesIn = 0; ///< Of WebSocket frames, without TLS.
    std::uint64_t bytesOut = 0;
    std::uint64_t clientPings = 0; ///< The client's pusher:ping.
    std::uint64_t pingsSent = 0;
    std::uint64_t pongsReceived = 0;
    std::optional<std::chrono::microseconds> roundTrip; ///< Of the last ping that was answered.
    std::optional<std::chrono::milliseconds> silentFor; ///< Since the last frame of the client.

    bool operator==(const TrafficDetails&) const = default;
};

struct ConnectionDetails {
    static constexpr std::size_t maxSubscriptions = 1'000;

    std::string appId;
    std::string socketId;
    std::string peer;
    std::string client; ///< Library and version, as the client said.
    std::string protocol;
    std::string origin;
    std::string path;
    bool isTls = false;
    http::Headers headers; ///< Secrets without their value.
    std::string userId;    ///< When signed in.
    WallTime since{};
    std::vector<SubscriptionDetails> subscriptions; ///< By channel, at most maxSubscriptions.
    std::size_t subscriptionCount = 0;
    std::optional<TrafficDetails> traffic; ///< Nothing when the engine keeps no events.
    std::vector<Happening> timeline;       ///< Oldest first: its own, and what its channels were sent meanwhile.
};

struct SubscriberDetails {
    std::string socketId;
    std::string userId;      ///< Of the presence member, else the signed-in user.
    bool isSignedIn = false; ///< As that user: terminateUser() reaches it.
    std::string client;
    std::string peer;
    std::optional<WallTime> since; ///< When it subscribed.

    bool operator==(const SubscriberDetails&) const = default;
};

struct MemberDetails {
    std::string userId;
    std::string userInfo; ///< As the first socket gave it and all others were told.
    std::vector<SubscriberDetails> sockets;
    /// Sockets that came with another user_info, which nobody was told of.
    std::vector<std::pair<std::string, std::string>> otherInfos;

    bool operator==(const MemberDetails&) const = default;
};

struct CachedDetails {
    std::string event;
    std::string data; ///< Exactly as published.
    std::chrono::seconds age{0};
    std::chrono::seconds timeLeft{0};

    bool operator==(const CachedDetails&) const = default;
};

struct ChannelDetails {
    static constexpr std::size_t maxSubscribers = 1'000;

    std::string appId;
    std::string name;
    pusher::ChannelKind kind = pusher::ChannelKind::Public;
    std::vector<SubscriberDetails> subscribers; ///< By socket, at most maxSubscribers.
    std::size_t subscriberCount = 0;
    std::vector<MemberDetails> members; ///< By user; presence channels only.
    std::optional<CachedDetails> cached;
    hub::AppLimits limits;
    bool allowsClientEvents = false;
    bool sendsSubscriptionCount = false;
    std::vector<Happening> recent; ///< Oldest first.
};

struct Details {
    std::uint64_t commandId = 0;
    DetailsQuestion question;
    std::optional<ConnectionDetails> connection; ///< One of the two, or neither when it is gone.
    std::optional<ChannelDetails> channel;
};

} // namespace castdeck::engine
