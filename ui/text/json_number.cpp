#include "ui/text/json_number.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

namespace castdeck::ui {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

std::size_t digitsAt(std::string_view text, std::size_t from)
{
    std::size_t end = from;
    while (end < text.size() && isDigit(text[end]))
        ++end;
    return end - from;
}

/// 0.`digits` times ten to the `exponent`; no digits for zero.
struct Decimal {
    bool isNegative = false;
    std::string digits;
    std::int64_t exponent = 0;
};

/// Beyond the bound every exponent is alike: no text is long enough to make up for it.
std::int64_t exponentOf(std::string_view text)
{
    constexpr std::int64_t bound = 1'000'000'000'000;
    const bool isNegative = text.starts_with('-');
    if (isNegative || text.starts_with('+'))
        text.remove_prefix(1);
    std::int64_t value = 0;
    for (const char c : text)
        value = std::min(bound, value * 10 + (c - '0'));
    return isNegative ? -value : value;
}

Decimal decimalOf(std::string_view text)
{
    Decimal result;
    result.isNegative = text.starts_with('-');
    if (result.isNegative)
        text.remove_prefix(1);
    const std::size_t exponentAt = text.find_first_of("eE");
    if (exponentAt != std::string_view::npos)
        result.exponent = exponentOf(text.substr(exponentAt + 1));
    const std::string_view written = text.substr(0, exponentAt);
    const std::size_t point = std::min(written.find('.'), written.size());
    result.digits = written.substr(0, point);
    result.exponent += static_cast<std::int64_t>(point);
    if (point < written.size())
        result.digits += written.substr(point + 1);
    const std::size_t zeros = std::min(result.digits.find_first_not_of('0'), result.digits.size());
    result.digits.erase(0, zeros);
    result.exponent -= static_cast<std::int64_t>(zeros);
    while (result.digits.ends_with('0'))
        result.digits.pop_back();
    if (result.digits.empty())
        result = {};
    return result;
}

std::strong_ordering compareMagnitudes(const Decimal& a, const Decimal& b)
{
    if (a.digits.empty() || b.digits.empty())
        return !a.digits.empty() <=> !b.digits.empty();
    if (a.exponent != b.exponent)
        return a.exponent <=> b.exponent;
    return a.digits.compare(b.digits) <=> 0;
}

} // namespace

bool isJsonNumber(std::string_view text)
{
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const std::size_t whole = digitsAt(text, at);
    if (whole == 0 || (whole > 1 && text[at] == '0'))
        return false;
    at += whole;
    if (at < text.size() && text[at] == '.') {
        const std::size_t fraction = digitsAt(text, at + 1);
        if (fraction == 0)
            return false;
        at += 1 + fraction;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        const std::size_t exponent = digitsAt(text, at);
        if (exponent == 0)
            return false;
        at += exponent;
    }
    return at == text.size();
}

std::strong_ordering compareNumbers(std::string_view a, std::string_view b)
{
    const Decimal left = decimalOf(a);
    const Decimal right = decimalOf(b);
    if (left.isNegative != right.isNegative)
        return left.isNegative ? std::strong_ordering::less : std::strong_ordering::greater;
    return left.isNegative ? compareMagnitudes(right, left) : compareMagnitudes(left, right);
}

bool isBeyondDouble(std::string_view number)
{
    constexpr std::size_t digitsThatFit = 15;
    const std::string_view magnitude = number.substr(number.starts_with('-') ? 1 : 0);
    if (magnitude.size() <= digitsThatFit || digitsAt(magnitude, 0) != magnitude.size())
        return false;
    return compareNumbers(magnitude, "9007199254740992") > 0;
}

} // namespace castdeck::ui
