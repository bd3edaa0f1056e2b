#pragma once

#include "core/auth/answer.h"
#include "core/auth/guard.h"
#include "core/auth/json_source.h"

#include <string>
#include <vector>

namespace castdeck::auth {

/// All that a configuration says about who may use what: `authorize`, `actors` and `identity`.
struct AuthorizationConfig {
    std::string path = "/broadcasting/authorize"; ///< The primary path; empty for none.
    bool isPathExplicit = false;                  ///< Such a path answers any method.
    std::vector<std::string> extraPaths{"/pusher/auth", "/pusher/user-auth", "/broadcasting/auth",
                                        "/broadcasting/user-auth", "/broadcast/auth"};
    bool usesJsonp = false;
    bool isExposed = false; ///< The routes answer also when the server listens beyond loopback.
    Explain explain = Explain::Loopback;
    std::string forwardUrl; ///< Empty: the rules decide.
    std::vector<std::string> forwardHeaders{"Cookie", "Authorization"};
    std::vector<Rule> rules;
    GuardSettings guard;
    std::vector<Actor> actors;
};

/// Reads the document of a configuration whose `${NAME}` have been replaced. What has a mistake keeps its default, and
/// the problems say so; a document with errors must not be used.
AuthorizationConfig readAuthorization(const OrderedJson& document, std::vector<Problem>& problems);

/// Reads the list `actors`.
std::vector<Actor> readActors(const JsonSource& source);

} // namespace castdeck::auth
