#pragma once

#include "core/auth/actor.h"
#include "core/auth/channel_pattern.h"
#include "core/base/http.h"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::auth {

enum class Reason {
    RuleAllowed,
    RuleRefused,
    PolicyOpen,
    PolicyClosed, ///< No rule matched; also under the policy `strict`.
    PublicChannel,
    NoGuard,
    UserKnown, ///< User authentication: the actor may sign in as himself.
    NoActor,
    MissingChannel,
    BadChannel,
    Ambiguous,
    BadSocketId,
    RuleError,
    Csrf,
    ForwardRefused,
    ForwardFailed,
};

/// "rule_allowed"
std::string_view toText(Reason reason);
bool isAllowed(Reason reason);
int httpStatusOf(Reason reason);

/// Data added to a decision, by name: `user_info`, `channel_data`, `user_data` hold JSON.
using StatusAttributes = std::map<std::string, std::string, std::less<>>;

/// The answer of the guard. Holds no secret.
struct AuthorizationStatus {
    bool allowed = false;
    /// The channels decided on: none was named when empty, nothing was checked when absent. When one of several is
    /// refused, only the first refused one.
    std::optional<std::vector<std::string>> topics;
    Reason reason = Reason::RuleRefused;
    std::string rule;          ///< The pattern of the deciding rule, empty when none decided.
    std::size_t ruleIndex = 0; ///< From 1, as in the explanation; 0 when none decided.
    Parameters params;
    std::shared_ptr<const Actor> actor; ///< Null for anonymous.
    std::optional<IdentitySource> identitySource;
    StatusAttributes attributes;
    std::optional<http::Response> response; ///< Sent instead of the standard answer.
    std::string explanation;                ///< One sentence, valid UTF-8.

    /// With `allowed` as the reason demands, and nothing else.
    static AuthorizationStatus of(Reason reason, std::string explanation);
    /// Nothing stands between the client and its channels.
    static AuthorizationStatus noGuard();
};

} // namespace castdeck::auth
