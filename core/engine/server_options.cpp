#include "core/engine/server_options.h"

#include <optional>
#include <set>

namespace castdeck::engine {

namespace {

bool isSame(const std::optional<TlsFiles>& a, const std::optional<TlsFiles>& b)
{
    return a.has_value() == b.has_value() && (!a || (a->certificate == b->certificate && a->key == b->key));
}

const store::OrderedJson* memberOf(const store::OrderedJson& object, const std::string& key)
{
    const auto it = object.find(key);
    return it == object.end() ? nullptr : &*it;
}

/// The members that are not the same in both; every one when only one of them is an object.
std::set<std::string> differing(const store::OrderedJson& before, const store::OrderedJson& after)
{
    std::set<std::string> keys;
    for (const store::OrderedJson* each : {&before, &after}) {
        if (!each->is_object())
            continue;
        for (const auto& [key, value] : each->items()) {
            const store::OrderedJson* old = before.is_object() ? memberOf(before, key) : nullptr;
            const store::OrderedJson* fresh = after.is_object() ? memberOf(after, key) : nullptr;
            if (old == nullptr || fresh == nullptr || *old != *fresh)
                keys.insert(key);
        }
    }
    return keys;
}

} // namespace

EngineOptions serverOptions(const Settings& settings)
{
    const store::ServerConfig& server = settings.base.server;
    EngineOptions options;
    options.listen = server.listen;
    options.port = server.port;
    if (server.tls)
        options.tls = TlsFiles{server.tls->certificate, server.tls->key};
    options.pathPrefix = server.pathPrefix;
    options.extraHosts = server.extraHosts;
    options.workers = server.workers;
    options.apps = server.apps;
    options.authorization = settings.authorization;
    options.web = settings.web;
    options.webhooks = settings.webhooks;
    return options;
}

void reconfigure(Engine& server, const EngineOptions& wanted)
{
    server.setApps(wanted.apps);
    server.setAuthorization(wanted.authorization, wanted.web);
    server.setWebhooks(wanted.webhooks);
}

std::vector<std::string> restartNeeded(const EngineOptions& running, const EngineOptions& wanted)
{
    std::vector<std::string> keys;
    const auto compare = [&](const char* key, bool isEqual) {
        if (!isEqual)
            keys.emplace_back(key);
    };
    compare("server.listen", running.listen == wanted.listen);
    compare("server.port", running.port == wanted.port);
    compare("server.tls", isSame(running.tls, wanted.tls));
    compare("server.path_prefix", running.pathPrefix == wanted.pathPrefix);
    compare("server.extra_hosts", running.extraHosts == wanted.extraHosts);
    compare("server.workers", running.workers == wanted.workers);
    return keys;
}

std::vector<std::string> changedKeys(const Configuration& before, const Configuration& after)
{
    const store::OrderedJson& old = before.file().effective().json();
    const store::OrderedJson& fresh = after.file().effective().json();
    std::vector<std::string> keys;
    for (const std::string& key : differing(old, fresh)) {
        if (key != "server") {
            keys.push_back(key);
            continue;
        }
        static const store::OrderedJson none = store::OrderedJson::object();
        const store::OrderedJson* oldServer = memberOf(old, key);
        const store::OrderedJson* freshServer = memberOf(fresh, key);
        for (const std::string& inner :
             differing(oldServer != nullptr ? *oldServer : none, freshServer != nullptr ? *freshServer : none))
            keys.push_back(key + "." + inner);
    }
    return keys;
}

} // namespace castdeck::engine
