#pragma once

#include "core/broadcast/services.h"

#include <string>
#include <utility>
#include <vector>

namespace castdeck::broadcast {

/// The drivers that exist without extend(), by name.
std::vector<std::pair<std::string, DriverFactory>> builtInDrivers();

} // namespace castdeck::broadcast
