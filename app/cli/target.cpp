#include "app/cli/target.h"

#include "app/cli/config_source.h"
#include "app/cli/credentials.h"
#include "app/cli/output.h"
#include "core/base/json.h"
#include "core/hub/application.h"

#include <algorithm>
#include <cstdlib>

namespace castdeck::cli {

namespace {

constexpr std::uint16_t defaultPort = 6001;
constexpr const char* givenName = "given on the command line";

remote::PusherEndpoint directEndpoint(const hub::AppConfig& app)
{
    remote::PusherEndpoint endpoint;
    endpoint.restHost = endpoint.socketHost = "127.0.0.1";
    endpoint.port = defaultPort;
    endpoint.usesTls = false;
    endpoint.appId = app.id;
    endpoint.key = app.key;
    endpoint.secret = app.secret;
    return endpoint;
}

bool isHostRight(const TargetOptions& options)
{
    const bool isRight = options.host.empty() || remote::PusherEndpoint::isHost(options.host);
    if (!isRight)
        say("--host must be a name or an address, without http:// and port");
    return isRight;
}

bool movesServer(const TargetOptions& options)
{
    return !options.host.empty() || options.port != 0 || options.usesTls;
}

void override(remote::PusherEndpoint& endpoint, const TargetOptions& options)
{
    if (!options.host.empty())
        endpoint.restHost = endpoint.socketHost = options.host;
    if (options.port != 0)
        endpoint.port = options.port;
    if (options.usesTls)
        endpoint.usesTls = true;
}

/// How the driver `pusher` reaches the endpoint.
void setEndpoint(broadcast::Options& options, const remote::PusherEndpoint& endpoint)
{
    options.set("driver", R"("pusher")");
    options.set("app_id", json::toString(endpoint.appId));
    options.set("client", json::toString(endpoint.key));
    options.set("secret", json::toString(endpoint.secret));
    options.set("host", json::toString(endpoint.restHost));
    options.set("port", std::to_string(endpoint.port));
    options.set("ssl", endpoint.usesTls ? "true" : "false");
    options.set("path_prefix", json::toString(endpoint.pathPrefix));
    options.set("timeout_ms", std::to_string(endpoint.timeout.count()));
    options.set("max_payload_bytes", std::to_string(endpoint.maxPayloadBytes));
}

/// Null when the connection is one that exists without a file.
template <class Config>
auto optionsOf(Config& config, const std::string& name) -> decltype(&config.connections[0].options)
{
    const auto found = std::ranges::find(config.connections, name, &broadcast::ConnectionConfig::name);
    return found == config.connections.end() ? nullptr : &found->options;
}

/// Makes the connections of the target say what the command line says.
void settleConnections(Target& target, const TargetOptions& options)
{
    if (target.name.empty())
        target.connections.connections.push_back({givenName, {}});
    broadcast::Options* const own = optionsOf(target.connections, target.nameInConnections());
    if (own == nullptr || !target.speaksPusher())
        return;
    if (target.name.empty() || target.kind == store::DriverKind::Local) {
        if (target.masterKey)
            own->set("encryption_master_key_base64", json::toString(target.masterKey->toBase64()));
        return setEndpoint(*own, target.endpoint);
    }
    if (!options.host.empty())
        own->set("host", json::toString(options.host));
    if (options.port != 0)
        own->set("port", std::to_string(options.port));
    if (options.usesTls)
        own->set("ssl", "true");
}

/// The application given by --app, or by the variable when nothing else is named.
std::string givenApp(const TargetOptions& options)
{
    const char* variable = std::getenv(appVariable);
    if (!options.app.empty() || variable == nullptr || !options.connection.empty() || !options.config.empty())
        return options.app;
    return variable;
}

/// The configured server with nothing but the application that a connection with the driver `local` is for: the one of
/// its option app_id, else the first.
Result<store::ServerConfig> serverFor(store::ServerConfig server, const broadcast::Options* options)
{
    const auto id = options != nullptr ? broadcast::OptionReader{*options}.text({"app_id"}) : std::string{};
    if (!id.empty())
        std::erase_if(server.apps, [&](const hub::AppConfig& app) { return app.id != id; });
    if (server.apps.empty() && !id.empty())
        return Error{ErrorKind::NotFound, "the configured server has no application with the id \"" + id + "\""};
    return server;
}

std::optional<pusher::EncryptionKey> masterKeyIn(const broadcast::Options* options)
{
    const std::string name = "encryption_master_key_base64";
    const auto key = pusher::EncryptionKey::fromBase64(
        options != nullptr ? broadcast::OptionReader{*options}.text({name}) : std::string{});
    return key ? std::optional{*key} : std::nullopt;
}

/// Fills in what a connection with the Pusher interface has; the others have nothing of it.
Result<void> readPusher(Target& target, const store::ConnectionConfig& connection, const engine::Settings& settings)
{
    const broadcast::Options* const options = optionsOf(settings.connections, connection.name);
    Result<remote::PusherEndpoint> endpoint = remote::PusherEndpoint{};
    if (connection.kind == store::DriverKind::Local) {
        const auto server = serverFor(settings.base.server, options);
        if (!server)
            return server.error();
        endpoint = remote::PusherEndpoint::from(*server);
        target.masterKey = server->apps.empty() ? std::nullopt : hub::masterKeyOf(server->apps.front());
    } else if (connection.kind == store::DriverKind::Pusher) {
        endpoint = remote::PusherEndpoint::from(connection.pusher);
        target.masterKey = masterKeyIn(options);
    }
    if (!endpoint)
        return endpoint.error();
    target.endpoint = std::move(*endpoint);
    return {};
}

std::string withoutAlias(const std::string& driver, const broadcast::ConnectionsConfig& config)
{
    for (const auto& [name, target] : config.driverAliases) {
        if (name == driver)
            return target;
    }
    return driver;
}

/// "; there are: eu, null, log"
std::string namesOf(const store::Config& config)
{
    std::string names;
    for (const store::ConnectionConfig& each : config.connections)
        names += (names.empty() ? "; there are: " : ", ") + each.name;
    return names;
}

std::optional<Target> fromConfig(const TargetOptions& options, const engine::Settings& settings)
{
    const auto connection = settings.base.connection(options.connection);
    if (!connection) {
        say(visible(connection.error().detail + namesOf(settings.base)));
        return std::nullopt;
    }
    Target target{.name = connection->name,
                  .driver = withoutAlias(connection->driver, settings.connections),
                  .kind = connection->kind,
                  .endpoint = {},
                  .masterKey = {},
                  .connections = settings.connections,
                  .trusted = {}};
    if (const auto read = readPusher(target, *connection, settings); !read) {
        say("connection \"" + visible(connection->name) + "\" cannot be used: " + visible(read.error().detail));
        return std::nullopt;
    }
    return target;
}

std::optional<Target> fromApp(const std::string& text)
{
    const auto app = parseApp(text);
    if (!app) {
        say(app.error().detail);
        return std::nullopt;
    }
    return Target{.name = {},
                  .driver = "pusher",
                  .kind = store::DriverKind::Pusher,
                  .endpoint = directEndpoint(*app),
                  .masterKey = {},
                  .connections = {},
                  .trusted = {}};
}

std::optional<Target> completed(std::optional<Target> target, const TargetOptions& options, int& exitCode)
{
    exitCode = exitBadUsage;
    if (!target || !isHostRight(options) || !readCertificates(options.certificates, target->trusted))
        return std::nullopt;
    if (target->kind == store::DriverKind::Other && movesServer(options)) {
        say("--host, --port and --tls are for connections with the driver pusher or local");
        return std::nullopt;
    }
    override(target->endpoint, options);
    settleConnections(*target, options);
    return target;
}

} // namespace

const broadcast::Options* Target::options() const
{
    return optionsOf(connections, nameInConnections());
}

std::string Target::nameInConnections() const
{
    return name.empty() ? givenName : name;
}

std::string Target::insteadOfNull() const
{
    return hasFile
               ? "name another one with --connection"
               : "there is no configuration file: \"castdeck-cli config init\" makes one, or name a connection with "
                 "--connection";
}

bool isAppGiven(const TargetOptions& options)
{
    return !givenApp(options).empty();
}

std::optional<Target> findTarget(const TargetOptions& options, int& exitCode)
{
    if (isAppGiven(options))
        return completed(fromApp(givenApp(options)), options, exitCode);
    const auto configuration = loadConfigFor(options.connection, options.config);
    exitCode = exitFailed;
    auto target = configuration ? findTarget(options, *configuration, exitCode) : std::nullopt;
    if (target)
        target->hasFile = findConfig(options.config, Search::CurrentFolderAndUser).has_value();
    return target;
}

std::optional<Target> findTarget(const TargetOptions& options, const engine::Configuration& configuration,
                                 int& exitCode)
{
    auto target = isAppGiven(options) ? fromApp(givenApp(options)) : fromConfig(options, configuration.settings());
    return completed(std::move(target), options, exitCode);
}

bool readCertificates(const std::string& path, QList<QSslCertificate>& certificates)
{
    if (path.empty())
        return true;
    certificates = QSslCertificate::fromPath(QString::fromStdString(path), QSsl::Pem);
    if (certificates.isEmpty())
        say("--ca: no certificate in PEM form could be read from " + path);
    return !certificates.isEmpty();
}

bool requirePusher(const Target& target, std::string_view command)
{
    if (target.speaksPusher())
        return true;
    const std::string name = "connection \"" + visible(target.name) + "\"";
    if (target.kind == store::DriverKind::Null)
        say(name + " discards everything; " + target.insteadOfNull());
    else
        say(name + " has the driver \"" + visible(target.driver) + "\", which is not supported by \"" +
            std::string{command} + "\"; name one with the driver pusher or local with --connection");
    return false;
}

} // namespace castdeck::cli
