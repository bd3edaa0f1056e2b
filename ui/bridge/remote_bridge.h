#pragma once

#include "core/base/clock.h"
#include "core/remote/capabilities.h"
#include "core/remote/http_client.h"
#include "core/remote/http_thread.h"
#include "core/remote/pusher_client.h"
#include "core/remote/pusher_rest_client.h"
#include "ui/bridge/connections_bridge.h"
#include "ui/bridge/remote_control.h"
#include "ui/bridge/remote_feed.h"
#include "ui/bridge/server_view.h"
#include "ui/models/profile.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace castdeck::ui {

/// A server elsewhere, made to look like the one in this program: events go out through its HTTP interface, channels
/// are asked for where it tells of them, and channels that somebody chose are listened to. What it does not tell is
/// missing, see facts().
///
/// Thread: GUI.
class RemoteBridge : public QObject, public ServerControl, public ConnectionControl, public RemoteControl {
    Q_OBJECT

public:
    struct Times {
        std::chrono::milliseconds poll{5'000};
        remote::ClientTimes client{};
    };

    RemoteBridge(Profile profile, remote::PusherEndpoint endpoint, QObject* parent = nullptr)
        : RemoteBridge{std::move(profile), std::move(endpoint), Times{}, parent}
    {
    }
    RemoteBridge(Profile profile, remote::PusherEndpoint endpoint, Times times, QObject* parent = nullptr);
    ~RemoteBridge() override;

    /// Null while nobody looks. The view must outlive the bridge or be taken back.
    void setView(ServerView* view);

    const Profile& profile() const noexcept { return m_profile; }
    const remote::PusherEndpoint& endpoint() const noexcept { return m_rest.endpoint(); }
    /// The configuration that a Workspace shows: the one connection, and no secret.
    broadcast::ConnectionsConfig connectionsShown() const;

    void startServer() override; ///< Connects, at once where it was waiting to.
    void stopServer() override;  ///< Disconnects, and stays away.
    std::uint64_t publish(engine::PublishCommand command) override;
    /// Refused with words: the rules of a server elsewhere are not known here.
    std::uint64_t authorize(engine::AuthorizationTrial trial) override;

    broadcast::DefaultChoice defaultConnection() const override { return m_connections->defaultConnection(); }
    std::uint64_t send(broadcast::Emission emission) override { return m_connections->send(std::move(emission)); }
    std::uint64_t sendBatch(std::vector<broadcast::Emission> emissions) override
    {
        return m_connections->sendBatch(std::move(emissions));
    }
    /// There is one connection. The counts come with the channels where the server tells them.
    std::uint64_t listChannels(const std::string& connection, const std::string& prefix) override;
    /// Of a channel the console listens to, what the client knows: user info as well.
    std::uint64_t listMembers(const std::string& connection, const std::string& channel) override;

    void watch(const std::string& channel) override;
    void unwatch(const std::string& channel) override;
    void askCapabilities() override { m_capabilities.start(); }
    RemoteFacts facts() const;

    /// Asks for the channels at once.
    void refresh();
    /// Polling costs requests: off while nobody looks.
    void setPolling(bool isPolling);

    remote::PusherClient::State state() const { return m_client.state(); }
    QString stateWords() const; ///< "Connected", "Reconnecting in 4 s (try 3)".
    const remote::CapabilityProbe& capabilities() const noexcept { return m_capabilities; }

Q_SIGNALS:
    void stateWordsChanged();
    void factsChanged();

private:
    void connectClient();
    void stateChanged(remote::PusherClient::State state);
    void lost(int code, const QString& reason, bool willRetry);
    void received(const remote::ServerMessage& message);
    void published(std::uint64_t id, const engine::PublishCommand& command, std::chrono::steady_clock::time_point since,
                   const remote::RestAnswer& answer);
    void askChannels(std::uint64_t id, const std::string& prefix, const std::string& info);
    void tellChannels(std::uint64_t id, const std::string& prefix, const remote::RestAnswer& answer);
    void tellMembers(std::uint64_t id, MemberListing listing);
    broadcast::Failure listingFailure(const std::string& path, const remote::RestAnswer& answer) const;
    void channelsListed(const remote::RestAnswer& answer);
    void keepListed(const ChannelListing& listing);
    void addRow(engine::EventKind kind, std::string detail, std::string channel = {}, int code = 0);
    void addRow(engine::Event event);
    void keepRow(engine::Event event);
    void addRowsOfFeed(const std::vector<engine::Event>& rows, std::size_t dropped);
    void flush();
    void showState();
    std::vector<engine::ChannelSnapshot> channelsShown() const;

    const Profile m_profile;
    const Times m_times;
    const SystemClock m_clock;
    ServerView* m_view = nullptr;
    remote::HttpThread m_httpThread; ///< For the connection of the drivers.
    remote::HttpClient m_http;
    remote::PusherRestClient m_rest;
    remote::CapabilityProbe m_capabilities;
    RemoteFeed m_feed;
    remote::PusherClient m_client;
    std::unique_ptr<ConnectionsBridge> m_connections;
    std::set<std::string> m_watched;
    std::vector<engine::ChannelSnapshot> m_listed;
    std::size_t m_connectionCount = 0;
    engine::Totals m_totals;
    WallTime m_since{};
    std::string m_trouble; ///< Why it is not connected; empty when it is.
    unsigned m_tries = 0;
    bool m_isAsking = false;
    bool m_isPolling = true;
    std::vector<engine::Event> m_rows;
    std::size_t m_dropped = 0;
    std::uint64_t m_lastId = 0;
    QTimer m_poll;
    QTimer m_flush;
    QTimer m_countdown;
};

} // namespace castdeck::ui
