#pragma once

#include "app/cli/command.h"

#include <cstdint>
#include <string>

namespace castdeck::cli {

/// The options of a command that speaks to a server.
struct TargetOptions {
    std::string config;
    std::string connection;
    std::string app;
    std::string host;
    std::uint16_t port = 0;
    bool usesTls = false;
    std::string certificates;
};

void addConfigOption(CLI::App& command, std::string& config);
/// --config, --connection and --app: whose credentials.
void addCredentialOptions(CLI::App& command, TargetOptions& options);
/// Those, and where the server is.
void addTargetOptions(CLI::App& command, TargetOptions& options);

/// Explains where the server comes from; part of every help text.
extern const char* const targetHelp;

} // namespace castdeck::cli
