#pragma once

#include "core/base/http.h"
#include "core/net/options.h"

#include <optional>
#include <string>
#include <string_view>

namespace castdeck::net {

/// True when the client asks for a WebSocket, rightly or not.
bool isWebSocketUpgrade(const http::Request& request);

/// What is wrong with the opening handshake; nothing when it may be accepted. Source: RFC 6455, section 4.2.1.
std::optional<http::Response> checkHandshake(const http::Request& request, bool isHttp11);

/// The 101 answer to a handshake that was checked. Source: RFC 6455, section 4.2.2.
std::string handshakeAnswer(const http::Request& request, const ServerOptions& options);

} // namespace castdeck::net
