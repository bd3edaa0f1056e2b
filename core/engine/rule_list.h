#pragma once

#include "core/engine/configuration.h"

#include <string>
#include <vector>

namespace castdeck::engine {

/// The rules as they stand in the file, each a JSON object, in the order of asking. Variables are not replaced.
std::vector<std::string> rulesOf(const Configuration& configuration);

/// Writes the rules into the file, which is read anew before, so that nothing else in it is lost. Fails with
/// InvalidInput when the file or a rule has a mistake, and as ConfigFile::save().
Result<void> saveRules(const std::filesystem::path& path, const std::vector<std::string>& rules);

/// The rules in a text: a list, an object of patterns and conditions, or a whole configuration. Fails with
/// InvalidInput.
Result<std::vector<std::string>> rulesIn(const std::string& text);

} // namespace castdeck::engine
