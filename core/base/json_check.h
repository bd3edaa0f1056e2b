#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Whether text is JSON: strict RFC 8259 in valid UTF-8, with a limit on nesting.
namespace castdeck::json {

inline constexpr int defaultMaxDepth = 32;

struct SyntaxError {
    std::size_t offset; ///< Bytes from the start of the text to the first byte that is wrong.
    std::string message;
};

/// Nothing when the text is one JSON value with at most `maxDepth` levels of objects and arrays.
std::optional<SyntaxError> check(std::string_view text, int maxDepth = defaultMaxDepth);

/// The white space that may stand between tokens.
constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

} // namespace castdeck::json
