#include "app/cli/command.h"
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

using Ask = std::function<void(ServerState&, const StateOptions&, std::function<void(int)>)>;

int ask(const StateOptions& options, const Ask& question)
{
    int exitCode = exitDone;
    const auto target = findTarget(options.target, exitCode);
    if (!target)
        return exitCode;
    if (target->kind == store::DriverKind::Null) {
        say("connection \"" + target->name + "\" has no server behind it; name another one with --connection");
        return exitBadUsage;
    }
    return runEventLoop(
        [&](std::function<void(int)> finish) {
            auto state = std::make_shared<ServerState>(*target);
            question(*state, options, std::move(finish));
            return state;
        },
        exitFailed);
}

CLI::App* addCommand(CLI::App& program, Run& run, const char* name, const char* description, const char* example,
                     const std::shared_ptr<StateOptions>& options, Ask question)
{
    CLI::App* command = program.add_subcommand(name, description);
    command->add_flag("--json", options->isJson, "Print one line of JSON instead of a table");
    addTargetOptions(*command, options->target);
    command->footer(std::string{targetHelp} + "\n\nExample:\n  " + example);
    command->callback([options, question = std::move(question), &run] {
        run = [options, question] { return ask(*options, question); };
    });
    return command;
}

} // namespace

void addStateCommands(CLI::App& program, Run& run)
{
    addCommand(program, run, "channels", "List the channels that somebody is subscribed to", "castdeck-cli channels",
               std::make_shared<StateOptions>(), [](ServerState& state, const StateOptions& options, auto finish) {
                   state.printChannels(options.isJson, std::move(finish));
               });
    auto options = std::make_shared<StateOptions>();
    addCommand(program, run, "members", "List the users in a presence channel", "castdeck-cli members presence-lobby",
               options,
               [](ServerState& state, const StateOptions& given, auto finish) {
                   state.printMembers(given.channel, given.isJson, std::move(finish));
               })
        ->add_option("channel", options->channel, "Presence channel")
        ->type_name("CHANNEL")
        ->required();
    addCommand(program, run, "connections", "Count the clients that are connected (not every server can tell)",
               "castdeck-cli connections", std::make_shared<StateOptions>(),
               [](ServerState& state, const StateOptions& given, auto finish) {
                   state.printConnections(given.isJson, std::move(finish));
               });
}

} // namespace castdeck::cli
