#pragma once

#include "core/broadcast/event_class.h"
#include "core/broadcast/pending_report.h"
#include "core/broadcast/publication.h"

#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace castdeck::broadcast {

/// An event without a class, put together word by word:
/// `on("releases").as("NewRelease").with({{"message", "..."}}).via("eu").toOthers("4821.9047").send()`
class AnonymousEvent {
public:
    using Send = std::function<PendingReport(Emission)>;

    AnonymousEvent(Channels channels, Send send);

    AnonymousEvent& as(std::string name);
    AnonymousEvent& with(Payload payload);
    AnonymousEvent& via(std::string connection);
    AnonymousEvent& toOthers(std::string socketId);
    AnonymousEvent& by(Actor actor);
    PendingReport send() const { return m_send(m_emission); }

private:
    Emission m_emission;
    Send m_send;
};

/// Every form of sending. None of them waits.
///
/// Thread: any.
class Sender {
public:
    virtual ~Sender() = default;

    /// One event to one channel or a list.
    PendingReport channel(Channels channels, std::string event, Payload payload = {}, CallOptions options = {})
    {
        return send({.event = std::move(event),
                     .payload = std::move(payload),
                     .channels = std::move(channels),
                     .connections = {},
                     .isSuppressed = false,
                     .options = std::move(options)});
    }

    /// An event class says everything itself ...
    template <class T>
        requires EventClass<std::remove_reference_t<T>>
    PendingReport channel(T&& event, const CallOptions& options = {})
    {
        return send(emissionOf(event, event.broadcastOn(), options));
    }

    /// ... or everything but its channels.
    template <class T>
        requires EventClass<std::remove_reference_t<T>>
    PendingReport channel(const Channels& channels, T&& event, const CallOptions& options = {})
    {
        return send(emissionOf(event, channels, options));
    }

    AnonymousEvent on(Channels channels) const { return {std::move(channels), sending()}; }
    AnonymousEvent privateChannel(std::string_view name) const { return on(PrivateChannel{name}); }
    AnonymousEvent presence(std::string_view name) const { return on(PresenceChannel{name}); }
    AnonymousEvent encrypted(std::string_view name) const { return on(EncryptedChannel{name}); }

    /// Every message to every topic, without event names.
    virtual PendingReport publish(Topics topics, Messages messages, CallOptions options) = 0;
    PendingReport publish(Topics topics, Messages messages)
    {
        return publish(std::move(topics), std::move(messages), CallOptions{});
    }

    virtual PendingReport send(Emission emission) = 0;
    /// Several events, in as few requests as the driver can.
    virtual PendingReport batch(std::vector<Emission> emissions) = 0;

protected:
    /// A function that sends as this object does and may outlive the expression it stands in.
    virtual AnonymousEvent::Send sending() const = 0;
};

} // namespace castdeck::broadcast
