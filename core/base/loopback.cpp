#include "core/base/loopback.h"

#include "core/base/ascii.h"

#include <cstdint>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace castdeck {

namespace {

constexpr std::uint8_t loopbackNet = 127;

bool isIPv4(const std::string& text)
{
    in_addr address{};
    return ::inet_pton(AF_INET, text.c_str(), &address) == 1 && ntohl(address.s_addr) >> 24 == loopbackNet;
}

bool isIPv6(const std::string& text)
{
    in6_addr address{};
    if (::inet_pton(AF_INET6, text.c_str(), &address) != 1)
        return false;
    return IN6_IS_ADDR_LOOPBACK(&address) || (IN6_IS_ADDR_V4MAPPED(&address) && address.s6_addr[12] == loopbackNet);
}

} // namespace

bool isLoopbackHost(std::string_view host)
{
    if (host.find('\0') != std::string_view::npos)
        return false; // inet_pton() would read up to there only.
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        return isIPv6(std::string{host.substr(1, host.size() - 2)});
    const std::string text{host};
    return equalsIgnoringCase(host, "localhost") || isIPv4(text) || isIPv6(text);
}

} // namespace castdeck
