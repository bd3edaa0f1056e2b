#include "core/auth/cookies.h"

#include "core/base/ascii.h"

#include <algorithm>

namespace castdeck::auth {

namespace {

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string_view unquoted(std::string_view value)
{
    const bool isQuoted = value.size() >= 2 && value.starts_with('"') && value.ends_with('"');
    return isQuoted ? value.substr(1, value.size() - 2) : value;
}

/// Nothing when `pair` is another cookie or none at all.
std::optional<std::string_view> valueIn(std::string_view pair, std::string_view name)
{
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || trimmed(pair.substr(0, equals)) != name)
        return std::nullopt;
    return unquoted(trimmed(pair.substr(equals + 1)));
}

} // namespace

std::optional<std::string> cookieOf(const http::Headers& headers, std::string_view name)
{
    std::optional<std::string> found;
    for (const http::Header& header : headers) {
        if (!equalsIgnoringCase(header.name, "Cookie"))
            continue;
        std::string_view rest = header.value;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find(';'), rest.size());
            const auto value = valueIn(rest.substr(0, end), name);
            if (value && found && *found != *value)
                return std::nullopt;
            if (value)
                found = std::string{*value};
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return found;
}

http::Header setCookie(std::string_view name, std::string_view value, std::chrono::seconds lifetime,
                       CookieAudience audience, bool isTls)
{
    std::string text{name};
    text.append("=").append(value).append("; Path=/; Max-Age=").append(std::to_string(lifetime.count()));
    text += audience == CookieAudience::Server ? "; HttpOnly; SameSite=Lax" : "; SameSite=Lax";
    if (isTls)
        text += "; Secure";
    return {"Set-Cookie", std::move(text)};
}

} // namespace castdeck::auth
