#include "core/auth/auth_routes.h"

#include <algorithm>
#include <array>

namespace castdeck::auth {

namespace {

struct KnownPath {
    std::string_view path;
    RouteKind kind;
    bool takesGet;
};

/// What client libraries call when nobody tells them otherwise. Any other path is about channels and takes POST.
constexpr std::array knownPaths{
    KnownPath{"/pusher/auth", RouteKind::Channel, false},
    KnownPath{"/pusher/user-auth", RouteKind::Both, false},
    KnownPath{"/broadcasting/auth", RouteKind::Channel, true},
    KnownPath{"/broadcasting/user-auth", RouteKind::User, true},
    KnownPath{"/broadcast/auth", RouteKind::Both, false},
};

AuthRoute routeFor(const std::string& path, bool usesJsonp)
{
    const auto* const known = std::ranges::find(knownPaths, path, &KnownPath::path);
    const bool takesGet = known != knownPaths.end() && known->takesGet;
    AuthRoute route;
    route.path = path;
    route.kind = known == knownPaths.end() ? RouteKind::Channel : known->kind;
    route.methods = takesGet ? std::vector<std::string>{"GET", "POST"} : std::vector<std::string>{"POST"};
    route.takesJsonp = usesJsonp && (takesGet || path == "/pusher/auth");
    return route;
}

} // namespace

bool AuthRoute::takes(std::string_view method) const
{
    return methods.empty() || std::ranges::find(methods, method) != methods.end();
}

AuthRoutes::AuthRoutes(const AuthorizationConfig& config)
{
    if (!config.path.empty()) {
        m_routes.push_back(routeFor(config.path, config.usesJsonp));
        if (config.isPathExplicit) { // There are WebSocket servers that ask with GET.
            m_routes.back().methods.clear();
            m_routes.back().takesJsonp = config.usesJsonp;
        }
    }
    for (const std::string& path : config.extraPaths) {
        if (find(path) == nullptr)
            m_routes.push_back(routeFor(path, config.usesJsonp));
    }
}

const AuthRoute* AuthRoutes::find(std::string_view path) const
{
    const auto found = std::ranges::find(m_routes, path, &AuthRoute::path);
    return found == m_routes.end() ? nullptr : &*found;
}

std::vector<std::string> AuthRoutes::paths() const
{
    std::vector<std::string> paths;
    paths.reserve(m_routes.size());
    for (const AuthRoute& route : m_routes)
        paths.push_back(route.path);
    return paths;
}

} // namespace castdeck::auth
