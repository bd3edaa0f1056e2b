#include "core/store/connection_reader.h"

#include "core/base/ascii.h"
#include "core/base/loopback.h"
#include "core/store/value_check.h"

#include <algorithm>
#include <array>

namespace castdeck::store {

namespace {

/// The second group belongs to parts of the program that read it themselves.
constexpr std::array<std::string_view, 15> topLevelKeys{
    "version",  "default", "aliases", "connections", "driverAliases", "server",   "authorize", "actors",
    "identity", "emit",    "csrf",    "cors",        "demo",          "webhooks", "templates"};

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
    nested.skip("encrypted"); // Of old client libraries; it says the same as useTLS.
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
    reader.skip("encryption_master_key_base64");
    reader.skip("publish_event");
    reader.skip("message_as");
}

void skipAll(ObjectReader& reader)
{
    for (const auto& [key, ignored] : reader.value().items())
        reader.skip(key);
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
    reader.skip("publish_event");
    reader.skip("message_as");
    reader.skip("max_payload_bytes");
    if (connection.kind == DriverKind::Pusher)
        readPusherOptions(reader, connection.pusher);
    else if (connection.kind == DriverKind::Other)
        skipAll(reader); // Its own reader knows its options.
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

ConnectionConfig& connectionNamed(Config& config, std::string_view name, std::string_view driver, DriverKind kind)
{
    const auto it = std::ranges::find(config.connections, name, &ConnectionConfig::name);
    if (it != config.connections.end())
        return *it;
    config.connections.push_back(
        {.name = std::string{name}, .driver = std::string{driver}, .kind = kind, .pusher = {}});
    return config.connections.back();
}

KeyPath pathOf(const ObjectReader& top, std::string_view connection)
{
    return top.has("connections") ? top.pathOf("connections") / connection : top.pathOf(connection);
}

std::optional<std::string> firstSet(const Environment& environment, std::initializer_list<std::string_view> names)
{
    for (const std::string_view name : names) {
        if (auto value = environment.value(name))
            return value;
    }
    return std::nullopt;
}

/// The PUSHER_ variables override the connection `pusher`, or create it when the needed ones are all set.
void applyPusherVariables(ObjectReader& top, Config& config)
{
    const Environment& environment = top.environment();
    const auto id = environment.value("PUSHER_APP_ID");
    const auto key = firstSet(environment, {"PUSHER_CLIENT", "PUSHER_APP_KEY"});
    const auto secret = firstSet(environment, {"PUSHER_SECRET", "PUSHER_APP_SECRET"});
    const bool exists = isDefined(config, "pusher");
    if (!exists && !(id && key && secret))
        return;
    ConnectionConfig& connection = connectionNamed(config, "pusher", "pusher", DriverKind::Pusher);
    if (connection.kind != DriverKind::Pusher)
        return;
    PusherOptions& options = connection.pusher;
    options.appId = id.value_or(options.appId);
    options.key = key.value_or(options.key);
    options.secret = secret.value_or(options.secret);
    options.cluster = firstSet(environment, {"PUSHER_CLUSTER", "PUSHER_APP_CLUSTER"}).value_or(options.cluster);
    options.host = environment.value("PUSHER_HOST").value_or(options.host);
    const KeyPath path = pathOf(top, "pusher");
    if (const auto text = environment.value("PUSHER_PORT")) {
        const auto port = parseNumber(*text, UINT16_MAX).value_or(0);
        if (port > 0)
            options.port = static_cast<std::uint16_t>(port);
        else
            top.problems().error(path / "port", "the variable PUSHER_PORT must be a whole number from 1 to 65535");
    }
    if (const auto scheme = environment.value("PUSHER_SCHEME")) {
        options.usesTls = *scheme == "https";
        if (*scheme != "http" && *scheme != "https")
            top.problems().error(path / "ssl", "the variable PUSHER_SCHEME must be http or https");
    }
}

/// A signed request without TLS can be read, though not changed, by everybody on its way.
void warnOfPlainConnections(ObjectReader& top, const Config& config)
{
    for (const ConnectionConfig& connection : config.connections) {
        const bool isPlain = connection.kind == DriverKind::Pusher && !connection.pusher.usesTls;
        if (isPlain && !isLoopbackHost(connection.pusher.host))
            top.problems().warning(pathOf(top, connection.name) / "ssl",
                                   "events travel unencrypted, because TLS is off and the host is another machine");
    }
}

void readDefault(ObjectReader& top, Config& config)
{
    if (top.has("default")) {
        config.defaultOrigin = ValueOrigin::File;
        config.defaultConnection.clear();
        top.read("default", config.defaultConnection);
        if (config.defaultConnection.empty())
            top.problems().error(top.pathOf("default"), "no default connection is set");
    }
    if (const auto variable = top.environment().find("BROADCAST_CONNECTION")) {
        config.defaultConnection = variable->value;
        config.defaultOrigin =
            variable->origin == Environment::Origin::DotEnv ? ValueOrigin::DotEnv : ValueOrigin::Environment;
    }
}

void readAliases(ObjectReader& top, Config& config)
{
    for (const auto& [name, target] : readPairs(top, "aliases")) {
        const KeyPath path = top.pathOf("aliases") / name;
        if (isDefined(config, name))
            top.problems().warning(path, "hides the connection of the same name");
        if (!isDefined(config, target))
            top.problems().warning(path, "points to the connection \"" + target + "\", which is not defined");
        config.aliases.push_back({name, target});
    }
}

} // namespace

bool isKnownTopLevelKey(std::string_view key)
{
    return std::ranges::find(topLevelKeys, key) != topLevelKeys.end();
}

void readConnections(ObjectReader& top, Config& config)
{
    const DriverAliases driverAliases = readPairs(top, "driverAliases");
    const auto readEach = [&](ObjectReader& parent, std::string_view key) {
        parent.object(key, [&](ObjectReader& reader) {
            config.connections.push_back(readConnection(reader, std::string{key}, driverAliases));
        });
    };
    if (top.has("connections")) {
        top.object("connections", [&](ObjectReader& connections) {
            for (const auto& [name, ignored] : connections.value().items())
                readEach(connections, name);
        });
    } else {
        for (const auto& [name, value] : top.value().items()) {
            if (!isKnownTopLevelKey(name) && value.is_object() && value.contains("driver"))
                readEach(top, name);
        }
    }
    applyPusherVariables(top, config);
    warnOfPlainConnections(top, config);
    connectionNamed(config, "null", "null", DriverKind::Null);
    connectionNamed(config, "log", "log", DriverKind::Other);
    readDefault(top, config);
    readAliases(top, config);
    if (const auto chosen = config.connection(""); !chosen && !config.defaultConnection.empty())
        top.problems().warning(top.pathOf("default"), chosen.error().detail);
}

} // namespace castdeck::store
