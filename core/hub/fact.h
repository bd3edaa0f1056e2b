#pragma once

#include "core/hub/delivery_trace.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace castdeck::hub {

enum class FactKind : std::uint8_t {
    Connection,
    Disconnection,
    Subscribed,
    Unsubscribed,
    Occupied,
    Vacated,
    ApiMessage,
    ClientEvent,
    MemberAdded,
    MemberRemoved,
    Error,       ///< A client did something wrong and was told so.
    ClientError, ///< A client event was refused.
    ApiError,    ///< A request to the HTTP interface was refused.
    AuthDenied,
    CacheMiss,
    SubscriptionCount, ///< Announced to the `receivers` that are subscribed, so that is also the count.
};

/// Something that happened, for the live log and for webhooks. Its texts live only during Observer::record().
struct Fact {
    FactKind kind;
    std::string_view appId{}; ///< Filled in by the application.
    std::string_view channel{};
    std::string_view event{};
    std::string_view socketId{};
    std::string_view userId{};
    std::string_view dataLiteral{};    ///< The data as a JSON string with its quotes, or empty.
    std::string_view exceptSocketId{}; ///< Left out by the publisher of an ApiMessage.
    std::string_view detail{};         ///< One sentence; no secret, no payload.
    int code = 0;
    std::size_t receivers = 0;
    std::shared_ptr<DeliveryTrace> trace{}; ///< Of an ApiMessage or ClientEvent that is traced.
};

/// Thread: record() is called on any worker, with the application's lock held; it must be quick and call nothing back.
class Observer {
public:
    virtual ~Observer() = default;
    virtual void record(const Fact& fact) = 0;
    /// Whether the fan-out that is about to begin shall be traced.
    virtual bool wantsTrace(std::size_t receivers)
    {
        static_cast<void>(receivers);
        return false;
    }
};

} // namespace castdeck::hub
