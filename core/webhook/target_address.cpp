#include "core/webhook/target_address.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include <arpa/inet.h>

namespace castdeck::webhook {

namespace {

struct Range {
    std::uint32_t first;
    int bits;
    AddressKind kind;
};

// RFC 6890, "Special-Purpose IP Address Registries".
constexpr std::array<Range, 9> ranges{{
    {0x00000000, 8, AddressKind::Forbidden},  // "this network", the unspecified address among them
    {0x7F000000, 8, AddressKind::Loopback},   // 127.0.0.0
    {0xA9FE0000, 16, AddressKind::Forbidden}, // 169.254.0.0, link-local
    {0xE0000000, 4, AddressKind::Forbidden},  // 224.0.0.0, multicast
    {0xF0000000, 4, AddressKind::Forbidden},  // 240.0.0.0, reserved and broadcast
    {0x0A000000, 8, AddressKind::Private},    // 10.0.0.0
    {0xAC100000, 12, AddressKind::Private},   // 172.16.0.0
    {0xC0A80000, 16, AddressKind::Private},   // 192.168.0.0
    {0x64400000, 10, AddressKind::Private},   // 100.64.0.0, shared by the customers of a provider
}};

AddressKind kindOfIPv4(std::uint32_t address)
{
    for (const Range& range : ranges) {
        if ((address ^ range.first) >> (32 - range.bits) == 0)
            return range.kind;
    }
    return AddressKind::Public;
}

std::uint32_t lastFourBytes(const in6_addr& address)
{
    std::uint32_t result = 0;
    for (std::size_t i = 12; i < 16; ++i)
        result = result << 8 | address.s6_addr[i];
    return result;
}

AddressKind kindOfIPv6(const in6_addr& address)
{
    const std::uint8_t* const bytes = address.s6_addr;
    if (IN6_IS_ADDR_LOOPBACK(&address))
        return AddressKind::Loopback;
    if (IN6_IS_ADDR_UNSPECIFIED(&address) || IN6_IS_ADDR_MULTICAST(&address) || IN6_IS_ADDR_LINKLOCAL(&address))
        return AddressKind::Forbidden;
    constexpr std::array<std::uint8_t, 12> translated{0x00, 0x64, 0xFF, 0x9B};
    const bool isTranslated = std::equal(translated.begin(), translated.end(), bytes);
    if (IN6_IS_ADDR_V4MAPPED(&address) || IN6_IS_ADDR_V4COMPAT(&address) || isTranslated)
        return kindOfIPv4(lastFourBytes(address));
    const bool isUniqueLocal = (bytes[0] & 0xFE) == 0xFC;
    return isUniqueLocal || IN6_IS_ADDR_SITELOCAL(&address) ? AddressKind::Private : AddressKind::Public;
}

} // namespace

AddressKind addressKind(std::string_view host)
{
    const std::string text{host.substr(0, host.find('%'))}; // Without the zone of fe80::1%eth0.
    in6_addr six{};
    if (::inet_pton(AF_INET6, text.c_str(), &six) == 1)
        return kindOfIPv6(six);
    // 0x7f.1, 017700000001 and 2130706433 are 127.0.0.1 for the resolver, so they are here.
    in_addr four{};
    if (!text.empty() && ::inet_aton(text.c_str(), &four) == 1)
        return kindOfIPv4(ntohl(four.s_addr));
    return AddressKind::NoAddress;
}

Result<void> checkAddress(std::string_view address, bool allowsPrivateNetwork)
{
    const AddressKind kind = addressKind(address);
    if (kind == AddressKind::Forbidden || kind == AddressKind::NoAddress)
        return Error{ErrorKind::Forbidden, "no webhook may be sent to the address " + std::string{address}};
    if (kind == AddressKind::Private && !allowsPrivateNetwork)
        return Error{ErrorKind::Forbidden, std::string{address} + " belongs to a private network, and the target does "
                                                                  "not allow private networks"};
    return {};
}

} // namespace castdeck::webhook
