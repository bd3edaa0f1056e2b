#pragma once

#include "core/base/clock.h"
#include "core/hub/fact.h"
#include "core/webhook/event_kind.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::webhook {

/// One element of the `events` of a webhook, and what decides where and when it goes.
/// Source: Pusher docs, "Webhooks", section "Webhook format".
struct WebhookEvent {
    EventKind kind;
    std::string channel;
    std::string userId; ///< Of member events.
    std::string json;

    std::size_t bytes() const { return channel.size() + userId.size() + json.size(); }
};

/// Nothing for facts that no webhook tells.
std::optional<EventKind> eventKindOf(hub::FactKind kind);
/// Copies texts and looks into none: quick enough for Observer::record(). Only for facts with an eventKindOf().
WebhookEvent makeEvent(EventKind kind, const hub::Fact& fact);

/// From the bytes that `json` had; nothing when they are not such an event.
std::optional<WebhookEvent> parseEvent(std::string_view json);

/// The body of a request: `events` are JSON texts, and keep their order.
std::string makeBody(WallTime time, const std::vector<WebhookEvent>& events);
/// The events in a body that makeBody() made; nothing when it is no such body.
std::optional<std::vector<WebhookEvent>> parseBody(std::string_view body);

} // namespace castdeck::webhook
