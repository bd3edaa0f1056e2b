#pragma once

#include "core/base/http.h"

#include <string_view>

/// Answers as a script that calls a function of the page, for pages that ask by a <script> tag.
namespace castdeck::auth {

/// Whether the name may stand in front of the answer: dotted identifiers, then perhaps one entry under a quoted number,
/// which is how browser clients count their requests; at most 128 characters.
bool isCallbackName(std::string_view name);

/// Turns a JSON answer into a call of `callback`, which must be a callback name; leaves others alone.
void wrapInCallback(http::Response& response, std::string_view callback);

} // namespace castdeck::auth
