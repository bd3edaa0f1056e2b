#pragma once

#include "core/hub/app_config.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// The keys of one application in the file, each beside the member it stands for, so that reading and writing use one
/// table. Units: seconds and bytes.
namespace castdeck::store {

inline constexpr std::array<std::string_view, 3> subscribeErrorStyles{"both", "cloud", "soketi"};

/// Calls `visit(key, member)` for texts, switches and lists, `visit(key, member, minimum, maximum)` for times, and
/// `visit(key, member, choices)` for one of several words. These keys may stand in `server` as well, for all its
/// applications.
template <typename Visit> void forEachAppSetting(Visit&& visit)
{
    using hub::AppConfig;
    visit("require_tls", &AppConfig::requiresTls);
    visit("client_events", &AppConfig::allowsClientEvents);
    visit("subscription_count", &AppConfig::sendsSubscriptionCount);
    visit("require_authorized_connections", &AppConfig::requiresAuthorizedConnections);
    visit("lenient_protocol", &AppConfig::allowsMissingProtocol);
    visit("strict_replay", &AppConfig::refusesReplays);
    visit("subscribe_error_style", &AppConfig::subscribeErrorStyle, subscribeErrorStyles);
    visit("activity_timeout", &AppConfig::activityTimeout, 10, 300);
    visit("authorization_deadline", &AppConfig::authorizationDeadline, 1, 86'400);
    visit("allowed_origins", &AppConfig::allowedOrigins);
}

/// Calls `visit(key, member, minimum, maximum)` for the members of `limits`.
template <typename Visit> void forEachAppLimit(Visit&& visit)
{
    using hub::AppLimits;
    constexpr std::uint64_t many = 1'000'000'000;
    constexpr std::uint64_t maxBytes = 67'108'864;
    visit("max_connections", &AppLimits::maxConnections, 0, many);
    visit("max_subscriptions_per_connection", &AppLimits::maxSubscriptionsPerConnection, 1, many);
    visit("max_channel_name_characters", &AppLimits::maxChannelNameCharacters, 1, 200);
    visit("max_event_name_characters", &AppLimits::maxEventNameCharacters, 1, 10'000);
    visit("max_event_data_bytes", &AppLimits::maxEventDataBytes, 1, maxBytes);
    visit("max_channels_per_publish", &AppLimits::maxChannelsPerPublish, 1, 10'000);
    visit("max_batch_events", &AppLimits::maxBatchEvents, 1, 10'000);
    visit("max_presence_members", &AppLimits::maxPresenceMembers, 1, many);
    visit("max_channel_data_bytes", &AppLimits::maxChannelDataBytes, 1, maxBytes);
    visit("max_user_id_characters", &AppLimits::maxUserIdCharacters, 1, 10'000);
    visit("max_watchlist", &AppLimits::maxWatchlist, 1, 10'000);
    visit("client_events_per_second", &AppLimits::clientEventsPerSecond, 1, 100'000);
    visit("publishes_per_second", &AppLimits::publishesPerSecond, 0, many);
    visit("cache_ttl", &AppLimits::cacheTtl, 1, 86'400);
}

} // namespace castdeck::store
