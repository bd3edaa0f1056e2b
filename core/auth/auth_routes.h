#pragma once

#include "core/auth/authorization_config.h"

#include <string>
#include <string_view>
#include <vector>

namespace castdeck::auth {

/// What an authorization route is asked for.
enum class RouteKind {
    Channel,
    User,
    Both, ///< A request that names a channel is about it, any other about the user.
};

struct AuthRoute {
    std::string path;
    RouteKind kind = RouteKind::Channel;
    std::vector<std::string> methods; ///< Empty: any.
    bool takesJsonp = false;          ///< GET with a callback, even where no other GET is taken.

    bool takes(std::string_view method) const;
};

/// The paths at which authorization is asked for. Compared exactly, as sent.
///
/// Thread: any; nothing changes after construction.
class AuthRoutes {
public:
    explicit AuthRoutes(const AuthorizationConfig& config);

    const AuthRoute* find(std::string_view path) const; ///< Null when it is none of them.
    std::vector<std::string> paths() const;
    const std::vector<AuthRoute>& all() const noexcept { return m_routes; }

private:
    std::vector<AuthRoute> m_routes;
};

} // namespace castdeck::auth
