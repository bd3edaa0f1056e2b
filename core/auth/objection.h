#pragma once

#include "core/auth/authorization_request.h"
#include "core/auth/authorization_status.h"

#include <cstddef>
#include <optional>
#include <string>

/// What is refused by its form alone, whoever decides: no rule and no other application is asked.
namespace castdeck::auth {

/// What is wrong with the fields that all requests have.
std::optional<AuthorizationStatus> objectionTo(const AuthorizationRequest& request);

/// Nothing when the name may be looked at further. It is checked before anything is signed: a "channel" called
/// `:user::{"id":"admin"}` would make a forged login of the signature.
std::optional<AuthorizationStatus> objectionToName(const AuthorizationRequest& request, const std::string& channel,
                                                   std::size_t maxCharacters);

AuthorizationStatus badChannel(const std::string& why);

} // namespace castdeck::auth
