#pragma once

#include "core/store/config.h"
#include "core/store/object_reader.h"

#include <vector>

namespace castdeck::store {

/// Makes `server.apps` of the document say `apps`. `current` is what the document says so far: entries are found by
/// their id, and a member is written only when its value differs, so that `${NAME}` and unknown keys stay.
void writeApps(OrderedJson& document, const ServerConfig& current, const std::vector<hub::AppConfig>& apps);

/// The settings and limits of an application under their keys, all of them; without its credentials.
OrderedJson appSettings(const hub::AppConfig& app);

} // namespace castdeck::store
