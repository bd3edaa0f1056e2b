#include "tests/remote/centrifugo_server.h"

#include <QDeadlineTimer>
#include <QDebug>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTcpServer>

namespace castdeck::test {

namespace {

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

QJsonObject proxy(const QString& asks, const char* path)
{
    return {{"enabled", true}, {"endpoint", asks + QLatin1String{path}}, {"http_headers", QJsonArray{"Authorization"}}};
}

QJsonObject withRights(QJsonObject settings, bool asks)
{
    if (asks)
        settings["subscribe_proxy_enabled"] = true;
    else
        settings["allow_subscribe_for_client"] = settings["allow_subscribe_for_anonymous"] = true;
    return settings;
}

/// Nothing leaves this machine: the server reports no use to its makers.
QByteArray configuration(quint16 port, const QString& asks)
{
    QJsonObject client{{"token", QJsonObject{{"hmac_secret_key", CentrifugoServer::tokenSecret}}},
                       {"allow_anonymous_connect_without_token", asks.isEmpty()},
                       {"ping_interval", "1s"},
                       {"pong_timeout", "500ms"}};
    const QJsonObject room = withRights({{"name", "room"},
                                         {"presence", true},
                                         {"join_leave", true},
                                         {"force_push_join_leave", true},
                                         {"history_size", 10},
                                         {"history_ttl", "60s"}},
                                        !asks.isEmpty());
    QJsonObject channel{{"without_namespace", withRights({}, !asks.isEmpty())},
                        {"namespaces", QJsonArray{room, QJsonObject{{"name", "closed"}}}}};
    if (!asks.isEmpty()) {
        client["proxy"] = QJsonObject{{"connect", proxy(asks, "/centrifugo/connect")}};
        QJsonObject subscribe = proxy(asks, "/centrifugo/subscribe");
        subscribe.remove("enabled");
        channel["proxy"] = QJsonObject{{"subscribe", subscribe}};
    }
    return QJsonDocument{{{"http_server", QJsonObject{{"address", "127.0.0.1"}, {"port", port}}},
                          {"http_api", QJsonObject{{"key", CentrifugoServer::apiKey}}},
                          {"client", client},
                          {"channel", channel},
                          {"usage_stats", QJsonObject{{"disabled", true}}}}}
        .toJson();
}

} // namespace

QString CentrifugoServer::program()
{
    const QString named = qEnvironmentVariable("CASTDECK_CENTRIFUGO");
    return named.isEmpty() ? QStandardPaths::findExecutable(QStringLiteral("centrifugo")) : named;
}

CentrifugoServer::CentrifugoServer(const QString& asks) : m_port{freePort()}
{
    QFile file{m_folder.filePath(QStringLiteral("config.json"))};
    if (!file.open(QIODevice::WriteOnly) || file.write(configuration(m_port, asks)) < 0)
        qWarning() << "cannot write" << file.fileName();
    file.close();
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    // setpriv becomes the program, which then ends with this process even where that is killed.
    m_process.start(QStringLiteral("setpriv"), {QStringLiteral("--pdeathsig"), QStringLiteral("KILL"), program(),
                                                QStringLiteral("-c"), file.fileName()});
    QByteArray output;
    const QDeadlineTimer deadline{30'000};
    while (!output.contains("serving websocket") && !deadline.hasExpired()) {
        if (!m_process.waitForReadyRead(1'000) && m_process.state() == QProcess::NotRunning)
            break;
        output += m_process.readAll();
    }
    m_isRunning = output.contains("serving websocket");
    if (!m_isRunning)
        qWarning() << program() << "did not start:" << m_process.errorString() << output;
}

CentrifugoServer::~CentrifugoServer()
{
    m_process.kill();
    m_process.waitForFinished();
}

QUrl CentrifugoServer::url() const
{
    QUrl url{QStringLiteral("http://127.0.0.1")};
    url.setPort(m_port);
    return url;
}

} // namespace castdeck::test
