#pragma once

#include "ui/text/json_condition.h"

#include <string>
#include <string_view>
#include <vector>

namespace castdeck::ui {

/// `payload` with "[hidden]" in place of what the paths lead to; every other byte stays. Paths ask for no comparison.
std::string withHidden(std::string_view payload, const std::vector<JsonCondition>& paths);

} // namespace castdeck::ui
