#pragma once

#include "core/auth/json_source.h"
#include "core/auth/web_settings.h"

#include <vector>

namespace castdeck::auth {

/// Reads the document of a configuration whose `${NAME}` have been replaced. What has a mistake keeps its default, and
/// the problems say so; a document with errors must not be used.
WebSettings readWebSettings(const OrderedJson& document, std::vector<Problem>& problems);

} // namespace castdeck::auth
