#include "core/pusher/socket_id.h"

#include "core/base/ascii.h"
#include "core/base/crypto.h"

namespace castdeck::pusher {

namespace {

constexpr std::uint32_t maximum = 999'999'999;

} // namespace

SocketId SocketId::random()
{
    const std::uint64_t first = randomBelow(maximum) + 1U;
    const std::uint64_t second = randomBelow(maximum) + 1U;
    return SocketId{first << 32 | second};
}

bool SocketId::isWellFormed(std::string_view text)
{
    const std::size_t dot = text.find('.');
    return dot != std::string_view::npos && isDigits(text.substr(0, dot)) && isDigits(text.substr(dot + 1));
}

std::optional<SocketId> SocketId::parse(std::string_view text)
{
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos)
        return std::nullopt;
    const auto first = parseNumber(text.substr(0, dot), maximum);
    const auto second = parseNumber(text.substr(dot + 1), maximum);
    if (!first || !second)
        return std::nullopt;
    const SocketId id{*first << 32 | *second};
    return id.text() == text ? std::optional{id} : std::nullopt;
}

std::string SocketId::textOf(std::uint64_t value)
{
    return std::to_string(value >> 32) + '.' + std::to_string(value & 0xFFFFFFFF);
}

} // namespace castdeck::pusher
