#pragma once

#include "core/base/http.h"
#include "core/hub/hub.h"
#include "core/pusher/close_code.h"

#include <memory>
#include <string>
#include <variant>

namespace castdeck::hub {

/// What the upgrade request said, path prefix stripped.
struct Handshake {
    std::string path;  ///< As sent, without the query.
    std::string query; ///< As sent.
    std::string origin;
    std::string peer;
    http::Headers headers; ///< Only if the gatekeeper asks for anything.
    bool isPeerLoopback = false;
    bool isTls = false;
    bool isServerFull = false;
};

/// Why a connection is closed right after its handshake.
struct Rejection {
    pusher::CloseCode code;
    std::string text;
};

using Admission = std::variant<std::shared_ptr<Application>, Rejection>;

/// The checks in the order of the protocol document: path, protocol number, key, enabled, TLS, origin, the
/// application's quota, room in the server, the gatekeeper. The quota is checked again when the connection is opened,
/// because others may be opened meanwhile.
Admission admit(const Hub& hub, const Handshake& handshake);

Rejection overQuota();

/// "js 8.6.0", from the query.
std::string clientName(const std::string& query);

} // namespace castdeck::hub
