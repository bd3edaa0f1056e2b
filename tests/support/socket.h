#pragma once

#include "core/base/clock.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace castdeck::test {

/// How long a test waits for what must come.
inline constexpr std::chrono::milliseconds patience{10'000};

/// A TCP connection to a server on this machine. Calls block, but never beyond their deadline.
class Socket {
public:
    enum class Received { Bytes, End, Nothing };

    /// isOpen() is false afterwards when nobody listens.
    explicit Socket(std::uint16_t port, const char* address = "127.0.0.1");
    ~Socket();
    Socket(Socket&& other) noexcept;
    Socket& operator=(Socket&& other) noexcept;

    bool isOpen() const { return m_descriptor >= 0; }
    int descriptor() const { return m_descriptor; }
    /// False when the peer takes no more.
    bool send(std::string_view bytes, SteadyTime deadline = inTime());
    /// Appends what has arrived. A reset counts as the end.
    Received receive(std::string& bytes, SteadyTime deadline = inTime());
    void close();
    /// Ends with a TCP reset instead of a FIN, which also leaves no port in TIME_WAIT.
    void reset();

    static SteadyTime inTime() { return std::chrono::steady_clock::now() + patience; }

private:
    bool waitFor(short events, SteadyTime deadline) const;

    int m_descriptor = -1;
};

} // namespace castdeck::test
