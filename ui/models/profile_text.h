#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "ui/models/profile.h"

#include <string>

namespace castdeck::ui {

/// A profile as it is kept between runs.
struct KeptProfile {
    Profile profile;
    WallTime lastUsed{}; ///< The epoch: never.
};

/// JSON, without the secret. Members that are not known are lost.
std::string toText(const KeptProfile& kept);
/// What is missing keeps its default. Fails with InvalidInput when it is no JSON object.
Result<KeptProfile> profileFromText(const std::string& id, const std::string& json);

} // namespace castdeck::ui
