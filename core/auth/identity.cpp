#include "core/auth/identity.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>

namespace castdeck::auth {

namespace {

/// RFC 6750, section 2.1. Nothing without such a header.
std::optional<std::string_view> bearerToken(const AuthorizationRequest& request)
{
    static constexpr std::string_view scheme = "Bearer ";
    const std::string* const header = http::find(request.headers, "Authorization");
    if (header == nullptr || !equalsIgnoringCase(std::string_view{*header}.substr(0, scheme.size()), scheme))
        return std::nullopt;
    const std::string_view token = std::string_view{*header}.substr(scheme.size());
    return token.substr(std::min(token.find_first_not_of(' '), token.size()));
}

std::shared_ptr<const Actor> actorByHeader(const AuthorizationRequest& request, const ActorDirectory& actors,
                                           bool trustsActorHeader)
{
    const std::string* const id = http::find(request.headers, "X-Actor-Id");
    const bool isTrusted = request.isLoopback && (trustsActorHeader || request.trustsActorHeader);
    return id != nullptr && isTrusted ? actors.byId(*id) : nullptr;
}

/// A user may have been signed in by another application that knows more people than we do.
std::shared_ptr<const Actor> actorOfSocket(const std::string& userId, const ActorDirectory& actors)
{
    if (auto known = actors.byId(userId))
        return known;
    Actor stranger;
    stranger.id = userId;
    return std::make_shared<const Actor>(std::move(stranger));
}

} // namespace

Identity identify(const AuthorizationRequest& request, const ActorDirectory& actors, bool trustsActorHeader,
                  const std::vector<IdentitySource>& sources)
{
    Identity identity;
    const auto actorBy = [&](IdentitySource source) -> std::shared_ptr<const Actor> {
        switch (source) {
        case IdentitySource::Token: {
            const auto token = bearerToken(request);
            auto actor = token ? actors.byToken(*token) : nullptr;
            identity.hasUnknownToken = token && !actor;
            return actor;
        }
        case IdentitySource::Cookie: return request.sessionActorId ? actors.byId(*request.sessionActorId) : nullptr;
        case IdentitySource::Header: return actorByHeader(request, actors, trustsActorHeader);
        case IdentitySource::Socket:
            return request.signedInUserId ? actorOfSocket(*request.signedInUserId, actors) : nullptr;
        }
        return nullptr;
    };
    static constexpr std::array order{IdentitySource::Token, IdentitySource::Cookie, IdentitySource::Header,
                                      IdentitySource::Socket};
    for (const IdentitySource source : order) {
        const bool counts = sources.empty() || std::ranges::find(sources, source) != sources.end();
        if (auto actor = counts ? actorBy(source) : nullptr) {
            identity.actor = std::move(actor);
            identity.source = source;
            return identity;
        }
    }
    return identity;
}

} // namespace castdeck::auth
