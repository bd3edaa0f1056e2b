#pragma once

#include "core/store/config.h"
#include "core/store/object_reader.h"

namespace castdeck::store {

/// Reads `default`, `aliases` and `connections` into `config`. Of the options of a connection only those of the driver
/// `pusher` are judged.
void readConnections(ObjectReader& top, const EffectiveDocument& document, Config& config);

} // namespace castdeck::store
