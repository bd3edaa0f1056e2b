#pragma once

#include "core/auth/auth_routes.h"
#include "core/auth/rule.h"
#include "core/base/result.h"
#include "core/broadcast/broadcast.h"
#include "core/engine/engine.h"

#include <string>
#include <string_view>
#include <vector>

namespace castdeck {

/// The one static entry point of a program with the server inside: all that sends, and who may listen.
///
/// Thread: any.
class Broadcast : public broadcast::Broadcast {
public:
    /// The server whose rules are meant. Null takes it away, which must be done before it ends.
    static void installServer(engine::Engine* server);

    /// Adds a rule to the installed server, or replaces the one with the same pattern in its place. `condition` is JSON
    /// text as in the configuration. Fails with Unavailable when no server is installed, and with InvalidInput, which
    /// says what is wrong.
    static Result<void> rule(std::string_view pattern, std::string_view condition);
    static Result<void> rule(std::string_view pattern, auth::RuleFunction decide);

    /// The routes at which clients ask for authorization, the primary one first.
    static std::vector<auth::AuthRoute> routes(std::string path = "/broadcasting/authorize");
};

} // namespace castdeck
