#include "core/net/host_list.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <optional>

namespace castdeck::net {

namespace {

using boost::asio::ip::address;

struct HostAndPort {
    std::string_view host; ///< Without brackets.
    std::string_view port;
    bool isBracketed = false;
};

/// Nothing when the brackets do not match.
std::optional<HostAndPort> split(std::string_view text)
{
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos)
            return {};
        const auto rest = text.substr(end + 1);
        if (!rest.empty() && rest.front() != ':')
            return {};
        return HostAndPort{text.substr(1, end - 1), rest.empty() ? rest : rest.substr(1), true};
    }
    const auto colon = text.find(':');
    if (colon == std::string_view::npos)
        return HostAndPort{text, {}};
    return HostAndPort{text.substr(0, colon), text.substr(colon + 1)};
}

bool isHostCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == '_' || c == ':' || c == '%';
}

} // namespace

HostList::HostList(const std::vector<std::string>& addresses, const std::vector<std::string>& hosts)
{
    add("localhost");
    std::ranges::for_each(addresses, [this](const auto& text) { add(text); });
    std::ranges::for_each(hosts, [this](const auto& text) { add(text); });
}

void HostList::add(std::string_view host)
{
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    boost::system::error_code error;
    const auto literal = boost::asio::ip::make_address(host, error);
    if (error)
        m_names.push_back(toLower(host));
    else
        m_addresses.push_back(literal);
}

HostList::Verdict HostList::check(std::string_view text, const address& local) const
{
    const auto parts = split(text);
    const bool isWellFormed = parts && !parts->host.empty() && std::ranges::all_of(parts->host, isHostCharacter) &&
                              (parts->port.empty() || parseNumber(parts->port, UINT16_MAX));
    if (!isWellFormed)
        return Verdict::Malformed;

    boost::system::error_code error;
    const auto literal = boost::asio::ip::make_address(parts->host, error);
    if (parts->isBracketed && (error || !literal.is_v6()))
        return Verdict::Malformed;
    if (error)
        return std::ranges::find(m_names, toLower(parts->host)) != m_names.end() ? Verdict::Allowed : Verdict::Foreign;
    if (literal.is_unspecified())
        return Verdict::Foreign;
    const bool isOurs =
        literal.is_loopback() || literal == local || std::ranges::find(m_addresses, literal) != m_addresses.end();
    return isOurs ? Verdict::Allowed : Verdict::Foreign;
}

} // namespace castdeck::net
