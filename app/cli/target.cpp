#include "app/cli/target.h"

#include "app/cli/config_source.h"
#include "app/cli/credentials.h"
#include "app/cli/output.h"
#include "core/base/json.h"

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

broadcast::Options* optionsOf(broadcast::ConnectionsConfig& config, const std::string& name)
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
    if (target.name.empty() || target.kind == store::DriverKind::Local)
        return setEndpoint(*own, target.endpoint);
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

Result<remote::PusherEndpoint> endpointOf(const store::ConnectionConfig& connection, const store::Config& config)
{
    switch (connection.kind) {
    case store::DriverKind::Local: return remote::PusherEndpoint::from(config.server);
    case store::DriverKind::Pusher: return remote::PusherEndpoint::from(connection.pusher);
    case store::DriverKind::Null:
    case store::DriverKind::Other: break;
    }
    return remote::PusherEndpoint{};
}

std::string withoutAlias(const std::string& driver, const broadcast::ConnectionsConfig& config)
{
    for (const auto& [name, target] : config.driverAliases) {
        if (name == driver)
            return target;
    }
    return driver;
}

std::optional<Target> fromConfig(const TargetOptions& options, const engine::Settings& settings)
{
    const auto connection = settings.base.connection(options.connection);
    if (!connection) {
        say(visible(connection.error().detail));
        return std::nullopt;
    }
    auto endpoint = endpointOf(*connection, settings.base);
    if (!endpoint) {
        say("connection \"" + visible(connection->name) + "\" cannot be used: " + endpoint.error().detail);
        return std::nullopt;
    }
    return Target{.name = connection->name,
                  .driver = withoutAlias(connection->driver, settings.connections),
                  .kind = connection->kind,
                  .endpoint = std::move(*endpoint),
                  .connections = settings.connections,
                  .trusted = {}};
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

const char* const targetHelp =
    "Which server: the one given by --app (with --host, --port and --tls) or by CASTDECK_APP; else the connection\n"
    "named by --connection, or the default one, of the configuration: --config, else ./broadcasting.json, else the\n"
    "desktop program's own file, else PUSHER_APP_ID, PUSHER_APP_KEY, PUSHER_APP_SECRET, PUSHER_HOST ... in the\n"
    "environment or in ./.env. A connection with the driver \"local\" is the server that the configuration describes.";

void addConfigOption(CLI::App& command, std::string& config)
{
    command.add_option("--config", config, "Configuration file")->type_name("FILE");
}

void addCredentialOptions(CLI::App& command, TargetOptions& options)
{
    addConfigOption(command, options.config);
    command.add_option("--connection", options.connection, "Connection of the configuration, or an alias")
        ->type_name("NAME");
    command
        .add_option("--app", options.app,
                    "Credentials of the application. Other users of this machine can read command lines: prefer the "
                    "variable CASTDECK_APP or a configuration file")
        ->type_name("ID:KEY:SECRET");
}

void addTargetOptions(CLI::App& command, TargetOptions& options)
{
    addCredentialOptions(command, options);
    command.add_option("--host", options.host, "Host name or address of the server (with --app: 127.0.0.1)")
        ->type_name("HOST");
    command.add_option("--port", options.port, "Port of the server (with --app: 6001)")
        ->type_name("N")
        ->check(CLI::Range(1, 65'535));
    command.add_flag("--tls", options.usesTls, "Connect with TLS");
    command.add_option("--ca", options.certificates, "Accept this certificate, for servers with one of their own")
        ->type_name("PEM-FILE");
    command.footer(targetHelp);
}

const broadcast::Options* Target::options() const
{
    const auto found =
        std::ranges::find(connections.connections, nameInConnections(), &broadcast::ConnectionConfig::name);
    return found == connections.connections.end() ? nullptr : &found->options;
}

std::string Target::nameInConnections() const
{
    return name.empty() ? givenName : name;
}

std::optional<pusher::EncryptionKey> Target::masterKey() const
{
    const auto text = options() != nullptr ? options()->find("encryption_master_key_base64") : std::nullopt;
    const auto key = text && text->is(json::Kind::String) ? pusher::EncryptionKey::fromBase64(text->text())
                                                          : Error{ErrorKind::NotFound, {}};
    return key ? std::optional{*key} : std::nullopt;
}

bool isAppGiven(const TargetOptions& options)
{
    return !givenApp(options).empty();
}

std::optional<Target> findTarget(const TargetOptions& options, int& exitCode)
{
    if (isAppGiven(options))
        return completed(fromApp(givenApp(options)), options, exitCode);
    const auto configuration = loadConfig(options.config, Search::CurrentFolderAndUser);
    if (configuration)
        return findTarget(options, *configuration, exitCode);
    exitCode = exitFailed;
    return std::nullopt;
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
        say(name + " discards everything; name another one with --connection");
    else
        say(name + " has the driver \"" + visible(target.driver) + "\", which is not supported by \"" +
            std::string{command} + "\"; name one with the driver pusher or local with --connection");
    return false;
}

} // namespace castdeck::cli
