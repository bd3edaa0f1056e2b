#pragma once

#include "core/broadcast/emission.h"
#include "core/broadcast/type_name.h"

#include <functional>
#include <iterator>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

namespace castdeck::broadcast {

/// One entry of `static auto broadcastProperties()`: a name and a pointer to a data member or to a getter.
template <class Pointer> struct Property {
    const char* name;
    Pointer pointer;
};

template <class Pointer> constexpr Property<Pointer> property(const char* name, Pointer pointer)
{
    return {name, pointer};
}

/// Whoever says where it goes is an event. It may also have broadcastAs() -> text, broadcastWith() -> payload,
/// broadcastWhen() -> bool, broadcastConnections() -> names, and a static broadcastProperties() -> tuple of property().
template <class T>
concept EventClass = requires(T& event) {
    { event.broadcastOn() } -> std::convertible_to<Channels>;
};

namespace detail {

template <class T> Payload declaredPayload(T& event)
{
    Json object = Json::object();
    if constexpr (requires { T::broadcastProperties(); })
        std::apply([&](const auto&... each) { ((object[each.name] = Json(std::invoke(each.pointer, event))), ...); },
                   T::broadcastProperties());
    return object;
}

template <class T> std::string eventName(T& event)
{
    if constexpr (requires { event.broadcastAs(); })
        return std::string{event.broadcastAs()};
    else
        return typeName<std::remove_const_t<T>>();
}

template <class T> Payload eventPayload(T& event)
{
    if constexpr (requires { event.broadcastWith(); })
        return event.broadcastWith();
    else
        return declaredPayload(event);
}

inline std::vector<std::string> namesFrom(std::string_view one)
{
    return {std::string{one}};
}

template <class List>
    requires(!std::convertible_to<List, std::string_view>)
std::vector<std::string> namesFrom(const List& list)
{
    return std::vector<std::string>(std::begin(list), std::end(list));
}

template <class T> std::vector<std::string> eventConnections(T& event)
{
    if constexpr (requires { event.broadcastConnections(); })
        return namesFrom(event.broadcastConnections());
    else
        return {};
}

template <class T> bool isWanted(T& event)
{
    if constexpr (requires { event.broadcastWhen(); })
        return static_cast<bool>(event.broadcastWhen());
    else
        return true;
}

} // namespace detail

/// What `event` says of itself, sent to `channels`.
template <EventClass T> Emission emissionOf(T& event, const Channels& channels, const CallOptions& options)
{
    return {.event = detail::eventName(event),
            .payload = detail::eventPayload(event),
            .channels = channels,
            .connections = detail::eventConnections(event),
            .isSuppressed = !detail::isWanted(event),
            .options = options};
}

/// Base for events that are kept or passed on by reference. Derive from EventOf.
class Event {
public:
    virtual ~Event() = default;
    virtual Channels broadcastOn() const = 0;
    virtual std::string broadcastAs() const = 0;
    virtual Payload broadcastWith() const = 0;
    virtual bool broadcastWhen() const { return true; }
    virtual std::vector<std::string> broadcastConnections() const { return {}; }
};

/// `class NewRelease : public EventOf<NewRelease>` has to implement broadcastOn() only.
template <class Self> class EventOf : public Event {
public:
    std::string broadcastAs() const override { return typeName<Self>(); }
    Payload broadcastWith() const override { return detail::declaredPayload(static_cast<const Self&>(*this)); }

private:
    friend Self; // Whoever names another class than itself does not compile.
    EventOf() = default;
};

} // namespace castdeck::broadcast
