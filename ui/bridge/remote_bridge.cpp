#include "ui/bridge/remote_bridge.h"

#include "core/remote/driver_transport.h"
#include "ui/bridge/remote_requests.h"
#include "ui/text/shown_text.h"

#include <algorithm>
#include <utility>

namespace castdeck::ui {

using namespace std::chrono_literals;
using engine::EventKind;
using remote::PusherClient;
using Topic = remote::Capability::Topic;

namespace {

constexpr auto frame = 16ms;
constexpr std::size_t maxWaitingRows = 10'000;

engine::ServerState serverStateOf(PusherClient::State state, bool hasTrouble)
{
    switch (state) {
    case PusherClient::State::Connected: return engine::ServerState::Running;
    case PusherClient::State::Initialized: return engine::ServerState::Stopped;
    case PusherClient::State::Disconnected:
        return hasTrouble ? engine::ServerState::Failed : engine::ServerState::Stopped;
    case PusherClient::State::Connecting:
    case PusherClient::State::Unavailable: break;
    }
    return engine::ServerState::Starting;
}

} // namespace

RemoteBridge::RemoteBridge(Profile profile, remote::PusherEndpoint endpoint, Times times, QObject* parent)
    : QObject{parent}
    , m_profile{std::move(profile)}
    , m_times{times}
    , m_rest{m_http, endpoint, m_clock}
    , m_capabilities{m_rest}
    , m_feed{m_rest}
    , m_client{clientOptionsOf(m_profile, endpoint, times.client)}
{
    m_http.pin(m_profile.pinnedCertificate);
    m_httpThread.sender()->post([pin = m_profile.pinnedCertificate](remote::HttpClient& client) { client.pin(pin); });
    broadcast::Services services;
    services.http = remote::driverTransport(m_httpThread);
    m_connections =
        std::make_unique<ConnectionsBridge>(connectionConfigOf(endpoint, endpoint.secret), std::move(services));
    m_poll.setInterval(times.poll);
    m_flush.setSingleShot(true);
    m_flush.setInterval(frame);
    m_countdown.setInterval(1s);
    connect(&m_poll, &QTimer::timeout, this, &RemoteBridge::refresh);
    connect(&m_flush, &QTimer::timeout, this, &RemoteBridge::flush);
    connect(&m_countdown, &QTimer::timeout, this, &RemoteBridge::stateWordsChanged);
    connect(&m_feed, &RemoteFeed::rowsCame, this, &RemoteBridge::addRowsOfFeed);
    connect(&m_capabilities, &remote::CapabilityProbe::changed, this, &RemoteBridge::factsChanged);
    connectClient();
}

RemoteBridge::~RemoteBridge()
{
    m_client.disconnect(this);
    m_connections->setView(nullptr);
}

void RemoteBridge::connectClient()
{
    connect(&m_client, &PusherClient::stateChanged, this, &RemoteBridge::stateChanged);
    connect(&m_client, &PusherClient::connectionLost, this, &RemoteBridge::lost);
    connect(&m_client, &PusherClient::eventReceived, this, &RemoteBridge::received);
    connect(&m_client, &PusherClient::subscribed, this, [this](const QString& channel) {
        addRow(EventKind::Subscribed, toStd(tr("The console listens to this channel.")), toStd(channel));
        showState();
        Q_EMIT factsChanged(); // Its members are known from here on.
    });
    connect(&m_client, &PusherClient::subscriptionFailed, this, [this](const QString& channel, const QString& reason) {
        addRow(EventKind::Error, toStd(tr("The console may not listen to this channel: %1").arg(reason)),
               toStd(channel));
    });
    connect(&m_client, &PusherClient::errorReceived, this,
            [this](int code, const QString& text) { addRow(EventKind::Error, toStd(text), {}, code); });
}

void RemoteBridge::setView(ServerView* view)
{
    m_view = view;
    m_connections->setView(view);
    showState();
    flush();
}

broadcast::ConnectionsConfig RemoteBridge::connectionsShown() const
{
    return connectionConfigOf(m_rest.endpoint(), {});
}

void RemoteBridge::startServer()
{
    if (m_client.retryIn())
        return m_client.retryNow();
    m_trouble.clear();
    m_tries = 0;
    m_client.connectToServer();
}

void RemoteBridge::stopServer()
{
    m_trouble.clear();
    m_countdown.stop();
    m_feed.stop();
    m_client.disconnectFromServer();
}

// --- sending ---

std::uint64_t RemoteBridge::publish(engine::PublishCommand command)
{
    const std::uint64_t id = ++m_lastId;
    const auto since = std::chrono::steady_clock::now();
    const std::string body = publishBodyOf(command, m_capabilities.tells(Topic::Subscriptions));
    m_rest.publish(body, this, [this, id, since, command = std::move(command)](const remote::RestAnswer& answer) {
        published(id, command, since, answer);
    });
    return id;
}

void RemoteBridge::published(std::uint64_t id, const engine::PublishCommand& command,
                             std::chrono::steady_clock::time_point since, const remote::RestAnswer& answer)
{
    engine::PublishOutcome outcome;
    outcome.commandId = id;
    outcome.duration = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - since);
    outcome.isAccepted = answer.code == broadcast::Code::None;
    if (outcome.isAccepted)
        outcome.channels = receiversIn(answer.body, command.channels);
    else
        outcome.error = answer.status == 0 ? answer.text : std::to_string(answer.status) + ": " + answer.text;
    const auto payload = std::make_shared<const std::string>(command.data);
    for (const engine::PublishOutcome::ChannelOutcome& channel : outcome.channels) {
        ++m_totals.messagesIn;
        if (m_feed.isLive())
            continue; // The server tells of it.
        engine::Event event;
        event.kind = EventKind::ApiMessage;
        event.channel = channel.channel;
        event.event = command.event;
        event.payload = payload;
        event.receivers = channel.receivers;
        event.detail = toStd(tr("Sent from this window."));
        addRow(std::move(event));
    }
    if (!outcome.isAccepted && (!m_feed.isLive() || answer.status == 0))
        addRow(EventKind::ApiError, outcome.error, command.channels.empty() ? std::string{} : command.channels.front(),
               answer.status);
    if (m_view != nullptr)
        m_view->showOutcome(outcome);
}

std::uint64_t RemoteBridge::authorize(engine::AuthorizationTrial trial)
{
    engine::AuthorizationVerdict verdict;
    verdict.commandId = ++m_lastId;
    verdict.decision.at = m_clock.wall();
    verdict.decision.channel = trial.channel;
    verdict.decision.reason = "not_here";
    verdict.decision.explanation =
        toStd(tr("The rules of a server elsewhere are not known here. Try the address of its authorization endpoint."));
    QMetaObject::invokeMethod(
        this,
        [this, verdict] {
            if (m_view != nullptr)
                m_view->showVerdict(verdict);
        },
        Qt::QueuedConnection);
    return verdict.commandId;
}

// --- what happens ---

void RemoteBridge::stateChanged(PusherClient::State state)
{
    if (state == PusherClient::State::Connected) {
        m_trouble.clear();
        m_tries = 0;
        m_since = m_clock.wall();
        ++m_totals.connectionsOpened;
        m_countdown.stop();
        engine::Event event;
        event.kind = EventKind::Connection;
        event.socketId = m_client.socketId();
        event.detail = toStd(tr("The console is connected."));
        addRow(std::move(event));
        m_capabilities.start();
        m_feed.start();
        setPolling(m_isPolling);
    }
    showState();
    Q_EMIT stateWordsChanged();
}

void RemoteBridge::lost(int code, const QString& reason, bool willRetry)
{
    m_trouble = shownText(toStd(reason), 300).toStdString();
    ++m_tries;
    m_poll.stop();
    m_feed.stop();
    addRow(EventKind::Disconnection,
           toStd(willRetry ? tr("%1. The console comes back.").arg(reason)
                           : tr("%1. The console does not try again.").arg(reason)),
           {}, code);
    if (willRetry)
        m_countdown.start();
    showState();
    Q_EMIT stateWordsChanged();
}

void RemoteBridge::received(const remote::ServerMessage& message)
{
    if (message.event == "pusher_internal:subscription_succeeded" || message.channel.empty())
        return;
    engine::Event event;
    event.channel = message.channel;
    event.event = message.event;
    event.payload = std::make_shared<const std::string>(message.data);
    event.userId = message.userId;
    if (message.event.starts_with("pusher_internal:member_")) {
        event.kind = EventKind::Presence;
        event.event = message.event.substr(std::string_view{"pusher_internal:"}.size());
        event.userId = message.dataMember("user_id").value_or("");
        showState();
        Q_EMIT factsChanged();
    } else if (message.event.starts_with("pusher_internal:")) {
        return;
    } else if (message.event == "pusher:cache_miss") {
        event.kind = EventKind::CacheMiss;
    } else {
        ++m_totals.deliveries;
        event.kind = message.event.starts_with("client-") ? EventKind::ClientEvent : EventKind::ApiMessage;
        event.receivers = 1;
        event.detail = toStd(tr("Received by the console, which listens to this channel."));
    }
    if (!m_feed.isLive())
        addRow(std::move(event));
}

void RemoteBridge::addRow(EventKind kind, std::string detail, std::string channel, int code)
{
    engine::Event event;
    event.kind = kind;
    event.channel = std::move(channel);
    event.detail = std::move(detail);
    event.code = code;
    addRow(std::move(event));
}

void RemoteBridge::addRow(engine::Event event)
{
    event.at = m_clock.wall();
    keepRow(std::move(event));
}

void RemoteBridge::addRowsOfFeed(const std::vector<engine::Event>& rows, std::size_t dropped)
{
    m_dropped += dropped;
    for (const engine::Event& row : rows)
        keepRow(row);
}

void RemoteBridge::keepRow(engine::Event event)
{
    if (m_rows.size() == maxWaitingRows) {
        ++m_dropped;
        return;
    }
    event.appId = toStd(m_profile.appId);
    m_rows.push_back(std::move(event));
    if (!m_flush.isActive())
        m_flush.start();
}

void RemoteBridge::flush()
{
    if (m_view == nullptr || (m_rows.empty() && m_dropped == 0))
        return; // What waits is shown to whoever looks next.
    m_view->addEvents(std::exchange(m_rows, {}), std::exchange(m_dropped, 0));
}

void RemoteBridge::showState()
{
    if (m_view == nullptr)
        return;
    auto snapshot = std::make_shared<engine::Snapshot>();
    snapshot->at = m_clock.wall();
    snapshot->server.state = serverStateOf(m_client.state(), !m_trouble.empty());
    snapshot->server.address = toStd(m_profile.host);
    snapshot->server.port = m_profile.port;
    snapshot->server.isTls = m_profile.scheme != QLatin1String{"http"};
    snapshot->server.startedAt = m_since;
    snapshot->server.failure = m_trouble;
    snapshot->channels = channelsShown();
    snapshot->channelCount = std::max(snapshot->channels.size(), m_listed.size());
    snapshot->connectionCount = m_connectionCount;
    snapshot->totals = m_totals;
    engine::AppSnapshot app;
    app.id = toStd(m_profile.appId);
    app.name = toStd(m_profile.name);
    app.key = toStd(m_profile.key);
    app.connections = m_connectionCount;
    app.channels = snapshot->channelCount;
    snapshot->apps.push_back(std::move(app));
    m_view->showSnapshot(std::move(snapshot));
}

QString RemoteBridge::stateWords() const
{
    switch (m_client.state()) {
    case PusherClient::State::Initialized: return tr("Not connected");
    case PusherClient::State::Connected: return tr("Connected");
    case PusherClient::State::Disconnected:
        return m_trouble.empty() ? tr("Disconnected") : tr("Refused: %1").arg(toQt(m_trouble));
    case PusherClient::State::Connecting:
    case PusherClient::State::Unavailable: break;
    }
    const auto left = m_client.retryIn();
    if (!left)
        return m_tries == 0 ? tr("Connecting") : tr("Reconnecting (try %1)").arg(m_tries);
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(*left).count();
    return tr("Reconnecting in %1 s (try %2)").arg(seconds).arg(m_tries + 1);
}

} // namespace castdeck::ui
