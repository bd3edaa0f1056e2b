#pragma once

#include <CLI/CLI.hpp>

#include <functional>

namespace castdeck::cli {

/// What scripts can rely on.
enum ExitCode : int {
    exitDone = 0,
    exitFailed = 1,   ///< Something that was asked for did not happen.
    exitBadUsage = 2, ///< The command line or the named connection makes no sense.
};

/// Set by the command that was chosen; main() calls it once everything has been parsed.
using Run = std::function<int()>;

void addServeCommand(CLI::App& program, Run& run);
void addEmitCommand(CLI::App& program, Run& run);
void addHistoryCommand(CLI::App& program, Run& run);
void addListenCommand(CLI::App& program, Run& run);
void addLogCommand(CLI::App& program, Run& run);
void addStateCommands(CLI::App& program, Run& run); ///< channels, members, connections
void addAuthorizeCommand(CLI::App& program, Run& run);
void addSignCommand(CLI::App& program, Run& run);
void addConfigCommand(CLI::App& program, Run& run);

} // namespace castdeck::cli
