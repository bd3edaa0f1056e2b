#pragma once

#include "core/auth/authorization_status.h"
#include "core/auth/rule_set.h"

#include <string>

namespace castdeck::auth {

/// What one matching rule says of a channel: allowed, refused, or that it failed. `rule`, `ruleIndex` and `params` are
/// set; the identity is not.
AuthorizationStatus decideByRule(const RuleSet& rules, RuleSet::Match match, const AuthorizationRequest& request,
                                 const std::string& channel, const Actor* actor);

/// Why a condition refuses or fails; `decider` is `rule 1 "private-admins"`.
AuthorizationStatus decideByCondition(const Condition& condition, const Subject& subject, const std::string& decider);

/// Adds the attributes `user_info` and, for presence channels, `channel_data`. Turns the status into an error when they
/// are too large or not sound.
void addMemberData(AuthorizationStatus& status, const Rule* rule, const Subject& subject);

} // namespace castdeck::auth
