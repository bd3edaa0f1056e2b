#include "app/cli/command.h"
#include "app/cli/driver_state.h"
#include "app/cli/event_loop.h"
#include "app/cli/output.h"
#include "app/cli/server_state.h"
#include "app/cli/target.h"

#include <memory>

namespace castdeck::cli {

namespace {

struct StateOptions {
    TargetOptions target;
    std::string channel;
    bool isJson = false;
};

using Finish = std::function<void(int)>;

/// One question, put to a server with the Pusher interface and to the driver of any other connection.
struct Question {
    std::function<void(ServerState&, const StateOptions&, Finish)> toServer;
    std::function<void(DriverState&, const StateOptions&, const Finish&)> toDriver;
};

int ask(const StateOptions& options, const Question& question)
{
    int exitCode = exitDone;
    const auto target = findTarget(options.target, exitCode);
    if (!target)
        return exitCode;
    if (target->kind == store::DriverKind::Null) {
        say("connection \"" + visible(target->name) + "\" has no server behind it; " + target->insteadOfNull());
        return exitBadUsage;
    }
    return runEventLoop(
        [&](Finish finish) -> std::shared_ptr<void> {
            if (target->speaksPusher()) {
                auto state = std::make_shared<ServerState>(*target);
                question.toServer(*state, options, std::move(finish));
                return state;
            }
            auto state = std::make_shared<DriverState>(*target);
            question.toDriver(*state, options, finish);
            return state;
        },
        exitFailed);
}

CLI::App* addCommand(CLI::App& program, Run& run, const char* name, const char* description, const char* examples,
                     const std::shared_ptr<StateOptions>& options, Question question)
{
    CLI::App* command = program.add_subcommand(name, description);
    command->add_flag("--json", options->isJson, "Print one line of JSON instead of a table");
    addTargetOptions(*command, options->target);
    command->footer(std::string{targetHelp} +
                    "\n\nOther drivers are asked as well; what one cannot tell is said to be not supported.\n"
                    "Exit code: 0 done, 1 no answer or not supported, 2 wrong usage.\n\nExamples:\n  " +
                    examples);
    command->callback([options, question = std::move(question), &run] {
        run = [options, question] { return ask(*options, question); };
    });
    return command;
}

} // namespace

void addStateCommands(CLI::App& program, Run& run)
{
    addCommand(program, run, "channels", "List the channels that somebody is subscribed to",
               "castdeck-cli channels\n  castdeck-cli channels --connection redis --json",
               std::make_shared<StateOptions>(),
               {.toServer = [](ServerState& state, const StateOptions& given,
                               Finish finish) { state.printChannels(given.isJson, std::move(finish)); },
                .toDriver = [](DriverState& state, const StateOptions& given,
                               const Finish& finish) { state.printChannels(given.isJson, finish); }});
    auto options = std::make_shared<StateOptions>();
    addCommand(program, run, "members", "List the users in a presence channel",
               "castdeck-cli members presence-lobby\n  castdeck-cli members chat:1 --connection centrifugo", options,
               {.toServer = [](ServerState& state, const StateOptions& given,
                               Finish finish) { state.printMembers(given.channel, given.isJson, std::move(finish)); },
                .toDriver = [](DriverState& state, const StateOptions& given,
                               const Finish& finish) { state.printMembers(given.channel, given.isJson, finish); }})
        ->add_option("channel", options->channel, "Presence channel")
        ->type_name("CHANNEL")
        ->required();
    addCommand(program, run, "connections", "Count the clients that are connected (not every server can tell)",
               "castdeck-cli connections", std::make_shared<StateOptions>(),
               {.toServer = [](ServerState& state, const StateOptions& given,
                               Finish finish) { state.printConnections(given.isJson, std::move(finish)); },
                .toDriver = [](DriverState& state, const StateOptions&,
                               const Finish& finish) { state.printConnections(finish); }});
}

} // namespace castdeck::cli
