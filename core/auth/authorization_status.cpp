#include "core/auth/authorization_status.h"

#include <utility>

namespace castdeck::auth {

std::string_view toText(Reason reason)
{
    switch (reason) {
    case Reason::RuleAllowed: return "rule_allowed";
    case Reason::RuleRefused: return "rule_refused";
    case Reason::PolicyOpen: return "policy_open";
    case Reason::PolicyClosed: return "policy_closed";
    case Reason::PublicChannel: return "public_channel";
    case Reason::NoGuard: return "no_guard";
    case Reason::UserKnown: return "user_known";
    case Reason::NoActor: return "no_actor";
    case Reason::MissingChannel: return "missing_channel";
    case Reason::BadChannel: return "bad_channel";
    case Reason::Ambiguous: return "ambiguous";
    case Reason::BadSocketId: return "bad_socket_id";
    case Reason::RuleError: return "rule_error";
    case Reason::Csrf: return "csrf";
    case Reason::ForwardRefused: return "forward_refused";
    case Reason::ForwardFailed: return "forward_failed";
    }
    return "rule_error";
}

bool isAllowed(Reason reason)
{
    return httpStatusOf(reason) == 200;
}

int httpStatusOf(Reason reason)
{
    switch (reason) {
    case Reason::RuleAllowed:
    case Reason::PolicyOpen:
    case Reason::PublicChannel:
    case Reason::NoGuard:
    case Reason::UserKnown: return 200;
    case Reason::Ambiguous:
    case Reason::BadSocketId: return 400;
    case Reason::RuleRefused:
    case Reason::PolicyClosed:
    case Reason::NoActor:
    case Reason::MissingChannel:
    case Reason::BadChannel:
    case Reason::ForwardRefused: return 403;
    case Reason::Csrf: return 419;
    case Reason::RuleError: break;
    case Reason::ForwardFailed: return 502;
    }
    return 500;
}

AuthorizationStatus AuthorizationStatus::of(Reason reason, std::string explanation)
{
    AuthorizationStatus status;
    status.allowed = isAllowed(reason);
    status.reason = reason;
    status.explanation = std::move(explanation);
    return status;
}

AuthorizationStatus AuthorizationStatus::noGuard()
{
    return of(Reason::NoGuard, "allowed: nothing guards this connection, so nothing was checked");
}

} // namespace castdeck::auth
