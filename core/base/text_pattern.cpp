#include "core/base/text_pattern.h"

#include <algorithm>
#include <cstring>

namespace castdeck {

namespace {

constexpr auto npos = std::string_view::npos;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

char upper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// `pattern` is in lower case and as long as what `text` points to.
bool isSame(const char* text, std::string_view pattern)
{
    for (const char c : pattern) {
        if (lower(*text++) != c)
            return false;
    }
    return true;
}

/// From the most to the least frequent one in names and payloads.
int rank(char c)
{
    static constexpr std::string_view frequent = "\"e:,atino0r1sd2l-.cum3h45678p9g{}_ybfvwkxjzq";
    const std::size_t place = frequent.find(c);
    return place == npos ? static_cast<int>(frequent.size()) : static_cast<int>(place);
}

const char* nextOf(char c, const char* at, const char* end)
{
    return static_cast<const char*>(std::memchr(at, c, static_cast<std::size_t>(end - at)));
}

} // namespace

TextPattern TextPattern::read(std::string_view written)
{
    TextPattern pattern;
    bool isQuoted = false;
    for (std::size_t i = 0; i < written.size(); ++i) {
        char c = written[i];
        if (c == '"') {
            isQuoted = !isQuoted;
            continue;
        }
        if (c == '*' && !isQuoted) {
            pattern.m_parts.emplace_back();
            continue;
        }
        if (isQuoted && c == '\\' && i + 1 < written.size() && (written[i + 1] == '"' || written[i + 1] == '\\'))
            c = written[++i];
        pattern.m_parts.back().text.push_back(lower(c));
    }
    for (Part& part : pattern.m_parts) {
        for (std::size_t i = 1; i < part.text.size(); ++i) {
            if (rank(part.text[i]) > rank(part.text[part.anchor]))
                part.anchor = i;
        }
    }
    return pattern;
}

bool TextPattern::isAny() const
{
    return std::ranges::all_of(m_parts, [](const Part& part) { return part.text.empty(); });
}

std::size_t TextPattern::find(const Part& part, std::string_view text, std::size_t from)
{
    if (part.text.empty())
        return from;
    if (text.size() < from + part.text.size())
        return npos;
    const char c = part.text[part.anchor];
    const char* at = text.data() + from + part.anchor;
    const char* end = text.data() + text.size() - (part.text.size() - part.anchor - 1);
    const char* small = nextOf(c, at, end);
    const char* large = upper(c) == c ? nullptr : nextOf(upper(c), at, end);
    while (small != nullptr || large != nullptr) {
        const bool isSmallFirst = large == nullptr || (small != nullptr && small < large);
        const char*& next = isSmallFirst ? small : large;
        const char* start = next - part.anchor;
        if (isSame(start, part.text))
            return static_cast<std::size_t>(start - text.data());
        next = nextOf(isSmallFirst ? c : upper(c), next + 1, end);
    }
    return npos;
}

bool TextPattern::isIn(std::string_view text) const
{
    std::size_t at = 0;
    for (const Part& part : m_parts) {
        const std::size_t found = find(part, text, at);
        if (found == npos)
            return false;
        at = found + part.text.size();
    }
    return true;
}

bool TextPattern::matches(std::string_view text) const
{
    const std::string& first = m_parts.front().text;
    const std::string& last = m_parts.back().text;
    if (m_parts.size() == 1)
        return text.size() == first.size() && isSame(text.data(), first);
    if (text.size() < first.size() + last.size() || !isSame(text.data(), first) ||
        !isSame(text.data() + text.size() - last.size(), last))
        return false;
    const std::string_view inner = text.substr(0, text.size() - last.size());
    std::size_t at = first.size();
    for (std::size_t i = 1; i + 1 < m_parts.size(); ++i) {
        const std::size_t found = find(m_parts[i], inner, at);
        if (found == npos)
            return false;
        at = found + m_parts[i].text.size();
    }
    return true;
}

} // namespace castdeck
