#pragma once

#include "core/base/http.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace castdeck::auth {

/// The cookie of that name. Nothing when there is none, and nothing when it came twice with different values: one of
/// them was planted by somebody else on this host, and nobody can tell which. Source: RFC 6265, sections 4.2 and 5.4.
std::optional<std::string> cookieOf(const http::Headers& headers, std::string_view name);

enum class CookieAudience {
    Server,  ///< HttpOnly.
    Scripts, ///< Pages of this server can read it.
};

/// A Set-Cookie header for the whole server, SameSite=Lax. `value` needs no escapes; no lifetime ends the cookie.
http::Header setCookie(std::string_view name, std::string_view value, std::chrono::seconds lifetime,
                       CookieAudience audience, bool isTls);

} // namespace castdeck::auth
