#pragma once

#include "core/store/config.h"
#include "core/store/object_reader.h"

namespace castdeck::store {

/// Reads `default`, `aliases` and `connections` (or, in the older flat shape, the top-level objects that have a
/// driver) into `config`, and applies the variables that override them.
void readConnections(ObjectReader& top, Config& config);

/// True for a top-level key that the program knows, whether this version uses it or keeps it.
bool isKnownTopLevelKey(std::string_view key);

} // namespace castdeck::store
