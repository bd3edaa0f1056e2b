#pragma once

#include "core/auth/actor_directory.h"
#include "core/auth/authorization_request.h"

#include <memory>
#include <optional>
#include <vector>

namespace castdeck::auth {

/// Who a request comes from, as far as it can be told.
struct Identity {
    std::shared_ptr<const Actor> actor; ///< Null for anonymous.
    std::optional<IdentitySource> source;
    bool hasUnknownToken = false; ///< There was a bearer token, and it is nobody's.
};

/// Asks the sources in their order; the first that gives an actor wins. `sources` narrows them; empty means all.
/// X-Actor-Id counts only from loopback, and only if the request or `trustsActorHeader` says so.
Identity identify(const AuthorizationRequest& request, const ActorDirectory& actors, bool trustsActorHeader,
                  const std::vector<IdentitySource>& sources = {});

} // namespace castdeck::auth
