#pragma once

#include "core/auth/authorization_config.h"
#include "core/remote/persona.h"

#include <string>
#include <vector>

namespace castdeck::ui {

/// Channels worth asking for: one that each rule is about, then the live ones that need authorization. At most
/// `maxSuggested`, each once.
std::vector<std::string> suggestedChannels(const auth::AuthorizationConfig& config,
                                           const std::vector<std::string>& live,
                                           const std::vector<remote::Persona>& personas);

inline constexpr std::size_t maxSuggested = 20;

} // namespace castdeck::ui
