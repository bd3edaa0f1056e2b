#pragma once

#include "core/base/result.h"
#include "core/remote/authorizer.h"
#include "core/remote/presence_members.h"
#include "core/remote/pusher_socket.h"
#include "core/remote/reconnect_policy.h"
#include "core/remote/server_message.h"

#include <QObject>
#include <QSslCertificate>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace castdeck::remote {

/// Times of a client, as in pusher-js.
struct ClientTimes {
    std::chrono::milliseconds activity{120'000}; ///< The server's activity_timeout wins when shorter.
    std::chrono::milliseconds pong{30'000};
    std::chrono::milliseconds unavailable{10'000}; ///< Of trying, until the state says so.
    std::chrono::milliseconds attempt{15'000};     ///< From the start of one attempt to the greeting.
    std::chrono::milliseconds stable{10'000};      ///< A connection that held this long clears the failures.
};

struct ClientOptions {
    QUrl url; ///< PusherEndpoint::socketUrl()
    ChannelAuthorizer authorizeChannel;
    UserAuthorizer authorizeUser; ///< Needed for signIn() only.
    QList<QSslCertificate> trusted{};
    ClientTimes times{};
    std::string pinnedCertificate{}; ///< See PusherSocket.
    QString origin{};
};

/// A client of any server that speaks the Pusher protocol, version 7. It keeps its subscriptions over reconnects:
/// every wanted channel is authorised anew, for the new socket id.
/// Source: Pusher docs, "Pusher Channels protocol"; behaviour as pusher-js 8 where the document is silent.
///
/// Thread: the one it lives in, which needs a Qt event loop.
class PusherClient : public QObject {
    Q_OBJECT
public:
    enum class State {
        Initialized,
        Connecting,
        Connected,
        Unavailable,  ///< Has been trying for a while, and keeps trying.
        Disconnected, ///< By the user, or for good by the server.
    };
    Q_ENUM(State)

    explicit PusherClient(ClientOptions options, QObject* parent = nullptr);
    ~PusherClient() override;

    void connectToServer();
    /// Closes the socket and stays away until connectToServer().
    void disconnectFromServer();

    /// May be called in any state; takes effect when connected. A failed subscription can be asked for again.
    void subscribe(const std::string& channel);
    void unsubscribe(const std::string& channel);
    /// Signs in on this and on every later connection.
    void signIn();

    /// Sends a client event. Fails with InvalidInput when the name does not start with client-, the channel takes no
    /// client events or is not subscribed, and with Unavailable when not connected. `json` is any JSON.
    Result<void> trigger(const std::string& channel, const std::string& event, const std::string& json);

    /// While it waits to come back: ends the waiting.
    void retryNow();

    State state() const noexcept { return m_state; }
    /// Until the next attempt; nothing when none is waited for.
    std::optional<std::chrono::milliseconds> retryIn() const;
    const std::string& socketId() const noexcept { return m_socketId; }
    bool isSubscribed(const std::string& channel) const;
    /// Null when not subscribed.
    const PresenceMembers* members(const std::string& channel) const;

Q_SIGNALS:
    void stateChanged(castdeck::remote::PusherClient::State state);
    /// The connection ended or could not be made. `code` is the close code, 1006 for none.
    void connectionLost(int code, const QString& reason, bool willRetry);
    void subscribed(const QString& channel);
    void subscriptionFailed(const QString& channel, const QString& reason);
    void signedIn();
    /// Every event of a channel, and pusher_internal: ones as well, after this object has taken note of them.
    void eventReceived(const castdeck::remote::ServerMessage& message);
    /// A pusher:error that concerns no subscription. `code` is 0 when the server gave none.
    void errorReceived(int code, const QString& text);

private:
    struct Channel {
        enum class Progress { Wanted, Pending, Subscribed, Failed };
        Progress progress = Progress::Wanted;
        PresenceMembers members;
    };

    void setState(State state);
    void open();
    void dropSocket();
    void socketEnded(int code, const QString& reason);

    void receive(const QString& text);
    void greeted(const ServerMessage& message);
    void startSession();
    void dispatch(const ServerMessage& message);
    void channelEvent(const ServerMessage& message);
    void errorEvent(const ServerMessage& message);

    void authorize(const std::string& channel);
    void sendSubscribe(const std::string& channel, const ChannelAuth& auth);
    void sendSignIn();
    void failSubscription(const std::string& channel, const std::string& reason);
    std::string onlyPendingChannel() const;

    void send(std::string_view event, const std::string& dataJson);
    void heard();
    void ping();

    ClientOptions m_options;
    State m_state = State::Initialized;
    std::unique_ptr<PusherSocket> m_socket;
    std::string m_socketId; ///< Empty while not connected.
    ServerError m_refusal;  ///< A pusher:error before the greeting: some servers then just drop the socket.
    ReconnectPolicy m_policy;
    std::map<std::string, Channel> m_channels;
    bool m_wantsSignIn = false;
    bool m_errorBelongsToSubscription = false; ///< Some servers say a failed subscription twice, one after the other.

    QTimer m_attempt;
    QTimer m_retry;
    QTimer m_unavailable;
    QTimer m_idle;
    QTimer m_pong;
    QTimer m_stable;
};

} // namespace castdeck::remote
