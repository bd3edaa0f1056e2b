#include "core/engine/log_rows.h"

#include <algorithm>
#include <array>
#include <utility>

namespace castdeck::engine {

// Kinds are kept in files by their number.
static_assert(static_cast<int>(EventKind::Connection) == 0 && static_cast<int>(EventKind::ApiMessage) == 6 &&
                  static_cast<int>(EventKind::WebhookSent) == 12 && static_cast<int>(EventKind::ServerNotice) == 17,
              "a kind that is added goes after the others");

store::LogRow toLogRow(const Event& event, const std::string& profile)
{
    store::LogRow row;
    row.profile = profile;
    row.kind = static_cast<std::int64_t>(event.kind);
    row.at = event.at;
    row.appId = event.appId;
    row.channel = event.channel;
    row.event = event.event;
    row.socketId = event.socketId;
    row.userId = event.userId;
    row.payload = event.payload;
    row.detail = event.detail;
    row.code = event.code;
    row.receivers = static_cast<std::int64_t>(event.receivers);
    return row;
}

Event fromLogRow(store::LogRow row)
{
    Event event;
    const bool isKnown = row.kind >= 0 && row.kind < static_cast<std::int64_t>(eventKindCount);
    event.kind = isKnown ? static_cast<EventKind>(row.kind) : EventKind::ServerNotice;
    event.at = row.at;
    event.appId = std::move(row.appId);
    event.channel = std::move(row.channel);
    event.event = std::move(row.event);
    event.socketId = std::move(row.socketId);
    event.userId = std::move(row.userId);
    event.payload = std::move(row.payload);
    event.detail = std::move(row.detail);
    event.code = static_cast<int>(row.code);
    event.receivers = static_cast<std::size_t>(std::max<std::int64_t>(row.receivers, 0));
    return event;
}

std::string_view keywordOf(EventKind kind)
{
    static constexpr std::array<std::string_view, eventKindCount> keywords{
        "connection", "disconnection",  "subscribed", "unsubscribed", "occupied",   "vacated",
        "api",        "client",         "presence",   "error",        "api-error",  "client-error",
        "webhook",    "webhook-failed", "allowed",    "denied",       "cache-miss", "server"};
    return keywords[static_cast<std::size_t>(kind)];
}

} // namespace castdeck::engine
