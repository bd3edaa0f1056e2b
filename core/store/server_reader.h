#pragma once

#include "core/store/config.h"
#include "core/store/object_reader.h"

#include <filesystem>

namespace castdeck::store {

/// Reads the object `server`. Relative paths of certificate files start at `folder`.
ServerConfig readServer(ObjectReader& server, const std::filesystem::path& folder);

} // namespace castdeck::store
