#include "core/store/search_words.h"

#include <algorithm>

namespace castdeck::store {

namespace {

/// What an index takes for a part of a word: letters and digits of ASCII, and whatever is not ASCII.
bool isLetter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}

char lowered(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isSame(char a, char b)
{
    return lowered(a) == lowered(b);
}

std::vector<std::string_view> split(std::string_view text, bool (*belongs)(char))
{
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const auto begin = std::ranges::find_if(text, belongs);
        const auto end = std::find_if_not(begin, text.end(), belongs);
        if (begin != end)
            parts.emplace_back(begin, end);
        text = {end, text.end()};
    }
    return parts;
}

bool isCompound(std::string_view word)
{
    return !std::ranges::all_of(word, isLetter);
}

bool hasWord(std::string_view text, std::string_view word)
{
    for (auto from = text.begin();;) {
        const auto found = std::search(from, text.end(), word.begin(), word.end(), isSame);
        if (found == text.end())
            return false;
        if (found == text.begin() || !isLetter(word.front()) || !isLetter(*(found - 1)))
            return true;
        from = found + 1;
    }
}

std::string quoted(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text)
        result += c == '"' ? std::string{"\"\""} : std::string{c};
    return result + '"';
}

void append(std::string& query, const std::string& term)
{
    query += (query.empty() ? "" : " ") + term;
}

} // namespace

SearchWords::SearchWords(std::string_view text)
{
    constexpr auto isNotBlank = [](char c) { return c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\0'; };
    for (const std::string_view word : split(text, isNotBlank))
        m_words.emplace_back(word);
}

std::string SearchWords::phraseQuery() const
{
    std::string query;
    for (const std::string& word : m_words) {
        if (std::ranges::any_of(word, isLetter))
            append(query, quoted(word) + "*");
    }
    return query;
}

std::string SearchWords::partsQuery() const
{
    std::string query;
    for (const std::string& word : m_words) {
        const auto parts = split(word, isLetter);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const bool isWhole = i + 1 < parts.size() || !isLetter(word.back());
            append(query, quoted(parts[i]) + (isWhole ? "" : "*"));
        }
    }
    return query;
}

bool SearchWords::hasCompounds(std::string_view text) const
{
    return std::ranges::all_of(m_words,
                               [&](const std::string& word) { return !isCompound(word) || hasWord(text, word); });
}

bool SearchWords::hasAll(std::string_view text) const
{
    return std::ranges::all_of(m_words, [&](const std::string& word) { return hasWord(text, word); });
}

} // namespace castdeck::store
