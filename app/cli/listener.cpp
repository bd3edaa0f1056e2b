#include "app/cli/listener.h"

#include "app/cli/output.h"
#include "core/base/json.h"

namespace castdeck::cli {

namespace {

constexpr int maxDepth = 512;

remote::ClientOptions clientOptions(const Target& target, const std::string& actor)
{
    const remote::Member member{.id = actor, .infoJson = "{\"name\":" + json::toString(actor) + "}"};
    return {.url = target.endpoint.socketUrl(),
            .authorizeChannel = remote::localChannelAuthorizer(target.endpoint, member),
            .authorizeUser = remote::localUserAuthorizer(target.endpoint, member),
            .trusted = target.trusted};
}

bool isProtocolEvent(const std::string& event)
{
    return event.starts_with("pusher:") || event.starts_with("pusher_internal:");
}

/// JSON data as it is, on one line; any other text as a JSON string.
std::string dataAsJson(const std::string& data)
{
    return json::check(data, maxDepth) ? json::toString(data) : json::compact(data);
}

} // namespace

Listener::Listener(const Target& target, ListenOptions options, std::function<void(int)> finish)
    : m_options{std::move(options)}
    , m_finish{std::move(finish)}
    , m_address{target.endpoint.address()}
    , m_client{clientOptions(target, m_options.actor)}
{
    using remote::PusherClient;
    connect(&m_client, &PusherClient::eventReceived, this, &Listener::print);
    connect(&m_client, &PusherClient::connectionLost, this, &Listener::lost);
    connect(&m_client, &PusherClient::subscribed, this,
            [](const QString& channel) { say("subscribed to " + channel.toStdString()); });
    connect(&m_client, &PusherClient::subscriptionFailed, this, [this](const QString& channel, const QString& reason) {
        say("cannot subscribe to " + visible(channel.toStdString()) + ": " + visible(reason.toStdString()));
        m_finish(exitFailed);
    });
    connect(&m_client, &PusherClient::errorReceived, this, [](int code, const QString& text) {
        say("the server says: " + visible(text.toStdString()) + " (" + std::to_string(code) + ")");
    });
    m_timeout.setTimerType(Qt::PreciseTimer); // A coarse one may fire early.
    connect(&m_timeout, &QTimer::timeout, this, &Listener::timeIsUp);
    if (m_options.timeoutSeconds)
        m_timeout.start(std::chrono::milliseconds{static_cast<std::int64_t>(*m_options.timeoutSeconds * 1'000)});
    for (const std::string& channel : m_options.channels)
        m_client.subscribe(channel);
    m_client.connectToServer();
}

void Listener::print(const remote::ServerMessage& message)
{
    if (m_isDone || message.channel.empty())
        return;
    if (isProtocolEvent(message.event) && !m_options.printsProtocolEvents)
        return;
    if (!m_options.event.empty() && message.event != m_options.event)
        return;
    std::string line =
        "{\"channel\":" + json::toString(message.channel) + ",\"event\":" + json::toString(message.event);
    if (!message.userId.empty())
        line += ",\"user_id\":" + json::toString(message.userId);
    const bool isRead = printLine(line + ",\"data\":" + dataAsJson(message.data) + "}");
    ++m_printed;
    if (isRead && (!m_options.count || m_printed < *m_options.count))
        return;
    m_isDone = true;
    m_client.disconnectFromServer();
    m_finish(isRead ? exitDone : exitFailed);
}

void Listener::lost(int code, const QString& reason, bool willRetry)
{
    if (m_isDone)
        return;
    const std::string text = reason.isEmpty() ? "the connection ended" : visible(reason.toStdString());
    say(m_address + ": " + text + " (" + std::to_string(code) + ")" +
        (willRetry ? "; trying again" : "; the server refuses this client for good"));
    if (!willRetry)
        m_finish(exitFailed);
}

void Listener::timeIsUp()
{
    m_isDone = true;
    const bool isConnected = m_client.state() == remote::PusherClient::State::Connected;
    if (m_options.count)
        say("time is up after " + std::to_string(m_printed) + " of " + std::to_string(*m_options.count) + " events");
    m_client.disconnectFromServer();
    m_finish(m_options.count || !isConnected ? exitFailed : exitDone);
}

} // namespace castdeck::cli
