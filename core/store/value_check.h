#pragma once

#include <string_view>

namespace castdeck::store {

/// Letters, digits, - and _ only, and not empty: an application's id or key. Both travel in URLs, and the key in front
/// of a colon.
bool isCredential(std::string_view text);

/// What a server can listen on: an IP address without brackets, or "localhost".
bool isListenAddress(std::string_view text);

} // namespace castdeck::store
