#pragma once

#include "core/engine/configuration.h"

#include <string>
#include <vector>

namespace castdeck::engine {

/// One value of the configuration as it may be shown to people.
struct ShownValue {
    std::string path; ///< "server.apps[0].secret"
    std::string json; ///< "••••" in quotes in place of what nobody may see.
    store::Origin origin;
    std::string written; ///< The text of the file when it has a `${NAME}`, "••••" when that may hold a secret.
};

/// Every value that holds, built-in ones included, in the order of the file; also of a configuration with errors.
/// Hidden are secrets by the names of their keys, headers, what requests are compared with, whatever stands in a wrong
/// place or under a key that nobody knows, and all copies of a secret elsewhere.
std::vector<ShownValue> shownValues(const Configuration& configuration);

} // namespace castdeck::engine
