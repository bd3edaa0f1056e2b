#include "core/engine/event_recorder.h"

#include "core/base/json.h"

#include <optional>

namespace castdeck::engine {

namespace {

/// A window that reads once a frame sees 50,000 events a second without a loss.
constexpr std::size_t mailboxCapacity = 65'536;

/// A trace costs a clock and a lock per receiver: for what people send and look at, not for storms.
constexpr std::size_t maxTracedReceivers = 1'000;
constexpr int maxTracesPerSecond = 100;

/// Nothing for what only webhooks tell.
std::optional<EventKind> kindOf(hub::FactKind kind)
{
    switch (kind) {
    case hub::FactKind::Connection: return EventKind::Connection;
    case hub::FactKind::Disconnection: return EventKind::Disconnection;
    case hub::FactKind::Subscribed: return EventKind::Subscribed;
    case hub::FactKind::Unsubscribed: return EventKind::Unsubscribed;
    case hub::FactKind::Occupied: return EventKind::Occupied;
    case hub::FactKind::Vacated: return EventKind::Vacated;
    case hub::FactKind::ApiMessage: return EventKind::ApiMessage;
    case hub::FactKind::ClientEvent: return EventKind::ClientEvent;
    case hub::FactKind::MemberAdded:
    case hub::FactKind::MemberRemoved: return EventKind::Presence;
    case hub::FactKind::Error: return EventKind::Error;
    case hub::FactKind::ClientError: return EventKind::ClientError;
    case hub::FactKind::ApiError: return EventKind::ApiError;
    case hub::FactKind::AuthDenied: return EventKind::AuthDenied;
    case hub::FactKind::CacheMiss: return EventKind::CacheMiss;
    case hub::FactKind::SubscriptionCount: break;
    }
    return std::nullopt;
}

std::shared_ptr<const std::string> payloadOf(std::string_view dataLiteral)
{
    if (dataLiteral.empty())
        return nullptr;
    const auto value = json::Value::parse(dataLiteral);
    return value ? std::make_shared<const std::string>(value->text()) : nullptr;
}

} // namespace

EventRecorder::EventRecorder(const Clock& clock, bool keepsEvents, std::function<void()> wake)
    : m_clock{clock}
    , m_keepsEvents{keepsEvents}
    , m_wake{std::move(wake)}
    , m_feed{clock}
    , m_events{mailboxCapacity}
{
}

void EventRecorder::count(const hub::Fact& fact)
{
    const bool isMessage = fact.kind == hub::FactKind::ApiMessage || fact.kind == hub::FactKind::ClientEvent;
    if (isMessage) {
        m_messagesIn.fetch_add(1, std::memory_order_relaxed);
        m_deliveries.fetch_add(fact.receivers, std::memory_order_relaxed);
    } else if (fact.kind == hub::FactKind::Connection) {
        m_connectionsOpened.fetch_add(1, std::memory_order_relaxed);
    }
}

void EventRecorder::record(const hub::Fact& fact)
{
    count(fact);
    const auto kind = kindOf(fact.kind);
    if (!kind || !isWanted())
        return;
    Event event;
    event.kind = *kind;
    event.appId = fact.appId;
    event.channel = fact.channel;
    event.event = fact.event;
    event.socketId = fact.socketId;
    event.userId = fact.userId;
    event.payload = payloadOf(fact.dataLiteral);
    event.detail = fact.detail;
    event.code = fact.code;
    event.receivers = fact.receivers;
    event.trace = fact.trace;
    event.at = m_clock.wall();
    if (m_keepsEvents)
        m_chronicle.note(fact, event);
    put(std::move(event));
}

bool EventRecorder::wantsTrace(std::size_t receivers)
{
    if (!m_keepsEvents || receivers == 0 || receivers > maxTracedReceivers)
        return false;
    const auto second = std::chrono::floor<std::chrono::seconds>(m_clock.steady()).time_since_epoch().count();
    if (m_tracedSecond.exchange(second, std::memory_order_relaxed) != second)
        m_tracedInSecond.store(0, std::memory_order_relaxed);
    return m_tracedInSecond.fetch_add(1, std::memory_order_relaxed) < maxTracesPerSecond;
}

void EventRecorder::record(Event event)
{
    if (!isWanted())
        return;
    event.at = m_clock.wall();
    put(std::move(event));
}

void EventRecorder::put(Event event)
{
    if (m_feed.isWanted())
        m_feed.put(event);
    if (m_keepsEvents && m_events.put(std::move(event)) && m_wake)
        m_wake();
}

} // namespace castdeck::engine
