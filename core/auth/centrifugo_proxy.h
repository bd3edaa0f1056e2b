#pragma once

#include "core/auth/auth_endpoint.h"

#include <cstddef>
#include <memory>
#include <optional>

namespace castdeck::auth {

/// Answers what a Centrifugo server asks before it lets a client connect or subscribe: POST /centrifugo/connect and
/// POST /centrifugo/subscribe. Who the client is, the headers tell that Centrifugo passes on, or the user whom it
/// names.
///
/// A verdict of any kind is HTTP 200; other statuses are faults for Centrifugo, and its client comes again.
/// Source: Centrifugo docs, "Proxy events to the backend", versions 5 and 6.
///
/// Thread: any; nothing changes after construction. Ownership: the store must outlive it.
class CentrifugoProxy {
public:
    /// Clients may add data of their own to a question; larger ones are refused.
    static constexpr std::size_t maxBodyBytes = 65'536;

    CentrifugoProxy(std::shared_ptr<const Guard> guard, const SessionStore& sessions, const AuthorizationConfig& config,
                    Reach reach);

    /// Nothing when the request is for somebody else. No CSRF token is asked for: no browser comes here.
    std::optional<http::Response> handle(const http::Request& request) const;

private:
    http::Response answer(const http::Request& request) const;
    AuthorizationRequest questionIn(const http::Request& request) const;
    AuthorizationStatus decideConnection(const AuthorizationRequest& question) const;

    std::shared_ptr<const Guard> m_guard;
    const SessionStore& m_sessions;
    bool m_isServed;
};

} // namespace castdeck::auth
