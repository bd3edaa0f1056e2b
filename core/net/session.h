#pragma once

#include "core/base/clock.h"
#include "core/net/transport.h"
#include "core/pusher/close_code.h"

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace castdeck::net {

class EventLoop;

/// One connection in one of its phases, HTTP or WebSocket.
///
/// Thread: the worker it belongs to. Ownership: the loop and each operation in flight hold a reference.
class Session : public boost::intrusive_ref_counter<Session, boost::thread_unsafe_counter> {
public:
    using Pointer = boost::intrusive_ptr<Session>;

    virtual ~Session() = default;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// Called once in the turn that marked the session dirty, after all handlers.
    virtual void flush() = 0;
    /// About once a second.
    virtual void tick(SteadyTime now) = 0;
    /// The server stops: end as soon as it can be done in good order. Called once.
    virtual void stop(pusher::CloseCode code, std::string_view reason) = 0;
    /// Closes the socket at once. Nothing happens on the session afterwards.
    void abandon();

    // The loop's notes.
    std::uint32_t slot = 0;
    bool isDirty = false;
    bool isStopped = false;

protected:
    Session(EventLoop& loop, Transport transport) : m_loop{loop}, m_transport{std::move(transport)} {}

    void waitReadable();
    void waitWritable();
    /// Tells the peer that nothing more comes and reads to the end of its stream for a while: closing at once would
    /// throw away what it has not read yet.
    void linger();
    bool isLingering() const { return m_isLingering; }

    virtual void onReadable() = 0;
    virtual void onWritable() = 0;
    virtual void onAbandoned() {}

    EventLoop& m_loop;
    Transport m_transport;

private:
    void discardInput();

    bool m_waitsToRead = false;
    bool m_waitsToWrite = false;
    bool m_isLingering = false;
};

} // namespace castdeck::net
