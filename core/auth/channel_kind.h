#pragma once

#include "core/pusher/channel_name.h"

#include <array>
#include <optional>
#include <string_view>

namespace castdeck::auth {

/// What rules tell apart; whether a channel keeps its last event makes no difference to them.
enum class Kind { Public, Private, Encrypted, Presence };

inline constexpr std::array allKinds{Kind::Public, Kind::Private, Kind::Encrypted, Kind::Presence};

/// `name` need not be valid.
Kind kindOf(std::string_view name);
/// "private-" of a private channel, empty for a public one.
std::string_view prefixOf(Kind kind);
/// The name without the prefix of its kind: "admins" for "private-admins".
std::string_view bareName(std::string_view name);

/// "private-encrypted"
std::string_view toText(Kind kind);
std::optional<Kind> kindFromText(std::string_view text);

} // namespace castdeck::auth
