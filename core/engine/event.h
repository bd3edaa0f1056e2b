#pragma once

#include "core/base/clock.h"
#include "core/hub/delivery_trace.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace castdeck::engine {

/// One row of the live log: the fourteen kinds of the hosted console, and what it does not show.
enum class EventKind : std::uint8_t {
    Connection,
    Disconnection,
    Subscribed,
    Unsubscribed,
    Occupied,
    Vacated,
    ApiMessage,
    ClientEvent,
    Presence, ///< `event` is member_added or member_removed.
    Error,    ///< The server told a client that it did something wrong.
    ApiError,
    ClientError,
    WebhookSent,
    WebhookFailed,
    AuthAllowed,
    AuthDenied,
    CacheMiss,
    ServerNotice,
};

inline constexpr std::size_t eventKindCount = static_cast<std::size_t>(EventKind::ServerNotice) + 1;

using DeliveryTrace = hub::DeliveryTrace;

/// Something that happened in the server. A value that points to nothing in the engine; the payload is shared and
/// never changes, the trace fills while the event is on its way.
struct Event {
    EventKind kind = EventKind::ServerNotice;
    WallTime at{};
    std::string appId;
    std::string channel;
    std::string event; ///< The event's name.
    std::string socketId;
    std::string userId;
    std::shared_ptr<const std::string>
        payload;               ///< The data exactly as published, decoded from its JSON string. May be null.
    std::string detail;        ///< One sentence for people. Holds no secret.
    int code = 0;              ///< Close code, error code or HTTP status; 0 for none.
    std::size_t receivers = 0; ///< Sockets an ApiMessage or ClientEvent was handed to.
    /// Which ones; null when nobody was subscribed, or in a storm: so many a second are traced.
    std::shared_ptr<const DeliveryTrace> trace{};
};

/// The answer to a publish() command.
struct PublishOutcome {
    struct ChannelOutcome {
        std::string channel;
        std::size_t receivers = 0;
    };

    std::uint64_t commandId = 0;
    bool isAccepted = false;
    std::string error; ///< What was wrong, when not accepted.
    std::vector<ChannelOutcome> channels;
    std::chrono::microseconds duration{0}; ///< From the command to the last queue it was placed in.
};

} // namespace castdeck::engine
