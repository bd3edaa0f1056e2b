#include "core/store/value_check.h"

#include <algorithm>
#include <array>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace castdeck::store {

namespace {

bool isAddress(int family, const std::string& text)
{
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    return ::inet_pton(family, text.c_str(), bytes.data()) == 1;
}

} // namespace

bool isCredential(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

bool isListenAddress(std::string_view text)
{
    // A link-local address names its interface behind a percent sign.
    const std::string withoutZone{text.substr(0, text.find('%'))};
    return text == "localhost" || isAddress(AF_INET, std::string{text}) || isAddress(AF_INET6, withoutZone);
}

} // namespace castdeck::store
