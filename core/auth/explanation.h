#pragma once

#include "core/auth/condition.h"

#include <string>
#include <string_view>

namespace castdeck::auth {

/// Why the condition does not hold of the subject, for a person: `actor.role is "basic", wanted "admin"`. Values that
/// may be secrets are masked, and so is what they are compared with.
std::string explainRefusal(const Condition& condition, const Subject& subject);

/// In quotes, cut to a length that can be read; always valid UTF-8.
std::string quotedForPeople(std::string_view text);

} // namespace castdeck::auth
