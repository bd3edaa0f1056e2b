#include "core/webhook/webhook_target.h"

#include "core/base/ascii.h"
#include "core/webhook/target_address.h"

#include <algorithm>
#include <array>
#include <optional>

namespace castdeck::webhook {

namespace {

struct UrlParts {
    std::string_view scheme;
    bool hasUser = false;
    std::string_view user; ///< "user:password"
    std::string_view host; ///< Without the brackets of an IPv6 address.
    std::string_view port;
    std::string_view authority; ///< Host and port as written.
    std::string_view path;
    std::string_view query; ///< With the `?`, and the fragment if there is one.
};

/// Nothing without "://".
std::optional<UrlParts> split(std::string_view url)
{
    const std::size_t colon = url.find("://");
    if (colon == std::string_view::npos)
        return std::nullopt;
    UrlParts parts;
    parts.scheme = url.substr(0, colon);
    std::string_view rest = url.substr(colon + 3);
    const std::size_t authorityEnd = std::min(rest.find_first_of("/?#\\"), rest.size());
    parts.authority = rest.substr(0, authorityEnd);
    rest.remove_prefix(authorityEnd);
    parts.path = rest.substr(0, rest.find_first_of("?#"));
    parts.query = rest.substr(parts.path.size());
    if (const std::size_t at = parts.authority.rfind('@'); at != std::string_view::npos) {
        parts.hasUser = true;
        parts.user = parts.authority.substr(0, at);
        parts.authority.remove_prefix(at + 1);
    }
    const std::size_t bracket = parts.authority.find(']');
    const bool isBracketed = parts.authority.starts_with('[') && bracket != std::string_view::npos;
    const std::size_t hostEnd = isBracketed ? bracket + 1 : std::min(parts.authority.find(':'), parts.authority.size());
    parts.host = isBracketed ? parts.authority.substr(1, bracket - 1) : parts.authority.substr(0, hostEnd);
    parts.port = parts.authority.substr(hostEnd);
    return parts;
}

Error invalid(std::string reason)
{
    return Error{ErrorKind::InvalidInput, std::move(reason)};
}

bool isPrintable(char c)
{
    return c > ' ' && c < '\x7F';
}

Result<void> checkHeader(const http::Header& header)
{
    constexpr std::array<std::string_view, 7> fixed{
        "host",       "content-type", "content-length",    "transfer-encoding",
        "connection", "x-pusher-key", "x-pusher-signature"};
    constexpr std::string_view separators = "()<>@,;:\\\"/[]?={}";
    const bool isToken = !header.name.empty() && std::ranges::all_of(header.name, isPrintable) &&
                         header.name.find_first_of(separators) == std::string::npos;
    if (!isToken)
        return invalid("a header has no valid name");
    if (std::ranges::find(fixed, toLower(header.name)) != fixed.end())
        return invalid("the header " + header.name + " is set by the server and cannot be overridden");
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < ' ' ? c != '\t' : c == '\x7F'; };
    if (std::ranges::any_of(header.value, isControl))
        return invalid("the value of the header " + header.name + " has a line break or another control character");
    return {};
}

/// Texts of one to three characters are no secrets, and would tear holes into every sentence.
void replaceAll(std::string& text, std::string_view secret, std::string_view with)
{
    if (secret.size() < 4)
        return;
    for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + with.size()))
        text.replace(at, secret.size(), with);
}

} // namespace

Result<void> checkTarget(const WebhookTarget& target)
{
    const auto parts = split(target.url);
    if (!parts || !std::ranges::all_of(target.url, isPrintable))
        return invalid("the webhook's URL must have the form https://host/path");
    const std::string scheme = toLower(parts->scheme);
    if (scheme != "http" && scheme != "https")
        return invalid("webhooks are sent to http and https only");
    if (parts->hasUser)
        return invalid("user and password must not stand in the webhook's URL; use a header");
    if (parts->host.empty() || parts->path.starts_with('\\'))
        return invalid("the webhook's URL has no host");
    const bool isPortValid = parts->port.empty() || (parts->port.starts_with(':') &&
                                                     parseNumber(parts->port.substr(1), 65'535).value_or(0) > 0);
    if (!isPortValid)
        return invalid("the port in the webhook's URL is not a number from 1 to 65535");
    if (addressKind(parts->host) != AddressKind::NoAddress) {
        if (auto allowed = checkAddress(parts->host, target.allowsPrivateNetwork); !allowed)
            return invalid(allowed.error().detail);
    }
    for (const http::Header& header : target.headers) {
        if (auto checked = checkHeader(header); !checked)
            return checked;
    }
    return {};
}

std::string shownUrl(std::string_view url)
{
    const auto parts = split(url);
    if (!parts)
        return "(not a URL)";
    std::string shown{parts->scheme};
    return shown.append("://").append(parts->authority).append(parts->path);
}

std::string withoutSecrets(std::string text, const WebhookTarget& target, std::string_view appSecret)
{
    constexpr std::string_view dots = "...";
    replaceAll(text, target.url, shownUrl(target.url));
    if (const auto parts = split(target.url)) {
        replaceAll(text, parts->user, dots);
        replaceAll(text, parts->query.substr(std::min<std::size_t>(1, parts->query.size())), dots);
    }
    for (const http::Header& header : target.headers)
        replaceAll(text, header.value, dots);
    replaceAll(text, appSecret, dots);
    std::ranges::replace_if(text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; }, ' ');
    return std::string{leading(text, 300)};
}

} // namespace castdeck::webhook
