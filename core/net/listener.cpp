#include "core/net/listener.h"

#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace castdeck::net {

namespace {

using namespace std::chrono_literals;
using boost::asio::ip::tcp;

constexpr int backlog = 4'096; ///< The kernel cuts it to net.core.somaxconn.
constexpr int maxAcceptsPerTurn = 256;
constexpr std::chrono::milliseconds firstRetryDelay = 10ms;
constexpr std::chrono::milliseconds lastRetryDelay = 1s;

int openSpare()
{
    return ::open("/dev/null", O_RDONLY | O_CLOEXEC);
}

Error listenError(const tcp::endpoint& endpoint, int code)
{
    const auto place = "port " + std::to_string(endpoint.port()) + " on " + endpoint.address().to_string();
    switch (code) {
    case EADDRINUSE: return {ErrorKind::Unavailable, place + " is in use"};
    case EACCES: return {ErrorKind::Forbidden, place + " needs more rights than this process has"};
    case EADDRNOTAVAIL:
    case EAFNOSUPPORT: return {ErrorKind::NotFound, place + ": this machine does not have the address"};
    default: return {ErrorKind::Io, place + " cannot be opened: " + std::strerror(code)};
    }
}

} // namespace

void Descriptor::reset(int value)
{
    if (m_value >= 0)
        ::close(m_value);
    m_value = value;
}

Result<ListeningSocket> openListeningSocket(const tcp::endpoint& endpoint)
{
    const int family = endpoint.protocol().family();
    Descriptor descriptor{::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    if (descriptor.value() < 0)
        return listenError(endpoint, errno);
    const int on = 1;
    ::setsockopt(descriptor.value(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (family == AF_INET6)
        ::setsockopt(descriptor.value(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    if (::bind(descriptor.value(), endpoint.data(), static_cast<socklen_t>(endpoint.size())) != 0 ||
        ::listen(descriptor.value(), backlog) != 0)
        return listenError(endpoint, errno);

    tcp::endpoint bound;
    auto length = static_cast<socklen_t>(bound.capacity());
    ::getsockname(descriptor.value(), bound.data(), &length);
    bound.resize(length);
    return ListeningSocket{std::move(descriptor), bound};
}

Listener::Listener(EventLoop& loop, ListeningSocket socket, std::span<const std::unique_ptr<EventLoop>> receivers)
    : m_loop{loop}
    , m_receivers{receivers}
    , m_acceptor{loop.ioContext(), socket.endpoint.protocol(), socket.descriptor.release()}
    , m_retryTimer{loop.ioContext()}
    , m_retryDelay{firstRetryDelay}
    , m_spare{openSpare()}
    , m_accepted(receivers.size())
{
}

void Listener::start()
{
    wait();
}

void Listener::stop()
{
    boost::system::error_code ignored;
    m_acceptor.close(ignored);
    m_retryTimer.cancel();
}

void Listener::wait()
{
    m_acceptor.async_wait(tcp::acceptor::wait_read, [this](const boost::system::error_code& error) {
        if (!error && m_acceptor.is_open())
            acceptAll();
    });
}

void Listener::acceptAll()
{
    int failure = 0;
    for (int i = 0; i < maxAcceptsPerTurn && failure == 0; ++i) {
        tcp::endpoint peer;
        auto length = static_cast<socklen_t>(peer.capacity());
        const int descriptor =
            ::accept4(m_acceptor.native_handle(), peer.data(), &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor >= 0) {
            peer.resize(length);
            const int on = 1;
            ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            m_accepted[m_next].push_back({descriptor, peer});
            m_next = (m_next + 1) % m_receivers.size();
            m_retryDelay = firstRetryDelay;
        } else if (errno != ECONNABORTED && errno != EINTR) {
            failure = errno;
        }
    }
    dealOut();
    if (failure == EMFILE || failure == ENFILE || failure == ENOBUFS || failure == ENOMEM)
        pause();
    else
        wait();
}

void Listener::dealOut()
{
    for (std::size_t i = 0; i < m_receivers.size(); ++i) {
        if (m_accepted[i].empty())
            continue;
        auto& receiver = *m_receivers[i];
        if (&receiver == &m_loop)
            receiver.adopt(std::exchange(m_accepted[i], {}));
        else
            receiver.post([&receiver, sockets = std::exchange(m_accepted[i], {})] { receiver.adopt(sockets); });
    }
}

void Listener::pause()
{
    m_loop.notice("No connection can be accepted: the process has no file descriptor left");
    m_spare.reset();
    m_retryTimer.expires_after(m_retryDelay);
    m_retryDelay = std::min(2 * m_retryDelay, lastRetryDelay);
    m_retryTimer.async_wait([this](const boost::system::error_code& error) {
        if (error || !m_acceptor.is_open())
            return;
        if (regainSpare())
            acceptAll();
        else
            pause();
    });
}

bool Listener::regainSpare()
{
    m_spare.reset(openSpare());
    return m_spare.value() >= 0;
}

} // namespace castdeck::net
