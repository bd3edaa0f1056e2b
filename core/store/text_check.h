#pragma once

#include <functional>
#include <string_view>

struct sqlite3;

namespace castdeck::store {

/// What a text of a row must be like. Called for every row that is read, so it must be fast; must not throw.
using TextCheck = std::function<bool(std::string_view)>;

/// Teaches the connection the function `passes(?, text, ...)` of SQL: whether one of the texts that are not NULL passes
/// the check that is bound as the first parameter, byte for byte as it is stored. False when there is no memory for it.
bool addTextChecks(sqlite3* connection);

/// The type under which a check is bound, see sqlite3_bind_pointer().
inline constexpr const char* textCheckType = "castdeck.text_check";

} // namespace castdeck::store
