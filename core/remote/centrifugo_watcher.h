#pragma once

#include "core/remote/centrifugo_message.h"
#include "core/remote/pusher_socket.h"

#include <QObject>
#include <QSslCertificate>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace castdeck::remote {

/// Times of a client, as in centrifuge-js.
struct CentrifugoTimes {
    std::chrono::milliseconds attempt{15'000}; ///< From the start of one attempt to the answer to `connect`.
    std::chrono::milliseconds firstDelay{500}; ///< Before coming back; doubled with every failure.
    std::chrono::milliseconds longestDelay{20'000};
    std::chrono::milliseconds silence{10'000}; ///< How late a ping of the server may be.
    std::chrono::milliseconds stable{10'000};  ///< A connection that held this long clears the failures.
};

struct CentrifugoWatcherOptions {
    QUrl url;                             ///< Such as ws://127.0.0.1:8000/connection/websocket
    std::function<std::string()> token{}; ///< Asked for every connection, as tokens expire; may be empty: no token.
    QList<QSslCertificate> trusted{};     ///< Besides those of the system.
    CentrifugoTimes times{};
};

/// A client of a Centrifugo server that tells what happens in channels. It keeps its subscriptions over reconnects.
/// Source: Centrifugo docs, "Client protocol"; behaviour as centrifuge-js 5 where the document is silent.
///
/// Thread: the one it lives in, which needs a Qt event loop.
class CentrifugoWatcher : public QObject {
    Q_OBJECT
public:
    enum class State { Initialized, Connecting, Connected, Disconnected };
    Q_ENUM(State)

    /// Where the clients of a server connect whose base address is `url`, such as http://127.0.0.1:8000.
    static QUrl socketUrl(QUrl url);

    explicit CentrifugoWatcher(CentrifugoWatcherOptions options, QObject* parent = nullptr);
    ~CentrifugoWatcher() override;

    void connectToServer();
    /// Closes the socket and stays away until connectToServer().
    void disconnectFromServer();

    /// May be called in any state; takes effect when connected. A failed subscription can be asked for again.
    void subscribe(const std::string& channel);
    void unsubscribe(const std::string& channel);

    State state() const noexcept { return m_state; }
    bool isSubscribed(const std::string& channel) const;

Q_SIGNALS:
    void connected(const castdeck::remote::centrifugo::Connected& answer);
    /// The connection ended or could not be made. `code` is the close code, 1006 for none, or that of the refusal.
    void connectionLost(int code, const QString& reason, bool willRetry);
    void subscribed(const QString& channel);
    /// Refused, or ended by the server.
    void subscriptionFailed(const QString& channel, int code, const QString& reason);
    void published(const castdeck::remote::centrifugo::Publication& publication);
    void joined(const QString& channel, const castdeck::remote::centrifugo::ClientInfo& client);
    void left(const QString& channel, const castdeck::remote::centrifugo::ClientInfo& client);

private:
    enum class Progress { Wanted, Pending, Subscribed, Failed };

    void open();
    void dropSocket();
    void socketEnded(int code, const QString& reason);
    void end(int code, const QString& reason, bool willRetry);
    void sayHello();

    void receive(const QString& frame);
    void take(const centrifugo::Message& message);
    void greeted(const centrifugo::Connected& answer);
    void answered(const centrifugo::Reply& reply);
    void unsubscribedByServer(const centrifugo::Unsubscribed& fact);
    void confirm(const std::string& channel);
    void fail(const std::string& channel, int code, const std::string& reason);

    void sendSubscribe(const std::string& channel);
    /// `{"METHOD":CONTENT,"id":N}`
    std::uint64_t command(const std::string& method, const std::string& content);

    const CentrifugoWatcherOptions m_options;
    State m_state = State::Initialized;
    std::unique_ptr<PusherSocket> m_socket;
    unsigned m_failures = 0;
    std::uint64_t m_lastId = 0;
    std::uint64_t m_helloId = 0;
    bool m_wantsPong = false;
    std::map<std::string, Progress> m_channels;
    std::map<std::uint64_t, std::string> m_pending; ///< The channels of subscriptions under way, by command.

    QTimer m_attempt;
    QTimer m_retry;
    QTimer m_silence;
    QTimer m_stable;
};

} // namespace castdeck::remote
