#pragma once

#include "core/store/config_file.h"

#include <QtCore/QString>
#include <QtCore/QStringList>

namespace castdeck::app {

/// Where the configuration lies: in `folder`, or for an empty one in the usual place.
std::filesystem::path configurationPath(const QString& folder);

/// Reads the file, or makes that of a first run. What is wrong inside the file is in its problems().
Result<store::ConfigFile> loadOrCreate(const std::filesystem::path& path);

/// One line for each problem of that severity, with file, line and key.
QStringList sentencesOf(const store::ConfigFile& file, store::Severity severity);

/// Keeps a copy to fall back on. Fails with Io.
Result<void> keepGoodCopy(const store::ConfigFile& file);

/// Puts the good copy in the place of the file, which is kept beside it as `broadcasting.json.broken`. Fails with Io.
Result<void> restoreGoodCopy(const std::filesystem::path& path);

} // namespace castdeck::app
