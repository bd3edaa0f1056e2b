#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace castdeck {

/// A text, as the filter line of the log has it, in which `*` stands for any text. Letters of ASCII are alike in either
/// case.
class TextPattern {
public:
    TextPattern() = default;
    /// `written` may be quoted in parts, as in `order"*"`: there `*` is itself, and `\"` and `\\` are one character.
    static TextPattern read(std::string_view written);

    bool matches(std::string_view text) const; ///< The whole text.
    bool isIn(std::string_view text) const;    ///< Anywhere in it.
    bool isAny() const;                        ///< Nothing but stars, or nothing at all.

private:
    struct Part {
        std::string text;       ///< Lower case.
        std::size_t anchor = 0; ///< Its rarest character, by which it is looked for.
    };

    static std::size_t find(const Part& part, std::string_view text, std::size_t from);

    std::vector<Part> m_parts{1}; ///< What stands between the stars.
};

} // namespace castdeck
