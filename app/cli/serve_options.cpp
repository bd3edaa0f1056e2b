#include "app/cli/serve_options.h"

#include "app/cli/credentials.h"
#include "core/base/crypto.h"

#include <algorithm>
#include <cstdlib>

namespace castdeck::cli {

namespace {

bool isLoopback(const std::string& address)
{
    return address == "localhost" || address == "::1" || address.starts_with("127.");
}

} // namespace

Result<std::vector<hub::AppConfig>> givenApps(const ServeOptions& options)
{
    std::vector<std::string> texts = options.apps;
    const char* variable = std::getenv(appVariable);
    if (texts.empty() && variable != nullptr && *variable != '\0')
        texts.emplace_back(variable);
    std::vector<hub::AppConfig> apps;
    for (const std::string& text : texts) {
        auto app = parseApp(text);
        if (!app)
            return app.error();
        const auto isSame = [&](const hub::AppConfig& other) { return other.id == app->id || other.key == app->key; };
        if (const auto other = std::ranges::find_if(apps, isSame); other != apps.end())
            return Error{ErrorKind::InvalidInput,
                         "the applications " + other->id + " and " + app->id + " have the same id or key"};
        app->allowsClientEvents = options.allowsClientEvents;
        app->sendsSubscriptionCount = options.sendsSubscriptionCount;
        apps.push_back(std::move(*app));
    }
    return apps;
}

hub::AppConfig randomApp()
{
    hub::AppConfig app;
    app.id = "1000001"; // Digits only: the library for Python takes nothing else.
    app.key = randomHex(10);
    app.secret = randomHex(20);
    return app;
}

engine::EngineOptions toEngineOptions(const store::ServerConfig& server, const ServeOptions& options,
                                      std::vector<hub::AppConfig> apps)
{
    engine::EngineOptions result;
    result.listen = options.listen.value_or(server.listen);
    result.port = options.port.value_or(server.port);
    if (!options.tlsCertificate.empty())
        result.tls = engine::TlsFiles{options.tlsCertificate, options.tlsKey};
    else if (server.tls)
        result.tls = engine::TlsFiles{server.tls->certificate, server.tls->key};
    result.pathPrefix = server.pathPrefix;
    result.extraHosts = server.extraHosts;
    result.workers = options.workers.value_or(server.workers);
    result.apps = std::move(apps);
    result.recordsEvents = false;
    return result;
}

std::vector<std::string> warnings(const engine::EngineOptions& options)
{
    std::vector<std::string> result;
    if (!isLoopback(options.listen))
        result.push_back("listens on " + options.listen + ": other machines can connect" +
                         (options.tls ? "" : ", and nothing is encrypted"));
    for (const hub::AppConfig& app : options.apps) {
        if (std::ranges::find(app.allowedOrigins, "*") != app.allowedOrigins.end())
            result.push_back("application " + app.id + ": every web page may connect (allowed_origins has \"*\")");
        if (app.allowsMissingProtocol)
            result.push_back("application " + app.id + ": the protocol version is not checked (lenient_protocol)");
    }
    return result;
}

} // namespace castdeck::cli
