#include "app/cli/command.h"
#include "app/cli/event_loop.h"
#include "app/cli/listen_centrifugo.h"
#include "app/cli/listener.h"
#include "app/cli/output.h"
#include "app/cli/target.h"

#include <memory>

namespace castdeck::cli {

namespace {

struct Options {
    TargetOptions target;
    ListenOptions listen;
};

int listenToCentrifugo(const Target& target, const ListenOptions& options)
{
    CentrifugoAccess access;
    if (!readAccess(target, access))
        return exitBadUsage;
    return runEventLoop(
        [&](std::function<void(int)> finish) {
            return std::make_shared<CentrifugoListener>(target, access, options, std::move(finish));
        },
        exitDone);
}

int listen(const Options& options)
{
    int exitCode = exitDone;
    const auto target = findTarget(options.target, exitCode);
    if (!target)
        return exitCode;
    if (target->driver == "centrifugo")
        return listenToCentrifugo(*target, options.listen);
    if (!requirePusher(*target, "listen"))
        return exitBadUsage;
    return runEventLoop(
        [&](std::function<void(int)> finish) {
            return std::make_shared<Listener>(*target, options.listen, std::move(finish));
        },
        exitDone);
}

} // namespace

void addListenCommand(CLI::App& program, Run& run)
{
    auto options = std::make_shared<Options>();
    CLI::App* command = program.add_subcommand("listen", "Subscribe to channels and print what arrives");
    command->add_option("channels", options->listen.channels, "Channels")->type_name("CHANNEL...")->required();
    command->add_option("--event", options->listen.event, "Print only events of this name")->type_name("NAME");
    command->add_option("--count", options->listen.count, "End after so many events")
        ->type_name("N")
        ->check(CLI::Range(1, 1'000'000'000));
    command
        ->add_option("--timeout", options->listen.timeoutSeconds,
                     "End after so many seconds; with --count that is a failure")
        ->type_name("SECONDS")
        ->check(CLI::Range(0.001, 1e6, "SECONDS > 0"));
    command
        ->add_option("--actor", options->listen.actor,
                     "Who to be in presence channels and at Centrifugo (default: operator)")
        ->type_name("ID");
    command->add_flag("--all", options->listen.printsProtocolEvents,
                      "Print the protocol's own events as well: members that come and go, cache misses, counts");
    addTargetOptions(*command, options->target);
    command->footer(
        std::string{targetHelp} +
        "\n\nPrivate and presence channels are signed with the connection's own secret. A Centrifugo server lets the "
        "listener\nin by the connection's option token_secret (the server's client.token.hmac_secret_key) or token; a "
        "message without\na name is an event \"message\" there. Each event is one line of JSON:\n"
        "  {\"channel\":\"news\",\"event\":\"headline\",\"data\":{\"text\":\"Hello\"}}\n"
        "Data that is not JSON is printed as a JSON string. What else happens is told on standard error.\n\n"
        "Example:\n"
        "  castdeck-cli listen news presence-lobby --actor ada --count 10 --timeout 60");
    command->callback([options, &run] { run = [options] { return listen(*options); }; });
}

} // namespace castdeck::cli
