#pragma once

#include "core/base/frame.h"
#include "core/hub/dossier.h"
#include "core/pusher/close_code.h"

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

namespace castdeck::hub {

/// The wire to one client, as the hub sees it.
///
/// Thread: only on the worker that the connection belongs to. Calls on a connection that is closing do nothing.
class Connection {
public:
    virtual ~Connection() = default;

    /// Queues one message; it leaves at the end of the worker's turn. Never blocks, never fails: a queue that passes
    /// its limit closes the connection.
    virtual void send(const LocalFrame& frame) = 0;

    /// Queues a WebSocket control ping.
    virtual void ping() = 0;

    /// Sends what is queued, then a close frame; `reason` is cut to the 123 bytes that RFC 6455 allows.
    virtual void close(pusher::CloseCode code, std::string_view reason) = 0;

    /// Stops or resumes reading from the socket, against clients that send too fast.
    virtual void setReading(bool isReading) = 0;

    virtual std::size_t queuedBytes() const = 0;

    /// From here on what goes over the wire is counted there.
    void countIn(std::shared_ptr<Traffic> traffic) { m_traffic = std::move(traffic); }
    Traffic* traffic() const noexcept { return m_traffic.get(); } ///< Null when nobody wants to know.

private:
    std::shared_ptr<Traffic> m_traffic;
};

} // namespace castdeck::hub
