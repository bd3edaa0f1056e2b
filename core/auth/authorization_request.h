#pragma once

#include "core/base/http.h"
#include "core/pusher/signature.h"

#include <optional>
#include <string>
#include <vector>

namespace castdeck::auth {

/// Whose rules a channel's name must follow.
enum class NameRule {
    Pusher,
    Centrifugo, ///< ASCII without blanks, at most 255 characters; for a Centrifugo server that asks. Never signed.
};

/// Somebody asks whether a socket may join channels, or, without channels, who he is.
struct AuthorizationRequest {
    std::vector<std::string> channels; ///< Distinct, in the order of asking; not checked yet.
    std::optional<std::string> socketId;
    std::string ambiguousField; ///< The field that was given twice with different values; empty when none was.

    http::Headers headers;
    pusher::QueryParameters query;
    pusher::QueryParameters form; ///< Also the members of a JSON body.
    std::string remoteIp;
    bool isLoopback = false;
    std::string path;
    std::string method;

    std::string appId{}; ///< Of the application whose channels they are; for signatures and observers.

    // What others have found out about the sender.
    std::optional<std::string> sessionActorId; ///< Of the demo user whose session cookie came with it.
    std::optional<std::string> signedInUserId; ///< Of the WebSocket client that asks.
    /// What came with its WebSocket handshake was not kept, because no rule asked for it then.
    bool isHandshakeUnknown = false;
    bool trustsActorHeader = false; ///< X-Actor-Id counts for this one, if it comes from loopback.
    NameRule nameRule = NameRule::Pusher;

    /// Reads the fields out of query and body; a body is JSON or a form.
    static AuthorizationRequest from(const http::Request& request);
};

} // namespace castdeck::auth
