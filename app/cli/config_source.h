#pragma once

#include "core/engine/configuration.h"

#include <filesystem>
#include <optional>
#include <string>

namespace castdeck::cli {

/// Which file holds the configuration when none is named.
enum class Search {
    CurrentFolder,        ///< ./broadcasting.json
    CurrentFolderAndUser, ///< ./broadcasting.json, then the desktop program's own file.
};

/// `named` when it is not empty, else the first file of the search that exists. Nothing when there is none.
std::optional<std::filesystem::path> findConfig(const std::string& named, Search search);

/// The configuration to use, with its problems told on standard error; nothing when it has errors. Without any file,
/// what the environment and ./.env say.
std::optional<engine::Configuration> loadConfig(const std::string& named, Search search);

/// The same for a command that uses one connection, or the default one: warnings about others, and about what only a
/// server uses, would come with every call and are left to `config check`.
std::optional<engine::Configuration> loadConfigFor(const std::string& connection, const std::string& named);

/// Tells every problem, one line each.
void sayProblems(const engine::Configuration& configuration);

} // namespace castdeck::cli
