#include "app/cli/authorize_trial.h"
#include "app/cli/command.h"
#include "app/cli/config_source.h"
#include "app/cli/endpoint_trial.h"
#include "app/cli/event_loop.h"
#include "app/cli/matrix_trial.h"
#include "app/cli/output.h"
#include "app/cli/rules_trial.h"

#include <algorithm>
#include <memory>

namespace castdeck::cli {

namespace {

struct AuthorizeOptions {
    TargetOptions target;
    std::vector<std::string> channels;
    std::string actor;
    std::vector<std::string> headers;
    std::string socketId;
    std::string url;
    MatrixFiles matrix;
    bool isJson = false;
};

int refuse(std::string_view why)
{
    say(why);
    return exitBadUsage;
}

/// Whose signature to make or to check: the one that is named, else the first of the configured server, else the
/// default connection. Nothing when none has a secret.
std::optional<AuthorizeKeys> findKeys(const TargetOptions& options, const engine::Configuration& configuration,
                                      int& exitCode)
{
    const bool isNamed = isAppGiven(options) || !options.connection.empty();
    const auto& server = configuration.settings().base.server;
    if (!isNamed && !server.apps.empty())
        return AuthorizeKeys::of(server.apps.front());
    if (!isNamed && !configuration.settings().base.connection(""))
        return AuthorizeKeys{};
    const auto target = findTarget(options, configuration, exitCode);
    if (!target)
        return std::nullopt;
    return AuthorizeKeys::of(*target);
}

/// The application that is asked about, and those of the server to guess with.
std::vector<remote::KnownApp> appsFor(const AuthorizeKeys& keys, const engine::Configuration& configuration)
{
    if (!keys.signer)
        return {};
    const auto& served = configuration.settings().base.server.apps;
    std::vector<remote::KnownApp> apps{{.name = keys.signer->key(), .key = keys.signer->key(), .secret = keys.secret}};
    for (remote::KnownApp& app : remote::knownApps(served)) {
        if (app.key != keys.signer->key())
            apps.push_back(std::move(app));
    }
    return apps;
}

int runMatrix(const AuthorizeOptions& options)
{
    if (!options.channels.empty() || !options.actor.empty() || !options.socketId.empty() || !options.headers.empty())
        return refuse("--matrix says itself who asks for what; leave out --channel, --actor, --socket and --header");
    auto matrix = readMatrixFile(options.matrix.file);
    if (!matrix)
        return refuse(matrix.error().detail);
    if (!options.url.empty())
        matrix->url = options.url;
    const auto configuration = loadConfig(options.target.config, Search::CurrentFolderAndUser);
    if (!configuration)
        return exitBadUsage;
    int exitCode = exitDone;
    const auto keys = findKeys(options.target, *configuration, exitCode);
    if (!keys)
        return exitCode;
    QList<QSslCertificate> trusted;
    if (!readCertificates(options.target.certificates, trusted))
        return exitBadUsage;
    const bool isNamed = isAppGiven(options.target) || !options.target.connection.empty();
    auto apps = configuration->settings().base.server.apps;
    if (isNamed || apps.empty()) {
        apps.clear();
        if (keys->signer)
            apps.push_back(appFor(*keys));
    }
    if (!isNamed && !apps.empty() && !matrix->appId.empty() &&
        std::ranges::find(apps, matrix->appId, &hub::AppConfig::id) == apps.end())
        return refuse("the matrix is about the application \"" + visible(matrix->appId) +
                      "\", and the configured server has none of that id; name one with --app or --connection");
    const MatrixSetup setup{.apps = apps,
                            .known = isNamed ? appsFor(*keys, *configuration) : remote::knownApps(apps, matrix->appId),
                            .authorization = configuration->settings().authorization,
                            .trusted = trusted,
                            .files = options.matrix,
                            .isJson = options.isJson};
    return runEventLoop(
        [&](std::function<void(int)> finish) {
            return std::make_shared<MatrixTrial>(*matrix, setup, std::move(finish));
        },
        exitFailed);
}

int authorize(const AuthorizeOptions& options)
{
    if (!options.matrix.file.empty())
        return runMatrix(options);
    if (!options.matrix.junit.empty() || !options.matrix.csv.empty())
        return refuse("--junit and --csv are for --matrix");
    auto trial = AuthorizeTrial::from(options.channels, options.actor, options.socketId, options.headers);
    if (!trial)
        return refuse(trial.error().detail);
    trial->isJson = options.isJson;
    const auto configuration = loadConfig(options.target.config, Search::CurrentFolderAndUser);
    if (!configuration)
        return exitBadUsage;
    int exitCode = exitDone;
    const auto keys = findKeys(options.target, *configuration, exitCode);
    if (!keys)
        return exitCode;
    if (options.url.empty())
        return decideByRules(*trial, configuration->settings().authorization, *keys);
    const auto url = EndpointTrial::checkedUrl(options.url, *trial);
    if (!url)
        return refuse(url.error().detail);
    QList<QSslCertificate> trusted;
    if (!readCertificates(options.target.certificates, trusted))
        return exitBadUsage;
    const std::vector<remote::KnownApp> apps = appsFor(*keys, *configuration);
    return runEventLoop(
        [&](std::function<void(int)> finish) {
            return std::make_shared<EndpointTrial>(*trial, *url, apps, trusted, std::move(finish));
        },
        exitFailed);
}

void addOptions(CLI::App& command, AuthorizeOptions& options)
{
    const auto add = [&](const char* name, auto& value, const char* description, const char* type) {
        return command.add_option(name, value, description)->type_name(type);
    };
    add("--channel", options.channels,
        "Channel to be let into; may be given several times: then all must be allowed. Without it: who the sender is",
        "NAME")
        ->expected(1)
        ->allow_extra_args(false)
        ->take_all();
    add("--actor", options.actor, "Who asks: the id of one of the configuration's actors (default: nobody)", "ID");
    add("--header", options.headers, "Header of the request; may be given several times. Its value is never printed",
        "'NAME: VALUE'")
        ->expected(1)
        ->allow_extra_args(false)
        ->take_all();
    add("--socket", options.socketId, "Socket id of the client, such as 1234.5678; needed for a signature",
        "SOCKET-ID");
    add("--url", options.url, "Ask this endpoint of an application instead of the rules of the configuration", "URL");
    add("--matrix", options.matrix.file,
        "Ask for every persona and channel of this file, as the window saves it, and compare with what it expects",
        "FILE");
    add("--junit", options.matrix.junit, "With --matrix: write the results as JUnit XML", "FILE");
    add("--csv", options.matrix.csv, "With --matrix: write the results as CSV", "FILE");
    command.add_flag("--json", options.isJson, "Print one line of JSON");
    addCredentialOptions(command, options.target);
    add("--ca", options.target.certificates, "Accept this certificate, for an endpoint with one of its own",
        "PEM-FILE");
}

} // namespace

void addAuthorizeCommand(CLI::App& program, Run& run)
{
    auto options = std::make_shared<AuthorizeOptions>();
    CLI::App* command = program.add_subcommand("authorize", "Find out who may subscribe to a channel, and why:\n"
                                                            "  castdeck-cli authorize --channel NAME [OPTIONS]");
    addOptions(*command, *options);
    command->footer(
        "Without --url, the rules of the configuration (authorize.topics, authorize.policy, actors) decide as the\n"
        "embedded server would: --config, else ./broadcasting.json, else the desktop program's own file. With --url, "
        "the\n"
        "endpoint of your application is asked as a client library asks it, and its answer is judged. --actor reaches "
        "it\n"
        "as the header X-Actor-Id, which is sent to this machine only.\n"
        "Signatures are made and checked with the application that --app, CASTDECK_APP or --connection names; else "
        "with\n"
        "the first one of the configured server; else with the default connection.\n\n"
        "Exit code: 0 allowed, 1 refused or no usable answer, 2 wrong usage; with --matrix 0 when all is as "
        "expected.\n\n"
        "Examples:\n"
        "  castdeck-cli authorize --channel private-admins --actor 2\n"
        "  castdeck-cli authorize --channel presence-chat --actor 1 --socket 1234.5678 --json\n"
        "  castdeck-cli authorize --channel private-admins --socket 1234.5678 --header \"Cookie: $COOKIE\" \\\n"
        "      --url http://127.0.0.1:8000/broadcasting/auth\n"
        "  castdeck-cli authorize --actor 1 --socket 1234.5678        # user authentication\n"
        "  castdeck-cli authorize --matrix permissions.json --junit report.xml");
    command->callback([options, &run] { run = [options] { return authorize(*options); }; });
}

} // namespace castdeck::cli
