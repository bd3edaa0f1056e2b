#include "app/cli/target.h"

#include "app/cli/config_source.h"
#include "app/cli/credentials.h"
#include "app/cli/output.h"

#include <cstdlib>

namespace castdeck::cli {

namespace {

constexpr std::uint16_t defaultPort = 6001;

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

void override(remote::PusherEndpoint& endpoint, const TargetOptions& options)
{
    if (!options.host.empty())
        endpoint.restHost = endpoint.socketHost = options.host;
    if (options.port != 0)
        endpoint.port = options.port;
    if (options.usesTls)
        endpoint.usesTls = true;
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
    case store::DriverKind::Null: return remote::PusherEndpoint{};
    case store::DriverKind::Other: break;
    }
    return Error{ErrorKind::InvalidInput, "its driver \"" + connection.driver + "\" is not supported"};
}

std::optional<Target> fromConfig(const TargetOptions& options, int& exitCode)
{
    const auto file = loadConfig(options.config, Search::CurrentFolderAndUser);
    if (!file) {
        exitCode = exitFailed;
        return std::nullopt;
    }
    exitCode = exitBadUsage;
    const auto connection = file->settings().base.connection(options.connection);
    if (!connection) {
        say(connection.error().detail);
        return std::nullopt;
    }
    auto endpoint = endpointOf(*connection, file->settings().base);
    if (!endpoint) {
        say("connection \"" + connection->name + "\" cannot be used: " + endpoint.error().detail);
        return std::nullopt;
    }
    return Target{.name = connection->name, .kind = connection->kind, .endpoint = std::move(*endpoint), .trusted = {}};
}

bool readCertificates(const std::string& path, Target& target)
{
    if (path.empty())
        return true;
    target.trusted = QSslCertificate::fromPath(QString::fromStdString(path), QSsl::Pem);
    if (target.trusted.isEmpty())
        say("--ca: no certificate in PEM form could be read from " + path);
    return !target.trusted.isEmpty();
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

std::optional<Target> findTarget(const TargetOptions& options, int& exitCode)
{
    std::optional<Target> target;
    if (const std::string text = givenApp(options); !text.empty()) {
        const auto app = parseApp(text);
        if (!app) {
            exitCode = exitBadUsage;
            say(app.error().detail);
            return std::nullopt;
        }
        target = Target{.name = {}, .kind = store::DriverKind::Pusher, .endpoint = directEndpoint(*app), .trusted = {}};
    } else {
        target = fromConfig(options, exitCode);
    }
    if (!target)
        return std::nullopt;
    override(target->endpoint, options);
    exitCode = exitBadUsage;
    if (!isHostRight(options))
        return std::nullopt;
    return readCertificates(options.certificates, *target) ? target : std::nullopt;
}

} // namespace castdeck::cli
