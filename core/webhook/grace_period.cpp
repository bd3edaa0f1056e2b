#include "core/webhook/grace_period.h"

#include <iterator>
#include <utility>

namespace castdeck::webhook {

namespace {

/// The same for a departure and its return. A line feed stands in no channel name.
std::string keyOf(const WebhookEvent& event)
{
    const bool isMember = event.kind == EventKind::MemberAdded || event.kind == EventKind::MemberRemoved;
    return (isMember ? "member\n" : "channel\n") + event.channel + "\n" + event.userId;
}

} // namespace

bool GracePeriod::has(const WebhookEvent& departure) const
{
    return m_byKey.contains(keyOf(departure));
}

bool GracePeriod::hold(TrackedEvent departure, SteadyTime now)
{
    std::string key = keyOf(departure.event);
    if (m_byKey.contains(key))
        return false;
    m_held.push_back({std::move(departure), now + delay});
    m_byKey.emplace(std::move(key), std::prev(m_held.end()));
    return true;
}

std::optional<TrackedEvent> GracePeriod::takeReturn(const WebhookEvent& event)
{
    if (event.kind != EventKind::ChannelOccupied && event.kind != EventKind::MemberAdded)
        return std::nullopt;
    const auto it = m_byKey.find(keyOf(event));
    if (it == m_byKey.end())
        return std::nullopt;
    TrackedEvent departure = std::move(it->second->tracked);
    m_held.erase(it->second);
    m_byKey.erase(it);
    return departure;
}

std::vector<TrackedEvent> GracePeriod::takeDue(SteadyTime now)
{
    std::vector<TrackedEvent> due;
    while (!m_held.empty() && m_held.front().due <= now) {
        m_byKey.erase(keyOf(m_held.front().tracked.event));
        due.push_back(std::move(m_held.front().tracked));
        m_held.pop_front();
    }
    return due;
}

std::optional<SteadyTime> GracePeriod::nextDue() const
{
    return m_held.empty() ? std::nullopt : std::optional{m_held.front().due};
}

} // namespace castdeck::webhook
