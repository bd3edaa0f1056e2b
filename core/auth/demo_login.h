#pragma once

#include "core/auth/auth_endpoint.h"
#include "core/auth/web_settings.h"

#include <memory>
#include <optional>

namespace castdeck::auth {

/// Lets a browser be one of the actors: GET /demo/session, POST /demo/login with the field `actor`, POST /demo/logout.
/// There is no password; whoever reaches the demo may be anybody in it.
///
/// Thread: any; nothing changes after construction but the store. Ownership: the store must outlive it.
class DemoLogin {
public:
    DemoLogin(std::shared_ptr<const Guard> guard, SessionStore& sessions, const CsrfSettings& csrf, CorsSettings cors,
              DemoSettings settings, Reach reach);

    /// Nothing when the request is for somebody else.
    std::optional<http::Response> handle(const http::Request& request) const;

private:
    http::Response answer(const http::Request& request) const;
    http::Response logIn(const http::Request& request, const AuthorizationRequest& fields) const;
    http::Response logOut(const http::Request& request) const;
    http::Response show(const http::Request& request) const;
    http::Response sessionAnswer(const http::Request& request, const Session& session) const;

    std::shared_ptr<const Guard> m_guard;
    SessionStore& m_sessions;
    Csrf m_csrf;
    Cors m_cors;
    bool m_isServed;
};

} // namespace castdeck::auth
