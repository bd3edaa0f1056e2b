#include "tests/bench/loop.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace castdeck::bench {

namespace {

constexpr auto stallLimit = std::chrono::seconds{20};
constexpr std::size_t connectionsPerSource = 4'000;
constexpr std::uint32_t firstSource = 0x7F000001; // 127.0.0.1

void control(int epoll, int operation, int fd, std::uint32_t epollEvents, Watched& watched)
{
    epoll_event event{};
    event.events = epollEvents;
    event.data.ptr = &watched;
    if (epoll_ctl(epoll, operation, fd, &event) != 0)
        fail(std::string{"epoll_ctl: "} + std::strerror(errno));
}

} // namespace

void fail(std::string_view what)
{
    std::fprintf(stderr, "castdeck-bench: %.*s\n", static_cast<int>(what.size()), what.data());
    std::exit(1);
}

Loop::Loop() : m_epoll{epoll_create1(0)}
{
    if (m_epoll < 0)
        fail("no epoll descriptor");
}

Loop::~Loop()
{
    close(m_epoll);
}

void Loop::watch(int fd, std::uint32_t epollEvents, Watched& watched) const
{
    control(m_epoll, EPOLL_CTL_ADD, fd, epollEvents, watched);
}

void Loop::change(int fd, std::uint32_t epollEvents, Watched& watched) const
{
    control(m_epoll, EPOLL_CTL_MOD, fd, epollEvents, watched);
}

void Loop::turn(std::chrono::milliseconds longest)
{
    std::array<epoll_event, 1024> ready{};
    const int count =
        epoll_wait(m_epoll, ready.data(), static_cast<int>(ready.size()), static_cast<int>(longest.count()));
    m_now = Clock::now();
    for (int i = 0; i < count; ++i) {
        const auto& event = ready[static_cast<std::size_t>(i)];
        static_cast<Watched*>(event.data.ptr)->ready(event.events);
    }
}

void Loop::runUntil(const std::function<bool()>& isDone, const std::function<std::uint64_t()>& progress,
                    std::string_view waitingFor)
{
    auto lastProgress = progress();
    auto movedAt = Clock::now();
    while (!isDone()) {
        turn(std::chrono::milliseconds{100});
        const auto current = progress();
        if (current != lastProgress)
            movedAt = m_now;
        else if (m_now - movedAt > stallLimit)
            fail(std::string{"nothing moved for 20 s while waiting for "}.append(waitingFor) + " (at " +
                 std::to_string(current) + ")");
        lastProgress = current;
    }
}

void reserveDescriptors(std::size_t needed)
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < needed)
        fail("the descriptor limit (ulimit -Hn) is " + std::to_string(limit.rlim_cur) + ", this run needs " +
             std::to_string(needed));
}

int startConnecting(std::uint16_t port, std::size_t index)
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        fail(std::string{"socket: "} + std::strerror(errno));
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);

    sockaddr_in source{};
    source.sin_family = AF_INET;
    source.sin_addr.s_addr = htonl(firstSource + static_cast<std::uint32_t>(index / connectionsPerSource % 100));
    sockaddr_in server{};
    server.sin_family = AF_INET;
    server.sin_port = htons(port);
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(fd, reinterpret_cast<sockaddr*>(&source), sizeof source) != 0 ||
        (connect(fd, reinterpret_cast<sockaddr*>(&server), sizeof server) != 0 && errno != EINPROGRESS))
        fail(std::string{"connect to 127.0.0.1: "} + std::strerror(errno));
    return fd;
}

} // namespace castdeck::bench
