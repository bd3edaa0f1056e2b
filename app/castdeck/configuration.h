#pragma once

#include "core/engine/configuration.h"

#include <QtCore/QString>
#include <QtCore/QStringList>

namespace castdeck::app {

/// Where the configuration lies: in `folder`, or for an empty one in the usual place.
std::filesystem::path configurationPath(const QString& folder);

/// Reads the file, or makes that of a first run. What is wrong inside the file is in its problems().
Result<engine::Configuration> loadOrCreate(const std::filesystem::path& path);

/// One line for each problem of that severity, with file, line and key.
QStringList sentencesOf(const engine::Configuration& configuration, store::Severity severity);

/// Keeps a copy to fall back on. Fails with Io.
Result<void> keepGoodCopy(const engine::Configuration& configuration);

/// Puts the good copy in the place of the file, which is kept beside it as `broadcasting.json.broken`. Fails with Io.
Result<void> restoreGoodCopy(const std::filesystem::path& path);

} // namespace castdeck::app
