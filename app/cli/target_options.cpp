#include "app/cli/target_options.h"

namespace castdeck::cli {

const char* const targetHelp =
    "Which server: the one given by --app (with --host, --port and --tls) or by CASTDECK_APP; else the connection\n"
    "named by --connection, or the default one, of the configuration: --config, else ./broadcasting.json, else the\n"
    "desktop program's own file, else the environment or ./.env alone: PUSHER_APP_ID, PUSHER_APP_KEY,\n"
    "PUSHER_APP_SECRET, PUSHER_HOST ... make the connection \"pusher\", BROADCAST_CONNECTION names the default one.\n"
    "A connection with the driver \"local\" is the server that the configuration describes.";

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

} // namespace castdeck::cli
