#pragma once

#include <boost/smart_ptr/local_shared_ptr.hpp>
#include <boost/smart_ptr/shared_ptr.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace castdeck {

/// RFC 6455, section 5.2.
enum class Opcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/// One WebSocket frame, encoded for the wire once and shared by all who receive it. Immutable.
class Frame {
public:
    /// An unmasked, unfragmented text frame (RFC 6455, section 5.2). `text` must be valid UTF-8.
    explicit Frame(std::string_view text) : Frame{Opcode::Text, text} {}
    Frame(Opcode opcode, std::string_view payload);

    /// Bytes that are sent as they are, such as the answer to a handshake.
    static Frame verbatim(std::string bytes) { return Frame{Verbatim{}, std::move(bytes)}; }

    std::string_view wire() const noexcept { return m_wire; }
    std::string_view text() const noexcept { return std::string_view{m_wire}.substr(m_headerBytes); }

private:
    struct Verbatim {};
    Frame(Verbatim, std::string bytes) : m_wire{std::move(bytes)}, m_headerBytes{0} {}

    std::string m_wire;
    std::size_t m_headerBytes;
};

/// Crosses threads; the count is atomic.
using SharedFrame = boost::shared_ptr<const Frame>;

/// Stays on one worker; the count is a plain integer, so that queueing a frame for a thousand receivers costs a
/// thousand additions and no bus traffic.
using LocalFrame = boost::local_shared_ptr<const Frame>;

SharedFrame makeFrame(std::string_view text);

} // namespace castdeck
