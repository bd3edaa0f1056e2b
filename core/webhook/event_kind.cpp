#include "core/webhook/event_kind.h"

#include <array>

namespace castdeck::webhook {

namespace {

constexpr std::array<std::string_view, eventKindCount> names{"channel_occupied",  "channel_vacated", "member_added",
                                                             "member_removed",    "client_event",    "cache_miss",
                                                             "subscription_count"};

EventKinds either(EventKind one, EventKind other)
{
    return EventKinds{}.add(one).add(other);
}

} // namespace

EventKinds EventKinds::withCounterparts() const
{
    EventKinds result = *this;
    if (has(EventKind::ChannelOccupied) || has(EventKind::ChannelVacated))
        result.add(either(EventKind::ChannelOccupied, EventKind::ChannelVacated));
    if (has(EventKind::MemberAdded) || has(EventKind::MemberRemoved))
        result.add(either(EventKind::MemberAdded, EventKind::MemberRemoved));
    return result;
}

std::string_view toText(EventKind kind)
{
    return names.at(static_cast<std::size_t>(kind));
}

std::optional<EventKind> eventKindNamed(std::string_view name)
{
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name)
            return static_cast<EventKind>(i);
    }
    return std::nullopt;
}

std::optional<EventKinds> eventKindsNamed(std::string_view word)
{
    if (const auto kind = eventKindNamed(word))
        return EventKinds{}.add(*kind);
    if (word == "channel_existence")
        return either(EventKind::ChannelOccupied, EventKind::ChannelVacated);
    if (word == "presence")
        return either(EventKind::MemberAdded, EventKind::MemberRemoved);
    if (word == "client_events")
        return EventKinds{}.add(EventKind::ClientEvent);
    if (word == "cache_misses")
        return EventKinds{}.add(EventKind::CacheMiss);
    if (word == "all")
        return EventKinds::all();
    return std::nullopt;
}

} // namespace castdeck::webhook
