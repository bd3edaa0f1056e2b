#pragma once

#include <compare>
#include <string_view>

/// Numbers of JSON as they are written, of any length: nothing is rounded.
namespace castdeck::ui {

/// RFC 8259, section 6.
bool isJsonNumber(std::string_view text);

/// By value, so that 1.0 equals 1 and 18446744073709551615 is less than 18446744073709551616. Both must be numbers.
std::strong_ordering compareNumbers(std::string_view a, std::string_view b);

/// An integer that a double, and so JavaScript, may not hold exactly: its magnitude is above 2^53.
bool isBeyondDouble(std::string_view number);

} // namespace castdeck::ui
