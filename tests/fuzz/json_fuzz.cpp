#include "core/base/ascii.h"
#include "core/base/json.h"
#include "tests/fuzz/fuzz.h"

#include <nlohmann/json.hpp>

using namespace castdeck;
using fuzz::require;
using json::Kind;
using json::Value;

namespace {

void checkString(const Value& value)
{
    const std::string text = value.text();
    require(isValidUtf8(text));
    require(value.textBytes() == text.size());
    const std::string written = json::toString(text);
    const auto again = Value::parse(written);
    require(again && again->is(Kind::String) && again->text() == text);
    // The other reader refuses lone surrogates, which are read as U+FFFD here.
    const auto other = nlohmann::json::parse(value.raw(), nullptr, false);
    require(other.is_discarded() || other.get<std::string>() == text);
}

/// What another reader takes is JSON, but for a byte order mark, depth, and a zero byte, where it stops.
void checkAgainstOtherReader(std::string_view text)
{
    if (!text.starts_with("\xEF\xBB\xBF") && text.find('\0') == std::string_view::npos && nlohmann::json::accept(text))
        require(!json::check(text, 1'000'000));
}

/// A part must be a value of its own that lies inside its parent's text.
void checkPart(const Value& parent, const Value& part)
{
    const std::string_view whole = parent.raw();
    require(part.raw().data() > whole.data());
    require(part.raw().data() + part.raw().size() < whole.data() + whole.size());
    const auto alone = Value::parse(part.raw());
    require(alone && alone->raw() == part.raw());
}

/// Both must hold the same values in the same order; `b` may lack the blanks of `a`.
void checkSame(const Value& a, const Value& b)
{
    require(a.kind() == b.kind());
    if (a.is(Kind::Object)) {
        const auto left = a.members();
        const auto right = b.members();
        require(left.size() == right.size());
        for (std::size_t i = 0; i < left.size(); ++i) {
            checkPart(a, left[i].key);
            checkPart(a, left[i].value);
            checkString(left[i].key);
            require(left[i].key.raw() == right[i].key.raw());
            checkSame(left[i].value, right[i].value);
            require(a.find(left[i].key.text()).has_value());
        }
    } else if (a.is(Kind::Array)) {
        const auto left = a.elements();
        const auto right = b.elements();
        require(left.size() == right.size());
        for (std::size_t i = 0; i < left.size(); ++i) {
            checkPart(a, left[i]);
            checkSame(left[i], right[i]);
        }
    } else {
        require(a.raw() == b.raw());
        if (a.is(Kind::String))
            checkString(a);
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    checkAgainstOtherReader(text);
    const auto error = json::check(text);
    const auto value = Value::parse(text);
    require(value.has_value() == !error);
    if (error) {
        require(error->offset <= size && !error->message.empty());
    } else {
        require(isValidUtf8(text));
        const std::string compact = json::compact(text);
        const auto again = Value::parse(compact);
        require(again && again->raw() == compact && json::compact(compact) == compact);
        checkSame(*value, *again);
    }
    if (isValidUtf8(text))
        require(Value::parse(json::toString(text))->text() == text);
    return 0;
}
