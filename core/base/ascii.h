#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace castdeck {

bool equalsIgnoringCase(std::string_view a, std::string_view b);
std::string toLower(std::string_view text);
bool isDigits(std::string_view text); ///< False for the empty text.

/// A decimal number without sign or blanks; nothing when it is not one or passes `maximum`.
std::optional<std::uint64_t> parseNumber(std::string_view text, std::uint64_t maximum = UINT64_MAX);

/// Unicode code points in valid UTF-8.
std::size_t characterCount(std::string_view utf8);

bool isValidUtf8(std::string_view text);

} // namespace castdeck
