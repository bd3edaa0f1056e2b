#include "core/broadcast/emission.h"

#include <utility>

namespace castdeck::broadcast {

namespace {

const Actor*& innermost()
{
    thread_local const Actor* actor = nullptr;
    return actor;
}

} // namespace

ActorScope::ActorScope(Actor actor) : m_actor{std::move(actor)}, m_outer{std::exchange(innermost(), &m_actor)} {}

ActorScope::~ActorScope()
{
    innermost() = m_outer;
}

const Actor* ActorScope::current()
{
    return innermost();
}

CallOptions CallOptions::via(std::string name) const
{
    CallOptions copy = *this;
    copy.connection = std::move(name);
    return copy;
}

CallOptions CallOptions::toOthers(std::string socketId) const
{
    CallOptions copy = *this;
    copy.exceptSocketId = std::move(socketId);
    return copy;
}

CallOptions CallOptions::as(Actor who) const
{
    CallOptions copy = *this;
    copy.actor = std::move(who);
    return copy;
}

} // namespace castdeck::broadcast
