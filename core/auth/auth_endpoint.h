#pragma once

#include "core/auth/answer.h"
#include "core/auth/auth_routes.h"
#include "core/auth/authorization_config.h"
#include "core/auth/cors.h"
#include "core/auth/csrf.h"
#include "core/auth/forwarding.h"
#include "core/auth/guard.h"
#include "core/auth/session_store.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace castdeck::auth {

/// From where the server can be reached.
enum class Reach { Loopback, Network };

/// Keys, and what keeps them alive while they are in use.
struct HeldKeys {
    SigningKeys keys;
    std::shared_ptr<const void> holder;
};

/// What the endpoint works with. Every function may be called from any thread.
struct AuthServices {
    std::shared_ptr<const Guard> guard;
    const SessionStore& sessions;
    /// The id of the application that a request is about; empty for none.
    std::function<std::string(const AuthorizationRequest&)> application;
    /// Of an application. Asked for every signature: credentials change while running.
    std::function<HeldKeys(const std::string& appId)> keys;
    std::shared_ptr<Forwarder> forwarder;    ///< May be null when nothing is forwarded.
    std::function<void(std::string)> note{}; ///< Takes lines for the log; none holds a secret.
};

/// The HTTP routes at which clients ask for the right to join a channel or to sign in.
///
/// Thread: any; nothing changes after construction, and nothing blocks. Ownership: what is under way when it is
/// destroyed still gets its answer; the session store must outlive it.
class AuthEndpoint {
public:
    using Done = std::function<void(http::Response)>;
    using Decided = std::function<void(const AuthorizationStatus&, http::Response)>;

    /// A larger body names no channel: clients send some hundred bytes.
    static constexpr std::size_t maxBodyBytes = 65'536;

    AuthEndpoint(AuthServices services, const AuthorizationConfig& config, CsrfSettings csrf, CorsSettings cors,
                 Reach reach);

    /// Whether handle() takes the request.
    bool serves(const http::Request& request) const { return routeOf(request) != nullptr; }
    /// False when the request is for somebody else. Otherwise `done` gets the answer, exactly once: before this
    /// returns, or, when another application decides, later and from any thread.
    bool handle(const http::Request& request, Done done) const;

    /// Answers what has been read from a request, and says what was decided, as handle() does behind its checks.
    void decide(AuthorizationRequest request, Question question, Decided decided) const;

private:
    struct Context;

    const AuthRoute* routeOf(const http::Request& request) const;
    void answer(const http::Request& request, const AuthRoute& route, Done done) const;

    std::shared_ptr<const Context> m_context; ///< Shared with what waits for another application.
    const SessionStore& m_sessions;
    AuthRoutes m_routes;
    Csrf m_csrf;
    Cors m_cors;
    bool m_isServed;
};

} // namespace castdeck::auth
