#pragma once

#include "core/pusher/channel_name.h"
#include "core/pusher/close_code.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The text of every message that the server sends. `data` is always a string that holds JSON, except in pusher:error,
/// because the Swift and Java clients read nothing else.
/// Source: Pusher docs, "Pusher Channels protocol", section "Events".
namespace castdeck::pusher::message {

std::string connectionEstablished(std::string_view socketId, std::chrono::seconds activityTimeout);
std::string error(std::optional<int> code, std::string_view text);
std::string ping();
std::string pong();

/// `dataLiteral` is a JSON string with its quotes, put in as it is.
std::string event(std::string_view name, std::string_view channel, std::string_view dataLiteral,
                  std::optional<std::string_view> userId = std::nullopt);

std::string subscriptionSucceeded(std::string_view channel);
/// Members as (id, JSON text of user_info).
std::string presenceSucceeded(std::string_view channel,
                              std::span<const std::pair<std::string_view, std::string_view>> members);
std::string subscriptionError(std::string_view channel, std::string_view type, std::string_view text, int status);
std::string subscriptionCount(std::string_view channel, std::size_t count);
std::string memberAdded(std::string_view channel, std::string_view userId, std::string_view userInfo);
std::string memberRemoved(std::string_view channel, std::string_view userId);
std::string cacheMiss(std::string_view channel);
std::string signinSuccess(std::string_view userData);
std::string watchlistEvents(std::span<const std::string> online, std::span<const std::string> offline);

} // namespace castdeck::pusher::message
