#include "core/net/websocket_session.h"

#include "core/net/event_loop.h"

#include <boost/smart_ptr/make_local_shared.hpp>

#include <chrono>
#include <utility>

namespace castdeck::net {

namespace {

using namespace std::chrono_literals;
using pusher::CloseCode;

constexpr int maxReadsAtOnce = 16;
constexpr std::string_view slowConsumer = "slow consumer";

} // namespace

WebSocketSession::WebSocketSession(EventLoop& loop, Transport transport)
    : Session{loop, std::move(transport)}
    , m_reader{loop.options().webSocket}
{
}

void WebSocketSession::start(const http::Request& request, std::string head, std::string_view rest)
{
    m_loop.counters().webSockets.add(1);
    queue(boost::make_local_shared<const Frame>(Frame::verbatim(std::move(head))));
    m_peer = m_loop.handlers().upgrade(request, *this);
    m_peer->opened();
    if (!rest.empty()) {
        std::string input{rest};
        take(input);
    }
    waitReadable();
}

void WebSocketSession::send(const LocalFrame& frame)
{
    if (m_state != State::Open)
        return;
    if (hub::Traffic* const counted = traffic())
        counted->messagesOut.add(1);
    queue(frame);
}

void WebSocketSession::ping()
{
    if (m_state != State::Open)
        return;
    if (hub::Traffic* const counted = traffic()) {
        counted->pingsSent.add(1);
        counted->pingedAt = std::chrono::steady_clock::now();
    }
    queue(Opcode::Ping, {});
}

/// A frame of the client, for who looks at this connection.
void WebSocketSession::count(FrameReader::Event event)
{
    hub::Traffic* const counted = traffic();
    if (counted == nullptr)
        return;
    const SteadyTime now = std::chrono::steady_clock::now();
    counted->heardMilliseconds.set(static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count()));
    if (event == FrameReader::Event::Text || event == FrameReader::Event::Binary)
        counted->messagesIn.add(1);
    if (event != FrameReader::Event::Pong)
        return;
    counted->pongsReceived.add(1);
    if (const auto pingedAt = std::exchange(counted->pingedAt, SteadyTime{}); pingedAt != SteadyTime{})
        counted->roundTripMicroseconds.set(
            static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(now - pingedAt).count()));
}

void WebSocketSession::queue(Opcode opcode, std::string_view payload)
{
    queue(boost::make_local_shared<const Frame>(opcode, payload));
}

void WebSocketSession::queue(LocalFrame frame)
{
    if (!m_transport.isOpen())
        return;
    if (m_queue.isEmpty())
        m_progress = m_loop.now();
    m_queue.push(std::move(frame));
    m_loop.markDirty(*this);
    if (m_queue.bytes() <= m_loop.options().webSocket.maxQueuedBytes)
        return;
    flush(); // One turn alone may have produced so much; only what the socket does not take counts.
    if (m_queue.bytes() > m_loop.options().webSocket.maxQueuedBytes)
        closeSlowConsumer();
}

void WebSocketSession::close(CloseCode code, std::string_view reason)
{
    if (m_state != State::Open)
        return;
    leaveOpen(State::Closing, static_cast<std::uint16_t>(code));
    queue(Opcode::Close, closePayload(m_closeCode, reason));
    m_isReading = true; // The answer has to be read.
    waitReadable();
}

void WebSocketSession::stop(CloseCode code, std::string_view reason)
{
    if (m_state == State::Open)
        m_peer->closing(code, reason);
    close(code, reason);
}

/// Every way out of Open: nothing is delivered to the peer or taken from it afterwards.
void WebSocketSession::leaveOpen(State state, std::uint16_t code)
{
    if (m_state == State::Open) {
        m_closeCode = code;
        m_loop.counters().webSockets.subtract(1);
        m_loop.endLater(*this);
    }
    m_state = state;
}

void WebSocketSession::closeSlowConsumer()
{
    if (std::exchange(m_isExpiring, true))
        return;
    m_queue.dropUnsent(m_transport.committedBytes());
    if (m_state == State::Open) {
        m_loop.counters().slowConsumers.add(1);
        m_peer->closing(CloseCode::OverCapacity, slowConsumer);
    }
    leaveOpen(State::Finishing, static_cast<std::uint16_t>(CloseCode::OverCapacity));
    m_queue.push(boost::make_local_shared<const Frame>(Opcode::Close, closePayload(m_closeCode, slowConsumer)));
    account();
    m_loop.abandonLater(*this);
    m_loop.markDirty(*this);
}

void WebSocketSession::setReading(bool isReading)
{
    if (m_state != State::Open || isReading == m_isReading)
        return;
    m_isReading = isReading;
    // Not from within the caller: what waits here may lead to calls on the peer.
    if (isReading)
        m_loop.runSoon([self = boost::intrusive_ptr<WebSocketSession>{this}] {
            if (self->m_isReading && self->m_transport.isOpen() && !self->isLingering())
                self->onReadable();
        });
}

void WebSocketSession::onReadable()
{
    if (!m_unread.empty()) {
        auto input = std::exchange(m_unread, {});
        take(input);
    }
    for (int i = 0; i < maxReadsAtOnce && m_isReading && !isLingering(); ++i) {
        const auto result = m_transport.read(m_loop.readBuffer());
        switch (result.status) {
        case IoStatus::Done:
            m_loop.counters().bytesIn.add(result.bytes);
            if (hub::Traffic* const counted = traffic())
                counted->bytesIn.add(result.bytes);
            take(m_loop.readBuffer().first(result.bytes));
            if (!m_transport.isOpen())
                return;
            if (m_transport.isTls())
                continue; // A read gives one TLS record at most; more are likely to wait.
            break;
        case IoStatus::NeedsRead: break;
        case IoStatus::NeedsWrite: waitWritable(); return;
        case IoStatus::Ended:
        case IoStatus::Failed: abandon(); return;
        }
        break;
    }
    if (m_isReading && !isLingering())
        waitReadable();
}

void WebSocketSession::take(std::span<char> input)
{
    const auto now = m_loop.now();
    while (!input.empty() && m_state != State::Finishing && m_transport.isOpen()) {
        if (!m_isReading) {
            m_unread.append(input.data(), input.size());
            return;
        }
        const auto step = m_reader.next(input);
        if (step.event == FrameReader::Event::NeedMore)
            return;
        handle(step, now);
    }
}

void WebSocketSession::handle(const FrameReader::Step& step, SteadyTime now)
{
    using Event = FrameReader::Event;
    if (step.event == Event::Violation)
        return fail(*step.code);
    if (step.event == Event::Close)
        return peerClosed(step);
    if (m_state != State::Open)
        return; // What comes after our close frame is of no interest.

    count(step.event);
    m_peer->activity(now);
    const bool isControl = step.event == Event::Ping || step.event == Event::Pong;
    if (isControl && isControlRateExceeded(now))
        return fail(static_cast<std::uint16_t>(CloseCode::PolicyViolation));
    switch (step.event) {
    case Event::Text: m_peer->textReceived(step.payload); break;
    case Event::Binary: m_peer->binaryReceived(step.payload); break;
    case Event::Ping: queue(Opcode::Pong, step.payload); break;
    default: break;
    }
}

bool WebSocketSession::isControlRateExceeded(SteadyTime now)
{
    if (now - m_controlSecond >= 1s) {
        m_controlSecond = now;
        m_controlFrames = 0;
    }
    return ++m_controlFrames > m_loop.options().webSocket.controlFramesPerSecond;
}

// RFC 6455, section 5.5.1: a close frame is answered with one, unless ours was first.
void WebSocketSession::peerClosed(const FrameReader::Step& step)
{
    if (m_state == State::Open) {
        if (step.code)
            queue(Opcode::Close, closePayload(*step.code, {}));
        else
            queue(Opcode::Close, {});
        leaveOpen(State::Finishing, step.code.value_or(1005));
    }
    m_state = State::Finishing;
    m_loop.markDirty(*this);
}

// RFC 6455, section 7.1.7.
void WebSocketSession::fail(std::uint16_t code)
{
    if (m_state == State::Open)
        queue(Opcode::Close, closePayload(code, {}));
    leaveOpen(State::Finishing, code);
    m_loop.markDirty(*this);
}

void WebSocketSession::onWritable()
{
    m_isBlocked = false;
    flush();
    if (m_transport.isOpen() && m_isReading && !isLingering())
        onReadable(); // In TLS it may have been the reading that had to write.
}

void WebSocketSession::flush()
{
    while (!m_queue.isEmpty() && !m_isBlocked && m_transport.isOpen()) {
        const auto bytes = m_queue.front(m_loop.frameRun());
        const auto result = m_transport.write(bytes);
        if (result.status == IoStatus::Failed || result.status == IoStatus::Ended) {
            abandon();
            return;
        }
        if (result.status != IoStatus::Done) {
            m_isBlocked = true;
            break;
        }
        m_queue.taken(result.bytes);
        if (!m_queue.isEmpty())
            m_progress = m_loop.now();
        m_loop.counters().bytesOut.add(result.bytes);
        if (hub::Traffic* const counted = traffic())
            counted->bytesOut.add(result.bytes);
        m_isBlocked = result.bytes < bytes.size() && !m_transport.isTls();
    }
    account();
    if (m_isBlocked)
        waitWritable();
    if (!m_queue.isEmpty() || !m_transport.isOpen())
        return;
    if (m_state == State::Finishing)
        linger();
    else if (m_state == State::Closing && !std::exchange(m_isExpiring, true))
        m_loop.abandonLater(*this);
}

void WebSocketSession::account()
{
    auto& total = m_loop.counters().queuedBytes;
    if (m_queue.bytes() == m_accounted)
        return;
    total.add(m_queue.bytes());
    total.subtract(m_accounted);
    m_accounted = m_queue.bytes();
}

void WebSocketSession::tick(SteadyTime now)
{
    if (isLingering())
        return;
    if (!m_queue.isEmpty() && now - m_progress >= m_loop.options().webSocket.writeStall)
        return closeSlowConsumer();
    if (m_state == State::Open)
        m_peer->tick(now);
}

void WebSocketSession::onAbandoned()
{
    leaveOpen(State::Finishing, 1006);
    m_loop.counters().queuedBytes.subtract(m_accounted);
    m_accounted = 0;
}

void WebSocketSession::tellPeerEnded()
{
    if (const auto peer = std::exchange(m_peer, nullptr))
        peer->closed(m_closeCode);
}

} // namespace castdeck::net
