#pragma once

#include "core/auth/guard.h"
#include "core/auth/settings_reader.h"

#include <QString>

#include <string>
#include <vector>

/// What the tests of core/auth write down as a configuration.
namespace castdeck::test {

auth::OrderedJson parsed(const std::string& json);

/// `text` is a configuration with `authorize`, `actors` and so on.
auth::AuthorizationConfig readConfig(const std::string& text, std::vector<auth::Problem>& problems);
/// Ends the program when there are mistakes.
auth::Guard guardFor(const std::string& text, std::vector<auth::Observer> observers = {});

/// Each in a line of its own: "error: PATH: MESSAGE".
QString textOf(const std::vector<auth::Problem>& problems);

/// `authorize` holds the members of that object. Ada (id 1, admin) and Bob (id 2, basic) have the tokens below; the
/// actors 5 and 6 have "5-token" and "6-token".
std::string configWith(const std::string& authorize);

auth::AuthorizationRequest requestFor(const std::string& channel, const std::string& token = {});
inline const std::string ada = "ada-token";
inline const std::string bob = "bob-token";
inline const std::string nobody{};

} // namespace castdeck::test
