#pragma once

#include "core/store/document_shape.h"
#include "core/store/environment.h"
#include "core/store/key_path.h"
#include "core/store/problem.h"

#include <string>
#include <vector>

namespace castdeck::store {

/// A value that a variable gave.
struct VariableValue {
    KeyPath path;
    std::string variable;
    Environment::Origin origin = Environment::Origin::Process;
};

/// Lets the variables that stand for a value of the configuration (BROADCAST_CONNECTION, PUSHER_SECRET, ...) override
/// it in `document`, which is in the nested shape. The variables of a driver make the connection of its name when there
/// is none and all that it needs is set. Returns what was set.
std::vector<VariableValue> applyVariables(OrderedJson& document, const Environment& environment, Problems& problems);

} // namespace castdeck::store
