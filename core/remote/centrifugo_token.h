#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::remote::centrifugo {

/// What a connection token says of its bearer.
struct Claims {
    std::string user;                                               ///< `sub`; empty for anonymous.
    std::optional<std::chrono::system_clock::time_point> expires{}; ///< `exp`; the server ends the connection then.
    std::string info{};                  ///< JSON others see of this connection; may be empty.
    std::vector<std::string> channels{}; ///< The server subscribes these by itself.
};

/// A JSON Web Token signed with HS256, for a server whose `client.token.hmac_secret_key` is `secret`.
/// Source: RFC 7519; Centrifugo docs, "Client JWT authentication".
std::string makeToken(std::string_view secret, const Claims& claims);

} // namespace castdeck::remote::centrifugo
