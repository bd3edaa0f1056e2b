#include "tests/remote/scripted_server.h"

#include "tests/remote/self_signed.h"

#include <QJsonDocument>
#include <QSslConfiguration>
#include <QSslKey>

#include <algorithm>

namespace castdeck::test {

ScriptedServer::ScriptedServer(Mode mode, quint16 port)
    : m_server{QStringLiteral("scripted"),
               mode == Mode::Tls ? QWebSocketServer::SecureMode : QWebSocketServer::NonSecureMode}
    , m_onClient{[](QWebSocket* client) { client->sendTextMessage(greeting()); }}
{
    if (mode == Mode::Tls) {
        const SelfSigned identity = makeSelfSigned();
        m_certificate = identity.certificate;
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setLocalCertificate(QSslCertificate{identity.certificate});
        tls.setPrivateKey(QSslKey{identity.key, QSsl::Ec});
        m_server.setSslConfiguration(tls);
    }
    connect(&m_server, &QWebSocketServer::newConnection, this, [this] {
        QWebSocket* client = m_server.nextPendingConnection();
        client->setParent(this);
        m_latest = client;
        ++m_clients;
        connect(client, &QWebSocket::textMessageReceived, this,
                [this](const QString& text) { m_received.append(QJsonDocument::fromJson(text.toUtf8()).object()); });
        m_onClient(client);
    });
    if (!m_server.listen(QHostAddress::LocalHost, port))
        qFatal("no port to listen on: %s", qPrintable(m_server.errorString()));
}

ScriptedServer::~ScriptedServer() = default;

QUrl ScriptedServer::url() const
{
    QUrl url = m_server.serverUrl();
    url.setHost(QStringLiteral("127.0.0.1"));
    url.setPath(QStringLiteral("/app/key"));
    return url;
}

void ScriptedServer::send(const char* text)
{
    if (m_latest)
        m_latest->sendTextMessage(QString::fromUtf8(text));
}

void ScriptedServer::close(int code, const QString& reason)
{
    if (m_latest)
        close(m_latest, code, reason);
}

void ScriptedServer::close(QWebSocket* client, int code, const QString& reason)
{
    client->close(static_cast<QWebSocketProtocol::CloseCode>(code), reason);
}

int ScriptedServer::count(const QString& event) const
{
    return static_cast<int>(std::ranges::count_if(
        m_received, [&](const QJsonObject& message) { return message[QLatin1String{"event"}] == event; }));
}

QJsonObject ScriptedServer::last(const QString& event) const
{
    for (qsizetype i = m_received.size(); i-- > 0;) {
        if (m_received[i][QLatin1String{"event"}] == event)
            return m_received[i];
    }
    return {};
}

QString ScriptedServer::greeting(const char* socketId, int activityTimeout)
{
    return QStringLiteral(
               R"({"event":"pusher:connection_established","data":"{\"socket_id\":\"%1\",\"activity_timeout\":%2}"})")
        .arg(QLatin1String{socketId})
        .arg(activityTimeout);
}

} // namespace castdeck::test
