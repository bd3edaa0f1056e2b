#pragma once

#include "core/base/result.h"
#include "core/net/event_loop.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace castdeck::net {

/// A descriptor that is ours and closed with its owner.
class Descriptor {
public:
    explicit Descriptor(int value = -1) : m_value{value} {}
    ~Descriptor() { reset(); }
    Descriptor(Descriptor&& other) noexcept : m_value{other.release()} {}
    Descriptor& operator=(Descriptor&& other) noexcept
    {
        reset(other.release());
        return *this;
    }

    int value() const { return m_value; }
    int release() { return std::exchange(m_value, -1); }
    void reset(int value = -1);

private:
    int m_value;
};

/// A bound and listening socket.
struct ListeningSocket {
    Descriptor descriptor;
    boost::asio::ip::tcp::endpoint endpoint;
};

/// The error names address and port.
Result<ListeningSocket> openListeningSocket(const boost::asio::ip::tcp::endpoint& endpoint);

/// Accepts on one address and deals the connections out in turn.
///
/// When descriptors run out it stops and tries again after 10 ms, doubling to 1 s; until then a spare descriptor is
/// given back, so that the process can still save a file. The waiting clients stay in the backlog.
///
/// Thread: the worker it accepts on.
class Listener {
public:
    Listener(EventLoop& loop, ListeningSocket socket, std::span<const std::unique_ptr<EventLoop>> receivers);

    void start();
    void stop();

private:
    void wait();
    void acceptAll();
    void dealOut();
    void pause();
    bool regainSpare();

    EventLoop& m_loop;
    const std::span<const std::unique_ptr<EventLoop>> m_receivers;
    boost::asio::ip::tcp::acceptor m_acceptor;
    boost::asio::steady_timer m_retryTimer;
    std::chrono::milliseconds m_retryDelay;
    Descriptor m_spare;
    std::size_t m_next = 0;
    std::vector<std::vector<AcceptedSocket>> m_accepted; ///< By receiver.
};

} // namespace castdeck::net
