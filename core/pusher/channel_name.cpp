#include "core/pusher/channel_name.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>

namespace castdeck::pusher {

namespace {

struct Prefix {
    std::string_view text;
    ChannelKind kind;
};

/// Longest first, so that the first match decides.
constexpr std::array prefixes{
    Prefix{"private-encrypted-cache-", ChannelKind::EncryptedCache},
    Prefix{"private-encrypted-", ChannelKind::Encrypted},
    Prefix{serverToUserPrefix, ChannelKind::ServerToUser},
    Prefix{"presence-cache-", ChannelKind::PresenceCache},
    Prefix{"private-cache-", ChannelKind::PrivateCache},
    Prefix{"presence-", ChannelKind::Presence},
    Prefix{"private-", ChannelKind::Private},
    Prefix{"cache-", ChannelKind::PublicCache},
};

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"_-=@,.;"}.find(c) != std::string_view::npos;
}

std::string quotedCharacterAt(std::string_view text, std::size_t at)
{
    std::size_t length = 1;
    while (at + length < text.size() && (static_cast<unsigned char>(text[at + length]) & 0xC0) == 0x80)
        ++length;
    const std::string_view character = text.substr(at, length);
    if (static_cast<unsigned char>(text[at]) < 0x20 || text[at] == 0x7F)
        return "a control character";
    return isValidUtf8(character) ? "'" + std::string{character} + "'" : "a byte that is not UTF-8";
}

} // namespace

Result<ChannelName> ChannelName::parse(std::string_view text, std::size_t maxCharacters)
{
    if (text.empty())
        return Error{ErrorKind::InvalidInput, "Channel name is empty"};
    const ChannelKind kind = kindOf(text);
    const std::size_t bodyStart = kind == ChannelKind::ServerToUser ? serverToUserPrefix.size() : 0;
    // Every allowed character is one byte, so bytes are characters from here on.
    const auto wrong = std::ranges::find_if_not(text.substr(bodyStart), isNameCharacter);
    if (wrong != text.end()) {
        const auto at = static_cast<std::size_t>(wrong - text.begin());
        return Error{ErrorKind::InvalidInput, "Channel name has " + quotedCharacterAt(text, at) + " at position " +
                                                  std::to_string(at + 1) +
                                                  "; allowed are letters, digits and _ - = @ , . ;"};
    }
    if (kind == ChannelKind::ServerToUser && text.size() == bodyStart)
        return Error{ErrorKind::InvalidInput, "Channel name has no user id after #server-to-user-"};
    if (text.size() > maxCharacters)
        return Error{ErrorKind::TooLarge, "Channel name has " + std::to_string(text.size()) + " characters, at most " +
                                              std::to_string(maxCharacters) + " are allowed"};
    return ChannelName{std::string{text}, kind};
}

bool ChannelName::isPresence() const noexcept
{
    return m_kind == ChannelKind::Presence || m_kind == ChannelKind::PresenceCache;
}

bool ChannelName::isEncrypted() const noexcept
{
    return m_kind == ChannelKind::Encrypted || m_kind == ChannelKind::EncryptedCache;
}

bool ChannelName::isCache() const noexcept
{
    return m_kind == ChannelKind::PublicCache || m_kind == ChannelKind::PrivateCache ||
           m_kind == ChannelKind::EncryptedCache || m_kind == ChannelKind::PresenceCache;
}

bool ChannelName::needsAuth() const noexcept
{
    return m_kind != ChannelKind::Public && m_kind != ChannelKind::PublicCache && m_kind != ChannelKind::ServerToUser;
}

bool ChannelName::takesClientEvents() const noexcept
{
    return needsAuth() && !isEncrypted();
}

std::string_view ChannelName::userId() const
{
    return isServerToUser() ? std::string_view{m_text}.substr(serverToUserPrefix.size()) : std::string_view{};
}

ChannelKind kindOf(std::string_view name)
{
    const auto it = std::ranges::find_if(prefixes, [&](const Prefix& prefix) { return name.starts_with(prefix.text); });
    return it == prefixes.end() ? ChannelKind::Public : it->kind;
}

std::string_view toText(ChannelKind kind)
{
    switch (kind) {
    case ChannelKind::Public: return "public";
    case ChannelKind::PublicCache: return "public cache";
    case ChannelKind::Private: return "private";
    case ChannelKind::PrivateCache: return "private cache";
    case ChannelKind::Encrypted: return "encrypted";
    case ChannelKind::EncryptedCache: return "encrypted cache";
    case ChannelKind::Presence: return "presence";
    case ChannelKind::PresenceCache: return "presence cache";
    case ChannelKind::ServerToUser: return "user";
    }
    return "public";
}

} // namespace castdeck::pusher
