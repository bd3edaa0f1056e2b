#pragma once

#include "core/base/clock.h"
#include "core/base/http.h"
#include "core/hub/connection.h"

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace castdeck::net {

/// What stands behind one open WebSocket. Created when the handshake has been answered, destroyed with the connection.
///
/// Thread: the connection's worker.
class WebSocketPeer {
public:
    virtual ~WebSocketPeer() = default;

    /// The first call, once the 101 answer has been queued: the place to greet or to close.
    virtual void opened() = 0;
    /// A whole message, reassembled and checked to be UTF-8. The text lives until the call returns.
    virtual void textReceived(std::string_view text) = 0;
    /// Only where WebSocketLimits::acceptsBinary is set.
    virtual void binaryReceived(std::string_view) {}
    /// Any frame, control frames included, just before it is handled.
    virtual void activity(SteadyTime now) = 0;
    /// About once a second.
    virtual void tick(SteadyTime now) = 0;
    /// The server closes this connection right after, because it stops or because the client reads too slowly: the
    /// place for last words, and for nothing else, since it may come from within send().
    virtual void closing(pusher::CloseCode, std::string_view /*reason*/) {}
    /// The last call: the connection has ended, whatever the cause. `code` is the close code seen or sent, 1006 for
    /// none.
    virtual void closed(std::uint16_t code) = 0;
};

/// For a request that cannot be answered at once. Costs nothing unless it is used.
class Deferral {
public:
    /// May be called on any thread, even when the connection or the server is gone. Of several calls the first counts.
    using Done = std::function<void(http::Response)>;

    virtual ~Deferral() = default;
    /// The request waits for an answer by `Done`, and what follows it on its connection as well; after
    /// HttpLimits::answer the client gets a 504. To be called at most once, within the handler.
    virtual Done later() = 0;
};

/// What the server does with what arrives. All calls come on the connection's worker and must not block.
struct Handlers {
    /// Answers one HTTP request. Returns nothing after it has called later().
    std::function<std::optional<http::Response>(const http::Request&, Deferral&)> request;

    /// Takes over an accepted WebSocket. Called after the syntax of the handshake was checked (method, version, key,
    /// Host) and before 101 is sent; never null. `connection` outlives the returned peer.
    std::function<std::unique_ptr<WebSocketPeer>(const http::Request&, hub::Connection& connection)> upgrade;
};

} // namespace castdeck::net
