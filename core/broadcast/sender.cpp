#include "core/broadcast/sender.h"

namespace castdeck::broadcast {

AnonymousEvent::AnonymousEvent(Channels channels, Send send) : m_send{std::move(send)}
{
    m_emission.event = "AnonymousEvent";
    m_emission.channels = std::move(channels);
}

AnonymousEvent& AnonymousEvent::as(std::string name)
{
    m_emission.event = std::move(name);
    return *this;
}

AnonymousEvent& AnonymousEvent::with(Payload payload)
{
    m_emission.payload = std::move(payload);
    return *this;
}

AnonymousEvent& AnonymousEvent::via(std::string connection)
{
    m_emission.options.connection = std::move(connection);
    return *this;
}

AnonymousEvent& AnonymousEvent::toOthers(std::string socketId)
{
    m_emission.options.exceptSocketId = std::move(socketId);
    return *this;
}

AnonymousEvent& AnonymousEvent::by(Actor actor)
{
    m_emission.options.actor = std::move(actor);
    return *this;
}

} // namespace castdeck::broadcast
