#include "core/remote/pusher_client.h"

#include "core/base/ascii.h"
#include "core/base/json.h"
#include "core/pusher/channel_name.h"

#include <QPointer>

#include <algorithm>

namespace castdeck::remote {

namespace {

/// A plain URL made one with TLS. A server that asks for TLS usually offers it on the same port, unless that is 80.
QUrl withTls(QUrl url)
{
    url.setScheme(QStringLiteral("wss"));
    if (url.port(80) == 80)
        url.setPort(443);
    return url;
}

} // namespace

PusherClient::PusherClient(ClientOptions options, QObject* parent) : QObject{parent}, m_options{std::move(options)}
{
    for (QTimer* timer : {&m_attempt, &m_retry, &m_unavailable, &m_idle, &m_pong, &m_stable})
        timer->setSingleShot(true);
    m_retry.setTimerType(Qt::PreciseTimer); // A coarse one may fire early; "at least a second" is a promise.
    connect(&m_attempt, &QTimer::timeout, this,
            [this] { socketEnded(PusherSocket::abnormalClosure, tr("no answer in time")); });
    connect(&m_retry, &QTimer::timeout, this, [this] { open(); });
    connect(&m_unavailable, &QTimer::timeout, this, [this] {
        if (m_state == State::Connecting)
            setState(State::Unavailable);
    });
    connect(&m_idle, &QTimer::timeout, this, [this] { ping(); });
    connect(&m_pong, &QTimer::timeout, this, [this] { socketEnded(4201, tr("the server stays silent")); });
    connect(&m_stable, &QTimer::timeout, this, [this] { m_policy.reset(); });
}

PusherClient::~PusherClient()
{
    dropSocket();
}

void PusherClient::connectToServer()
{
    if (m_state != State::Initialized && m_state != State::Disconnected)
        return;
    m_policy.reset();
    setState(State::Connecting);
    m_unavailable.start(m_options.times.unavailable);
    open();
}

void PusherClient::disconnectFromServer()
{
    for (QTimer* timer : {&m_attempt, &m_retry, &m_unavailable})
        timer->stop();
    if (m_socket) {
        m_socket->disconnect(this); // close() may report the end at once, which would look like a loss.
        m_socket->close();
    }
    dropSocket();
    setState(State::Disconnected);
}

void PusherClient::retryNow()
{
    if (!m_retry.isActive())
        return;
    m_retry.stop();
    open();
}

std::optional<std::chrono::milliseconds> PusherClient::retryIn() const
{
    if (!m_retry.isActive())
        return std::nullopt;
    return std::chrono::milliseconds{m_retry.remainingTime()};
}

bool PusherClient::isSubscribed(const std::string& channel) const
{
    const auto it = m_channels.find(channel);
    return it != m_channels.end() && it->second.progress == Channel::Progress::Subscribed;
}

const PresenceMembers* PusherClient::members(const std::string& channel) const
{
    return isSubscribed(channel) ? &m_channels.at(channel).members : nullptr;
}

void PusherClient::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

void PusherClient::open()
{
    dropSocket();
    m_refusal = {};
    m_socket = std::make_unique<PusherSocket>(m_options.trusted, m_options.pinnedCertificate, m_options.origin);
    connect(m_socket.get(), &PusherSocket::received, this, &PusherClient::receive);
    connect(m_socket.get(), &PusherSocket::ended, this, &PusherClient::socketEnded);
    m_attempt.start(m_options.times.attempt);
    m_socket->open(m_options.url);
}

/// Forgets the socket without a word to anybody.
void PusherClient::dropSocket()
{
    for (QTimer* timer : {&m_idle, &m_pong, &m_stable, &m_attempt})
        timer->stop();
    m_socketId.clear();
    for (auto& [name, channel] : m_channels) {
        if (channel.progress != Channel::Progress::Failed)
            channel.progress = Channel::Progress::Wanted;
        channel.members = {};
    }
    if (!m_socket)
        return;
    m_socket->disconnect(this);
    m_socket->abort();
    m_socket.release()->deleteLater(); // We may be inside one of its signals.
}

void PusherClient::socketEnded(int code, const QString& reason)
{
    if (!m_socket)
        return;
    const bool wasRefused = m_socketId.empty() && m_refusal.code >= 4000;
    const QString text = wasRefused ? QString::fromStdString(m_refusal.text) : reason;
    if (wasRefused)
        code = m_refusal.code;
    dropSocket();
    const NextStep next = m_policy.after(code, m_options.url.scheme() == QLatin1String{"wss"});
    if (next.action == NextStep::Action::Stop) {
        m_unavailable.stop();
        setState(State::Disconnected);
        Q_EMIT connectionLost(code, text, false);
        return;
    }
    if (next.action == NextStep::Action::RetryWithTls)
        m_options.url = withTls(m_options.url);
    if (m_state == State::Connected) {
        m_unavailable.start(m_options.times.unavailable);
        setState(State::Connecting);
    }
    m_retry.start(next.delay);
    Q_EMIT connectionLost(code, text, true);
}

void PusherClient::receive(const QString& text)
{
    heard();
    const auto message = ServerMessage::parse(text.toStdString());
    if (!message)
        return;
    if (m_socketId.empty() && message->event == "pusher:connection_established")
        greeted(*message);
    else if (m_socketId.empty() && message->event == "pusher:error")
        m_refusal = ServerError::from(*message);
    else if (!m_socketId.empty())
        dispatch(*message);
}

void PusherClient::greeted(const ServerMessage& message)
{
    m_socketId = message.dataMember("socket_id").value_or("");
    if (m_socketId.empty())
        return socketEnded(PusherSocket::abnormalClosure, tr("the server's greeting has no socket id"));
    m_attempt.stop();
    m_unavailable.stop();
    const auto seconds = parseNumber(message.dataMember("activity_timeout").value_or(""), 86'400).value_or(0);
    if (seconds > 0)
        m_idle.setInterval(
            std::min<std::chrono::milliseconds>(m_options.times.activity, std::chrono::seconds{seconds}));
    else
        m_idle.setInterval(m_options.times.activity);
    heard();
    m_stable.start(m_options.times.stable);
    setState(State::Connected);
    if (m_state == State::Connected) // Whoever heard of it may have disconnected at once.
        startSession();
}

/// What every connection begins with.
void PusherClient::startSession()
{
    if (m_wantsSignIn)
        sendSignIn();
    // A copy: an authorizer that answers at once may lead to calls that change the map.
    const auto channels = m_channels;
    for (const auto& [name, channel] : channels) {
        if (channel.progress == Channel::Progress::Wanted)
            authorize(name);
    }
}

void PusherClient::dispatch(const ServerMessage& message)
{
    const bool errorFollows = std::exchange(m_errorBelongsToSubscription, false);
    if (message.event == "pusher:ping")
        return send("pusher:pong", "{}");
    if (message.event == "pusher:pong")
        return;
    if (message.event == "pusher:error") {
        if (!errorFollows)
            errorEvent(message);
        return;
    }
    if (message.event == "pusher:signin_success")
        Q_EMIT signedIn();
    if (!message.channel.empty())
        channelEvent(message);
    Q_EMIT eventReceived(message);
}

void PusherClient::channelEvent(const ServerMessage& message)
{
    const auto it = m_channels.find(message.channel);
    if (it == m_channels.end())
        return;
    Channel& channel = it->second;
    if (message.event == "pusher_internal:subscription_succeeded") {
        channel.progress = Channel::Progress::Subscribed;
        channel.members = PresenceMembers::fromSnapshot(message.data);
        Q_EMIT subscribed(QString::fromStdString(message.channel));
    } else if (message.event == "pusher:subscription_error" || message.event == "pusher_internal:subscription_error") {
        m_errorBelongsToSubscription = true;
        failSubscription(message.channel, message.dataMember("error").value_or(message.data));
    } else if (message.event == "pusher_internal:member_added") {
        channel.members.add(message.data);
    } else if (message.event == "pusher_internal:member_removed") {
        channel.members.remove(message.data);
    }
}

/// An error while exactly one subscription waits for its answer is taken as that answer: the hosted service sends no
/// other.
void PusherClient::errorEvent(const ServerMessage& message)
{
    const ServerError error = ServerError::from(message);
    const std::string pending = onlyPendingChannel();
    if (!pending.empty())
        failSubscription(pending, error.text);
    else
        Q_EMIT errorReceived(error.code, QString::fromStdString(error.text));
}

std::string PusherClient::onlyPendingChannel() const
{
    const auto isPending = [](const auto& entry) { return entry.second.progress == Channel::Progress::Pending; };
    const auto first = std::ranges::find_if(m_channels, isPending);
    return std::ranges::count_if(m_channels, isPending) == 1 ? first->first : std::string{};
}

void PusherClient::subscribe(const std::string& channel)
{
    Channel& entry = m_channels[channel];
    if (entry.progress == Channel::Progress::Failed)
        entry.progress = Channel::Progress::Wanted;
    if (m_state == State::Connected && entry.progress == Channel::Progress::Wanted)
        authorize(channel);
}

void PusherClient::unsubscribe(const std::string& channel)
{
    const auto it = m_channels.find(channel);
    if (it == m_channels.end())
        return;
    const bool isKnownToServer =
        it->second.progress == Channel::Progress::Subscribed || it->second.progress == Channel::Progress::Pending;
    m_channels.erase(it);
    if (m_state == State::Connected && isKnownToServer)
        send("pusher:unsubscribe", "{\"channel\":" + json::toString(channel) + "}");
}

void PusherClient::authorize(const std::string& channel)
{
    const auto name = pusher::ChannelName::parse(channel);
    if (!name)
        return failSubscription(channel, name.error().detail);
    if (!name->needsAuth())
        return sendSubscribe(channel, {});
    if (!m_options.authorizeChannel)
        return failSubscription(channel, "this connection cannot sign subscriptions");
    m_channels[channel].progress = Channel::Progress::Pending;
    const QPointer<PusherClient> self{this};
    m_options.authorizeChannel(m_socketId, channel, [self, channel, socketId = m_socketId](Result<ChannelAuth> auth) {
        // An answer for an earlier connection is worthless: the signature covers the socket id.
        if (!self || self->m_socketId != socketId || !self->m_channels.contains(channel))
            return;
        if (auth)
            self->sendSubscribe(channel, *auth);
        else
            self->failSubscription(channel, auth.error().detail);
    });
}

void PusherClient::sendSubscribe(const std::string& channel, const ChannelAuth& auth)
{
    std::string data = "{\"channel\":" + json::toString(channel);
    if (!auth.auth.empty())
        data += ",\"auth\":" + json::toString(auth.auth);
    if (auth.channelData)
        data += ",\"channel_data\":" + json::toString(*auth.channelData);
    m_channels[channel].progress = Channel::Progress::Pending;
    send("pusher:subscribe", data + "}");
}

void PusherClient::failSubscription(const std::string& channel, const std::string& reason)
{
    m_channels[channel].progress = Channel::Progress::Failed;
    Q_EMIT subscriptionFailed(QString::fromStdString(channel), QString::fromStdString(reason));
}

void PusherClient::signIn()
{
    m_wantsSignIn = true;
    if (m_state == State::Connected)
        sendSignIn();
}

void PusherClient::sendSignIn()
{
    if (!m_options.authorizeUser) {
        Q_EMIT errorReceived(0, tr("this connection cannot sign in"));
        return;
    }
    const QPointer<PusherClient> self{this};
    m_options.authorizeUser(m_socketId, [self, socketId = m_socketId](Result<UserAuth> auth) {
        if (!self || self->m_socketId != socketId)
            return;
        if (auth)
            self->send("pusher:signin", "{\"auth\":" + json::toString(auth->auth) +
                                            ",\"user_data\":" + json::toString(auth->userData) + "}");
        else
            Q_EMIT self->errorReceived(0, QString::fromStdString(auth.error().detail));
    });
}

Result<void> PusherClient::trigger(const std::string& channel, const std::string& event, const std::string& json)
{
    const auto name = pusher::ChannelName::parse(channel);
    if (!name)
        return name.error();
    if (!name->takesClientEvents())
        return Error{ErrorKind::InvalidInput, "client events are possible on private and presence channels only"};
    if (!event.starts_with("client-"))
        return Error{ErrorKind::InvalidInput, "the name of a client event must start with client-"};
    if (const auto wrong = json::check(json))
        return Error{ErrorKind::InvalidInput, "the data is not JSON: " + wrong->message};
    if (m_state != State::Connected)
        return Error{ErrorKind::Unavailable, "not connected"};
    if (!isSubscribed(channel))
        return Error{ErrorKind::InvalidInput, "not subscribed to " + channel};
    const std::string text =
        "{\"event\":" + json::toString(event) + ",\"channel\":" + json::toString(channel) + ",\"data\":" + json + "}";
    m_socket->send(text);
    return {};
}

void PusherClient::send(std::string_view event, const std::string& dataJson)
{
    const std::string text = "{\"event\":" + json::toString(event) + ",\"data\":" + dataJson + "}";
    if (m_socket) // Whoever heard our signals may have disconnected meanwhile.
        m_socket->send(text);
}

/// Anything from the server proves that it is there.
void PusherClient::heard()
{
    m_pong.stop();
    if (!m_socketId.empty())
        m_idle.start();
}

void PusherClient::ping()
{
    send("pusher:ping", "{}");
    m_pong.start(m_options.times.pong);
}

} // namespace castdeck::remote
