#pragma once

#include "core/auth/authorization_status.h"
#include "core/auth/channel_kind.h"
#include "core/auth/condition.h"
#include "core/auth/member_template.h"

#include <functional>
#include <optional>
#include <variant>
#include <vector>

namespace castdeck::auth {

/// What a function of the embedding program answers: yes or no, or a status whose `allowed`, `response`, `attributes`
/// and `explanation` are taken over.
using RuleAnswer = std::variant<bool, AuthorizationStatus>;

/// Decides in place of a condition. `actor` is null for anonymous. May be called from several threads at once; what it
/// throws refuses the request.
using RuleFunction =
    std::function<RuleAnswer(const AuthorizationRequest& request, const Parameters& parameters, const Actor* actor)>;

/// Who may use channels of one shape.
struct Rule {
    ChannelPattern pattern;
    std::variant<Condition, RuleFunction> when;
    std::vector<Kind> kinds{};            ///< Empty: all.
    std::vector<IdentitySource> guards{}; ///< Ways of finding the actor that count; empty: all.
    std::optional<MemberTemplate> member{};
    std::string note{}; ///< For people only.

    bool isFor(Kind kind) const;
};

} // namespace castdeck::auth
