#pragma once

#include "core/base/clock.h"
#include "core/webhook/webhook_event.h"

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace castdeck::webhook {

/// An event under way, with its number in the outbox.
struct TrackedEvent {
    std::uint64_t id;
    WebhookEvent event;
};

/// Holds back departures for three seconds; a return in that time means that neither is told, so that a page reload
/// tells nobody. Source: Pusher docs, "Webhooks", section "Webhook events".
class GracePeriod {
public:
    static constexpr std::chrono::seconds delay{3};

    static bool isDeparture(EventKind kind)
    {
        return kind == EventKind::ChannelVacated || kind == EventKind::MemberRemoved;
    }

    /// The same departure is held already.
    bool has(const WebhookEvent& departure) const;
    /// False when has(); it is not kept twice then.
    bool hold(TrackedEvent departure, SteadyTime now);
    /// The departure that `event` calls off. It is held no more, and `event` is not to be told either.
    std::optional<TrackedEvent> takeReturn(const WebhookEvent& event);
    /// What has waited long enough, in the order in which it was held.
    std::vector<TrackedEvent> takeDue(SteadyTime now);
    std::vector<TrackedEvent> takeAll() { return takeDue(SteadyTime::max()); }

    std::optional<SteadyTime> nextDue() const;
    std::size_t size() const noexcept { return m_held.size(); }

private:
    struct Held {
        TrackedEvent tracked;
        SteadyTime due;
    };

    std::list<Held> m_held; ///< One delay for all: the order of holding is the order of their time.
    std::unordered_map<std::string, std::list<Held>::iterator> m_byKey;
};

} // namespace castdeck::webhook
