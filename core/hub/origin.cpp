#include "core/hub/origin.h"

#include "core/base/ascii.h"

#include <algorithm>

namespace castdeck::hub {

namespace {

/// The host of "scheme://host[:port]", in lower case, brackets of an IPv6 literal kept; empty when it is no origin.
std::string hostOf(std::string_view origin)
{
    const std::size_t scheme = origin.find("://");
    if (scheme == std::string_view::npos)
        return {};
    std::string_view rest = origin.substr(scheme + 3);
    if (rest.find_first_of("/@?#") != std::string_view::npos)
        return {};
    const std::size_t bracket = rest.starts_with('[') ? rest.find(']') : std::string_view::npos;
    const std::size_t hostEnd = bracket != std::string_view::npos ? bracket + 1 : std::min(rest.find(':'), rest.size());
    const std::string_view port = rest.substr(hostEnd);
    if (!port.empty() && (port.front() != ':' || !parseNumber(port.substr(1), 65'535)))
        return {};
    return toLower(rest.substr(0, hostEnd));
}

bool matches(std::string_view origin, const std::string& host, std::string_view entry)
{
    if (entry == "*")
        return true;
    if (entry == "@loopback")
        return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
    if (entry == "null" || entry.find("://") != std::string_view::npos)
        return equalsIgnoringCase(origin, entry);
    return !host.empty() && equalsIgnoringCase(host, entry);
}

} // namespace

bool isOriginAllowed(std::string_view origin, const std::vector<std::string>& allowed)
{
    if (origin.empty())
        return true;
    const std::string host = hostOf(origin);
    return std::ranges::any_of(allowed, [&](const std::string& entry) { return matches(origin, host, entry); });
}

} // namespace castdeck::hub
