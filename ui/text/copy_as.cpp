#include "ui/text/copy_as.h"

#include "core/base/ascii.h"
#include "core/base/json.h"
#include "core/pusher/channel_name.h"
#include "ui/text/code_text.h"
#include "ui/text/listen_hint.h"
#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <algorithm>

namespace castdeck::ui {

namespace {

QString flag(bool value)
{
    return value ? QStringLiteral("true") : QStringLiteral("false");
}

/// As it stands in an address.
QString hostOf(const CopyEndpoint& endpoint)
{
    const QString host = toQt(endpoint.host);
    return host.contains(u':') && !host.startsWith(u'[') ? u'[' + host + u']' : host;
}

QString baseOf(const CopyEndpoint& endpoint)
{
    return QStringLiteral("%1://%2:%3")
        .arg(endpoint.isTls ? QStringLiteral("https") : QStringLiteral("http"), hostOf(endpoint))
        .arg(endpoint.port);
}

bool isEncrypted(const std::string& channel)
{
    const pusher::ChannelKind kind = pusher::kindOf(channel);
    return kind == pusher::ChannelKind::Encrypted || kind == pusher::ChannelKind::EncryptedCache;
}

bool hasEncrypted(const CopyMessage& message)
{
    return std::ranges::any_of(message.channels, isEncrypted);
}

QString bodyOf(const CopyMessage& message)
{
    QStringList channels;
    for (const std::string& channel : message.channels)
        channels << code::json(channel);
    QString body = QStringLiteral("{\"name\":") + code::json(message.event) + QStringLiteral(",\"channels\":[") +
                   channels.join(u',') + QStringLiteral("],\"data\":") + code::json(message.payload);
    if (!message.excludeSocketId.empty())
        body += QStringLiteral(",\"socket_id\":") + code::json(message.excludeSocketId);
    return body + u'}';
}

QString curlForm(const CopyMessage& message, const CopyEndpoint& endpoint)
{
    QString text = QStringLiteral("# Needs the secret of the app in PUSHER_APP_SECRET.\n");
    if (hasEncrypted(message))
        text += QStringLiteral("# Encrypted channels: curl cannot encrypt; use one of the libraries.\n");
    text += QStringLiteral("base=") + code::shell(toStd(baseOf(endpoint)) + endpoint.path) + u'\n';
    text += QStringLiteral("route=") + code::shell("/apps/" + endpoint.appId + "/events") + u'\n';
    text += QStringLiteral("body=") + code::shell(toStd(bodyOf(message))) + u'\n';
    text += QStringLiteral("query=") + code::shell("auth_key=" + endpoint.key) + u'\n';
    text += QStringLiteral(
        R"sh(query="$query&auth_timestamp=$(date +%s)&auth_version=1.0"
query="$query&body_md5=$(printf %s "$body" | openssl md5 -r | cut -d' ' -f1)"
sign=$(printf 'POST\n%s\n%s' "$route" "$query" |
  openssl sha256 -hmac "${PUSHER_APP_SECRET:?}" -r | cut -d' ' -f1)
curl -sS -H 'Content-Type: application/json' --data-binary "$body" \
  "$base$route?$query&auth_signature=$sign"
)sh");
    return text;
}

/// The options that both browser libraries share.
QString clientOptions(const CopyEndpoint& endpoint)
{
    QString text = QStringLiteral("  cluster: 'local',\n  wsHost: %1,\n  wsPort: %2,\n  wssPort: %2,\n")
                       .arg(code::script(toStd(hostOf(endpoint))))
                       .arg(endpoint.port);
    if (!endpoint.path.empty())
        text += QStringLiteral("  wsPath: ") + code::script(endpoint.path) + QStringLiteral(",\n");
    text += QStringLiteral("  forceTLS: ") + flag(endpoint.isTls) +
            QStringLiteral(",\n  enabledTransports: ['ws', 'wss'],\n");
    if (!endpoint.authEndpoint.empty())
        text += QStringLiteral("  channelAuthorization: { endpoint: ") + code::script(endpoint.authEndpoint) +
                QStringLiteral(" },\n");
    return text;
}

QString pusherJsForm(const CopyMessage& message, const CopyEndpoint& endpoint)
{
    QString text = QStringLiteral("import Pusher from 'pusher-js';\n\nconst pusher = new Pusher(") +
                   code::script(endpoint.key) + QStringLiteral(", {\n") + clientOptions(endpoint) +
                   QStringLiteral("});\n\n");
    for (const std::string& channel : message.channels)
        text += pusherListenLine(channel, message.event) + u'\n';
    return text;
}

QString echoForm(const CopyMessage& message, const CopyEndpoint& endpoint)
{
    QString text = QStringLiteral("import Echo from 'laravel-echo';\nimport Pusher from 'pusher-js';\n\n"
                                  "const echo = new Echo({\n  broadcaster: 'pusher',\n  Pusher,\n  key: ") +
                   code::script(endpoint.key) + QStringLiteral(",\n") + clientOptions(endpoint) +
                   QStringLiteral("});\n\n");
    for (const std::string& channel : message.channels)
        text += echoListenLine(channel, message.event, QStringLiteral("echo")) + u'\n';
    return text;
}

QString phpForm(const CopyMessage& message, const CopyEndpoint& endpoint)
{
    QStringList channels;
    for (const std::string& channel : message.channels)
        channels << code::php(channel);
    QString text = QStringLiteral("<?php\n\nrequire 'vendor/autoload.php'; // composer require pusher/pusher-php-server"
                                  "\n\n$pusher = new Pusher\\Pusher(") +
                   code::php(endpoint.key) + QStringLiteral(", getenv('PUSHER_APP_SECRET'), ") +
                   code::php(endpoint.appId) + QStringLiteral(", [\n    'host' => ") +
                   code::php(toStd(hostOf(endpoint))) + QStringLiteral(",\n    'port' => %1,\n").arg(endpoint.port) +
                   QStringLiteral("    'scheme' => ") + QLatin1String{endpoint.isTls ? "'https'" : "'http'"} +
                   QStringLiteral(",\n    'useTLS' => ") + flag(endpoint.isTls) + QStringLiteral(",\n");
    if (!endpoint.path.empty())
        text += QStringLiteral("    'path' => ") + code::php(endpoint.path) + QStringLiteral(",\n");
    if (hasEncrypted(message))
        text += QStringLiteral("    'encryption_master_key_base64' => getenv('PUSHER_ENCRYPTION_MASTER_KEY'),\n");
    text += QStringLiteral("]);\n\n$pusher->trigger([") + channels.join(QStringLiteral(", ")) + QStringLiteral("], ") +
            code::php(message.event) + QStringLiteral(", ") + code::php(message.payload) + QStringLiteral(", [");
    if (!message.excludeSocketId.empty())
        text += QStringLiteral("'socket_id' => ") + code::php(message.excludeSocketId);
    return text + QStringLiteral("], true); // true: the data goes out as it stands.\n");
}

QString pythonForm(const CopyMessage& message, const CopyEndpoint& endpoint)
{
    QStringList channels;
    for (const std::string& channel : message.channels)
        channels << code::python(channel);
    QString text = QStringLiteral("import os\n\nimport pusher  # pip install pusher\n\n");
    if (!endpoint.path.empty())
        text += QStringLiteral("# The server's path is left out: this library cannot name one.\n");
    if (!isDigits(endpoint.appId))
        text += QStringLiteral("# This library takes app ids of digits only and will refuse this one.\n");
    text += QStringLiteral("client = pusher.Pusher(\n    app_id=") + code::python(endpoint.appId) +
            QStringLiteral(", key=") + code::python(endpoint.key) +
            QStringLiteral(", secret=os.environ[\"PUSHER_APP_SECRET\"],\n    host=") +
            code::python(toStd(hostOf(endpoint))) + QStringLiteral(", port=%1, ssl=").arg(endpoint.port) +
            QLatin1String{endpoint.isTls ? "True" : "False"} + QStringLiteral(",\n");
    if (hasEncrypted(message))
        text += QStringLiteral("    encryption_master_key_base64=os.environ[\"PUSHER_ENCRYPTION_MASTER_KEY\"],\n");
    text += QStringLiteral(")\nclient.trigger([") + channels.join(QStringLiteral(", ")) + QStringLiteral("], ") +
            code::python(message.event) + QStringLiteral(", ") + code::python(message.payload);
    if (!message.excludeSocketId.empty())
        text += QStringLiteral(", ") + code::python(message.excludeSocketId);
    return text + QStringLiteral(")\n");
}

QString commandLineForm(const CopyMessage& message, const CopyEndpoint& endpoint)
{
    const auto isDashed = [](const std::string& word) { return word.starts_with('-'); };
    if (isDashed(message.event) || std::ranges::any_of(message.channels, isDashed))
        return QStringLiteral("# castdeck-cli takes no name that starts with a dash.\n");
    QString text = QStringLiteral("# Needs the secret of the app in PUSHER_APP_SECRET.\n");
    if (!endpoint.path.empty())
        text += QStringLiteral("# The server's path is left out: name it as path_prefix of a connection.\n");
    std::string data = message.payload;
    if (json::check(data)) { // Nothing when it is JSON.
        text += QStringLiteral("# castdeck-cli sends JSON: this text goes as a JSON string.\n");
        data = json::toString(data);
    }
    text += QStringLiteral("CASTDECK_APP=") + code::shell(endpoint.appId + ":" + endpoint.key + ":") +
            QStringLiteral("\"${PUSHER_APP_SECRET:?}\" \\\n  castdeck-cli emit --host ") + code::shell(endpoint.host) +
            QStringLiteral(" --port %1").arg(endpoint.port) + QLatin1String{endpoint.isTls ? " --tls" : ""};
    if (!message.excludeSocketId.empty())
        text += QStringLiteral(" --exclude ") + code::shell(message.excludeSocketId);
    text += QStringLiteral(" \\\n  ");
    for (const std::string& channel : message.channels)
        text += code::shell(channel) + u' ';
    return text + code::shell(message.event) + u' ' + code::shell(data) + u'\n';
}

} // namespace

const std::vector<CopyKind>& copyKinds()
{
    static const std::vector<CopyKind> kinds{CopyKind::Curl, CopyKind::PusherJs, CopyKind::Echo,
                                             CopyKind::Php,  CopyKind::Python,   CopyKind::CommandLine};
    return kinds;
}

QString nameOf(CopyKind kind)
{
    switch (kind) {
    case CopyKind::Curl: return QStringLiteral("curl");
    case CopyKind::PusherJs: return QStringLiteral("pusher-js");
    case CopyKind::Echo: return QStringLiteral("Laravel Echo");
    case CopyKind::Php: return QStringLiteral("PHP");
    case CopyKind::Python: return QStringLiteral("Python");
    case CopyKind::CommandLine: return QCoreApplication::translate("CopyAs", "Command line");
    }
    return {};
}

QString copyAs(CopyKind kind, const CopyMessage& message, const CopyEndpoint& endpoint)
{
    switch (kind) {
    case CopyKind::Curl: return curlForm(message, endpoint);
    case CopyKind::PusherJs: return pusherJsForm(message, endpoint);
    case CopyKind::Echo: return echoForm(message, endpoint);
    case CopyKind::Php: return phpForm(message, endpoint);
    case CopyKind::Python: return pythonForm(message, endpoint);
    case CopyKind::CommandLine: return commandLineForm(message, endpoint);
    }
    return {};
}

} // namespace castdeck::ui
