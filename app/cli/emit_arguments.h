#pragma once

#include "core/base/result.h"
#include "core/broadcast/emission.h"

#include <string>
#include <vector>

namespace castdeck::cli {

/// Sorts `CHANNEL... EVENT [JSON|-]`. The last word is the data when it is `-` or JSON and at least two words stand
/// before it. Reads standard input for `-`. Fails with InvalidInput, with the place of a mistake in the JSON.
Result<broadcast::Emission> parseEmitArguments(std::vector<std::string> words);

/// Sorts `[CHANNEL...] FIELD=VALUE...` of an event class. Channels replace the class's own; they are raw names. Fails
/// with NotFound for the class and InvalidInput for a field.
Result<broadcast::Emission> parseClassArguments(const std::string& className, const std::vector<std::string>& words);

/// The words that look like options, without their values, a blank before each. A negative number is none.
std::string unknownOptions(const std::vector<std::string>& words);

} // namespace castdeck::cli
