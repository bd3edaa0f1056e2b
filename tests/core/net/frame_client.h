#pragma once

#include "tests/support/socket.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace castdeck::test {

struct WireFrame {
    int opcode = 0;
    std::string payload;

    bool operator==(const WireFrame&) const = default;
};

/// What clients may say and more: `firstByte` holds FIN, the reserved bits and the opcode.
std::string clientFrame(int firstByte, std::string_view payload);
inline constexpr int fin = 0x80;

std::string closeBody(int code, std::string_view reason = {});

/// Sends and reads WebSocket frames byte by byte as the test says; replies to nothing by itself.
///
/// Thread: the test's own.
class FrameClient {
public:
    /// Waits so long for the answer to the handshake.
    explicit FrameClient(std::uint16_t port, const char* address = "127.0.0.1",
                         std::chrono::milliseconds time = patience);

    bool isOpen() const { return m_isOpen; } ///< The handshake was answered 101.
    void send(std::string_view bytes) { m_socket.send(bytes); }
    /// In writes of so many bytes, each a TCP segment of its own.
    void sendChopped(std::string_view bytes, std::size_t size);

    /// Nothing when the connection ends, or when none comes in time.
    std::optional<WireFrame> next(std::chrono::milliseconds time = patience);
    /// Reads on to the close frame and the end of the stream; 0 when there is no such frame, 1005 when it has no code.
    int closeCode(std::chrono::milliseconds time = patience);
    bool hasEnded() const { return m_hasEnded; }
    Socket& socket() { return m_socket; }

private:
    Socket m_socket;
    std::string m_inbound;
    std::size_t m_used = 0;
    bool m_isOpen = false;
    bool m_hasEnded = false;
};

/// Sends `request` and returns all that comes until the server ends the connection.
std::string replyTo(std::uint16_t port, std::string_view request, std::chrono::milliseconds time = patience);
/// As far as one reply with Content-Length goes.
std::string readReply(Socket& socket, std::chrono::milliseconds time = patience);
/// The status of the first reply in `text`, 0 for none.
int statusOf(std::string_view text);

} // namespace castdeck::test
