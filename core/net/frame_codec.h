#pragma once

#include "core/base/frame.h"
#include "core/net/options.h"
#include "core/net/utf8_check.h"
#include "core/pusher/close_code.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace castdeck::net {

/// Takes the byte stream of a WebSocket client apart. Every rule of RFC 6455 for a server without extensions is
/// checked as soon as the bytes that break it have arrived.
///
/// Thread: one owner. Memory: holds bytes only while a frame or message is incomplete.
class FrameReader {
public:
    enum class Event : std::uint8_t {
        NeedMore, ///< The input is used up.
        Fragment, ///< A frame of a message that goes on.
        Text,     ///< A whole message, as Binary is.
        Binary,
        Ping,
        Pong,
        Close,     ///< `code` is what the peer gave, nothing when it gave none.
        Violation, ///< The connection must fail with `code`; next() is not to be called again.
    };

    struct Step {
        Event event = Event::NeedMore;
        std::string_view payload = {}; ///< Lives until the next call and as long as the input.
        std::optional<std::uint16_t> code = {};
    };

    /// `limits` has to outlive the reader.
    explicit FrameReader(const WebSocketLimits& limits) : m_limits{&limits} {}

    /// Consumes the front of `input`, which is unmasked in place, up to the end of one frame.
    Step next(std::span<char>& input);

private:
    using Violation = std::optional<pusher::CloseCode>;

    static Step violation(pusher::CloseCode code);
    bool collect(std::span<char>& input, std::size_t headerBytes);
    std::size_t lengthBytes() const;
    Violation readHeader(std::span<char>& input);
    Violation checkFirstBytes() const;
    Violation checkDataFrame() const;
    Violation takeLength();
    void beginPayload();
    Step readPayload(std::span<char>& input);
    Step finishData(std::string_view piece);
    Step finishControl(std::string_view piece);
    Step finishClose(std::string_view payload) const;

    Opcode opcode() const { return static_cast<Opcode>(m_header[0] & 0x0F); }
    bool isFinal() const { return (m_header[0] & 0x80) != 0; }
    bool isControl() const { return (m_header[0] & 0x08) != 0; }

    const WebSocketLimits* m_limits;
    std::string m_message;            ///< What has arrived of a message that was not whole in one input.
    std::string m_control;            ///< The same for a control frame.
    std::uint64_t m_remaining = 0;    ///< Bytes of the payload that have not arrived.
    std::uint64_t m_messageBytes = 0; ///< Lengths of the message's frames so far.
    std::uint32_t m_fragments = 0;
    std::array<unsigned char, 14> m_header{};
    std::array<unsigned char, 4> m_mask{}; ///< Turned so that the next byte takes the first.
    std::uint8_t m_headerBytes = 0;
    Utf8Check m_utf8;
    bool m_isInPayload = false;
    bool m_isInMessage = false; ///< Between the first and the final frame of a message.
    bool m_isText = false;
    bool m_isMessageRead = false; ///< m_message was handed out by the last step.
    bool m_isControlRead = false;
};

/// The payload of a close frame; `reason` is cut at the end of a character to fit into 125 bytes.
std::string closePayload(std::uint16_t code, std::string_view reason);

/// Codes that may appear in a close frame. Source: RFC 6455, section 7.4, and the IANA registry for 1012 to 1014.
bool isValidCloseCode(std::uint16_t code);

} // namespace castdeck::net
