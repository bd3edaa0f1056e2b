#include "app/cli/listener.h"

#include "app/cli/output.h"
#include "core/base/json.h"

namespace castdeck::cli {

namespace {

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

} // namespace

Listener::Listener(const Target& target, ListenOptions options, std::function<void(int)> finish)
    : m_options{std::move(options)}
    , m_output{m_options}
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
    const auto exitCode = m_output.print({.channel = message.channel,
                                          .event = message.event,
                                          .userId = message.userId,
                                          .data = message.data,
                                          .isOfProtocol = isProtocolEvent(message.event)});
    if (!exitCode)
        return;
    m_isDone = true;
    m_client.disconnectFromServer();
    m_finish(*exitCode);
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
    const int exitCode = m_output.endOfTime(isConnected);
    m_client.disconnectFromServer();
    m_finish(exitCode);
}

} // namespace castdeck::cli
