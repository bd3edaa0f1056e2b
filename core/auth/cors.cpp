#include "core/auth/cors.h"

#include "core/base/ascii.h"
#include "core/hub/origin.h"

#include <algorithm>

namespace castdeck::auth {

bool Cors::allows(const http::Request& request) const
{
    return std::ranges::all_of(request.headers, [&](const http::Header& header) {
        return !equalsIgnoringCase(header.name, "Origin") ||
               hub::isOriginAllowed(header.value, m_settings.allowedOrigins);
    });
}

http::Headers Cors::headersFor(const http::Request& request) const
{
    http::Headers headers{{"Vary", "Origin"}};
    const std::string* const origin = request.header("Origin");
    if (origin != nullptr && !origin->empty() && allows(request))
        headers.push_back({"Access-Control-Allow-Origin", *origin});
    return headers;
}

http::Response Cors::preflightAnswer()
{
    http::Response response;
    response.status = 204;
    response.headers = {{"Access-Control-Allow-Methods", "GET, POST"},
                        {"Access-Control-Allow-Headers",
                         "content-type, authorization, x-csrf-token, x-xsrf-token, x-socket-id, x-actor-id, secret"}};
    return response;
}

} // namespace castdeck::auth
