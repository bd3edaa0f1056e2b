#pragma once

#include "core/broadcast/channel_value.h"
#include "core/broadcast/payload.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::broadcast {

/// Who causes an event. Without an id it is nobody.
struct Actor {
    std::string id;

    static Actor nobody() { return {}; }
    bool isNobody() const noexcept { return id.empty(); }
};

/// While it exists, what this thread sends has this actor unless a call names another: for the time in which a request
/// is served. Nobody is an actor too, so that an anonymous visitor never counts as the operator.
///
/// Thread: the one that made it. Scopes may nest.
class ActorScope {
public:
    explicit ActorScope(Actor actor);
    ~ActorScope();
    ActorScope(const ActorScope&) = delete;
    ActorScope& operator=(const ActorScope&) = delete;

    static const Actor* current(); ///< Null outside of all scopes.

private:
    Actor m_actor;
    const Actor* m_outer;
};

/// What one call wants besides the event. A text alone names the connection.
struct CallOptions {
    CallOptions() = default;
    template <std::convertible_to<std::string_view> Text>
    CallOptions(const Text& connectionName) : connection{std::string_view{connectionName}}
    {
    }

    CallOptions via(std::string name) const;
    CallOptions toOthers(std::string socketId) const;
    CallOptions as(Actor who) const;

    std::string connection;       ///< Empty: the event's own, else the default.
    std::string exceptSocketId;   ///< Empty: nobody is left out.
    bool wantsCounts = false;     ///< Ask for the subscribers of each channel, where the engine tells.
    std::optional<Actor> actor{}; ///< Nothing: the scope's, else the operator.
};

/// One event on its way to the manager.
struct Emission {
    std::string event;
    Payload payload;
    Channels channels;
    std::vector<std::string> connections; ///< Of the event's own choice; empty for the default.
    bool isSuppressed = false;
    CallOptions options;
};

} // namespace castdeck::broadcast
