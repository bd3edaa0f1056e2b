#pragma once

#include "core/auth/json_source.h"
#include "core/auth/rule.h"

#include <optional>
#include <string>
#include <vector>

namespace castdeck::auth {

/// Reads true, false or an object of all, any, not or value. `parameterNames` are those of the rule's pattern.
/// Nothing when there is a mistake.
std::optional<Condition> readCondition(const JsonSource& source, const std::vector<std::string>& parameterNames = {});

/// Reads `{"pattern": ..., "when": ...}`.
std::optional<Rule> readRule(const JsonSource& source);

/// Reads a list of rules, or an object `{"pattern": condition, ...}`; rules with a mistake are left out. Warns of rules
/// that replace another and of those that can never be reached.
std::vector<Rule> readRules(const JsonSource& source);

} // namespace castdeck::auth
