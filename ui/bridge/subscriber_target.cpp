#include "ui/bridge/subscriber_target.h"

#include <QtCore/QCoreApplication>
#include <QtNetwork/QHostAddress>

#include <algorithm>

namespace castdeck::ui {

namespace {

/// A server that listens on every address is reached over loopback.
std::string reachable(const std::string& address)
{
    const QHostAddress parsed{QString::fromStdString(address)};
    if (parsed == QHostAddress{QHostAddress::AnyIPv4})
        return "127.0.0.1";
    if (parsed == QHostAddress{QHostAddress::AnyIPv6} || parsed == QHostAddress{QHostAddress::Any})
        return "::1";
    return address;
}

std::optional<pusher::EncryptionKey> masterKeyOf(const hub::AppConfig& app)
{
    pusher::EncryptionKey key;
    if (app.encryptionMasterKey.size() != key.bytes.size())
        return std::nullopt;
    std::ranges::transform(app.encryptionMasterKey, key.bytes.begin(),
                           [](char byte) { return static_cast<unsigned char>(byte); });
    return key;
}

} // namespace

std::optional<SubscriberTarget> embeddedTarget(const engine::ServerSnapshot& server,
                                               const std::vector<hub::AppConfig>& apps, const std::string& appId,
                                               QString& why)
{
    if (server.state != engine::ServerState::Running) {
        why = QCoreApplication::translate("Subscribers", "The local server is stopped.");
        return std::nullopt;
    }
    const auto app =
        appId.empty() ? apps.begin() : std::ranges::find(apps, appId, [](const hub::AppConfig& one) { return one.id; });
    if (app == apps.end()) {
        why = QCoreApplication::translate("Subscribers", "There is no such app.");
        return std::nullopt;
    }
    SubscriberTarget target;
    target.endpoint.restHost = target.endpoint.socketHost = reachable(server.address);
    target.endpoint.port = server.port;
    target.endpoint.usesTls = server.isTls;
    target.endpoint.appId = app->id;
    target.endpoint.key = app->key;
    target.endpoint.secret = app->secret;
    target.masterKey = masterKeyOf(*app);
    return target;
}

} // namespace castdeck::ui
