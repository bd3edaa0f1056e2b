#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace castdeck::pusher {

enum class ChannelKind {
    Public,
    PublicCache,
    Private,
    PrivateCache,
    Encrypted,
    EncryptedCache,
    Presence,
    PresenceCache,
    ServerToUser,
};

/// A channel name known to be valid; who holds one needs no further check.
class ChannelName {
public:
    static constexpr std::size_t defaultMaxCharacters = 200; ///< The client libraries' limit.
    static constexpr std::size_t hostedMaxCharacters = 164;  ///< What the hosted service takes.

    /// Fails with InvalidInput (a character, or empty) or TooLarge (the length).
    /// Source: Pusher docs, "Channels", section "Channel naming conventions".
    static Result<ChannelName> parse(std::string_view text, std::size_t maxCharacters = defaultMaxCharacters);

    const std::string& text() const noexcept { return m_text; }
    ChannelKind kind() const noexcept { return m_kind; }

    bool isPresence() const noexcept;
    bool isEncrypted() const noexcept;
    bool isCache() const noexcept;
    bool isServerToUser() const noexcept { return m_kind == ChannelKind::ServerToUser; }
    bool needsAuth() const noexcept;         ///< A signature in the subscribe message.
    bool takesClientEvents() const noexcept; ///< Private and presence, not encrypted.
    std::string_view userId() const;         ///< Of a server-to-user channel.

private:
    ChannelName(std::string text, ChannelKind kind) : m_text{std::move(text)}, m_kind{kind} {}

    std::string m_text;
    ChannelKind m_kind;
};

/// By the longest prefix at the start of the name, dash included; the name need not be valid.
ChannelKind kindOf(std::string_view name);

/// "private cache", for people.
std::string_view toText(ChannelKind kind);

inline constexpr std::string_view serverToUserPrefix = "#server-to-user-";

} // namespace castdeck::pusher
