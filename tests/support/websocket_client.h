#pragma once

#include "core/base/frame.h"
#include "core/base/http.h"
#include "tests/support/message.h"
#include "tests/support/socket.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::test {

/// A frame from a server.
struct WireFrame {
    Opcode opcode;
    std::string payload;
};

/// Illegal is what is masked (RFC 6455, section 5.1), reserved or fragmented: our server sends each message in one
/// frame.
enum class FrameState { Taken, Incomplete, Illegal };
/// Takes one frame off the front of `bytes`, if it is there whole.
FrameState takeFrame(std::string_view& bytes, WireFrame& frame);

/// A WebSocket client that does exactly what the test says, right or wrong. What it expects and does not get fails the
/// test at the caller's line.
///
/// Thread: the test's own. Pings of the server are answered while the client reads, unless answersPings is off.
class WebSocketClient {
public:
    using Place = std::source_location;

    /// Connects, sends the upgrade request and reads the answer's head.
    WebSocketClient(std::uint16_t port, const std::string& target, const http::Headers& headers = {},
                    const char* address = "127.0.0.1");

    int status() const { return m_status; } ///< Of the answer to the upgrade; 0 when there was none.
    const std::string* header(std::string_view name) const { return http::find(m_headers, name); }

    void sendText(std::string_view text) { sendFrame(Opcode::Text, text); }
    void sendFrame(Opcode opcode, std::string_view payload, bool isFinal = true);
    void sendBytes(std::string_view bytes) { m_socket.send(bytes); }

    /// The next message, or nothing when none comes in time or the connection ends.
    std::optional<Message> next(std::chrono::milliseconds time = patience);
    Message expectMessage(Place place = Place::current());
    /// The next message must be this event, of this channel unless that is empty.
    Message expectEvent(std::string_view event, std::string_view channel = {}, Place place = Place::current());
    /// The next message must be pusher:error with this code, null when there is none.
    Message expectError(std::optional<int> code, Place place = Place::current());
    /// Nothing may have been sent to this client: the answer to a pusher:ping must be the next message.
    void expectSilence(Place place = Place::current());
    /// All that has been sent to this client, up to the answer to a pusher:ping.
    std::vector<Message> takeAll(Place place = Place::current());
    /// The connection must end with this close frame and no further message.
    void expectClose(int code, Place place = Place::current());
    /// The answer to a control ping must come.
    void expectControlPong(std::string_view payload, Place place = Place::current());

    /// Reads up to the end of the connection; messages on the way are dropped.
    bool waitForEnd(std::chrono::milliseconds time = patience);
    std::optional<int> closeCode() const { return m_closeCode; } ///< Of the server's close frame, once it was read.
    const std::string& closeReason() const { return m_closeReason; }
    int controlPings() const { return m_controlPings; } ///< Read so far.

    void setAnswersPings(bool answers) { m_answersPings = answers; }
    void close();                      ///< A close frame with 1000, then the end of the connection.
    void reset() { m_socket.reset(); } ///< A TCP reset.
    Socket& socket() { return m_socket; }

private:
    void readHead();
    std::optional<WireFrame> nextFrame();
    bool readMore(SteadyTime deadline);
    void handleControl(const WireFrame& frame);
    std::string situation() const;

    Socket m_socket;
    std::string m_inbound;
    int m_status = 0;
    http::Headers m_headers;
    std::optional<int> m_closeCode;
    std::string m_closeReason;
    std::string m_lastPong;
    int m_controlPings = 0;
    int m_controlPongs = 0;
    bool m_answersPings = true;
    bool m_hasEnded = false;
};

/// A frame as clients send it: masked, with the length in its shortest form.
std::string maskedFrame(Opcode opcode, std::string_view payload, bool isFinal = true);

} // namespace castdeck::test
