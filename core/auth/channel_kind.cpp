#include "core/auth/channel_kind.h"

namespace castdeck::auth {

Kind kindOf(std::string_view name)
{
    switch (pusher::kindOf(name)) {
    case pusher::ChannelKind::Private:
    case pusher::ChannelKind::PrivateCache: return Kind::Private;
    case pusher::ChannelKind::Encrypted:
    case pusher::ChannelKind::EncryptedCache: return Kind::Encrypted;
    case pusher::ChannelKind::Presence:
    case pusher::ChannelKind::PresenceCache: return Kind::Presence;
    case pusher::ChannelKind::Public:
    case pusher::ChannelKind::PublicCache:
    case pusher::ChannelKind::ServerToUser: break;
    }
    return Kind::Public;
}

std::string_view prefixOf(Kind kind)
{
    switch (kind) {
    case Kind::Public: break;
    case Kind::Private: return "private-";
    case Kind::Encrypted: return "private-encrypted-";
    case Kind::Presence: return "presence-";
    }
    return {};
}

std::string_view bareName(std::string_view name)
{
    return name.substr(prefixOf(kindOf(name)).size());
}

std::string_view toText(Kind kind)
{
    switch (kind) {
    case Kind::Public: break;
    case Kind::Private: return "private";
    case Kind::Encrypted: return "private-encrypted";
    case Kind::Presence: return "presence";
    }
    return "public";
}

std::optional<Kind> kindFromText(std::string_view text)
{
    for (const Kind kind : allKinds) {
        if (text == toText(kind))
            return kind;
    }
    return text == "encrypted" ? std::optional{Kind::Encrypted} : std::nullopt;
}

} // namespace castdeck::auth
