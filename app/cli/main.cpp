#include "app/cli/command.h"
#include "app/cli/emit_arguments.h"
#include "app/cli/output.h"

#include <algorithm>
#include <csignal>
#include <iostream>
#include <sstream>

using namespace castdeck::cli;

namespace {

/// Names what was not understood. A stray word may be a secret that lost its --app, so it is not repeated.
std::string unexpected(const CLI::App& program)
{
    const std::vector<std::string> words = program.remaining(true);
    if (const std::string options = unknownOptions(words); !options.empty())
        return "unknown option:" + options;
    return std::to_string(words.size()) + (words.size() == 1 ? " argument" : " arguments") + " too many";
}

/// What the parser says, without the secrets of ID:KEY:SECRET in the wrong place.
std::string withoutSecrets(std::string text, int argc, char** argv)
{
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const std::size_t colon = word.find(':', std::min(word.find(':'), word.size() - 1) + 1);
        const std::string secret = colon < word.size() ? word.substr(colon + 1) : std::string{};
        const std::size_t at = secret.empty() ? std::string::npos : text.find(word);
        if (at != std::string::npos)
            text.replace(at + colon + 1, secret.size(), "••••");
    }
    return text;
}

/// The commands there are, when the first word is none of them: the parser would only say that it misses one.
std::string commandsInstead(const CLI::App& program, int argc, char** argv)
{
    const std::string word = argc > 1 ? argv[1] : "-";
    std::string names;
    for (const CLI::App* command : program.get_subcommands({})) {
        if (word.starts_with('-') || command->get_name() == word)
            return {};
        names += (names.empty() ? "" : ", ") + command->get_name();
    }
    return names;
}

int parsed(CLI::App& program, int argc, char** argv)
{
    if (const std::string commands = commandsInstead(program, argc, argv); !commands.empty()) {
        say("there is no such command; there are: " + commands + "\nRun with --help for more information.");
        return exitBadUsage;
    }
    try {
        program.parse(argc, argv);
        return exitDone;
    } catch (const CLI::ExtrasError&) {
        say(unexpected(program) + "\nRun with --help for more information.");
    } catch (const CLI::ParseError& error) {
        // Help and version come as "errors" with code 0.
        std::ostringstream complaint;
        if (program.exit(error, std::cout, complaint) == 0)
            return -1;
        std::cerr << withoutSecrets(complaint.str(), argc, argv);
    }
    return exitBadUsage;
}

} // namespace

int main(int argc, char** argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    Run run;
    CLI::App program{
        "Castdeck without a window: runs a Pusher-compatible broadcasting server, sends events to it or to\n"
        "any other such server, and shows what arrives.",
        "castdeck-cli"};
    program.set_version_flag("--version", "castdeck-cli " CASTDECK_VERSION);
    program.require_subcommand(1);
    program.footer("A first event in three terminals:\n"
                   "  castdeck-cli config init        # once: makes ./broadcasting.json with a random key and secret\n"
                   "  castdeck-cli serve\n"
                   "  castdeck-cli listen news\n"
                   "  castdeck-cli emit news headline '{\"text\":\"Hello\"}'\n\n"
                   "Every command explains itself: castdeck-cli COMMAND --help");
    addServeCommand(program, run);
    addEmitCommand(program, run);
    addHistoryCommand(program, run);
    addLogCommand(program, run);
    addListenCommand(program, run);
    addStateCommands(program, run);
    addAuthorizeCommand(program, run);
    addSignCommand(program, run);
    addConfigCommand(program, run);
    const int problem = parsed(program, argc, argv);
    if (problem != exitDone)
        return problem < 0 ? exitDone : problem;
    if (!run)
        return exitBadUsage;
    const int exitCode = run();
    if (!hasLostOutput())
        return exitCode;
    if (!hasReaderLeft())
        say("standard output could not be written");
    return exitCode == exitDone ? exitFailed : exitCode;
}
