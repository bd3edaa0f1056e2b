#pragma once

#include "core/auth/authorization_config.h"
#include "core/auth/json_source.h"

#include <vector>

namespace castdeck::auth {

/// Reads the document of a configuration whose `${NAME}` have been replaced. What has a mistake keeps its default, and
/// the problems say so; a document with errors must not be used.
AuthorizationConfig readAuthorization(const OrderedJson& document, std::vector<Problem>& problems);

/// Reads the list `actors`.
std::vector<Actor> readActors(const JsonSource& source);

} // namespace castdeck::auth
