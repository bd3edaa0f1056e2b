#pragma once

#include "core/broadcast/connections_config.h"
#include "core/store/effective_document.h"
#include "core/store/problem.h"

#include <string>

namespace castdeck::engine {

/// Reads `default`, `aliases`, `connections`, `driverAliases` and `emit`. The options of each connection are judged by
/// its driver: a wrong one is an error, a missing one a warning, because only that connection cannot be used then.
broadcast::ConnectionsConfig readConnections(const store::EffectiveDocument& document, store::Problems& problems);

/// The driver that the options of a connection ask for, after driverAliases; empty when they name none.
std::string driverOf(const store::OrderedJson& document, const store::OrderedJson& connection);

} // namespace castdeck::engine
