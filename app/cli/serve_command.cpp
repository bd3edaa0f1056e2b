#include "app/cli/command.h"
#include "app/cli/config_source.h"
#include "app/cli/journal.h"
#include "app/cli/log_keeper.h"
#include "app/cli/output.h"
#include "app/cli/serve_options.h"
#include "core/auth/auth_routes.h"
#include "core/base/json.h"
#include "core/base/loopback.h"
#include "core/engine/server_options.h"
#include "core/engine/stored_outbox.h"
#include "core/remote/forwarder.h"
#include "core/remote/http_thread.h"
#include "core/remote/webhook_transport.h"
#include "core/store/value_check.h"

#include <QCoreApplication>

#include <condition_variable>
#include <csignal>
#include <memory>
#include <mutex>

namespace castdeck::cli {

namespace {

using namespace std::chrono_literals;
using engine::ServerState;

constexpr auto startLimit = 30s;
constexpr std::uint16_t firstFreePort = 1024; ///< Those below are for privileged processes.

/// The signals that `serve` waits for. Blocked before the first thread starts, so that no worker is hit by one.
class Signals {
public:
    Signals()
    {
        sigemptyset(&m_set);
        for (const int number : {SIGINT, SIGTERM, SIGHUP})
            sigaddset(&m_set, number);
        pthread_sigmask(SIG_BLOCK, &m_set, nullptr);
    }
    int wait() const
    {
        int number = 0;
        while (sigwait(&m_set, &number) != 0) {
        }
        return number;
    }
    /// From here on SIGINT and SIGTERM end the program at once.
    void release() const
    {
        sigset_t ending = m_set;
        sigdelset(&ending, SIGHUP); // Asks for a reload, which there is no more.
        pthread_sigmask(SIG_UNBLOCK, &ending, nullptr);
    }

private:
    sigset_t m_set{};
};

/// Wakes the main thread when the engine has news.
class Bell {
public:
    void ring()
    {
        const std::lock_guard lock{m_mutex};
        m_hasRung = true;
        m_condition.notify_one();
    }
    void waitFor(std::chrono::milliseconds limit)
    {
        std::unique_lock lock{m_mutex};
        m_condition.wait_for(lock, limit, [this] { return m_hasRung; });
        m_hasRung = false;
    }

private:
    std::mutex m_mutex; ///< Guards m_hasRung.
    std::condition_variable m_condition;
    bool m_hasRung = false;
};

engine::ServerSnapshot waitUntilStarted(const engine::Engine& server, Bell& bell)
{
    const auto deadline = std::chrono::steady_clock::now() + startLimit;
    while (true) {
        auto snapshot = server.snapshot()->server;
        const bool isDecided = snapshot.state == ServerState::Running || snapshot.state == ServerState::Failed;
        if (isDecided || std::chrono::steady_clock::now() > deadline)
            return snapshot;
        bell.waitFor(50ms);
    }
}

std::string listeningLine(const engine::ServerSnapshot& server, const std::vector<hub::AppConfig>& apps)
{
    std::string line = "{\"event\":\"listening\",\"address\":" + json::toString(server.address) +
                       ",\"port\":" + std::to_string(server.port) + ",\"tls\":" + (server.isTls ? "true" : "false") +
                       ",\"apps\":[";
    for (const hub::AppConfig& app : apps) {
        line += line.back() == '[' ? "" : ",";
        json::appendString(line, app.id);
    }
    return line + "]}";
}

/// A host that a browser on this machine can use.
std::string browserHost(const std::string& address)
{
    if (address == "0.0.0.0" || address == "::" || address == "127.0.0.1")
        return "localhost";
    return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

/// For private and presence channels; empty when nothing answers there.
std::string authorizationLines(const engine::EngineOptions& options, const std::string& url)
{
    const bool isAnswering = isLoopbackHost(options.listen) || options.authorization.isExposed;
    if (!isAnswering || auth::AuthRoutes{options.authorization}.find("/pusher/auth") == nullptr)
        return {};
    const std::string endpoint = "\"" + url + options.pathPrefix + "/pusher/auth\"";
    return "    channelAuthorization: { endpoint: " + endpoint +
           " },\n"
           "    // before pusher-js 7.1: authEndpoint: " +
           endpoint + ",\n";
}

void sayHowToConnect(const engine::ServerSnapshot& server, const engine::EngineOptions& options)
{
    const hub::AppConfig& app = options.apps.front();
    const std::string host = browserHost(server.address);
    const std::string port = std::to_string(server.port);
    const std::string url = (server.isTls ? "https://" : "http://") + host + ":" + port;
    say("\nIn a web page, with pusher-js:\n\n"
        "  const pusher = new Pusher(\"" +
        app.key +
        "\", {\n"
        "    cluster: \"\", wsHost: \"" +
        host + "\", wsPort: " + port + ", wssPort: " + port +
        ",\n"
        "    forceTLS: " +
        (server.isTls ? "true" : "false") + ", enabledTransports: [\"ws\", \"wss\"],\n" +
        authorizationLines(options, url) +
        "  });\n"
        "  pusher.subscribe(\"news\").bind(\"headline\", data => console.log(data));\n\n"
        "HTTP interface: " +
        url + "/apps/" + app.id + "/events\n");
}

struct Setup {
    engine::EngineOptions engine;
    bool hasConfiguration = false; ///< A reload has something to read.
    bool hasAppsFromConfig = false;
    bool hasRandomApp = false;
};

/// Tells what is wrong on standard error.
std::optional<Setup> prepare(const ServeOptions& options, int& exitCode)
{
    exitCode = exitBadUsage;
    auto apps = givenApps(options);
    if (!apps) {
        say(apps.error().detail);
        return std::nullopt;
    }
    if (options.listen && !store::isListenAddress(*options.listen)) {
        say("--listen: \"" + visible(*options.listen) +
            "\" is not an IP address; give one such as 127.0.0.1, ::1 or 0.0.0.0, or \"localhost\"");
        return std::nullopt;
    }
    exitCode = exitFailed;
    Setup setup;
    setup.hasConfiguration = !options.config.empty() || apps->empty();
    const auto configuration = setup.hasConfiguration ? loadConfig(options.config, Search::CurrentFolder)
                                                      : std::optional{configurationWithoutFile()};
    if (configuration && !setup.hasConfiguration)
        sayProblems(*configuration);
    if (!configuration || configuration->hasErrors())
        return std::nullopt;
    const engine::Settings& settings = configuration->settings();
    setup.hasAppsFromConfig = apps->empty() && !settings.base.server.apps.empty();
    if (setup.hasAppsFromConfig)
        *apps = settings.base.server.apps;
    if (apps->empty()) {
        apps->push_back(randomApp());
        setup.hasRandomApp = true;
    }
    setup.engine = toEngineOptions(settings, options, std::move(*apps));
    setup.engine.notice = [](const std::string& line) { say(visible(line)); };
    setup.engine.webhookOutbox = engine::outboxOf(configuration->path(), setup.engine.notice);
    return setup;
}

/// What SIGHUP asks for. No connection is touched, but for those of applications that are gone.
void reload(engine::Engine& server, const ServeOptions& options, const Setup& setup)
{
    if (setup.engine.tls)
        server.reloadTls(); // A notice says what came of it.
    if (!setup.hasConfiguration)
        return;
    const auto configuration = loadConfig(options.config, Search::CurrentFolder);
    const bool hasApps = configuration && !configuration->settings().base.server.apps.empty();
    if (!configuration || (setup.hasAppsFromConfig && !hasApps)) {
        say("applications not changed, nor anything else: the configuration has errors or no application");
        return;
    }
    auto apps = setup.hasAppsFromConfig ? configuration->settings().base.server.apps : setup.engine.apps;
    const engine::EngineOptions wanted = toEngineOptions(configuration->settings(), options, std::move(apps));
    engine::reconfigure(server, wanted);
    say("configuration read again: " + std::to_string(wanted.apps.size()) +
        (wanted.apps.size() == 1 ? " application, " : " applications, ") +
        std::to_string(wanted.authorization.rules.size()) + " rules, " +
        std::to_string(wanted.authorization.actors.size()) + " actors");
    for (const std::string& key : engine::restartNeeded(setup.engine, wanted))
        say(key + " has changed, which takes effect after a restart");
}

/// The failure itself was told as a notice.
void sayWhatToDo(const engine::ServerSnapshot& server)
{
    if (server.failure.empty())
        say("the server did not start in time");
    else if (server.failure.ends_with("is in use"))
        say("stop the program that uses it, or choose another port with --port (0 picks a free one)");
    else if (server.failure.starts_with("port ") && server.port > 0 && server.port < firstFreePort)
        say("choose a port from " + std::to_string(firstFreePort) + " on with --port, or start with more rights");
}

void sayStarted(const Setup& setup, const engine::ServerSnapshot& server, const ServeOptions& options)
{
    const hub::AppConfig& app = setup.engine.apps.front();
    for (const std::string& warning : warnings(setup.engine))
        say("warning: " + warning);
    if (setup.hasRandomApp)
        say("No application is configured, so one was made for this run: id " + app.id + ", key " + app.key +
            ".\nIts secret is random and not shown. To send events as well, run \"castdeck-cli config init\" once and "
            "start again,\nor give --app ID:KEY:SECRET.");
    if (options.isDemo || setup.hasRandomApp)
        sayHowToConnect(server, setup.engine);
    say("press Ctrl+C to stop");
}

/// Null when no log is kept; nothing, and it is said, when it cannot be.
std::optional<std::unique_ptr<LogKeeper>> logKeeper(const ServeOptions& options)
{
    if (!options.keepsLog)
        return nullptr;
    const auto path = journalPath(options.config);
    auto opened = path ? LogKeeper::open(*path)
                       : Error{ErrorKind::NotFound, "there is no folder for it; set HOME, or name a configuration"};
    if (opened)
        return *std::move(opened);
    say("the log cannot be kept: " + visible(opened.error().detail));
    return std::nullopt;
}

int serve(const ServeOptions& options)
{
    int exitCode = exitDone;
    auto setup = prepare(options, exitCode);
    if (!setup)
        return exitCode;
    const Signals caught;
    // After the signals are blocked: the thread that sends must not get them.
    int count = 1;
    char name[] = "castdeck-cli";
    char* arguments[] = {name, nullptr};
    const QCoreApplication application{count, arguments};
    const remote::HttpThread http;
    setup->engine.forwarder = remote::forwarder(http);
    setup->engine.webhookTransport = remote::webhookTransport(http);
    const auto log = logKeeper(options);
    if (!log)
        return exitFailed;
    Bell bell;
    engine::Engine server{setup->engine, [&bell, keeper = log->get()] {
                              bell.ring();
                              if (keeper != nullptr)
                                  keeper->wake();
                          }};
    if (*log)
        (*log)->follow(server);
    server.start();
    const engine::ServerSnapshot started = waitUntilStarted(server, bell);
    if (started.state != ServerState::Running) {
        sayWhatToDo(started);
        if (*log)
            (*log)->stop();
        return exitFailed;
    }
    sayStarted(*setup, started, options);
    printLine(listeningLine(started, setup->engine.apps));
    while (caught.wait() == SIGHUP)
        reload(server, options, *setup);
    caught.release();
    say("press Ctrl+C again to end at once");
    server.stop(engine::StopReason::Restart);
    server.waitStopped();
    if (*log)
        (*log)->stop();
    return exitDone;
}

} // namespace

void addServeCommand(CLI::App& program, Run& run)
{
    auto options = std::make_shared<ServeOptions>();
    CLI::App* command = program.add_subcommand("serve", "Run the server");
    command
        ->add_option("--config", options->config,
                     "Configuration file (default: ./broadcasting.json, unless --app is given)")
        ->type_name("FILE");
    command
        ->add_option("--listen", options->listen,
                     "Address to listen on; \"localhost\" for 127.0.0.1 and ::1 (default: 127.0.0.1)")
        ->type_name("ADDRESS");
    command->add_option("--port", options->port, "Port; 0 picks a free one (default: 6001)")
        ->type_name("N")
        ->check(CLI::Range(0, 65'535));
    command
        ->add_option("--app", options->apps,
                     "An application; may be given several times. Other users of this machine can read command "
                     "lines: prefer the variable CASTDECK_APP or a configuration file")
        ->type_name("ID:KEY:SECRET")
        ->expected(1)
        ->take_all();
    command->add_flag("--client-events", options->allowsClientEvents,
                      "Let clients of the --app applications send client-* events");
    command->add_flag("--subscription-count", options->sendsSubscriptionCount,
                      "Tell subscribers of the --app applications how many they are");
    auto* certificate = command
                            ->add_option("--tls-cert", options->tlsCertificate,
                                         "Certificate, PEM, the server's own first; switches TLS on")
                            ->type_name("FILE");
    auto* key =
        command->add_option("--tls-key", options->tlsKey, "Private key of the certificate, PEM")->type_name("FILE");
    certificate->needs(key);
    key->needs(certificate);
    command
        ->add_option("--workers", options->workers,
                     "Threads that serve connections (default: as many as cores, at most 4)")
        ->type_name("N")
        ->check(CLI::Range(0, 256));
    command->add_flag("--demo", options->isDemo, "Print how to connect from a web page");
    command->add_flag("--keep-log", options->keepsLog,
                      "Keep the live log in state.db beside the configuration, where the window and the command log "
                      "find it");
    command->footer(
        "When it is ready it prints one line of JSON on standard output:\n"
        "  {\"event\":\"listening\",\"address\":\"127.0.0.1\",\"port\":6001,\"tls\":false,\"apps\":[\"my-app\"]}\n"
        "SIGINT and SIGTERM close all clients with 4200, so that they come back to the restarted server, and end "
        "with 0.\nSIGHUP reads the certificate and the configuration again; clients stay connected.\n\n"
        "Example:\n"
        "  CASTDECK_APP=my-app:my-key:my-secret castdeck-cli serve --port 6001 --client-events");
    command->callback([options, &run] { run = [options] { return serve(*options); }; });
}

} // namespace castdeck::cli
