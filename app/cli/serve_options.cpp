#include "app/cli/serve_options.h"

#include "app/cli/credentials.h"
#include "core/base/crypto.h"
#include "core/base/loopback.h"
#include "core/engine/server_options.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

namespace castdeck::cli {

namespace {

/// The webhooks of applications that are served.
std::vector<webhook::AppWebhooks> webhooksFor(std::vector<webhook::AppWebhooks> webhooks,
                                              const std::vector<hub::AppConfig>& apps)
{
    std::erase_if(webhooks, [&](const webhook::AppWebhooks& each) {
        return std::ranges::none_of(
            apps, [&](const hub::AppConfig& app) { return app.id == each.appId && app.key == each.key; });
    });
    return webhooks;
}

/// One sentence for every switch of the authorization and of web pages that lets more people in.
void addWarnings(const engine::EngineOptions& options, std::vector<std::string>& result)
{
    const bool isLoopbackOnly = isLoopbackHost(options.listen);
    if (!isLoopbackOnly && options.authorization.guard.policy == auth::Policy::Open)
        result.push_back("authorize.policy is open: everybody who can reach the server may subscribe to the private "
                         "channels that no rule matches");
    if (!isLoopbackOnly && options.authorization.isExposed)
        result.push_back("the authorization endpoint answers other machines (authorize.expose)");
    if (!isLoopbackOnly && options.web.demo.isExposed)
        result.push_back("the demo answers other machines, and everybody may be any actor in it (demo.expose)");
    if (options.authorization.guard.trustsActorHeader)
        result.push_back("every program on this machine may be any actor (identity.trust_header)");
    if (options.authorization.usesJsonp)
        result.push_back("every web page may ask for authorization (authorize.jsonp)");
    if (!options.web.csrf.isEnabled)
        result.push_back("requests from pages of others are not checked (csrf.enabled is false)");
    if (std::ranges::find(options.web.cors.allowedOrigins, "*") != options.web.cors.allowedOrigins.end())
        result.push_back("every web page may read the answers of the server (cors.allowed_origins has \"*\")");
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

engine::Configuration configurationWithoutFile()
{
    constexpr const char* pathVariable = "BROADCAST_AUTHORIZE_PATH";
    std::map<std::string, std::string> variables;
    if (const char* path = std::getenv(pathVariable))
        variables.emplace(pathVariable, path);
    return engine::Configuration::parse("{}", "environment", store::Environment{variables});
}

engine::EngineOptions toEngineOptions(const engine::Settings& settings, const ServeOptions& options,
                                      std::vector<hub::AppConfig> apps)
{
    engine::EngineOptions result = engine::serverOptions(settings);
    result.listen = options.listen.value_or(result.listen);
    result.port = options.port.value_or(result.port);
    if (!options.tlsCertificate.empty())
        result.tls = engine::TlsFiles{options.tlsCertificate, options.tlsKey};
    result.workers = options.workers.value_or(result.workers);
    result.webhooks = webhooksFor(settings.webhooks, apps);
    result.apps = std::move(apps);
    result.recordsEvents = options.keepsLog;
    return result;
}

std::vector<std::string> warnings(const engine::EngineOptions& options)
{
    std::vector<std::string> result;
    if (!isLoopbackHost(options.listen))
        result.push_back("listens on " + options.listen + ": other machines can connect" +
                         (options.tls ? "" : ", and nothing is encrypted"));
    addWarnings(options, result);
    for (const hub::AppConfig& app : options.apps) {
        if (std::ranges::find(app.allowedOrigins, "*") != app.allowedOrigins.end())
            result.push_back("application " + app.id + ": every web page may connect (allowed_origins has \"*\")");
        if (app.allowsMissingProtocol)
            result.push_back("application " + app.id + ": the protocol version is not checked (lenient_protocol)");
    }
    return result;
}

} // namespace castdeck::cli
