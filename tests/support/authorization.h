#pragma once

#include "core/engine/engine.h"
#include "tests/support/http_client.h"

#include <cstdint>
#include <string>

namespace castdeck::test {

/// A configuration with the members of `authorize`. Its actors: Ada (id 1, admin, "ada-token"), Bob (id 2, basic,
/// "bob-token"), and 5 and 6 with "5-token" and "6-token". Ends the program when there is a mistake.
auth::AuthorizationConfig authorizationWith(const std::string& authorize);

/// The application of the specification's worked scenarios, with a master key, and that configuration.
engine::EngineOptions scenarioOptions(const std::string& authorize);

/// The rules of the worked scenarios, as members of `authorize`; nobody is told a reason.
extern const std::string scenarioRules;

/// POSTs a form, as client libraries do, with a bearer token unless that is empty.
HttpReply askPermission(std::uint16_t port, const std::string& path, const std::string& form,
                        const std::string& token = {});

} // namespace castdeck::test
