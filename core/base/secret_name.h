#pragma once

#include <string_view>

namespace castdeck {

/// What stands under a key, header or variable of this name is for nobody's eyes: the name speaks of a secret,
/// password, token, API key, cookie or the like, in whatever case and between whatever other words.
bool isSecretName(std::string_view name);

} // namespace castdeck
