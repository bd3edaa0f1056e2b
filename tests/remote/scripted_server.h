#pragma once

#include <QJsonObject>
#include <QPointer>
#include <QWebSocket>
#include <QWebSocketServer>

#include <functional>

namespace castdeck::test {

/// A WebSocket server that says exactly what a test tells it to, good or bad.
class ScriptedServer : public QObject {
    Q_OBJECT
public:
    enum class Mode { Plain, Tls };

    /// Listens on a free port of 127.0.0.1, or on `port`.
    explicit ScriptedServer(Mode mode = Mode::Plain, quint16 port = 0);
    ~ScriptedServer() override;

    QUrl url() const;
    /// Calls `act` for every client; by default it is greeted.
    void onClient(std::function<void(QWebSocket*)> act) { m_onClient = std::move(act); }
    /// To the latest client.
    void send(const char* text);
    void close(int code, const QString& reason = {});
    static void close(QWebSocket* client, int code, const QString& reason = {});
    void stop() { m_server.close(); }

    int clients() const { return m_clients; }
    const QList<QJsonObject>& received() const { return m_received; }
    /// How often this event has been received.
    int count(const QString& event) const;
    /// The latest message with this event; empty when there is none.
    QJsonObject last(const QString& event) const;
    QByteArray certificate() const { return m_certificate; }

    /// The greeting with this socket id and this activity_timeout.
    static QString greeting(const char* socketId = "1.1", int activityTimeout = 120);

private:
    QWebSocketServer m_server;
    QByteArray m_certificate;
    std::function<void(QWebSocket*)> m_onClient;
    QPointer<QWebSocket> m_latest;
    QList<QJsonObject> m_received;
    int m_clients = 0;
};

} // namespace castdeck::test
