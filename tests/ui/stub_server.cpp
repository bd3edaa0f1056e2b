#include "tests/ui/stub_server.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QUrl>
#include <QtCore/QUrlQuery>
#include <QtNetwork/QTcpSocket>
#include <QtWebSockets/QWebSocket>

namespace castdeck::test {

namespace {

constexpr const char* greeting =
    R"({"event":"pusher:connection_established","data":"{\"socket_id\":\"7.1\",\"activity_timeout\":120}"})";

QByteArray joined(const QString& channel)
{
    const QString data = channel.startsWith(QLatin1String{"presence-"})
                             ? QStringLiteral(R"({"presence":{"count":2,"ids":["ana","castdeck"],)"
                                              R"("hash":{"ana":{"name":"Ana"},"castdeck":{"name":"Castdeck"}}}})")
                             : QStringLiteral("{}");
    return QJsonDocument{
        QJsonObject{{QStringLiteral("event"), QStringLiteral("pusher_internal:subscription_succeeded")},
                    {QStringLiteral("channel"), channel},
                    {QStringLiteral("data"), data}}}
        .toJson(QJsonDocument::Compact);
}

} // namespace

StubServer::StubServer(Answering answering)
    : m_answering{std::move(answering)}
    , m_sockets{QStringLiteral("stub"), QWebSocketServer::NonSecureMode}
{
    connect(&m_tcp, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket* socket = m_tcp.nextPendingConnection())
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { take(socket); });
    });
    connect(&m_sockets, &QWebSocketServer::newConnection, this, [this] { greet(m_sockets.nextPendingConnection()); });
    if (!m_tcp.listen(QHostAddress::LocalHost))
        qFatal("no port to listen on: %s", qPrintable(m_tcp.errorString()));
}

void StubServer::take(QTcpSocket* socket)
{
    constexpr qint64 longestHead = 16'384;
    const QByteArray head = socket->peek(longestHead);
    if (!head.contains("\r\n\r\n"))
        return;
    socket->disconnect(this);
    if (head.startsWith("GET /app/"))
        return m_sockets.handleConnection(socket);
    answer(socket, head);
}

void StubServer::answer(QTcpSocket* socket, const QByteArray& head)
{
    const QUrl url{QString::fromLatin1(head.split(' ').value(1))};
    QUrlQuery query{url};
    for (const auto& [name, value] : query.queryItems()) {
        if (name.startsWith(QLatin1String{"auth_"}) || name == QLatin1String{"body_md5"})
            query.removeQueryItem(name);
    }
    const Answer said = m_answering(url.path(), query.toString());
    socket->write("HTTP/1.1 " + QByteArray::number(said.status) + " x\r\nContent-Type: application/json\r\n" +
                  "Connection: close\r\nContent-Length: " + QByteArray::number(said.body.size()) + "\r\n\r\n" +
                  said.body);
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    socket->disconnectFromHost();
}

void StubServer::greet(QWebSocket* client)
{
    client->setParent(this);
    connect(client, &QWebSocket::textMessageReceived, this, [this, client](const QString& text) {
        const QJsonObject message = QJsonDocument::fromJson(text.toUtf8()).object();
        if (message[QLatin1String{"event"}] != QLatin1String{"pusher:subscribe"})
            return;
        const QString channel = message[QLatin1String{"data"}][QLatin1String{"channel"}].toString();
        m_subscribed << channel;
        client->sendTextMessage(QString::fromUtf8(joined(channel)));
    });
    client->sendTextMessage(QString::fromLatin1(greeting));
}

StubServer::Answer StubServer::asReverb(const QString& path, const QString& query)
{
    const bool isPresence = query.contains(QLatin1String{"presence-"});
    if (path == QLatin1String{"/apps/1/channels"} && isPresence)
        return {200, R"({"channels":{"presence-room":{}}})"};
    if (path == QLatin1String{"/apps/1/channels"} && query.contains(QLatin1String{"subscription_count"}))
        return {200, R"({"channels":{"orders.1":{"subscription_count":2},"orders.2":{"subscription_count":3},)"
                     R"("presence-room":{"subscription_count":1}}})"};
    if (path == QLatin1String{"/apps/1/channels"})
        return {200, R"({"channels":{"orders.1":{},"orders.2":{},"presence-room":{}}})"};
    if (path == QLatin1String{"/apps/1/channels/presence-room/users"})
        return {200, R"({"users":[{"id":"ana"}]})"};
    if (path == QLatin1String{"/apps/1/connections"})
        return {200, R"({"connections":14})"};
    if (path == QLatin1String{"/up"})
        return {200, R"({"health":"OK"})"};
    return {};
}

StubServer::Answer StubServer::asSoketi(const QString& path, const QString& query)
{
    if (path == QLatin1String{"/apps/1/channels"} && query.contains(QLatin1String{"presence-"}))
        return {200, R"({"channels":{}})"};
    if (path == QLatin1String{"/apps/1/channels"})
        return {200, R"({"channels":{"news":{"subscription_count":5,"occupied":true}}})"};
    return {404, "404 Not Found"};
}

StubServer::Answer StubServer::asNothing(const QString&, const QString&)
{
    return {};
}

} // namespace castdeck::test
