#include "core/base/json.h"
#include "tests/fuzz/fuzz.h"
#include "ui/text/json_condition.h"
#include "ui/text/json_cursor.h"
#include "ui/text/json_number.h"

using namespace castdeck;
using namespace castdeck::ui;
using fuzz::require;

namespace {

/// In checked JSON the cursor and the reader of core see the same values.
void checkAgainstReader(const json::Value& value)
{
    JsonCursor whole{value.raw()};
    require(whole.value() == value.raw() && whole.peek() == '\0');
    JsonCursor cursor{value.raw()};
    if (value.is(json::Kind::Object)) {
        require(cursor.take('{'));
        for (const json::Member& member : value.members()) {
            require(cursor.string() == member.key.raw() && cursor.take(':') && cursor.value() == member.value.raw());
            cursor.take(',');
            checkAgainstReader(member.value);
        }
        require(cursor.take('}'));
    } else if (value.is(json::Kind::Array)) {
        require(cursor.take('['));
        for (const json::Value& element : value.elements()) {
            require(cursor.value() == element.raw());
            cursor.take(',');
            checkAgainstReader(element);
        }
        require(cursor.take(']'));
    } else if (value.is(json::Kind::Number)) {
        require(isJsonNumber(value.raw()));
        require(compareNumbers(value.raw(), value.raw()) == 0);
        isBeyondDouble(value.raw());
    }
}

void checkNumbers(std::string_view a, std::string_view b)
{
    if (!isJsonNumber(a) || !isJsonNumber(b))
        return;
    require(json::Value::parse(a).has_value());
    require((compareNumbers(a, b) < 0) == (compareNumbers(b, a) > 0));
    require((compareNumbers(a, b) == 0) == (compareNumbers(b, a) == 0));
}

} // namespace

/// The first line is a condition, the rest a payload.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view input = fuzz::textOf(data, size);
    const std::string_view text = input.substr(0, input.find('\n'));
    const std::string_view payload = input.substr(std::min(text.size() + 1, input.size()));
    const JsonCondition::Parsed parsed = JsonCondition::parse(text);
    if (parsed.condition)
        parsed.condition->holds(payload);
    else
        require(parsed.mistake.at <= text.size());
    checkNumbers(text, payload);
    if (const auto value = json::Value::parse(payload))
        checkAgainstReader(*value);
    return 0;
}
