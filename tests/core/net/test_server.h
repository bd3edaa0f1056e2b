#pragma once

#include "core/base/clock.h"
#include "core/net/server.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace castdeck::test {

/// What happened on all connections of a TestServer. Thread: any.
struct Ledger {
    std::atomic<int> opened{0};
    std::atomic<int> activities{0};
    std::atomic<int> ticks{0};

    void addClosed(std::uint16_t code);
    std::vector<int> closedCodes() const;

    void addLate(net::Deferral::Done done);
    std::vector<net::Deferral::Done> late() const; ///< One for each request for /later.

private:
    mutable std::mutex m_mutex; ///< Guards what follows.
    std::vector<int> m_closedCodes;
    std::vector<net::Deferral::Done> m_late;
};

/// A server on a free loopback port. WebSockets echo; a request is answered with its method, target and body, but one
/// for /later when the test does it.
///
/// Some texts are orders: "close CODE REASON", "flood BYTES", "ping me", "pause" (no reading until the next tick), "say
/// goodbye" (before the server closes).
class TestServer {
public:
    explicit TestServer(net::ServerOptions options = defaults());

    /// One worker, both loopback addresses, binary messages accepted.
    static net::ServerOptions defaults();

    std::uint16_t port() const { return m_port; } ///< 0 when listening failed.
    net::Server& server() { return m_server; }
    const Ledger& ledger() const { return m_ledger; }
    std::vector<std::string> notices() const;
    /// Closes every open WebSocket with 4200, all of a worker in one turn.
    void closeAll();

private:
    using OpenConnections = std::set<hub::Connection*>;

    net::ServerOptions withNotices(net::ServerOptions options);
    net::Handlers handlersFor(net::Worker& worker);

    SystemClock m_clock;
    Ledger m_ledger;
    mutable std::mutex m_mutex; ///< Guards m_notices.
    std::vector<std::string> m_notices;
    std::vector<std::shared_ptr<OpenConnections>> m_open; ///< By worker; the sets are touched only there.
    net::Server m_server;
    std::uint16_t m_port = 0;
};

} // namespace castdeck::test
