#include "ui/bridge/profile_endpoint.h"

#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>

namespace castdeck::ui {

namespace {

std::string translated(const char* text)
{
    return toStd(QCoreApplication::translate("Endpoint", text));
}

/// "api-eu.pusher.com" and "ws-eu.pusher.com" are one server.
void nameHostedService(remote::PusherEndpoint& endpoint)
{
    const std::string host = endpoint.restHost;
    const bool isHosted = host.ends_with(".pusher.com") || host.ends_with(".pusherapp.com");
    if (!isHosted)
        return;
    for (const std::string start : {"api", "ws"}) {
        if (!host.starts_with(start + "-") && !host.starts_with(start + "."))
            continue;
        endpoint.restHost = "api" + host.substr(start.size());
        endpoint.socketHost = "ws" + host.substr(start.size());
    }
}

} // namespace

Result<remote::PusherEndpoint> endpointOf(const Profile& profile, const std::string& secret)
{
    const auto missing = [](const char* text) { return Error{ErrorKind::InvalidInput, translated(text)}; };
    if (profile.host.isEmpty())
        return missing(QT_TRANSLATE_NOOP("Endpoint", "Enter the host of the server."));
    if (!remote::PusherEndpoint::isHost(toStd(profile.host)))
        return missing(
            QT_TRANSLATE_NOOP("Endpoint", "The host must be a name or an address, without http:// and port."));
    if (profile.appId.isEmpty())
        return missing(QT_TRANSLATE_NOOP("Endpoint", "Enter the app id."));
    if (profile.key.isEmpty())
        return missing(QT_TRANSLATE_NOOP("Endpoint", "Enter the key."));
    if (secret.empty())
        return missing(QT_TRANSLATE_NOOP("Endpoint", "Enter the secret: without it nothing can be sent."));
    remote::PusherEndpoint endpoint;
    endpoint.restHost = endpoint.socketHost = toStd(profile.host);
    endpoint.port = profile.port;
    endpoint.usesTls = profile.scheme != QLatin1String{"http"};
    endpoint.pathPrefix = toStd(profile.path);
    endpoint.appId = toStd(profile.appId);
    endpoint.key = toStd(profile.key);
    endpoint.secret = secret;
    nameHostedService(endpoint);
    return endpoint;
}

Result<remote::DoctorOptions> doctorOptionsOf(const Profile& profile, const std::string& secret)
{
    auto endpoint = endpointOf(profile, secret);
    if (!endpoint)
        return endpoint.error();
    return remote::DoctorOptions{.endpoint = *std::move(endpoint),
                                 .pinnedCertificate = profile.pinnedCertificate,
                                 .origin = toStd(profile.origin),
                                 .sendsEcho = !profile.isProduction};
}

} // namespace castdeck::ui
