#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/net/handlers.h"
#include "core/net/options.h"
#include "core/net/worker.h"
#include "core/pusher/close_code.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace castdeck::net {

/// Sums over all workers since the start; each number is exact, together they are not one moment.
struct ServerTotals {
    std::uint64_t accepted = 0;
    std::size_t open = 0;       ///< Connections of any kind.
    std::size_t webSockets = 0; ///< Of these, upgraded and not closing.
    std::uint64_t requests = 0; ///< HTTP requests answered, errors included, upgrades not.
    std::uint64_t slowConsumers = 0;
    std::size_t queuedBytes = 0; ///< Not taken by the sockets at the end of a turn.
    std::uint64_t bytesIn = 0;
    std::uint64_t bytesOut = 0;
};

/// WebSocket and HTTP on one port, plain or TLS, on N workers.
///
/// Thread: every member may be called from any thread; listen() and join() from the owner only. Ownership: the
/// destructor stops with ReconnectNow and joins. Whatever the handlers refer to has to outlive the server.
class Server {
public:
    /// `handlersFor` is called here, once for each worker, before any thread runs.
    Server(const ServerOptions& options, const Clock& clock, const std::function<Handlers(Worker&)>& handlersFor);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Opens the listeners, starts the workers and says the port; to be called once. The error names address and port.
    /// An IPv6 address that the machine does not have is left out with a notice while another address works.
    Result<std::uint16_t> listen();

    /// Returns at once. No connection is accepted any more, running requests are answered, WebSockets are closed at
    /// most 1,000 a second, and then the workers end: 5 s with up to 1,000 clients, 12 s in any case. Requests that
    /// have not arrived and peers that read nothing are cut off by then.
    void stop(pusher::CloseCode code, const std::string& reason);
    /// Waits until the workers have ended; to be called after stop().
    void join();

    /// Connections accepted later get the certificate as it is on disk; on failure the one in use stays.
    Result<void> reloadTls();

    unsigned workerCount() const;
    Worker& worker(unsigned index);

    ServerTotals totals() const;
    /// Queued bytes have reached 80 % of the total limit: publishes should be answered 503.
    bool isUnderPressure() const;
    std::size_t openConnections() const;
    /// How many connections there should be at most, for whoever refuses the next one.
    std::size_t connectionLimit() const;

private:
    class Implementation;
    std::unique_ptr<Implementation> m_implementation;
};

} // namespace castdeck::net
