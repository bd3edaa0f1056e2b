#pragma once

#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QString>
#include <QtCore/QStringList>
#include <QtNetwork/QTcpServer>
#include <QtWebSockets/QWebSocketServer>

#include <cstdint>
#include <functional>

class QTcpSocket;
class QWebSocket;

namespace castdeck::test {

/// A server elsewhere on one port of 127.0.0.1: its HTTP interface answers as a test says, its WebSocket greets and
/// lets everybody into every channel.
class StubServer : public QObject {
    Q_OBJECT

public:
    struct Answer {
        int status = 404;
        QByteArray body = R"({"error":"Not found"})";
    };
    /// Path and query of a GET, without the parameters of the signature.
    using Answering = std::function<Answer(const QString& path, const QString& query)>;

    explicit StubServer(Answering answering);

    std::uint16_t port() const { return m_tcp.serverPort(); }
    const QStringList& subscribed() const { return m_subscribed; }
    void setAnswering(Answering answering) { m_answering = std::move(answering); }

    /// Lists channels with the attributes that were asked for, except user_count; counts connections; is well.
    static Answer asReverb(const QString& path, const QString& query);
    /// Lists channels, always with their counts.
    static Answer asSoketi(const QString& path, const QString& query);
    static Answer asNothing(const QString& path, const QString& query);

private:
    void take(QTcpSocket* socket);
    void answer(QTcpSocket* socket, const QByteArray& head);
    void greet(QWebSocket* client);

    Answering m_answering;
    QTcpServer m_tcp;
    QWebSocketServer m_sockets;
    QStringList m_subscribed;
};

} // namespace castdeck::test
