#include "core/store/connection_reader.h"

#include "core/base/loopback.h"
#include "core/store/value_check.h"

#include <algorithm>
#include <array>

namespace castdeck::store {

namespace {

using DriverAliases = std::vector<std::pair<std::string, std::string>>;

DriverKind kindOfDriver(std::string driver, const DriverAliases& aliases)
{
    if (const auto it = std::ranges::find(aliases, driver, &DriverAliases::value_type::first); it != aliases.end())
        driver = it->second;
    if (driver == "pusher" || driver == "reverb")
        return DriverKind::Pusher;
    if (driver == "local")
        return DriverKind::Local;
    return driver == "null" ? DriverKind::Null : DriverKind::Other;
}

void skipAll(ObjectReader& reader)
{
    for (const auto& [key, ignored] : reader.value().items())
        reader.skip(key);
}

void readPort(ObjectReader& reader, PusherOptions& options)
{
    std::uint64_t port = 0;
    reader.read("port", port, 1, UINT16_MAX);
    if (port != 0)
        options.port = static_cast<std::uint16_t>(port);
}

/// The names that other Pusher configurations use, inside `options`.
void readNestedOptions(ObjectReader& nested, PusherOptions& options)
{
    nested.read("cluster", options.cluster);
    nested.read("host", options.host);
    readPort(nested, options);
    nested.read("useTLS", options.usesTls);
    std::string scheme;
    nested.read("scheme", scheme);
    if (scheme == "http" || scheme == "https")
        options.usesTls = scheme == "https";
    else if (!scheme.empty())
        nested.problems().error(nested.pathOf("scheme"), "must be \"http\" or \"https\"");
    skipAll(nested);
}

void readPusherOptions(ObjectReader& reader, PusherOptions& options)
{
    reader.object("options", [&](ObjectReader& nested) { readNestedOptions(nested, options); });
    reader.read("app_id", options.appId);
    reader.read("key", options.key);
    reader.read("client", options.key);
    for (const auto& [key, value] : {std::pair{"app_id", options.appId}, std::pair{"client", options.key}}) {
        if (!value.empty() && !isCredential(value)) // What is missing is told where the connection is used.
            reader.problems().error(reader.pathOf(reader.has(key) ? key : "key"),
                                    "may hold letters, digits, - and _ only");
    }
    reader.read("secret", options.secret);
    reader.read("cluster", options.cluster);
    reader.read("host", options.host);
    readPort(reader, options);
    reader.read("ssl", options.usesTls);
    auto timeout = static_cast<std::uint64_t>(options.timeout.count());
    reader.read("timeout_ms", timeout, 1, 600'000);
    options.timeout = std::chrono::milliseconds{timeout};
    std::uint64_t maxPayloadBytes = options.maxPayloadBytes;
    reader.read("max_payload_bytes", maxPayloadBytes, 1, 67'108'864);
    options.maxPayloadBytes = maxPayloadBytes;
    reader.read("path_prefix", options.pathPrefix);
}

ConnectionConfig readConnection(ObjectReader& reader, std::string name, const DriverAliases& driverAliases)
{
    ConnectionConfig connection;
    connection.name = std::move(name);
    if (!reader.has("driver")) {
        reader.problems().error(reader.path(), "connection \"" + connection.name + "\" has no driver");
    } else if (!reader.value()["driver"].is_string()) {
        reader.problems().error(reader.pathOf("driver"),
                                "the driver of connection \"" + connection.name + "\" must be a string");
    }
    if (!reader.has("driver") || !reader.value()["driver"].is_string()) {
        skipAll(reader);
        return connection;
    }
    reader.read("driver", connection.driver);
    connection.kind = kindOfDriver(connection.driver, driverAliases);
    if (connection.kind == DriverKind::Pusher)
        readPusherOptions(reader, connection.pusher);
    skipAll(reader); // Which options there are is for the driver to say.
    return connection;
}

DriverAliases readPairs(ObjectReader& top, std::string_view key)
{
    DriverAliases pairs;
    top.object(key, [&](ObjectReader& reader) {
        for (const auto& [name, ignored] : reader.value().items()) {
            std::string target;
            reader.read(name, target);
            pairs.emplace_back(name, std::move(target));
        }
    });
    return pairs;
}

bool isDefined(const Config& config, std::string_view name)
{
    return std::ranges::find(config.connections, name, &ConnectionConfig::name) != config.connections.end();
}

/// Exists whatever the file says, so that it can be named as the default.
void addBuiltIn(Config& config, std::string_view name, DriverKind kind)
{
    if (!isDefined(config, name))
        config.connections.push_back(
            {.name = std::string{name}, .driver = std::string{name}, .kind = kind, .pusher = {}});
}

/// A signed request without TLS can be read, though not changed, by everybody on its way.
void warnOfPlainConnections(ObjectReader& top, const Config& config)
{
    for (const ConnectionConfig& connection : config.connections) {
        const bool isPlain = connection.kind == DriverKind::Pusher && !connection.pusher.usesTls;
        if (isPlain && !isLoopbackHost(connection.pusher.host))
            top.problems().warning(top.pathOf("connections") / connection.name / "ssl",
                                   "events travel unencrypted, because TLS is off and the host is another machine");
    }
}

void readDefault(ObjectReader& top, const EffectiveDocument& document, Config& config)
{
    if (!top.has("default"))
        return;
    config.defaultOrigin = document.originOf({"default"}).kind;
    config.defaultConnection.clear();
    top.read("default", config.defaultConnection);
    if (config.defaultConnection.empty())
        top.problems().error(top.pathOf("default"), "no default connection is set");
}

void readAliases(ObjectReader& top, const EffectiveDocument& document, Config& config)
{
    for (const auto& [name, target] : readPairs(top, "aliases")) {
        const KeyPath path = top.pathOf("aliases") / name;
        if (isDefined(config, name))
            top.problems().warning(path, "hides the connection of the same name");
        if (!isDefined(config, target))
            top.problems().warning(path, document.isReplaced(path)
                                             ? "points to a connection that is not defined"
                                             : "points to the connection \"" + target + "\", which is not defined");
        config.aliases.push_back({name, target});
    }
}

/// Names are told, but not what a variable has put in the place of one.
void tellUndefinedDefault(ObjectReader& top, const EffectiveDocument& document, const Config& config)
{
    const auto chosen = config.connection("");
    if (chosen || config.defaultConnection.empty())
        return;
    const KeyPath path = top.pathOf("default");
    const bool isReplaced =
        document.isReplaced(path) || document.isReplaced(top.pathOf("aliases") / config.defaultConnection);
    const std::string variable = document.originOf(path).variable;
    const std::string origin = variable.empty() ? "" : " (the variable " + variable + " names it)";
    top.problems().warning(path,
                           isReplaced ? "names a connection that is not defined" : chosen.error().detail + origin);
}

} // namespace

void readConnections(ObjectReader& top, const EffectiveDocument& document, Config& config)
{
    const DriverAliases driverAliases = readPairs(top, "driverAliases");
    top.object("connections", [&](ObjectReader& connections) {
        for (const auto& [name, ignored] : connections.value().items()) {
            connections.object(name, [&](ObjectReader& reader) {
                config.connections.push_back(readConnection(reader, name, driverAliases));
            });
        }
    });
    warnOfPlainConnections(top, config);
    addBuiltIn(config, "null", DriverKind::Null);
    addBuiltIn(config, "log", DriverKind::Other);
    readDefault(top, document, config);
    readAliases(top, document, config);
    tellUndefinedDefault(top, document, config);
}

} // namespace castdeck::store
