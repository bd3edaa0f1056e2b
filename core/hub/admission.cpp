#include "core/hub/admission.h"

#include "core/base/ascii.h"
#include "core/hub/origin.h"
#include "core/pusher/signature.h"

#include <optional>

namespace castdeck::hub {

using pusher::CloseCode;

namespace {

constexpr std::string_view appPath = "/app/";
constexpr unsigned oldestProtocol = 4;
constexpr unsigned newestProtocol = 7;

/// Nothing when the path is not /app/KEY.
std::optional<std::string> keyOf(std::string_view path)
{
    if (!path.starts_with(appPath))
        return std::nullopt;
    const std::string_view key = path.substr(appPath.size());
    if (key.empty() || key.find('/') != std::string_view::npos)
        return std::nullopt;
    return pusher::percentDecode(key);
}

std::optional<Rejection> checkProtocol(const std::string* protocol)
{
    if (protocol == nullptr)
        return Rejection{CloseCode::MissingProtocol, "The query has no protocol parameter; use protocol=7"};
    const auto number = parseNumber(*protocol);
    if (!isDigits(*protocol))
        return Rejection{CloseCode::BadProtocolVersion, "The protocol parameter is not a number; use protocol=7"};
    if (!number || *number < oldestProtocol || *number > newestProtocol)
        return Rejection{CloseCode::UnsupportedProtocol, "Protocols 4 to 7 are supported"};
    return std::nullopt;
}

std::optional<Rejection> checkApp(const AppConfig& config, const Handshake& handshake, std::size_t connections)
{
    if (!config.isEnabled)
        return Rejection{CloseCode::AppDisabled, "The application is disabled"};
    if (config.requiresTls && !handshake.isTls)
        return Rejection{CloseCode::TlsRequired, "The application takes TLS connections only; use wss"};
    if (!isOriginAllowed(handshake.origin, config.allowedOrigins))
        return Rejection{CloseCode::Unauthorized, "Pages of this origin may not connect; see allowed_origins"};
    if (config.limits.maxConnections != 0 && connections >= config.limits.maxConnections)
        return overQuota();
    if (handshake.isServerFull)
        return Rejection{CloseCode::OverCapacity, "The server is full"};
    return std::nullopt;
}

} // namespace

Admission admit(const Hub& hub, const Handshake& handshake)
{
    const auto key = keyOf(handshake.path);
    if (!key)
        return Rejection{CloseCode::PathNotFound, "The path is not /app/KEY"};
    const auto query = pusher::parseQuery(handshake.query);
    const std::string* const protocol = pusher::find(query, "protocol");
    auto application = hub.findByKey(*key);
    const bool isLenient = protocol == nullptr && application && application->settings()->config.allowsMissingProtocol;
    if (auto rejection = isLenient ? std::nullopt : checkProtocol(protocol))
        return *rejection;
    if (!application)
        return Rejection{CloseCode::UnknownApp, "No application has this key; check the key and the server's address"};
    if (auto rejection = checkApp(application->settings()->config, handshake, application->connectionCount()))
        return *rejection;
    Gatekeeper* const gatekeeper = hub.gatekeeper();
    if (gatekeeper != nullptr && gatekeeper->asksAtHandshake() &&
        !gatekeeper->mayConnect({.appId = application->settings()->config.id, .handshake = &handshake}))
        return Rejection{CloseCode::Unauthorized, "Connection is unauthorized"};
    return application;
}

Rejection overQuota()
{
    return {CloseCode::AppOverQuota, "The application is over its connection quota"};
}

std::string clientName(const std::string& query)
{
    const auto parameters = pusher::parseQuery(query);
    const std::string* const name = pusher::find(parameters, "client");
    const std::string* const version = pusher::find(parameters, "version");
    std::string text = name != nullptr ? *name : std::string{};
    if (version != nullptr)
        text.append(text.empty() ? "" : " ").append(*version);
    constexpr std::size_t longestShown = 64;
    return std::string{leading(text, longestShown)};
}

} // namespace castdeck::hub
