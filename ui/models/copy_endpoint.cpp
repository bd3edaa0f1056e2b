#include "ui/models/copy_endpoint.h"

#include "core/broadcast/drivers/pusher_options.h"
#include "ui/text/shown_text.h"

#include <QtCore/QUrl>

namespace castdeck::ui {

namespace {

constexpr int standardPort = 80;
constexpr int standardTlsPort = 443;

CopyEndpoint endpointAt(const QUrl& url)
{
    CopyEndpoint endpoint;
    endpoint.isTls = url.scheme() == QStringLiteral("https");
    endpoint.host = toStd(url.host());
    endpoint.port = static_cast<std::uint16_t>(url.port(endpoint.isTls ? standardTlsPort : standardPort));
    endpoint.path = toStd(url.path());
    return endpoint;
}

} // namespace

CopyEndpoint copyEndpointOf(const engine::ServerSnapshot& server, const hub::AppConfig& app)
{
    CopyEndpoint endpoint;
    endpoint.isTls = server.isTls;
    // What listens everywhere is reached at the loopback address of its family.
    endpoint.host = server.address.empty() || server.address == "0.0.0.0" ? "127.0.0.1"
                    : server.address == "::"                              ? "::1"
                                                                          : server.address;
    endpoint.port = server.port;
    endpoint.appId = app.id;
    endpoint.key = app.key;
    const bool needsBrackets = endpoint.host.find(':') != std::string::npos;
    endpoint.authEndpoint = (server.isTls ? "https://" : "http://") +
                            (needsBrackets ? "[" + endpoint.host + "]" : endpoint.host) + ":" +
                            std::to_string(server.port) + "/pusher/auth";
    return endpoint;
}

CopyEndpoint copyEndpointOf(const Profile& profile)
{
    CopyEndpoint endpoint;
    endpoint.isTls = profile.scheme == QStringLiteral("https");
    endpoint.host = toStd(profile.host);
    endpoint.port = profile.port;
    endpoint.path = toStd(profile.path);
    endpoint.appId = toStd(profile.appId);
    endpoint.key = toStd(profile.key);
    return endpoint;
}

std::optional<CopyEndpoint> copyEndpointOf(const broadcast::ConnectionConfig& connection)
{
    constexpr std::size_t anySize = 10'240;
    const auto driver = connection.options.find("driver");
    if (!driver || !driver->is(json::Kind::String) || driver->text() != "pusher")
        return std::nullopt;
    const auto options = broadcast::PusherOptions::read(connection.options, anySize);
    if (!options)
        return std::nullopt;
    CopyEndpoint endpoint = endpointAt(QUrl{toQt(options->baseUrl)});
    endpoint.appId = options->appId;
    endpoint.key = options->key;
    return endpoint;
}

CopyMessage copyMessageOf(const Draft& draft)
{
    CopyMessage message;
    for (const ChannelEntry& entry : parseChannels(draft.channels))
        message.channels.push_back(entry.name);
    message.event = toStd(draft.event);
    message.payload = asSent(draft).payload;
    message.excludeSocketId = draft.excludeSocketId;
    return message;
}

} // namespace castdeck::ui
