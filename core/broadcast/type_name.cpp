#include "core/broadcast/type_name.h"

#include <algorithm>

namespace castdeck::broadcast {

namespace {

/// Past a quoted piece that starts at `at`: a character as template argument, or MSVC's `anonymous-namespace'.
std::size_t skipQuoted(std::string_view text, std::size_t at)
{
    for (std::size_t i = at + 1; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '\'')
            return i;
    }
    return text.size();
}

} // namespace

std::string unqualifiedName(std::string_view compilerName)
{
    std::size_t start = 0;
    std::size_t end = std::string_view::npos;
    int depth = 0; // Of template arguments, parameter lists, {anonymous} and ABI tags.
    for (std::size_t i = 0; i < compilerName.size(); ++i) {
        const char c = compilerName[i];
        if (c == '\'' || c == '`') {
            i = skipQuoted(compilerName, i);
        } else if (std::string_view{"<({["}.find(c) != std::string_view::npos) {
            if (depth++ == 0)
                end = std::min(end, i);
        } else if (std::string_view{">)}]"}.find(c) != std::string_view::npos) {
            depth = std::max(0, depth - 1);
        } else if (depth == 0 && (c == ':' || c == ' ')) {
            start = i + 1;
            end = std::string_view::npos;
        }
    }
    return std::string{compilerName.substr(start, std::min(end, compilerName.size()) - start)};
}

} // namespace castdeck::broadcast
