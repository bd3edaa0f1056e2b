#pragma once

#include "core/engine/configuration.h"
#include "core/engine/engine.h"

#include <string>
#include <vector>

namespace castdeck::engine {

/// What the configuration says of the server. The rest of the options is up to the program.
EngineOptions serverOptions(const Settings& settings);

/// Gives a running server those of `wanted` that can change while it runs: applications, rules, actors and webhooks. No
/// connection is touched, but for those of applications that are gone.
void reconfigure(Engine& server, const EngineOptions& wanted);

/// The keys of what differs and cannot change while the server runs.
std::vector<std::string> restartNeeded(const EngineOptions& running, const EngineOptions& wanted);

/// The keys whose values differ, those of the top level and those of `server`: "authorize", "server.apps".
std::vector<std::string> changedKeys(const Configuration& before, const Configuration& after);

} // namespace castdeck::engine
