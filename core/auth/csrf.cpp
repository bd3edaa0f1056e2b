#include "core/auth/csrf.h"

#include "core/auth/cookies.h"
#include "core/base/crypto.h"

#include <algorithm>

namespace castdeck::auth {

namespace {

bool changesNothing(std::string_view method)
{
    return method == "GET" || method == "HEAD" || method == "OPTIONS";
}

std::string_view takeSegment(std::string_view& path)
{
    path.remove_prefix(1); // The slash in front.
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    return segment;
}

/// Never by prefix: an exempt /hooks must not open /hooks-admin.
bool matches(std::string_view pattern, std::string_view path)
{
    while (pattern.starts_with('/') && path.starts_with('/')) {
        if (pattern == "/*")
            return path.size() > 1;
        const std::string_view wanted = takeSegment(pattern);
        const std::string_view given = takeSegment(path);
        if (wanted == "*" ? given.empty() : wanted != given)
            return false;
    }
    return pattern.empty() && path.empty();
}

/// Empty when none is presented. The address is no place for it: addresses are written to logs.
std::string presentedToken(const http::Request& request, const pusher::QueryParameters& form)
{
    for (const std::string_view name : {"X-CSRF-TOKEN", "X-XSRF-TOKEN"}) {
        if (const std::string* const value = request.header(name); value != nullptr && !value->empty())
            return *value;
    }
    for (const std::string_view name : {"__token", "_token"}) {
        if (const std::string* const value = pusher::find(form, name); value != nullptr && !value->empty())
            return *value;
    }
    return {};
}

} // namespace

Csrf::Csrf(CsrfSettings settings, std::vector<std::string> authorizePaths)
    : m_settings{std::move(settings)}
    , m_authorizePaths{std::move(authorizePaths)}
{
}

bool Csrf::isExempt(std::string_view path) const
{
    return std::ranges::any_of(m_settings.exempt, [&](const std::string& entry) {
        return entry == "@authorize" ? std::ranges::find(m_authorizePaths, path) != m_authorizePaths.end()
                                     : matches(entry, path);
    });
}

CsrfVerdict Csrf::check(const http::Request& request, const pusher::QueryParameters& form,
                        const SessionStore& sessions) const
{
    if (!m_settings.isEnabled || changesNothing(request.method) || isExempt(request.path))
        return CsrfVerdict::Passed;
    const std::string presented = presentedToken(request, form);
    if (presented.empty())
        return CsrfVerdict::Missing;
    const auto cookie = cookieOf(request.headers, cookieName);
    const auto session = sessions.find(request.headers);
    const bool isRight = cookie && session && equalsInConstantTime(presented, *cookie) &&
                         equalsInConstantTime(presented, session->csrfToken);
    return isRight ? CsrfVerdict::Passed : CsrfVerdict::Invalid;
}

http::Response Csrf::refusal(CsrfVerdict verdict)
{
    http::Response response;
    response.status = 419;
    response.body = verdict == CsrfVerdict::Missing ? R"({"error":"csrf","reason":"missing"})"
                                                    : R"({"error":"csrf","reason":"invalid"})";
    return response;
}

} // namespace castdeck::auth
