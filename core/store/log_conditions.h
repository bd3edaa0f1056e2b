#pragma once

#include "core/store/archive_query.h"
#include "core/store/database.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace castdeck::store {

/// Conditions in SQL, joined by AND, with the values of their parameters.
class SqlConditions {
public:
    using Value = std::variant<std::int64_t, std::string, const TextCheck*>;

    /// `condition` has one ? for each value.
    void add(const std::string& condition, std::vector<Value> values = {});
    const std::string& text() const noexcept { return m_text; } ///< "1" when there is none.
    void bindTo(Statement& statement) const;                    ///< From parameter 1.

private:
    std::string m_text = "1";
    std::vector<Value> m_values;
};

/// All of the query. Its checks are pointed to: it must outlive them.
SqlConditions conditionsOf(const LogQuery& query);

} // namespace castdeck::store
