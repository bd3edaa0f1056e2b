#include "tests/remote/centrifugo_server.h"

#include <QDeadlineTimer>
#include <QDebug>
#include <QFile>
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

/// Nothing leaves this machine: the server reports no use to its makers.
QByteArray configuration(quint16 port)
{
    return QStringLiteral(R"({
        "http_server": {"address": "127.0.0.1", "port": %1},
        "http_api": {"key": "%2"},
        "client": {"token": {"hmac_secret_key": "%3"}, "allow_anonymous_connect_without_token": true,
                   "ping_interval": "1s", "pong_timeout": "500ms"},
        "channel": {
            "without_namespace": {"allow_subscribe_for_client": true, "allow_subscribe_for_anonymous": true},
            "namespaces": [
                {"name": "room", "allow_subscribe_for_client": true, "presence": true, "join_leave": true,
                 "force_push_join_leave": true, "history_size": 10, "history_ttl": "60s"},
                {"name": "closed"}]},
        "usage_stats": {"disabled": true}})")
        .arg(port)
        .arg(QLatin1String{CentrifugoServer::apiKey}, QLatin1String{CentrifugoServer::tokenSecret})
        .toUtf8();
}

} // namespace

QString CentrifugoServer::program()
{
    const QString named = qEnvironmentVariable("CASTDECK_CENTRIFUGO");
    return named.isEmpty() ? QStandardPaths::findExecutable(QStringLiteral("centrifugo")) : named;
}

CentrifugoServer::CentrifugoServer() : m_port{freePort()}
{
    QFile file{m_folder.filePath(QStringLiteral("config.json"))};
    if (!file.open(QIODevice::WriteOnly) || file.write(configuration(m_port)) < 0)
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
