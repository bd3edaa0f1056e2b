#pragma once

#include "core/pusher/encryption.h"
#include "core/remote/persona.h"
#include "core/remote/pusher_client.h"
#include "core/remote/pusher_endpoint.h"

#include <QtCore/QDateTime>
#include <QtCore/QObject>

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace castdeck::ui {

/// Where virtual subscribers go, and with whose secrets. A plain value; never shown.
struct SubscriberTarget {
    remote::PusherEndpoint endpoint;
    std::optional<pusher::EncryptionKey> masterKey; ///< For encrypted channels.
    QList<QSslCertificate> trusted{};
};

/// A client that the console plays: a persona at a server, over a real connection, as a browser would be. Subscriptions
/// are signed with the application's own secret, so no rule stands in the way.
///
/// Thread: GUI. What it received is kept up to a bound of rows and bytes, the newest.
class VirtualSubscriber : public QObject {
    Q_OBJECT

public:
    struct Received {
        QDateTime at;
        std::string channel;
        std::string event;
        std::string userId; ///< Who sent a client event on a presence channel.
        std::shared_ptr<const std::string> payload;
        bool wasEncrypted = false;
        QString problem; ///< Why an encrypted payload could not be opened.
    };
    enum class ChannelState { Waiting, Subscribed, Refused };
    struct Channel {
        ChannelState state = ChannelState::Waiting;
        QString reason; ///< Of a refusal.
    };

    static constexpr std::size_t maxRows = 1'000;
    static constexpr std::size_t maxBytes = std::size_t{8} << 20U;

    VirtualSubscriber(remote::Persona persona, const SubscriberTarget& target, QObject* parent = nullptr);

    const remote::Persona& persona() const noexcept { return m_persona; }
    const std::string& appId() const noexcept { return m_appId; }
    const std::string& socketId() const noexcept { return m_client.socketId(); }
    remote::PusherClient::State state() const noexcept { return m_client.state(); }
    const QString& trouble() const noexcept { return m_trouble; } ///< Why it is not connected; empty when it is.

    void join(const std::string& channel);
    void leave(const std::string& channel);
    const std::map<std::string, Channel>& channels() const noexcept { return m_channels; }
    /// Who else is in a presence channel; null for others.
    const remote::PresenceMembers* members(const std::string& channel) const { return m_client.members(channel); }
    /// A client event. Fails as PusherClient::trigger() does.
    Result<void> trigger(const std::string& channel, const std::string& event, const std::string& json);

    const std::deque<Received>& received() const noexcept { return m_received; } ///< Oldest first.
    std::uint64_t total() const noexcept { return m_total; }                     ///< Ever received.
    void clear();

Q_SIGNALS:
    void stateChanged();    ///< Of the connection or a channel.
    void receivedChanged(); ///< A row more, or none.
    /// The server complained about something this client sent.
    void complained(const QString& sentence);

private:
    void connectClient();
    void receive(const remote::ServerMessage& message);
    void open(Received& row) const;
    void keep(Received row);

    const remote::Persona m_persona;
    const std::string m_appId;
    const std::optional<pusher::EncryptionKey> m_masterKey;
    std::map<std::string, Channel> m_channels;
    std::deque<Received> m_received;
    std::size_t m_bytes = 0;
    std::uint64_t m_total = 0;
    QString m_trouble;
    remote::PusherClient m_client; ///< Last: what it tells while it goes finds everything.
};

} // namespace castdeck::ui
