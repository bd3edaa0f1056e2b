#include "core/store/search_words.h"

#include <algorithm>

namespace castdeck::store {

namespace {

/// What an index takes for a part of a word: letters and digits of ASCII, and whatever is not ASCII.
bool isLetter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}

std::string quoted(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text)
        result += c == '"' ? std::string{"\"\""} : std::string{c};
    return result + '"';
}

} // namespace

std::string phraseQuery(std::string_view typed)
{
    constexpr std::string_view blanks{" \t\n\r\0", 5};
    std::string query;
    while (!typed.empty()) {
        const std::string_view word = typed.substr(0, typed.find_first_of(blanks));
        typed.remove_prefix(std::min(word.size() + 1, typed.size()));
        if (std::ranges::any_of(word, isLetter))
            query += (query.empty() ? "" : " ") + quoted(word) + '*';
    }
    return query;
}

} // namespace castdeck::store
