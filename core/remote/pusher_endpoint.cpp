#include "core/remote/pusher_endpoint.h"

#include <array>

namespace castdeck::remote {

namespace {

QUrl url(const char* scheme, const std::string& host, std::uint16_t port)
{
    QUrl result;
    result.setScheme(QLatin1String{scheme});
    result.setHost(QString::fromStdString(host));
    result.setPort(port);
    return result;
}

/// An address to connect to, for one to listen on: "any" becomes loopback.
std::string connectAddress(const std::string& listen)
{
    if (listen == "0.0.0.0" || listen == "*")
        return "127.0.0.1";
    return listen == "::" ? "::1" : listen;
}

} // namespace

Result<PusherEndpoint> PusherEndpoint::from(const store::PusherOptions& options)
{
    const std::array<std::pair<const char*, const std::string*>, 3> required{
        {{"app_id", &options.appId}, {"client", &options.key}, {"secret", &options.secret}}};
    for (const auto& [name, value] : required) {
        if (value->empty())
            return Error{ErrorKind::InvalidInput, std::string{"the option "} + name + " is missing or empty"};
    }
    if (!options.host.empty() && !isHost(options.host))
        return Error{ErrorKind::InvalidInput, "the option host must be a name or an address, without http:// and port"};
    PusherEndpoint endpoint;
    const std::string cluster = options.cluster.empty() ? "" : "-" + options.cluster;
    const bool isHosted = options.host.empty();
    if (isHosted) {
        endpoint.restHost = cluster.empty() ? "api.pusherapp.com" : "api" + cluster + ".pusher.com";
        endpoint.socketHost = cluster.empty() ? "ws.pusherapp.com" : "ws" + cluster + ".pusher.com";
    } else {
        endpoint.restHost = endpoint.socketHost = options.host;
    }
    endpoint.usesTls = options.usesTls;
    endpoint.port = options.port.value_or(options.usesTls ? 443 : 80);
    endpoint.pathPrefix = options.pathPrefix;
    endpoint.appId = options.appId;
    endpoint.key = options.key;
    endpoint.secret = options.secret;
    endpoint.timeout = options.timeout;
    endpoint.maxPayloadBytes = options.maxPayloadBytes;
    return endpoint;
}

Result<PusherEndpoint> PusherEndpoint::from(const store::ServerConfig& server)
{
    if (server.apps.empty())
        return Error{ErrorKind::NotFound, "the configured server has no application (server.apps is empty)"};
    const hub::AppConfig& app = server.apps.front();
    PusherEndpoint endpoint;
    endpoint.restHost = endpoint.socketHost = connectAddress(server.listen);
    endpoint.usesTls = server.tls.has_value();
    endpoint.port = server.port;
    endpoint.pathPrefix = server.pathPrefix;
    endpoint.appId = app.id;
    endpoint.key = app.key;
    endpoint.secret = app.secret;
    endpoint.maxPayloadBytes = app.limits.maxEventDataBytes;
    return endpoint;
}

bool PusherEndpoint::isHost(const std::string& text)
{
    QUrl url;
    url.setHost(QString::fromStdString(text), QUrl::StrictMode);
    return !url.host().isEmpty() && text.find('[') == std::string::npos;
}

QUrl PusherEndpoint::restUrl(std::string_view path, std::string_view query) const
{
    // Put together from encoded text, so that the server sees exactly the characters that were signed.
    QByteArray text = url(usesTls ? "https" : "http", restHost, port).toEncoded();
    text.append(pathPrefix).append(path).append('?').append(query);
    return QUrl::fromEncoded(text, QUrl::StrictMode);
}

QUrl PusherEndpoint::socketUrl() const
{
    QUrl result = url(usesTls ? "wss" : "ws", socketHost, port);
    result.setPath(QString::fromStdString(pathPrefix + "/app/" + key));
    result.setQuery(QStringLiteral("protocol=7&client=castdeck&version=" CASTDECK_VERSION));
    return result;
}

std::string PusherEndpoint::address() const
{
    return url(usesTls ? "https" : "http", restHost, port).toString().toStdString();
}

} // namespace castdeck::remote
