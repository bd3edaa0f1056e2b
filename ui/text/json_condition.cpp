#include "ui/text/json_condition.h"

#include "core/base/json.h"
#include "ui/text/json_cursor.h"
#include "ui/text/json_number.h"

#include <algorithm>
#include <cstring>

namespace castdeck::ui {

namespace {

/// The characters of a string that stands in unchecked text with its quotes.
std::optional<std::string> charactersOf(std::string_view quoted)
{
    const std::string_view inner = quoted.substr(1, quoted.size() - 2);
    if (std::memchr(inner.data(), '\\', inner.size()) == nullptr)
        return std::string{inner};
    const auto value = json::Value::parse(quoted);
    if (!value)
        return std::nullopt;
    return value->text();
}

bool isNamed(std::string_view quoted, std::string_view name)
{
    const std::string_view inner = quoted.substr(1, quoted.size() - 2);
    if (inner == name)
        return name.find('\\') == std::string_view::npos;
    return inner.size() > name.size() && std::memchr(inner.data(), '\\', inner.size()) != nullptr &&
           charactersOf(quoted) == name;
}

} // namespace

bool JsonCondition::holds(std::string_view payload) const
{
    return mayHold(payload) && walk(payload, 0);
}

/// Most payloads are told apart by the last name of the path: it stands in them, or they hold an escape.
bool JsonCondition::mayHold(std::string_view payload) const
{
    if (payload.empty())
        return false;
    if (m_steps.empty() || m_steps.back().kind != Step::Kind::Name)
        return true;
    const std::string& name = m_steps.back().name;
    return memmem(payload.data(), payload.size(), name.data(), name.size()) != nullptr ||
           std::memchr(payload.data(), '\\', payload.size()) != nullptr;
}

bool JsonCondition::walk(std::string_view json, std::size_t step) const
{
    if (step == m_steps.size()) {
        const auto value = JsonCursor{json}.value();
        return value && test(*value);
    }
    return m_steps[step].kind == Step::Kind::Name ? walkObject(json, step) : walkArray(json, step);
}

bool JsonCondition::walkObject(std::string_view json, std::size_t step) const
{
    JsonCursor cursor{json};
    if (!cursor.take('{'))
        return false;
    std::optional<std::string_view> found;
    if (!cursor.take('}')) {
        do {
            const auto name = cursor.string();
            if (!name || !cursor.take(':'))
                return false;
            const auto value = cursor.value();
            if (!value)
                return false;
            if (isNamed(*name, m_steps[step].name))
                found = value;
        } while (cursor.take(','));
        if (!cursor.take('}'))
            return false;
    }
    return found && walk(*found, step + 1);
}

bool JsonCondition::walkArray(std::string_view json, std::size_t step) const
{
    JsonCursor cursor{json};
    if (!cursor.take('[') || cursor.take(']'))
        return false;
    const Step& wanted = m_steps[step];
    std::size_t index = 0;
    do {
        const auto value = cursor.value();
        if (!value)
            return false;
        if (wanted.kind == Step::Kind::Each ? walk(*value, step + 1) : index == wanted.index)
            return wanted.kind == Step::Kind::Each || walk(*value, step + 1);
        ++index;
    } while (cursor.take(','));
    return false;
}

std::vector<std::string_view> JsonCondition::values(std::string_view payload) const
{
    std::vector<std::string_view> found;
    collect(payload, 0, found);
    return found;
}

void JsonCondition::collect(std::string_view json, std::size_t step, std::vector<std::string_view>& found) const
{
    JsonCursor cursor{json};
    if (step == m_steps.size()) {
        if (const auto value = cursor.value())
            found.push_back(*value);
        return;
    }
    const Step& wanted = m_steps[step];
    const bool isObject = wanted.kind == Step::Kind::Name;
    if (!cursor.take(isObject ? '{' : '['))
        return;
    std::size_t index = 0;
    do {
        const auto name = isObject ? cursor.string() : std::nullopt;
        if (isObject && (!name || !cursor.take(':')))
            return;
        const auto value = cursor.value();
        if (!value)
            return;
        const bool isWanted =
            isObject ? isNamed(*name, wanted.name) : wanted.kind == Step::Kind::Each || index == wanted.index;
        if (isWanted)
            collect(*value, step + 1, found);
        ++index;
    } while (cursor.take(','));
}

bool JsonCondition::test(std::string_view value) const
{
    switch (m_compare) {
    case Compare::Exists: return true;
    case Compare::Equal: return isEqual(value);
    case Compare::Unequal: return !isEqual(value);
    case Compare::Less: return order(value) == std::strong_ordering::less;
    case Compare::Greater: return order(value) == std::strong_ordering::greater;
    case Compare::LessOrEqual: {
        const auto result = order(value);
        return result && *result <= 0;
    }
    case Compare::GreaterOrEqual: {
        const auto result = order(value);
        return result && *result >= 0;
    }
    }
    return false;
}

bool JsonCondition::isEqual(std::string_view value) const
{
    if (m_literal == Literal::Word)
        return value == m_value;
    if (m_literal != Literal::Pattern)
        return order(value) == std::strong_ordering::equal;
    if (!value.starts_with('"'))
        return false;
    const auto text = charactersOf(value);
    return text && m_pattern.matches(*text);
}

std::optional<std::strong_ordering> JsonCondition::order(std::string_view value) const
{
    if (m_literal == Literal::Number) {
        if (!isJsonNumber(value))
            return std::nullopt;
        return compareNumbers(value, m_value);
    }
    const auto text = value.starts_with('"') ? charactersOf(value) : std::nullopt;
    if (!text)
        return std::nullopt;
    if (m_pattern.matches(*text))
        return std::strong_ordering::equal;
    return text->compare(m_value) < 0 ? std::strong_ordering::less : std::strong_ordering::greater;
}

} // namespace castdeck::ui
