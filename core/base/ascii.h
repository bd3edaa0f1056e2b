#pragma once

#include <cstddef>
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

int hexValue(char digit); ///< -1 when it is no hexadecimal digit.

/// Unicode code points in valid UTF-8.
std::size_t characterCount(std::string_view utf8);

/// The start of valid UTF-8, at most `maxBytes` of it, cut between two characters.
std::string_view leading(std::string_view utf8, std::size_t maxBytes);

bool isValidUtf8(std::string_view text);

} // namespace castdeck
