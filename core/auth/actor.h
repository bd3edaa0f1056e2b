#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::auth {

/// Who is asking. Without one a request is anonymous.
struct Actor {
    std::string id;
    std::string name;
    std::vector<std::string> roles; ///< The first one is "the" role.
    /// Free ones; a list has any number of texts, a single value exactly one.
    struct Attribute {
        std::vector<std::string> texts;
        bool isList = false;
    };
    std::map<std::string, Attribute, std::less<>> attributes;
    std::string token; ///< A secret: for `Authorization: Bearer`; empty for none, and in all that a directory gives.
};

/// How the actor of a request was found, in the order of asking.
enum class IdentitySource { Token, Cookie, Header, Socket };

/// "token", as rules name it in `guards`.
std::string_view toText(IdentitySource source);
std::optional<IdentitySource> identitySourceFromText(std::string_view text);

} // namespace castdeck::auth
