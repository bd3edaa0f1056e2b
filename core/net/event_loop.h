#pragma once

#include "core/net/handlers.h"
#include "core/net/late_answers.h"
#include "core/net/send_queue.h"
#include "core/net/server_context.h"
#include "core/net/session.h"
#include "core/net/worker.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace castdeck::net {

class WebSocketSession;

/// A connection on its way from the listener to its worker.
struct AcceptedSocket {
    int descriptor;
    boost::asio::ip::tcp::endpoint peer;
};

/// The worker as the transport sees it: turns of handlers, the turn hook, and then one system call for each connection
/// that has something to send.
///
/// Thread: run() makes the calling thread the worker's; the rest belongs to it, apart from what Worker says.
class EventLoop final : public Worker {
public:
    EventLoop(ServerContext& context, unsigned index);
    ~EventLoop() override;

    void post(std::function<void()> task) override;
    bool isCurrent() const override { return m_thread.load() == std::this_thread::get_id(); }
    unsigned index() const override { return m_index; }
    void setTurnHook(std::function<void()> hook) override { m_turnHook = std::move(hook); }

    void setHandlers(Handlers handlers) { m_handlers = std::move(handlers); } ///< Before run().
    void run(); ///< Until stopped and the last connection is gone.
    void stop(pusher::CloseCode code, std::string reason);
    bool isStopping() const { return m_isStopping; }

    void adopt(std::span<const AcceptedSocket> sockets);
    void add(Session& session);
    void remove(Session& session);
    void markDirty(Session& session);
    void abandonLater(Session& session);      ///< After `closeWait`.
    void endLater(WebSocketSession& session); ///< Tells its peer, before the next hook.
    /// `task` begins a turn that follows this one without waiting.
    void runSoon(std::function<void()> task);

    boost::asio::io_context& ioContext() { return m_context; }
    ServerContext& shared() { return m_shared; }
    const ServerOptions& options() const { return m_shared.options; }
    const Handlers& handlers() const { return m_handlers; }
    LateAnswers& lateAnswers() { return m_lateAnswers; }
    WorkerCounters& counters() { return m_shared.counters[m_index]; }
    SteadyTime now() const { return m_shared.clock.steady(); }
    std::string_view httpDate();
    void notice(const char* text); ///< `text` is a literal; told at most once a minute.

    std::span<char> readBuffer() { return m_readBuffer; } ///< What is in it lives until the handler returns.
    FrameRun& frameRun() { return m_frameRun; }

private:
    void endTurn();
    void tellEnded();
    void flushDirty();
    void relievePressure();
    void scheduleTick();
    void tick();
    void tickSlice(SteadyTime now);
    void abandonExpired(SteadyTime now);
    void stopSlice(SteadyTime now);

    ServerContext& m_shared;
    const unsigned m_index;
    boost::asio::io_context m_context{1};
    boost::asio::steady_timer m_timer{m_context};
    std::atomic<std::thread::id> m_thread{};
    Handlers m_handlers;
    std::function<void()> m_turnHook;
    std::vector<char> m_readBuffer;
    FrameRun m_frameRun;

    std::vector<Session::Pointer> m_sessions;
    std::size_t m_tickCursor = 0;
    std::size_t m_tickShare = 0; ///< Tenths of a session, left over from the last tick.
    std::vector<Session::Pointer> m_dirty;
    std::vector<boost::intrusive_ptr<WebSocketSession>> m_ended;

    struct Expiry {
        SteadyTime at;
        Session::Pointer session;
    };
    std::deque<Expiry> m_expiries; ///< In the order of their times.
    LateAnswers m_lateAnswers{*this};

    bool m_isStopping = false;
    bool m_isDone = false;
    pusher::CloseCode m_stopCode{};
    std::string m_stopReason;
    std::size_t m_stopPerTick = 0;
    SteadyTime m_stopDeadline;

    std::time_t m_dateSecond = -1;
    std::string m_date;
    struct Told {
        const char* text;
        SteadyTime at;
    };
    std::vector<Told> m_told;
};

} // namespace castdeck::net
