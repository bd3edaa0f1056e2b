#include "core/net/event_loop.h"

#include "core/net/http_session.h"
#include "core/net/websocket_session.h"

#include <boost/asio/post.hpp>
#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <csignal>
#include <ctime>
#include <utility>

namespace castdeck::net {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t readBufferBytes = std::size_t{64} * 1024;
constexpr int maxHandlersPerTurn = 256; ///< So that a flood of input cannot keep answers waiting.
constexpr auto tickPeriod = 100ms;
constexpr std::size_t ticksPerRound = 10;        ///< Each session is looked at once in so many ticks: every second.
constexpr std::size_t maxExpiredPerTick = 250;   ///< So that 10,000 ending at once do not hold up the others.
constexpr std::size_t maxStopsPerSecond = 1'000; ///< Of all workers together.
constexpr auto stopGrace = 3s;                   ///< Left to the last one closed; what is open then is cut off.
constexpr auto maxStopTime = 11s;                ///< The same, however many there are.
constexpr auto noticeInterval = 60s;

/// A broken TLS connection must not end the process: OpenSSL writes without MSG_NOSIGNAL.
void blockBrokenPipeSignal()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

} // namespace

EventLoop::EventLoop(ServerContext& context, unsigned index)
    : m_shared{context}
    , m_index{index}
    , m_readBuffer(readBufferBytes)
{
}

EventLoop::~EventLoop() = default;

void EventLoop::post(std::function<void()> task)
{
    boost::asio::post(m_context, std::move(task));
}

void EventLoop::runSoon(std::function<void()> task)
{
    boost::asio::post(m_context, std::move(task));
}

void EventLoop::run()
{
    blockBrokenPipeSignal();
    m_thread = std::this_thread::get_id();
    scheduleTick();
    while (!m_isDone) {
        m_context.run_one();
        for (int i = 1; i < maxHandlersPerTurn && m_context.poll_one() > 0; ++i) {
        }
        endTurn();
    }
    m_timer.cancel();
    // Operations of closed sockets still hold their sessions.
    while (m_context.poll_one() > 0) {
    }
    m_turnHook = nullptr;
}

void EventLoop::endTurn()
{
    tellEnded();
    if (m_turnHook)
        m_turnHook();
    flushDirty();
    if (m_shared.queuedBytes() > options().maxQueuedBytesTotal)
        relievePressure();
    if (!m_ended.empty())
        runSoon([] {}); // The peers are told in the next turn, which must not wait for input.
    m_isDone = m_isStopping && m_sessions.empty() && m_ended.empty();
}

void EventLoop::tellEnded()
{
    while (!m_ended.empty()) {
        const auto ended = std::exchange(m_ended, {});
        for (const auto& session : ended)
            session->tellPeerEnded();
    }
}

void EventLoop::flushDirty()
{
    // Flushing calls no handler, but it may find a slow consumer, whose close frame makes it dirty again.
    for (std::size_t i = 0; i < m_dirty.size(); ++i) {
        const auto session = m_dirty[i];
        session->isDirty = false;
        session->flush();
    }
    m_dirty.clear();
    m_frameRun.clear();
}

/// Closes this worker's largest queues until its share of what is too much is gone.
void EventLoop::relievePressure()
{
    const auto total = m_shared.queuedBytes();
    const auto own = counters().queuedBytes.value();
    const auto limit = options().maxQueuedBytesTotal;
    if (total <= limit || own == 0)
        return;
    auto excess = static_cast<std::uint64_t>(static_cast<double>(total - limit) * static_cast<double>(own) /
                                             static_cast<double>(total)) +
                  1;
    std::vector<WebSocketSession*> queues;
    for (const auto& session : m_sessions) {
        auto* const webSocket = dynamic_cast<WebSocketSession*>(session.get());
        if (webSocket && webSocket->queuedBytes() > 0)
            queues.push_back(webSocket);
    }
    std::ranges::sort(queues, std::ranges::greater{}, &WebSocketSession::queuedBytes);
    for (auto* const webSocket : queues) {
        const auto before = webSocket->queuedBytes();
        webSocket->closeSlowConsumer();
        const auto freed = before - std::min<std::uint64_t>(before, webSocket->queuedBytes());
        if (freed >= excess)
            break;
        excess -= freed;
    }
    flushDirty();
}

void EventLoop::adopt(std::span<const AcceptedSocket> sockets)
{
    for (const auto& accepted : sockets) {
        Transport::Socket socket{m_context};
        const auto protocol = accepted.peer.protocol();
        boost::system::error_code error;
        if (socket.assign(protocol, accepted.descriptor, error)) {
            ::close(accepted.descriptor);
            continue;
        }
        if (socket.non_blocking(true, error))
            continue; // The socket closes what it owns.
        counters().accepted.add(1);
        std::unique_ptr<SSL, SslDeleter> ssl;
        if (options().tls)
            ssl.reset(m_shared.tls.createConnection());
        if (options().tls && !ssl)
            continue;
        const boost::intrusive_ptr<HttpSession> session{
            new HttpSession{*this, Transport{std::move(socket), std::move(ssl)}, accepted.peer.address()}};
        add(*session);
        session->start();
    }
}

void EventLoop::add(Session& session)
{
    session.slot = static_cast<std::uint32_t>(m_sessions.size());
    m_sessions.emplace_back(&session);
    counters().open.add(1);
}

void EventLoop::remove(Session& session)
{
    assert(m_sessions[session.slot].get() == &session);
    m_sessions.back()->slot = session.slot;
    std::swap(m_sessions[session.slot], m_sessions.back());
    m_sessions.pop_back();
    counters().open.subtract(1);
}

void EventLoop::markDirty(Session& session)
{
    if (std::exchange(session.isDirty, true))
        return;
    m_dirty.emplace_back(&session);
}

void EventLoop::abandonLater(Session& session)
{
    m_expiries.push_back({now() + options().webSocket.closeWait, &session});
}

void EventLoop::endLater(WebSocketSession& session)
{
    m_ended.emplace_back(&session);
}

void EventLoop::scheduleTick()
{
    m_timer.expires_after(tickPeriod);
    m_timer.async_wait([this](const boost::system::error_code& error) {
        if (!error)
            tick();
    });
}

void EventLoop::tick()
{
    const auto time = now();
    tickSlice(time);
    abandonExpired(time);
    if (m_isStopping)
        stopSlice(time);
    scheduleTick();
}

void EventLoop::tickSlice(SteadyTime now)
{
    const auto due = m_tickShare + m_sessions.size();
    m_tickShare = due % ticksPerRound;
    for (std::size_t i = 0; i < due / ticksPerRound && !m_sessions.empty(); ++i) {
        if (m_tickCursor >= m_sessions.size())
            m_tickCursor = 0;
        const Session::Pointer session = m_sessions[m_tickCursor++];
        session->tick(now);
    }
}

void EventLoop::abandonExpired(SteadyTime now)
{
    for (std::size_t i = 0; i < maxExpiredPerTick && !m_expiries.empty() && m_expiries.front().at <= now; ++i) {
        m_expiries.front().session->abandon();
        m_expiries.pop_front();
    }
}

void EventLoop::stop(pusher::CloseCode code, std::string reason)
{
    if (std::exchange(m_isStopping, true))
        return;
    m_stopCode = code;
    m_stopReason = std::move(reason);
    constexpr std::size_t ticksPerSecond = 1s / tickPeriod;
    m_stopPerTick = std::max<std::size_t>(1, maxStopsPerSecond / ticksPerSecond / m_shared.counters.size());
    const auto spread = (m_sessions.size() / m_stopPerTick + 1) * tickPeriod;
    m_stopDeadline = now() + std::min<SteadyTime::duration>(spread + stopGrace, maxStopTime);
    stopSlice(now());
}

/// Closes some of the sessions that have not been told.
void EventLoop::stopSlice(SteadyTime now)
{
    std::size_t count = 0;
    const auto sessions = m_sessions;
    const bool isOver = now >= m_stopDeadline;
    for (const auto& session : sessions) {
        if (isOver)
            session->abandon();
        else if (count < m_stopPerTick && !std::exchange(session->isStopped, true)) {
            session->stop(m_stopCode, m_stopReason);
            ++count;
        }
    }
}

std::string_view EventLoop::httpDate()
{
    const auto second = std::chrono::system_clock::to_time_t(m_shared.clock.wall());
    if (second != m_dateSecond) {
        m_dateSecond = second;
        std::tm parts{};
        gmtime_r(&second, &parts);
        std::array<char, 40> text{};
        const auto length = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
        m_date.assign(text.data(), length);
    }
    return m_date;
}

void EventLoop::notice(const char* text)
{
    const auto time = now();
    const auto told = std::ranges::find(m_told, text, &Told::text);
    if (told != m_told.end() && time - told->at < noticeInterval)
        return;
    if (told == m_told.end())
        m_told.push_back({text, time});
    else
        told->at = time;
    if (options().notice)
        options().notice(text);
}

} // namespace castdeck::net
