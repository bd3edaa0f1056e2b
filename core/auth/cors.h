#pragma once

#include "core/base/http.h"

#include <string>
#include <vector>

namespace castdeck::auth {

struct CorsSettings {
    std::vector<std::string> allowedOrigins{"@loopback"}; ///< As hub::isOriginAllowed() takes them.
};

/// Which web pages may ask, and the headers that let their browsers hand them the answer. Cookies never cross origins:
/// there is no Access-Control-Allow-Credentials. Source: Fetch standard, "HTTP extensions".
///
/// Thread: any; nothing changes after construction.
class Cors {
public:
    explicit Cors(CorsSettings settings) : m_settings{std::move(settings)} {}

    /// A request without an Origin is not a browser's, or comes from a page of this server, and passes.
    bool allows(const http::Request& request) const;
    /// What every answer to this request carries, a refusal too.
    http::Headers headersFor(const http::Request& request) const;
    /// The answer to the question that browsers ask first; needs the headers above as well.
    static http::Response preflightAnswer();

private:
    CorsSettings m_settings;
};

} // namespace castdeck::auth
