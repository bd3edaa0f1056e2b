#include "ui/text/snippets.h"

#include "ui/text/shown_text.h"

namespace castdeck::ui {

namespace {

QString secretOf(const hub::AppConfig& app, SecretUse use)
{
    return use == SecretUse::Reveal ? toQt(app.secret) : maskedSecret();
}

/// As it stands in an address. What listens everywhere is reached at the loopback address of its family.
QString hostOf(const ServerAddress& server)
{
    if (server.host == "0.0.0.0")
        return QStringLiteral("127.0.0.1");
    const QString host = server.host == "::" ? QStringLiteral("::1") : toQt(server.host);
    return host.contains(u':') ? QStringLiteral("[%1]").arg(host) : host;
}

QString filledIn(QString text, const hub::AppConfig& app, const ServerAddress& server)
{
    return text.replace(QStringLiteral("@id"), toQt(app.id))
        .replace(QStringLiteral("@key"), toQt(app.key))
        .replace(QStringLiteral("@host"), hostOf(server))
        .replace(QStringLiteral("@port"), QString::number(server.port))
        .replace(QStringLiteral("@scheme"), server.isTls ? QStringLiteral("https") : QStringLiteral("http"))
        .replace(QStringLiteral("@tls"), server.isTls ? QStringLiteral("true") : QStringLiteral("false"));
}

} // namespace

QString maskedSecret()
{
    return QString{16, QChar{0x2022}};
}

QString pusherJsSnippet(const hub::AppConfig& app, const ServerAddress& server)
{
    return filledIn(QStringLiteral(R"(import Pusher from 'pusher-js';

const pusher = new Pusher('@key', {
  cluster: 'local',
  wsHost: '@host',
  wsPort: @port,
  wssPort: @port,
  forceTLS: @tls,
  enabledTransports: ['ws', 'wss'],
  // For private and presence channels. Before pusher-js 7.1: authEndpoint: '@scheme://@host:@port/pusher/auth'
  channelAuthorization: { endpoint: '@scheme://@host:@port/pusher/auth' },
});

pusher.subscribe('demo').bind('hello', (data) => console.log(data));
)"),
                    app, server);
}

QString laravelEnvSnippet(const hub::AppConfig& app, const ServerAddress& server, SecretUse use)
{
    return filledIn(QStringLiteral(R"(BROADCAST_CONNECTION=pusher

PUSHER_APP_ID=@id
PUSHER_APP_KEY=@key
PUSHER_APP_SECRET=@secret
PUSHER_HOST=@host
PUSHER_PORT=@port
PUSHER_SCHEME=@scheme
PUSHER_APP_CLUSTER=local

VITE_PUSHER_APP_KEY="${PUSHER_APP_KEY}"
VITE_PUSHER_HOST="${PUSHER_HOST}"
VITE_PUSHER_PORT="${PUSHER_PORT}"
VITE_PUSHER_SCHEME="${PUSHER_SCHEME}"
VITE_PUSHER_APP_CLUSTER="${PUSHER_APP_CLUSTER}"
)")
                        .replace(QStringLiteral("@secret"), secretOf(app, use)),
                    app, server);
}

QString curlSnippet(const hub::AppConfig& app, const ServerAddress& server, SecretUse use)
{
    return filledIn(QStringLiteral(R"(secret='@secret'
body='{"name":"hello","channels":["demo"],"data":"{\"text\":\"Hello\"}"}'
route='/apps/@id/events'
md5=$(printf %s "$body" | openssl md5 -r | cut -d' ' -f1)
query="auth_key=@key&auth_timestamp=$(date +%s)&auth_version=1.0&body_md5=$md5"
sign=$(printf 'POST\n%s\n%s' "$route" "$query" | openssl sha256 -hmac "$secret" -r | cut -d' ' -f1)
curl -sS -H 'Content-Type: application/json' -d "$body" \
  "@scheme://@host:@port$route?$query&auth_signature=$sign"
)")
                        .replace(QStringLiteral("@secret"), secretOf(app, use)),
                    app, server);
}

} // namespace castdeck::ui
