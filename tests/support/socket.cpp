#include "tests/support/socket.h"

#include <arpa/inet.h>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace castdeck::test {

namespace {

int connectTo(const sockaddr* address, socklen_t size)
{
    const int descriptor = ::socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return -1;
    if (::connect(descriptor, address, size) != 0) {
        ::close(descriptor);
        return -1;
    }
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return descriptor;
}

int connectTo(const char* address, std::uint16_t port)
{
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    if (::inet_pton(AF_INET, address, &v4.sin_addr) == 1)
        return connectTo(reinterpret_cast<const sockaddr*>(&v4), sizeof v4);
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    if (::inet_pton(AF_INET6, address, &v6.sin6_addr) == 1)
        return connectTo(reinterpret_cast<const sockaddr*>(&v6), sizeof v6);
    return -1;
}

} // namespace

Socket::Socket(std::uint16_t port, const char* address) : m_descriptor{connectTo(address, port)} {}

Socket::~Socket()
{
    close();
}

Socket::Socket(Socket&& other) noexcept : m_descriptor{std::exchange(other.m_descriptor, -1)} {}

Socket& Socket::operator=(Socket&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

bool Socket::waitFor(short events, SteadyTime deadline) const
{
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        pollfd entry{m_descriptor, events, 0};
        const int ready = ::poll(&entry, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
        if (ready >= 0 || errno != EINTR)
            return ready > 0;
    }
}

bool Socket::send(std::string_view bytes, SteadyTime deadline)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(m_descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0)
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        else if ((errno != EAGAIN && errno != EINTR) || !waitFor(POLLOUT, deadline))
            return false;
    }
    return true;
}

Socket::Received Socket::receive(std::string& bytes, SteadyTime deadline)
{
    if (!isOpen())
        return Received::End;
    if (!waitFor(POLLIN, deadline))
        return Received::Nothing;
    std::array<char, 65'536> buffer;
    const ssize_t got = ::recv(m_descriptor, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got <= 0)
        return got < 0 && errno == EAGAIN ? Received::Nothing : Received::End;
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
    return Received::Bytes;
}

void Socket::close()
{
    if (isOpen())
        ::close(std::exchange(m_descriptor, -1));
}

void Socket::reset()
{
    const linger none{1, 0};
    if (isOpen())
        ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    close();
}

} // namespace castdeck::test
