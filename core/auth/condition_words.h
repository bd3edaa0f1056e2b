#pragma once

#include "core/auth/rule.h"

#include <string>

namespace castdeck::auth {

/// A condition as people read it: `actor.role is "admin"`, `header.SECRET is ••••`. What a secret is compared with is
/// masked. Valid UTF-8, in one line, cut at a length that can be read.
std::string inWords(const Condition& condition);

/// The same for what decides in a rule, which may be a function of the program.
std::string inWords(const Rule& rule);

} // namespace castdeck::auth
