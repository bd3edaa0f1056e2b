#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace castdeck::webhook {

/// What a webhook tells. Source: Pusher docs, "Webhooks", section "Webhook events".
enum class EventKind : std::uint8_t {
    ChannelOccupied,
    ChannelVacated,
    MemberAdded,
    MemberRemoved,
    ClientEvent,
    CacheMiss,
    SubscriptionCount,
};

inline constexpr std::size_t eventKindCount = 7;

/// A set of kinds.
class EventKinds {
public:
    constexpr EventKinds() = default;
    static EventKinds all() { return EventKinds{}.invert(); }

    bool has(EventKind kind) const { return m_bits.test(static_cast<std::size_t>(kind)); }
    bool isEmpty() const { return m_bits.none(); }
    EventKinds& add(EventKind kind)
    {
        m_bits.set(static_cast<std::size_t>(kind));
        return *this;
    }
    EventKinds& add(EventKinds others)
    {
        m_bits |= others.m_bits;
        return *this;
    }
    /// Kinds that call each other off come together: whoever wants to know of a departure must hear of the return.
    EventKinds withCounterparts() const;

    bool operator==(const EventKinds&) const = default;

private:
    EventKinds& invert()
    {
        m_bits.flip();
        return *this;
    }

    std::bitset<eventKindCount> m_bits;
};

/// "channel_occupied": the `name` of the event.
std::string_view toText(EventKind kind);
std::optional<EventKind> eventKindNamed(std::string_view name);

/// The kinds behind a word of the configuration: the name of an event, or of a group as other servers and dashboards
/// call it (channel_existence, presence, client_events, cache_misses, subscription_count, all).
std::optional<EventKinds> eventKindsNamed(std::string_view word);

} // namespace castdeck::webhook
