#include "core/engine/engine.h"

#include "core/engine/authorization_desk.h"
#include "core/engine/control_thread.h"
#include "core/engine/embedded_publisher.h"
#include "core/engine/event_recorder.h"
#include "core/engine/publish.h"
#include "core/engine/server_host.h"
#include "core/engine/snapshot_builder.h"
#include "core/engine/webhooks.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

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

class Engine::Impl {
public:
    Impl(EngineOptions options, std::function<void()> onChange)
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
        , m_hub{m_clock, &m_webhooks, &m_desk.access()}
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

    ~Impl()
    {
        m_publisher->detach();
        post([this] { stop(StopReason::Restart); });
        waitStopped();
        m_desk.close();
        // The last clients have left, which webhooks tell as well.
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(stopLimit - m_stopTook);
        m_webhooks.stop(std::clamp<std::chrono::milliseconds>(left, {}, webhook::WebhookService::stopLimit));
    }

    void post(std::function<void()> task) { m_control.post(std::move(task)); }

    void start();
    void stop(StopReason reason);
    void waitStopped();
    void applyApps(const std::vector<hub::AppConfig>& apps);
    void setListen(std::string address, std::uint16_t port);
    void reloadTls();
    std::uint64_t publish(PublishCommand command);
    void disconnect(const std::string& appId, const std::string& socketId);
    void terminateUser(const std::string& appId, const std::string& userId);
    std::shared_ptr<const Snapshot> snapshot() const;
    Mailbox<Event>::Batch takeEvents() { return m_recorder.takeEvents(); }
    std::vector<PublishOutcome> takeOutcomes();
    std::uint64_t authorize(AuthorizationTrial trial);
    AuthorizationDesk& desk() { return m_desk; }
    Webhooks& webhooks() { return m_webhooks; }
    const std::shared_ptr<EmbeddedPublisher>& publisher() const { return m_publisher; }

private:
    void wakeOwner() const
    {
        if (m_onChange)
            m_onChange();
    }
    void periodic();
    void finishStop();
    void note(std::string text);
    void setState(ServerSnapshot state, std::string notice);
    void refreshSnapshot();
    Published carryOut(const PublishCommand& command, ChannelBound bound);
    void answer(PublishOutcome outcome);

    SystemClock m_clock;
    EngineOptions m_options; ///< Touched by the control thread only.
    const std::function<void()> m_onChange;
    EventRecorder m_recorder;
    Webhooks m_webhooks;
    AuthorizationDesk m_desk;
    hub::Hub m_hub;

    // Of the control thread.
    std::unique_ptr<ServerHost> m_host;
    ServerSnapshot m_state;
    SteadyTime m_tickedAt{};
    SteadyTime m_stopBegan{};
    SteadyTime::duration m_stopTook{};

    std::atomic<std::uint64_t> m_nextCommand{1};
    mutable std::atomic<SteadyTime::rep> m_snapshotAskedAt{0};
    mutable std::mutex m_mutex; ///< Guards what follows.
    std::condition_variable m_stateChanged;
    std::shared_ptr<const Snapshot> m_snapshot;
    std::vector<PublishOutcome> m_outcomes;

    const std::shared_ptr<EmbeddedPublisher> m_publisher;
    ControlThread m_control; ///< Last, so that it ends before what it uses.
};

void Engine::Impl::start()
{
    if (m_host)
        return;
    m_state = {};
    m_state.state = ServerState::Starting;
    m_desk.access().setReach(reachOf(m_options.listen));
    m_host =
        std::make_unique<ServerHost>(m_options, m_hub, m_desk.access(), m_clock,
                                     ServerHost::Signals{.notice = [this](std::string text) { note(std::move(text)); },
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

Engine::Engine(EngineOptions options, std::function<void()> onChange)
    : m_impl{std::make_unique<Impl>(std::move(options), std::move(onChange))}
{
}

Engine::~Engine() = default;

void Engine::start()
{
    m_impl->post([this] { m_impl->start(); });
}

void Engine::stop(StopReason reason)
{
    m_impl->post([this, reason] { m_impl->stop(reason); });
}

void Engine::waitStopped()
{
    m_impl->waitStopped();
}

void Engine::setApps(std::vector<hub::AppConfig> apps)
{
    m_impl->post([this, apps = std::move(apps)] { m_impl->applyApps(apps); });
}

void Engine::setWebhooks(std::vector<webhook::AppWebhooks> webhooks)
{
    m_impl->webhooks().configure(std::move(webhooks));
}

void Engine::setAuthorization(auth::AuthorizationConfig authorization, auth::WebSettings web)
{
    m_impl->post([this, authorization = std::move(authorization), web = std::move(web)] {
        m_impl->desk().access().configure(authorization, web);
    });
}

void Engine::addRule(auth::Rule rule)
{
    m_impl->post([this, rule = std::move(rule)] { m_impl->desk().access().addRule(rule); });
}

void Engine::setListen(std::string address, std::uint16_t port)
{
    m_impl->post([this, address = std::move(address), port] { m_impl->setListen(address, port); });
}

void Engine::reloadTls()
{
    m_impl->post([this] { m_impl->reloadTls(); });
}

std::uint64_t Engine::publish(PublishCommand command)
{
    return m_impl->publish(std::move(command));
}

void Engine::disconnect(std::string appId, std::string socketId)
{
    m_impl->post(
        [this, appId = std::move(appId), socketId = std::move(socketId)] { m_impl->disconnect(appId, socketId); });
}

void Engine::terminateUser(std::string appId, std::string userId)
{
    m_impl->post(
        [this, appId = std::move(appId), userId = std::move(userId)] { m_impl->terminateUser(appId, userId); });
}

std::uint64_t Engine::authorize(AuthorizationTrial trial)
{
    return m_impl->authorize(std::move(trial));
}

std::vector<AuthorizationVerdict> Engine::takeVerdicts()
{
    return m_impl->desk().takeVerdicts();
}

Mailbox<Decision>::Batch Engine::takeDecisions()
{
    return m_impl->desk().takeDecisions();
}

std::shared_ptr<const Snapshot> Engine::snapshot() const
{
    return m_impl->snapshot();
}

Mailbox<Event>::Batch Engine::takeEvents()
{
    return m_impl->takeEvents();
}

std::vector<PublishOutcome> Engine::takeOutcomes()
{
    return m_impl->takeOutcomes();
}

std::vector<webhook::Delivery> Engine::deliveriesAfter(std::uint64_t number) const
{
    return m_impl->webhooks().deliveriesAfter(number);
}

std::vector<webhook::TargetStatus> Engine::webhookStatus() const
{
    return m_impl->webhooks().status();
}

std::shared_ptr<broadcast::LocalPublisher> Engine::localPublisher() const
{
    return m_impl->publisher();
}

} // namespace castdeck::engine
