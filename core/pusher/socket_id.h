#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace castdeck::pusher {

/// The name of one connection, "4711.815": two unguessable numbers from 1 to 999,999,999.
class SocketId {
public:
    static SocketId random();
    /// Digits, a dot, digits: what a request may carry, ours or not.
    static bool isWellFormed(std::string_view text);
    /// Nothing when the text is not exactly one that text() can give.
    static std::optional<SocketId> parse(std::string_view text);

    std::string text() const { return textOf(m_value); }
    static std::string textOf(std::uint64_t value);
    std::uint64_t value() const noexcept { return m_value; }
    bool operator==(const SocketId&) const = default;

private:
    explicit SocketId(std::uint64_t value) : m_value{value} {}

    std::uint64_t m_value; ///< The first number in the upper half, the second in the lower.
};

} // namespace castdeck::pusher

template <> struct std::hash<castdeck::pusher::SocketId> {
    std::size_t operator()(castdeck::pusher::SocketId id) const noexcept
    {
        return std::hash<std::uint64_t>{}(id.value() * 0x9E3779B97F4A7C15ULL);
    }
};
