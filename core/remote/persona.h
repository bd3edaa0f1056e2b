#pragma once

#include "core/base/http.h"
#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace castdeck::remote {

/// Somebody to try things as: who he is in presence channels, and how an application knows him. A plain value; headers
/// and cookies may be secrets.
struct Persona {
    std::string id; ///< Of the user; of the anonymous one it only names him here.
    std::string name;
    std::string userInfo = "{}"; ///< A JSON object, byte for byte.
    std::vector<std::string> roles;
    std::string color; ///< "teal"; a word of the window.
    http::Headers headers;
    std::string cookies;      ///< "a=1; b=2"
    bool isAnonymous = false; ///< Nobody is signed in.

    /// All that goes with a request.
    http::Headers requestHeaders() const;
};

/// One JSON object, `id` included.
std::string toJson(const Persona& persona);
/// Fails with InvalidInput and what is wrong with it.
Result<Persona> personaFromJson(std::string_view json);

} // namespace castdeck::remote
