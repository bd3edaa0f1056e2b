#pragma once

#include "core/pusher/channel_name.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace castdeck::hub {

/// How a failed subscription is reported to the client.
enum class SubscribeErrorStyle {
    Both,   ///< pusher:subscription_error, then pusher:error: every client library notices one of them.
    Cloud,  ///< pusher:error only, as the hosted service does.
    Soketi, ///< pusher:subscription_error only.
};

/// Sizes and counts of one application. Zero means "no limit" where a limit is optional.
struct AppLimits {
    std::size_t maxConnections = 0;
    std::size_t maxSubscriptionsPerConnection = 10'000;
    std::size_t maxChannelNameCharacters = pusher::ChannelName::defaultMaxCharacters;
    std::size_t maxEventNameCharacters = 200;
    std::size_t maxEventDataBytes = 10'240;
    std::size_t maxChannelsPerPublish = 100;
    std::size_t maxBatchEvents = 10;
    std::size_t maxPresenceMembers = 100;
    std::size_t maxChannelDataBytes = 1'024;
    std::size_t maxUserIdCharacters = 128;
    std::size_t maxWatchlist = 100;
    std::size_t clientEventsPerSecond = 10;
    std::size_t publishesPerSecond = 0; ///< REST; optional.
    std::chrono::seconds cacheTtl{1'800};
};

/// One application: its credentials, switches and limits. A plain value.
struct AppConfig {
    std::string id;
    std::string key;
    std::string secret;              ///< Never logged or shown unasked.
    std::string encryptionMasterKey; ///< The same; 32 bytes, or empty for none.
    std::string name;                ///< For people; the id when empty.

    bool isEnabled = true;
    bool requiresTls = false;
    bool allowsClientEvents = false;
    bool sendsSubscriptionCount = false;
    bool requiresAuthorizedConnections = false;
    bool allowsMissingProtocol = false; ///< lenient_protocol
    bool refusesReplays = false;        ///< strict_replay
    SubscribeErrorStyle subscribeErrorStyle = SubscribeErrorStyle::Both;

    std::chrono::seconds activityTimeout{30};
    std::chrono::seconds pongTimeout{30}; ///< After the ping; protocol document, "Ping and pong messages".
    std::chrono::seconds authorizationDeadline{30};

    /// "@loopback" stands for localhost, 127.0.0.1 and [::1] on any port, "*" for all. Compared as whole origins or,
    /// without a scheme, as host names. A missing Origin header is not a browser and passes.
    std::vector<std::string> allowedOrigins{"@loopback"};

    AppLimits limits;
};

} // namespace castdeck::hub
