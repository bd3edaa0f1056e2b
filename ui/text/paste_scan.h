#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// What stands under names in a text of any language: settings files, JSON, calls in programs, addresses. It knows no
/// grammar, only brackets, quotes and separators, so that a piece cut out of a file is read as well as a whole one.
namespace castdeck::ui::paste {

struct Value {
    std::string text;      ///< Empty when only the name of a variable is known.
    std::string reference; ///< The variable that the value comes from; `text` is its fallback then.

    bool isEmpty() const noexcept { return text.empty() && reference.empty(); }
};

struct Pair {
    std::string name;
    Value value;
};

/// What one pair of brackets encloses. The first block of a scan is the whole text.
struct Block {
    std::size_t parent = 0;
    std::string label;   ///< The name it stands under, or of what is called.
    bool isCall = false; ///< Round brackets after a name.
    bool isNew = false;  ///< A call with `new`.
    std::vector<Pair> pairs;
    std::vector<Value> arguments; ///< Values without a name, in order.
};

struct Scan {
    std::vector<Pair> lines; ///< `NAME=value`, as in environment files.
    std::vector<Block> blocks;
    std::vector<std::string> addresses; ///< What looks like one, anywhere in the text.
    bool isCut = false;                 ///< Only the beginning was read.
};

inline constexpr std::size_t maxTextBytes = 65'536;
inline constexpr std::size_t maxValueBytes = 1'024; ///< Longer ones are no settings.

/// Takes time in proportion to the text, and no recursion.
Scan scan(std::string_view text);

} // namespace castdeck::ui::paste
