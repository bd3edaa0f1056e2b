#pragma once

#include "core/base/result.h"
#include "core/hub/app_config.h"

#include <string_view>

namespace castdeck::cli {

/// The environment variable that gives one application as ID:KEY:SECRET, so that the secret need not stand on a
/// command line, where every user of the machine can read it.
inline constexpr const char* appVariable = "CASTDECK_APP";

/// Reads ID:KEY:SECRET; the secret may hold colons. Fails with InvalidInput, never repeating the text.
Result<hub::AppConfig> parseApp(std::string_view text);

} // namespace castdeck::cli
