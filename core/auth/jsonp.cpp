#include "core/auth/jsonp.h"

#include "core/base/ascii.h"

#include <algorithm>

namespace castdeck::auth {

namespace {

bool canStart(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '$';
}

bool canFollow(char c)
{
    return canStart(c) || (c >= '0' && c <= '9') || c == '.';
}

bool isQuotedIndex(std::string_view text)
{
    static constexpr std::string_view open = "['";
    static constexpr std::string_view close = "']";
    return text.starts_with(open) && text.ends_with(close) && text.size() > open.size() + close.size() &&
           isDigits(text.substr(open.size(), text.size() - open.size() - close.size()));
}

} // namespace

bool isCallbackName(std::string_view name)
{
    constexpr std::size_t maxCharacters = 128;
    if (name.empty() || name.size() > maxCharacters || !canStart(name.front()))
        return false;
    const auto end = std::ranges::find_if_not(name, canFollow);
    const std::string_view rest = name.substr(static_cast<std::size_t>(end - name.begin()));
    return rest.empty() || isQuotedIndex(rest);
}

void wrapInCallback(http::Response& response, std::string_view callback)
{
    if (response.contentType != "application/json")
        return;
    response.contentType = "application/javascript";
    response.body = std::string{callback} + "(" + response.body + ");";
    response.headers.push_back({"X-Content-Type-Options", "nosniff"});
}

} // namespace castdeck::auth
