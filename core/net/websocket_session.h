#pragma once

#include "core/hub/connection.h"
#include "core/net/frame_codec.h"
#include "core/net/handlers.h"
#include "core/net/send_queue.h"
#include "core/net/session.h"

#include <memory>
#include <string>
#include <string_view>

namespace castdeck::net {

/// A connection after the upgrade: frames in, shared frames out.
class WebSocketSession final : public Session, public hub::Connection {
public:
    WebSocketSession(EventLoop& loop, Transport transport);

    /// `head` is the answer to the handshake, `rest` what the client sent behind its request.
    void start(const http::Request& request, std::string head, std::string_view rest);

    // hub::Connection
    void send(const LocalFrame& frame) override;
    void ping() override;
    void close(pusher::CloseCode code, std::string_view reason) override;
    void setReading(bool isReading) override;
    std::size_t queuedBytes() const override { return m_queue.bytes(); }

    // Session
    void flush() override;
    void tick(SteadyTime now) override;
    void stop(pusher::CloseCode code, std::string_view reason) override;

    void tellPeerEnded(); ///< Called by the loop for those that asked with endLater().
    void closeSlowConsumer();

private:
    enum class State : std::uint8_t {
        Open,
        Closing,   ///< A close frame was queued; the peer's is awaited.
        Finishing, ///< Both were, or no answer is awaited: ends once the queue has left.
    };

    void onReadable() override;
    void onWritable() override;
    void onAbandoned() override;

    void take(std::span<char> input);
    void handle(const FrameReader::Step& step, SteadyTime now);
    bool isControlRateExceeded(SteadyTime now);
    void count(FrameReader::Event event);
    void peerClosed(const FrameReader::Step& step);
    void fail(std::uint16_t code);
    void queue(Opcode opcode, std::string_view payload);
    void queue(LocalFrame frame);
    void leaveOpen(State state, std::uint16_t code);
    void account();

    std::unique_ptr<WebSocketPeer> m_peer; ///< Gone once it was told of the end.
    FrameReader m_reader;
    SendQueue m_queue;
    std::string m_unread;        ///< What had arrived when reading was paused.
    SteadyTime m_progress;       ///< When the socket last took something, or the queue began to fill.
    SteadyTime m_closingSince;   ///< When the close frame left, or the slow consumer was given up.
    SteadyTime m_controlSecond;  ///< The beginning of the second in which m_controlFrames arrived.
    std::size_t m_accounted = 0; ///< Bytes that the loop's counter holds for this queue.
    std::uint32_t m_controlFrames = 0;
    std::uint16_t m_closeCode = 1006;
    State m_state = State::Open;
    bool m_isReading = true;
    bool m_isBlocked = false;  ///< The socket is full.
    bool m_isExpiring = false; ///< The loop will abandon it.
};

} // namespace castdeck::net
