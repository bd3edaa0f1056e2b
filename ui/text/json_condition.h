#pragma once

#include "core/base/text_pattern.h"

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::ui {

/// What `json:` of the filter line asks of a payload: `$.order.total>100`, `$.items[0].id="a7"`, `$.retry`.
///
/// Numbers compare with numbers, by value and without rounding; texts with texts, as elsewhere in the filter line. Of
/// members with one name the last counts, as in every client. A path alone asks whether there is such a value.
class JsonCondition {
public:
    enum class Expected { Dollar, StepOrComparison, Name, Index, Value, ClosingQuote, NumberOrText };
    struct Mistake {
        Expected expected;
        std::size_t at; ///< Bytes from the start of the text.
    };
    struct Parsed;

    static Parsed parse(std::string_view text);

    /// `payload` need not be JSON; then the answer is false, but for mistakes that lie outside of the path.
    bool holds(std::string_view payload) const;

    /// Every value the path leads to, also those behind a name that comes twice, as slices of `payload` in its order.
    /// The comparison is not asked.
    std::vector<std::string_view> values(std::string_view payload) const;

private:
    friend class JsonConditionParser;
    enum class Compare { Exists, Equal, Unequal, Less, LessOrEqual, Greater, GreaterOrEqual };
    enum class Literal { Number, Text, Pattern, Word };

    struct Step {
        enum class Kind { Name, Index, Each };
        Kind kind = Kind::Name;
        std::string name;
        std::size_t index = 0;
    };

    bool mayHold(std::string_view payload) const;
    bool walk(std::string_view json, std::size_t step) const;
    bool walkObject(std::string_view json, std::size_t step) const;
    bool walkArray(std::string_view json, std::size_t step) const;
    void collect(std::string_view json, std::size_t step, std::vector<std::string_view>& found) const;
    bool test(std::string_view value) const;
    bool isEqual(std::string_view value) const;
    std::optional<std::strong_ordering> order(std::string_view value) const;

    std::vector<Step> m_steps;
    Compare m_compare = Compare::Exists;
    Literal m_literal = Literal::Number;
    std::string m_value; ///< A number or word as written, or the characters of a text.
    TextPattern m_pattern;
};

struct JsonCondition::Parsed {
    std::optional<JsonCondition> condition;
    Mistake mistake{};
};

} // namespace castdeck::ui
