#pragma once

#include "app/cli/target.h"
#include "core/broadcast/emission.h"
#include "core/broadcast/report.h"

#include <filesystem>
#include <optional>
#include <string>

namespace castdeck::cli {

/// Where what is sent is written down: state.db beside the configuration that is used, which the window shares; without
/// one, in the user's own folder. Nothing when there is no such folder.
std::optional<std::filesystem::path> journalPath(const std::string& namedConfig);

/// Writes down what was sent and what became of it. Why it cannot is told on standard error.
void writeDown(const std::filesystem::path& journal, const Target& target, const broadcast::Emission& emission,
               const broadcast::Report& report);

} // namespace castdeck::cli
