#include "core/base/secret_name.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>

namespace castdeck {

bool isSecretName(std::string_view name)
{
    static constexpr std::array words{"secret",  "password",   "passwd",  "token",  "api_key",       "apikey",
                                      "api-key", "master_key", "private", "cookie", "authorization", "credential"};
    /// Settings whose names hold such a word, and whose values everybody may read.
    static constexpr std::array harmless{"allow_private_network", "authorization_deadline"};
    const std::string lower = toLower(name);
    return std::ranges::find(harmless, lower) == harmless.end() &&
           std::ranges::any_of(words, [&](const char* word) { return lower.find(word) != lower.npos; });
}

} // namespace castdeck
