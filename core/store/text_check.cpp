#include "core/store/text_check.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <span>

namespace castdeck::store {

namespace {

bool passesOne(const TextCheck& check, sqlite3_value* value)
{
    if (sqlite3_value_type(value) == SQLITE_NULL)
        return false;
    // Asked for as a blob, a text costs no copy that ends with a zero.
    const auto* const data = static_cast<const char*>(sqlite3_value_blob(value));
    return check(data == nullptr ? std::string_view{}
                                 : std::string_view{data, static_cast<std::size_t>(sqlite3_value_bytes(value))});
}

void passes(sqlite3_context* context, int count, sqlite3_value** values)
{
    const std::span texts{values + 1, static_cast<std::size_t>(count - 1)};
    const auto* const check = static_cast<const TextCheck*>(sqlite3_value_pointer(values[0], textCheckType));
    const bool isPassed =
        check != nullptr && std::ranges::any_of(texts, [&](sqlite3_value* value) { return passesOne(*check, value); });
    sqlite3_result_int(context, isPassed ? 1 : 0);
}

} // namespace

bool addTextChecks(sqlite3* connection)
{
    constexpr int anyNumber = -1;
    return sqlite3_create_function_v2(connection, "passes", anyNumber,
                                      SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, nullptr, &passes, nullptr,
                                      nullptr, nullptr) == SQLITE_OK;
}

} // namespace castdeck::store
