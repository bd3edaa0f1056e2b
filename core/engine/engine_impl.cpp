#include "core/engine/engine_impl.h"

#include "core/engine/details_builder.h"
#include "core/engine/snapshot_builder.h"

#include <algorithm>

namespace castdeck::engine {

namespace {

constexpr std::chrono::milliseconds period{250};
constexpr std::chrono::seconds stillInteresting{1};
/// For closing the clients and sending the last webhooks.
constexpr std::chrono::seconds stopLimit{12};

struct StopWords {
    pusher::CloseCode code;
    std::string text;
};

StopWords wordsFor(StopReason reason)
{
    if (reason == StopReason::Operator)
        return {pusher::CloseCode::OverCapacity, "The server was stopped by its operator"};
    return {pusher::CloseCode::ReconnectNow, "The server is restarting"};
}

} // namespace

Engine::Impl::Impl(EngineOptions options, std::function<void()> onChange)
    : m_options{std::move(options)}
    , m_onChange{std::move(onChange)}
    , m_recorder{m_clock, m_options.recordsEvents, [this] { wakeOwner(); }}
    , m_webhooks{m_options, m_clock, m_recorder, [this](std::string text) { note(std::move(text)); }}
    , m_desk{{.forwarder = m_options.forwarder,
              .post = [this](std::function<void()> task) { post(std::move(task)); },
              .wake = [this] { wakeOwner(); },
              .note = [this](std::string text) { note(std::move(text)); }},
             m_clock,
             m_hub,
             m_recorder}
    , m_hub{m_clock, &m_webhooks, &m_desk.access(),
            m_options.recordsEvents ? hub::Hub::Memory::Full : hub::Hub::Memory::Lean}
    , m_snapshot{std::make_shared<const Snapshot>()}
    , m_publisher{std::make_shared<EmbeddedPublisher>(EmbeddedPublisher::Server{
          .hub = m_hub,
          .offer = [this](std::function<void()> task) { return m_control.offer(std::move(task)); },
          .publish = [this](const PublishCommand& command) { return carryOut(command, ChannelBound::None); }})}
    , m_control{period, [this] { periodic(); }}
{
    m_desk.access().configure(std::move(m_options.authorization), m_options.web);
    m_control.post([this] { applyApps(m_options.apps); });
}

Engine::Impl::~Impl()
{
    m_publisher->detach();
    post([this] { stop(StopReason::Restart); });
    waitStopped();
    m_desk.close();
    // The last clients have left, which webhooks tell as well.
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(stopLimit - m_stopTook);
    m_webhooks.stop(std::clamp<std::chrono::milliseconds>(left, {}, webhook::WebhookService::stopLimit));
}

void Engine::Impl::start()
{
    if (m_host)
        return;
    m_state = {};
    m_state.state = ServerState::Starting;
    m_desk.access().setReach(reachOf(m_options.listen));
    m_host = std::make_unique<ServerHost>(
        m_options, m_hub, m_desk.access(), m_clock,
        ServerHost::Signals{.notice = [this](std::string text) { note(std::move(text)); },
                            .log = [this](const std::string& appId,
                                          std::uint64_t number) { return m_recorder.feed().after(appId, number); },
                            .stopped = [this] { post([this] { finishStop(); }); }});
    const auto port = m_host->listen();
    ServerSnapshot state;
    state.address = m_options.listen;
    state.isTls = m_options.tls.has_value();
    if (!port) {
        m_host.reset();
        state.state = ServerState::Failed;
        state.port = m_options.port;
        state.failure = port.error().detail;
        setState(state, "The server could not start: " + port.error().detail);
        return;
    }
    state.state = ServerState::Running;
    state.port = *port;
    state.startedAt = m_clock.wall();
    setState(state, "The server listens on " + state.address + ", port " + std::to_string(state.port));
}

void Engine::Impl::stop(StopReason reason)
{
    if (!m_host || m_state.state == ServerState::Stopping)
        return;
    m_stopBegan = m_clock.steady();
    const StopWords words = wordsFor(reason);
    ServerSnapshot state = m_state;
    state.state = ServerState::Stopping;
    setState(state, "The server is stopping: " + words.text);
    m_host->stop(words.code, words.text);
}

void Engine::Impl::finishStop()
{
    if (!m_host || m_state.state != ServerState::Stopping)
        return;
    m_host.reset();
    m_stopTook = m_clock.steady() - m_stopBegan;
    ServerSnapshot state = m_state;
    state.state = ServerState::Stopped;
    setState(state, "The server has stopped");
}

void Engine::Impl::waitStopped()
{
    // Commands are carried out in order: once this one has been, a stop() before it has begun.
    const auto hasPassed = std::make_shared<bool>(false);
    post([this, hasPassed] {
        {
            const std::lock_guard lock{m_mutex};
            *hasPassed = true;
        }
        m_stateChanged.notify_all();
    });
    std::unique_lock lock{m_mutex};
    m_stateChanged.wait(lock, [&] {
        const ServerState state = m_snapshot->server.state;
        return *hasPassed && (state == ServerState::Stopped || state == ServerState::Failed);
    });
}

void Engine::Impl::applyApps(const std::vector<hub::AppConfig>& apps)
{
    m_options.apps = apps;
    const auto done = m_hub.setApps(apps);
    if (!done)
        note("The applications were not changed: " + done.error().detail);
    refreshSnapshot();
    wakeOwner();
}

void Engine::Impl::setListen(std::string address, std::uint16_t port)
{
    m_options.listen = std::move(address);
    m_options.port = port;
}

void Engine::Impl::reloadTls()
{
    const Result<void> done = m_host ? m_host->reloadTls() : Error{ErrorKind::Unavailable, "the server is not running"};
    note(done ? "The TLS certificate was read again; new connections get it"
              : "The TLS certificate was not changed: " + done.error().detail);
}

void Engine::Impl::note(std::string text)
{
    if (m_options.notice)
        m_options.notice(text);
    Event event;
    event.detail = std::move(text);
    m_recorder.record(std::move(event));
}

void Engine::Impl::setState(ServerSnapshot state, std::string notice)
{
    m_state = std::move(state);
    m_publisher->setRunning(m_state.state == ServerState::Running);
    note(std::move(notice));
    refreshSnapshot();
    m_stateChanged.notify_all();
    wakeOwner();
}

void Engine::Impl::periodic()
{
    const SteadyTime now = m_clock.steady();
    if (now - m_tickedAt >= std::chrono::seconds{1}) {
        m_tickedAt = now;
        for (const auto& application : m_hub.applications())
            application->tick();
    }
    const SteadyTime askedAt{SteadyTime::duration{m_snapshotAskedAt.load(std::memory_order_relaxed)}};
    if (now - askedAt <= stillInteresting)
        refreshSnapshot();
}

void Engine::Impl::refreshSnapshot()
{
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->at = m_clock.wall();
    snapshot->server = m_state;
    addApplications(*snapshot, m_hub);
    snapshot->totals.messagesIn = m_recorder.messagesIn();
    snapshot->totals.deliveries = m_recorder.deliveries();
    snapshot->totals.connectionsOpened = m_recorder.connectionsOpened();
    if (m_host) {
        const net::ServerTotals totals = m_host->totals();
        snapshot->totals.queuedBytes = totals.queuedBytes;
        snapshot->totals.slowConsumers = totals.slowConsumers;
    }
    const std::lock_guard lock{m_mutex};
    m_snapshot = std::move(snapshot);
}

std::shared_ptr<const Snapshot> Engine::Impl::snapshot() const
{
    m_snapshotAskedAt.store(m_clock.steady().time_since_epoch().count(), std::memory_order_relaxed);
    const std::lock_guard lock{m_mutex};
    return m_snapshot;
}

std::vector<PublishOutcome> Engine::Impl::takeOutcomes()
{
    const std::lock_guard lock{m_mutex};
    return std::exchange(m_outcomes, {});
}

void Engine::Impl::answer(PublishOutcome outcome)
{
    {
        const std::lock_guard lock{m_mutex};
        m_outcomes.push_back(std::move(outcome));
    }
    wakeOwner();
}

std::uint64_t Engine::Impl::publish(PublishCommand command)
{
    const std::uint64_t id = m_nextCommand.fetch_add(1);
    const SteadyTime asked = m_clock.steady();
    const bool isPosted = m_control.offer([this, id, asked, command = std::move(command)] {
        PublishOutcome outcome = outcomeOf(carryOut(command, ChannelBound::OfHttp));
        outcome.commandId = id;
        outcome.duration = std::chrono::duration_cast<std::chrono::microseconds>(m_clock.steady() - asked);
        answer(std::move(outcome));
    });
    if (!isPosted) {
        PublishOutcome outcome;
        outcome.commandId = id;
        outcome.error = "Too many commands are waiting; nothing was sent";
        answer(std::move(outcome));
    }
    return id;
}

Published Engine::Impl::carryOut(const PublishCommand& command, ChannelBound bound)
{
    if (!m_host || m_state.state != ServerState::Running)
        return Error{ErrorKind::Unavailable, "The embedded server is not running"};
    if (m_host->isUnderPressure())
        return Error{ErrorKind::LimitReached,
                     "The server has more to send than its clients take; nothing was sent, try again in a moment"};
    return engine::publish(m_hub, command, bound);
}

void Engine::Impl::removeFromChannel(const std::string& appId, const std::string& socketId, const std::string& channel)
{
    const auto application = m_hub.findById(appId);
    const auto socket = pusher::SocketId::parse(socketId);
    if (application && socket)
        application->removeFromChannel(*socket, channel);
}

std::uint64_t Engine::Impl::askDetails(DetailsQuestion question)
{
    const std::uint64_t id = m_nextCommand.fetch_add(1);
    const bool isPosted = m_control.offer([this, id, question] {
        Details details = detailsOf(m_hub, m_recorder.chronicle(), question);
        details.commandId = id;
        answer(std::move(details));
    });
    if (!isPosted)
        answer(Details{.commandId = id, .question = std::move(question), .connection = {}, .channel = {}});
    return id;
}

std::vector<Details> Engine::Impl::takeDetails()
{
    const std::lock_guard lock{m_mutex};
    return std::exchange(m_details, {});
}

void Engine::Impl::answer(Details details)
{
    {
        const std::lock_guard lock{m_mutex};
        m_details.push_back(std::move(details));
    }
    wakeOwner();
}

std::uint64_t Engine::Impl::authorize(AuthorizationTrial trial)
{
    const std::uint64_t id = m_nextCommand.fetch_add(1);
    if (!m_control.offer([this, id, trial = std::move(trial)] { m_desk.tryOut(id, trial); }))
        m_desk.refuse(id, "Too many commands are waiting; nothing was asked");
    return id;
}

void Engine::Impl::disconnect(const std::string& appId, const std::string& socketId)
{
    const auto application = m_hub.findById(appId);
    const auto socket = pusher::SocketId::parse(socketId);
    if (application && socket)
        application->disconnect(*socket, pusher::CloseCode::OverCapacity, "Closed by the operator");
}

void Engine::Impl::terminateUser(const std::string& appId, const std::string& userId)
{
    if (const auto application = m_hub.findById(appId))
        application->terminateUser(userId);
}

} // namespace castdeck::engine
