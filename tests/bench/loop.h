#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string_view>

namespace castdeck::bench {

using Clock = std::chrono::steady_clock;

/// Ends the program with exit code 1 and one line on standard error: a load test with a fault has no result.
[[noreturn]] void fail(std::string_view what);

/// A socket that the loop watches. It must live until the turn that reported it has ended.
class Watched {
public:
    virtual ~Watched() = default;
    virtual void ready(std::uint32_t epollEvents) = 0;
};

/// One epoll set with the buffer that all its sockets read into.
class Loop {
public:
    Loop();
    ~Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    void watch(int fd, std::uint32_t epollEvents, Watched& watched) const;
    void change(int fd, std::uint32_t epollEvents, Watched& watched) const;

    /// Waits at most `longest` and hands out what is ready.
    void turn(std::chrono::milliseconds longest);
    /// Turns until `isDone`; fails when `progress` has not changed for 20 s.
    void runUntil(const std::function<bool()>& isDone, const std::function<std::uint64_t()>& progress,
                  std::string_view waitingFor);

    /// The time of the current turn.
    Clock::time_point now() const { return m_now; }
    std::array<char, 524'288>& buffer() { return m_buffer; }

private:
    int m_epoll;
    Clock::time_point m_now = Clock::now();
    std::array<char, 524'288> m_buffer{};
};

/// Raises the soft limit of descriptors to the hard one; fails when that is below `needed`.
void reserveDescriptors(std::size_t needed);

/// Starts a connection to 127.0.0.1. Source addresses change with `index`, so that thousands of connections do not
/// share the ports of one.
int startConnecting(std::uint16_t port, std::size_t index);

} // namespace castdeck::bench
