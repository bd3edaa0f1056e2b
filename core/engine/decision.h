#pragma once

#include "core/auth/guard.h"
#include "core/engine/authorization.h"
#include "core/engine/event.h"

namespace castdeck::engine {

/// For the authorization log: what the guard decided, without anything that grows with the request.
Decision decisionOf(const auth::RequestSummary& request, const auth::AuthorizationStatus& status, WallTime at);

/// The same for the live log.
Event eventOf(const Decision& decision);

} // namespace castdeck::engine
