#pragma once

#include "core/auth/channel_kind.h"
#include "core/auth/rule.h"
#include "core/base/result.h"

#include <string>
#include <vector>

namespace castdeck::auth {

/// A rule of `authorize.topics` as people fill it in.
struct RuleForm {
    enum class Who {
        Everybody, ///< Anonymous included.
        SignedIn,
        Role,      ///< Who has the role in `value`.
        Users,     ///< Those whose ids are in `value`, separated by commas.
        UserNamed, ///< Whose id stands in the channel, where the pattern has the parameter in `value`.
        Condition, ///< What the JSON in `value` says.
    };

    std::string pattern{};
    Who who = Who::SignedIn;
    std::string value{};
    bool isDenied = false;     ///< They are refused and all others let in.
    std::vector<Kind> kinds{}; ///< Empty: all.
    std::string member{};      ///< JSON of what a presence channel tells about them; empty for the usual.
    std::string note{};
    std::string rest = "{}"; ///< The rule it was made from: what the form does not show is kept.

    bool operator==(const RuleForm&) const = default;
};

/// Of a rule in JSON. Fails with InvalidInput when that is no object.
Result<RuleForm> ruleFormOf(const std::string& json);

/// The rule in JSON. Fails with InvalidInput and one sentence about what is missing or wrong.
Result<std::string> ruleText(const RuleForm& form);

/// A rule in JSON as it decides; variables in it are not replaced. Fails with InvalidInput and one sentence.
Result<Rule> ruleFrom(const std::string& json);

} // namespace castdeck::auth
