#include "app/cli/authorize_trial.h"

#include "app/cli/output.h"
#include "core/base/ascii.h"
#include "core/hub/application.h"

#include <algorithm>

namespace castdeck::cli {

namespace {

Error wrong(std::string why)
{
    return {ErrorKind::InvalidInput, std::move(why)};
}

/// RFC 9110, section 5.6.2.
bool isHeaderName(std::string_view name)
{
    const auto isToken = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
    };
    return !name.empty() && std::ranges::all_of(name, isToken);
}

std::string trimmed(std::string_view text)
{
    const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
    const std::size_t end = text.find_last_not_of(" \t");
    return std::string{text.substr(begin, end == std::string_view::npos ? 0 : end + 1 - begin)};
}

Result<http::Header> parseHeader(const std::string& text)
{
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos || !isHeaderName(std::string_view{text}.substr(0, colon)))
        return wrong("a header is given as 'NAME: VALUE'");
    http::Header header{text.substr(0, colon), trimmed(std::string_view{text}.substr(colon + 1))};
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    if (std::ranges::any_of(header.value, isControl))
        return wrong("the value of the header " + header.name + " holds a control character");
    return header;
}

} // namespace

Result<AuthorizeTrial> AuthorizeTrial::from(std::vector<std::string> channels, std::string actor, std::string socketId,
                                            const std::vector<std::string>& headers)
{
    if (channels.empty() && socketId.empty())
        return wrong("say which channel (--channel), or which socket wants to sign in as a user (--socket)");
    AuthorizeTrial trial{
        .channels = std::move(channels), .actor = std::move(actor), .socketId = std::move(socketId), .headers = {}};
    for (const std::string& text : headers) {
        auto header = parseHeader(text);
        if (!header)
            return header.error();
        trial.headers.push_back(std::move(*header));
    }
    return trial;
}

std::string AuthorizeTrial::form() const
{
    std::string text;
    const auto add = [&](std::string_view name, const std::string& value) {
        text += (text.empty() ? "" : "&") + std::string{name} + "=" + pusher::percentEncode(value);
    };
    if (!socketId.empty())
        add("socket_id", socketId);
    for (const std::string& channel : channels)
        add(channels.size() == 1 ? "channel_name" : "channel_name[]", channel);
    return text;
}

std::string AuthorizeTrial::subject() const
{
    std::string text;
    for (const std::string& channel : channels)
        text += (text.empty() ? "" : ", ") + channel;
    return text.empty() ? "user authentication" : text;
}

std::vector<std::string> AuthorizeTrial::secrets() const
{
    // What is shorter is no secret worth the name, and masking it would make answers unreadable.
    constexpr std::size_t minBytes = 4;
    std::vector<std::string> result;
    const auto add = [&](std::string_view text) {
        if (text.size() >= minBytes)
            result.emplace_back(text);
    };
    for (const auto& [name, value] : headers) {
        if (equalsIgnoringCase(name, "Accept") || equalsIgnoringCase(name, "Content-Type"))
            continue;
        add(value);
        // "Bearer TOKEN", "a=1; b=2": the parts may come back alone.
        for (std::size_t begin = 0; begin < value.size();) {
            const std::size_t end = std::min(value.find_first_of(" ;,=", begin), value.size());
            add(std::string_view{value}.substr(begin, end - begin));
            begin = end + 1;
        }
    }
    return result;
}

AuthorizeKeys AuthorizeKeys::of(const hub::AppConfig& app)
{
    return {.signer = pusher::Signer{app.key, app.secret}, .masterKey = hub::masterKeyOf(app), .secret = app.secret};
}

AuthorizeKeys AuthorizeKeys::of(const Target& target)
{
    if (!target.speaksPusher())
        return {};
    return {.signer = pusher::Signer{target.endpoint.key, target.endpoint.secret},
            .masterKey = target.masterKey,
            .secret = target.endpoint.secret};
}

} // namespace castdeck::cli
