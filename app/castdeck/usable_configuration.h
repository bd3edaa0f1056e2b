#pragma once

#include "core/engine/configuration.h"

#include <filesystem>
#include <optional>

namespace castdeck::app {

/// Reads the configuration, or makes that of a first run. While it cannot be used, shows what is wrong with it in a
/// window and on standard error; nothing when that window was closed instead.
///
/// Thread: GUI, with an event loop of its own while it waits for people.
std::optional<engine::Configuration> usableConfiguration(const std::filesystem::path& path);

} // namespace castdeck::app
