#pragma once

#include "app/cli/authorize_trial.h"
#include "core/auth/settings_reader.h"

namespace castdeck::cli {

/// Puts the question to the rules of a configuration, as the embedded server does, and prints the decision. Returns the
/// exit code.
int decideByRules(const AuthorizeTrial& trial, const auth::AuthorizationConfig& config, const AuthorizeKeys& keys);

} // namespace castdeck::cli
