#include "core/engine/builtin_document.h"

#include "core/auth/settings_reader.h"
#include "core/auth/web_settings_reader.h"
#include "core/broadcast/connections_config.h"
#include "core/engine/connections_reader.h"
#include "core/engine/driver_options.h"
#include "core/store/app_writer.h"

#include <string>
#include <utility>

namespace castdeck::engine {

namespace {

using store::OrderedJson;

OrderedJson serverDefaults()
{
    const store::ServerConfig server;
    OrderedJson json = {{"listen", server.listen},          {"port", server.port},
                        {"path_prefix", server.pathPrefix}, {"extra_hosts", server.extraHosts},
                        {"workers", server.workers},        {"tls", {{"enabled", server.tls.has_value()}}},
                        {"apps", OrderedJson::array()}};
    json.update(store::appSettings(server.appDefaults));
    return json;
}

OrderedJson authorizeDefaults()
{
    const auth::AuthorizationConfig config;
    return {{"path", config.path},       {"extra_paths", config.extraPaths},         {"policy", "open"},
            {"jsonp", config.usesJsonp}, {"topics", OrderedJson::array()},           {"connect", nullptr},
            {"forward_url", nullptr},    {"forward_headers", config.forwardHeaders}, {"explain", "loopback"},
            {"expose", config.isExposed}};
}

OrderedJson optionDefaults(const std::string& driver)
{
    OrderedJson json = OrderedJson::object();
    for (const auto options : {optionsOfEveryDriver(), optionsOfDriver(driver)}) {
        for (const DriverOption& option : options) {
            if (!option.builtIn.empty())
                json[std::string{option.name}] = OrderedJson::parse(option.builtIn);
        }
    }
    return json;
}

OrderedJson connectionDefaults(const OrderedJson& effective)
{
    OrderedJson json = OrderedJson::object();
    const auto written = effective.find("connections");
    if (written != effective.end() && written->is_object()) {
        for (const auto& [name, connection] : written->items())
            json[name] = optionDefaults(driverOf(effective, connection));
    }
    for (const std::string name : {"null", "log"}) {
        if (!json.contains(name)) {
            json[name] = optionDefaults(name);
            json[name]["driver"] = name;
        }
    }
    return json;
}

} // namespace

OrderedJson builtInDocument(const OrderedJson& effective)
{
    const broadcast::ConnectionsConfig connections;
    const auth::AuthorizationConfig authorization;
    const auth::WebSettings web;
    return {
        {"default", "null"},
        {"authorize", authorizeDefaults()},
        {"aliases", OrderedJson::object()},
        {"connections", connectionDefaults(effective)},
        {"driverAliases", OrderedJson::object()},
        {"emit", {{"require_actor", connections.requiresActor}, {"max_payload_bytes", connections.maxPayloadBytes}}},
        {"actors", OrderedJson::array()},
        {"identity", {{"trust_header", authorization.guard.trustsActorHeader}}},
        {"server", serverDefaults()},
        {"csrf", {{"enabled", web.csrf.isEnabled}, {"exempt", web.csrf.exempt}}},
        {"cors", {{"allowed_origins", web.cors.allowedOrigins}}},
        {"demo", {{"expose", web.demo.isExposed}}}};
}

} // namespace castdeck::engine
