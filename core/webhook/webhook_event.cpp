#include "core/webhook/webhook_event.h"

#include "core/base/json.h"
#include "core/pusher/channel_name.h"

#include <chrono>

namespace castdeck::webhook {

namespace {

std::string start(EventKind kind, std::string_view channel)
{
    std::string json{R"({"name":")"};
    json.append(toText(kind)).append(R"(","channel":)");
    json::appendString(json, channel);
    return json;
}

void appendMember(std::string& json, std::string_view key, std::string_view text)
{
    json.append(",\"").append(key).append("\":");
    json::appendString(json, text);
}

bool isPresence(std::string_view channel)
{
    const pusher::ChannelKind kind = pusher::kindOf(channel);
    return kind == pusher::ChannelKind::Presence || kind == pusher::ChannelKind::PresenceCache;
}

std::string textOf(const json::Value& object, std::string_view key)
{
    const auto value = object.find(key);
    return value && value->is(json::Kind::String) ? value->text() : std::string{};
}

std::optional<WebhookEvent> eventFrom(const json::Value& object)
{
    if (!object.is(json::Kind::Object))
        return std::nullopt;
    const auto kind = eventKindNamed(textOf(object, "name"));
    if (!kind)
        return std::nullopt;
    const bool isMember = *kind == EventKind::MemberAdded || *kind == EventKind::MemberRemoved;
    return WebhookEvent{*kind, textOf(object, "channel"), isMember ? textOf(object, "user_id") : std::string{},
                        std::string{object.raw()}};
}

} // namespace

std::optional<EventKind> eventKindOf(hub::FactKind kind)
{
    switch (kind) {
    case hub::FactKind::Occupied: return EventKind::ChannelOccupied;
    case hub::FactKind::Vacated: return EventKind::ChannelVacated;
    case hub::FactKind::MemberAdded: return EventKind::MemberAdded;
    case hub::FactKind::MemberRemoved: return EventKind::MemberRemoved;
    case hub::FactKind::ClientEvent: return EventKind::ClientEvent;
    case hub::FactKind::CacheMiss: return EventKind::CacheMiss;
    case hub::FactKind::SubscriptionCount: return EventKind::SubscriptionCount;
    default: return std::nullopt;
    }
}

WebhookEvent makeEvent(EventKind kind, const hub::Fact& fact)
{
    WebhookEvent event{kind, std::string{fact.channel}, {}, start(kind, fact.channel)};
    if (kind == EventKind::MemberAdded || kind == EventKind::MemberRemoved) {
        event.userId = fact.userId;
        appendMember(event.json, "user_id", fact.userId);
    } else if (kind == EventKind::ClientEvent) {
        appendMember(event.json, "event", fact.event);
        // The sender's own bytes: a JSON string already.
        event.json.append(",\"data\":").append(fact.dataLiteral.empty() ? "\"\"" : fact.dataLiteral);
        appendMember(event.json, "socket_id", fact.socketId);
        if (isPresence(fact.channel))
            appendMember(event.json, "user_id", fact.userId);
    } else if (kind == EventKind::SubscriptionCount) {
        event.json.append(",\"subscription_count\":").append(std::to_string(fact.receivers));
    }
    event.json.push_back('}');
    return event;
}

std::optional<WebhookEvent> parseEvent(std::string_view json)
{
    const auto value = json::Value::parse(json);
    return value ? eventFrom(*value) : std::nullopt;
}

std::string makeBody(WallTime time, const std::vector<WebhookEvent>& events)
{
    const auto sinceEpoch = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch());
    std::string body = "{\"time_ms\":" + std::to_string(sinceEpoch.count()) + ",\"events\":[";
    for (const WebhookEvent& event : events)
        body.append(&event == &events.front() ? "" : ",").append(event.json);
    return body.append("]}");
}

std::optional<std::vector<WebhookEvent>> parseBody(std::string_view body)
{
    const auto value = json::Value::parse(body);
    const auto list = value && value->is(json::Kind::Object) ? value->find("events") : std::nullopt;
    if (!list || !list->is(json::Kind::Array))
        return std::nullopt;
    std::vector<WebhookEvent> events;
    for (const json::Value& element : list->elements()) {
        auto event = eventFrom(element);
        if (!event)
            return std::nullopt;
        events.push_back(std::move(*event));
    }
    return events;
}

} // namespace castdeck::webhook
