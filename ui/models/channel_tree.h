#pragma once

#include "core/pusher/channel_name.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

/// Channel names as a tree. Pure functions.
namespace castdeck::ui {

/// One occupied channel. What its server does not tell is missing.
struct ChannelRow {
    std::string appId; ///< Empty for an engine elsewhere.
    std::string name;
    std::optional<pusher::ChannelKind> kind{}; ///< Nothing where the prefix of a name means nothing.
    std::optional<std::size_t> subscriptions{};
    std::optional<std::size_t> members{};
    bool hasCachedEvent = false;
    bool isWatched = false; ///< The console listens to it.

    std::pair<std::string_view, std::string_view> key() const { return {appId, name}; }
    bool operator==(const ChannelRow&) const = default;
};

/// A channel, or a group of channels whose names begin alike, with their totals.
struct ChannelTreeRow {
    ChannelRow channel;        ///< Of a group: what the names begin with, and the sums of what is told.
    std::size_t channels = 0;  ///< In the group; 0 for a channel.
    std::size_t shownFrom = 0; ///< What comes before stands in the group above.
    int level = 0;
    bool isOpen = false;

    bool isGroup() const noexcept { return channels > 0; }
    /// A group stands before what it holds, and after a channel that has its very name.
    std::tuple<std::string_view, std::string_view, bool> key() const
    {
        return {channel.appId, channel.name, isGroup()};
    }
    bool operator==(const ChannelTreeRow&) const = default;
};

/// The end of the next part of a name from `from` on, behind its separator; npos for none.
///
/// Parts end at `.`, `:` and `/`, and at a `-` before a digit, so that `room-17` is one of the rooms while
/// `user-profile` stays whole. The prefix that makes the kind of a channel is no part of its own.
std::size_t nextPart(std::string_view name, std::size_t from);

/// `channels` by app and name. A group stands for two channels or more, and for the longest beginning they share; what
/// is in it follows when `isOpen` says so for its beginning.
std::vector<ChannelTreeRow> treeOf(const std::vector<ChannelRow>& channels,
                                   const std::function<bool(const ChannelRow& group)>& isOpen);

} // namespace castdeck::ui
