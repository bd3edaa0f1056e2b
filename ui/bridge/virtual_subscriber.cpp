#include "ui/bridge/virtual_subscriber.h"

#include "core/pusher/channel_name.h"
#include "ui/text/shown_text.h"

namespace castdeck::ui {

namespace {

using remote::PusherClient;

remote::ClientOptions optionsFor(const remote::Persona& persona, const SubscriberTarget& target)
{
    const remote::Member member{.id = persona.id, .infoJson = persona.userInfo};
    return {.url = target.endpoint.socketUrl(),
            .authorizeChannel = remote::localChannelAuthorizer(target.endpoint, member),
            .authorizeUser = remote::localUserAuthorizer(target.endpoint, member),
            .trusted = target.trusted};
}

bool isEncrypted(const std::string& channel)
{
    const pusher::ChannelKind kind = pusher::kindOf(channel);
    return kind == pusher::ChannelKind::Encrypted || kind == pusher::ChannelKind::EncryptedCache;
}

} // namespace

VirtualSubscriber::VirtualSubscriber(remote::Persona persona, const SubscriberTarget& target, QObject* parent)
    : QObject{parent}
    , m_persona{std::move(persona)}
    , m_appId{target.endpoint.appId}
    , m_masterKey{target.masterKey}
    , m_client{optionsFor(m_persona, target)}
{
    connectClient();
    if (!m_persona.isAnonymous)
        m_client.signIn();
    m_client.connectToServer();
}

void VirtualSubscriber::connectClient()
{
    connect(&m_client, &PusherClient::stateChanged, this, [this](PusherClient::State state) {
        if (state == PusherClient::State::Connected)
            m_trouble.clear();
        Q_EMIT stateChanged();
    });
    connect(&m_client, &PusherClient::connectionLost, this, [this](int code, const QString& reason, bool willRetry) {
        m_trouble = tr("%1 (%2)%3")
                        .arg(reason.isEmpty() ? tr("The connection ended") : shownText(toStd(reason), 256))
                        .arg(code)
                        .arg(willRetry ? tr("; trying again") : tr("; the server refuses it for good"));
        for (auto& [name, channel] : m_channels)
            channel = {};
        Q_EMIT stateChanged();
    });
    connect(&m_client, &PusherClient::subscribed, this, [this](const QString& channel) {
        m_channels[toStd(channel)] = {ChannelState::Subscribed, {}};
        Q_EMIT stateChanged();
    });
    connect(&m_client, &PusherClient::subscriptionFailed, this, [this](const QString& channel, const QString& reason) {
        m_channels[toStd(channel)] = {ChannelState::Refused, shownText(toStd(reason), 256)};
        Q_EMIT stateChanged();
    });
    connect(&m_client, &PusherClient::errorReceived, this, [this](int code, const QString& text) {
        const QString shown = shownText(toStd(text), 256);
        Q_EMIT complained(code == 0 ? tr("The server says: %1").arg(shown)
                                    : tr("The server says: %1 (%2)").arg(shown).arg(code));
    });
    connect(&m_client, &PusherClient::eventReceived, this, &VirtualSubscriber::receive);
}

void VirtualSubscriber::join(const std::string& channel)
{
    m_channels[channel] = {};
    m_client.subscribe(channel);
    Q_EMIT stateChanged();
}

void VirtualSubscriber::leave(const std::string& channel)
{
    m_client.unsubscribe(channel);
    m_channels.erase(channel);
    Q_EMIT stateChanged();
}

Result<void> VirtualSubscriber::trigger(const std::string& channel, const std::string& event, const std::string& json)
{
    return m_client.trigger(channel, event, json);
}

void VirtualSubscriber::receive(const remote::ServerMessage& message)
{
    if (message.event.starts_with("pusher_internal:") || message.channel.empty())
        return;
    Received row{.at = QDateTime::currentDateTime(),
                 .channel = message.channel,
                 .event = message.event,
                 .userId = message.userId,
                 .payload = std::make_shared<const std::string>(message.data),
                 .problem = {}};
    if (isEncrypted(message.channel) && !message.event.starts_with("pusher:"))
        open(row);
    keep(std::move(row));
    Q_EMIT receivedChanged();
}

void VirtualSubscriber::open(Received& row) const
{
    row.wasEncrypted = true;
    if (!m_masterKey) {
        row.problem = tr("Encrypted, and no master key of this application is known here.");
        return;
    }
    const auto plain = pusher::opened(*row.payload, pusher::sharedSecret(row.channel, *m_masterKey));
    if (plain)
        row.payload = std::make_shared<const std::string>(*plain);
    else
        row.problem =
            tr("It cannot be opened with the master key known here: it was sealed with another one, or not at "
               "all.");
}

void VirtualSubscriber::keep(Received row)
{
    ++m_total;
    m_bytes += row.payload->size();
    m_received.push_back(std::move(row));
    while (m_received.size() > maxRows || (m_bytes > maxBytes && m_received.size() > 1)) {
        m_bytes -= m_received.front().payload->size();
        m_received.pop_front();
    }
}

void VirtualSubscriber::clear()
{
    m_received.clear();
    m_bytes = 0;
    Q_EMIT receivedChanged();
}

} // namespace castdeck::ui
