#pragma once

#include "core/auth/answer.h"
#include "core/auth/guard.h"

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

} // namespace castdeck::auth
