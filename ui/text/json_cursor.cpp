#include "ui/text/json_cursor.h"

#include <array>
#include <cstring>

namespace castdeck::ui {

namespace {

constexpr unsigned char blank = 1;
constexpr unsigned char structure = 2; ///< Quotes, brackets and braces.
constexpr unsigned char endsWord = 4;  ///< What may follow a number or one of the three words.

constexpr std::array<unsigned char, 256> makeClasses()
{
    std::array<unsigned char, 256> classes{};
    for (const char c : {' ', '\t', '\n', '\r'})
        classes[static_cast<unsigned char>(c)] = blank | endsWord;
    for (const char c : {'"', '{', '}', '[', ']'})
        classes[static_cast<unsigned char>(c)] = structure | endsWord;
    for (const char c : {',', ':'})
        classes[static_cast<unsigned char>(c)] = endsWord;
    return classes;
}

constexpr std::array<unsigned char, 256> classTable = makeClasses();
const unsigned char* const classes = classTable.data(); // Indexed in the innermost loops of unoptimised builds, too.

bool isEscaped(const char* quote, const char* from)
{
    const char* at = quote;
    while (at > from && at[-1] == '\\')
        --at;
    return (quote - at) % 2 != 0;
}

/// Past the quote that ends the string whose text begins at `from`; null when there is none.
const char* endOfString(const char* from, const char* end)
{
    for (const char* at = from; at < end;) {
        const auto* quote = static_cast<const char*>(std::memchr(at, '"', static_cast<std::size_t>(end - at)));
        if (quote == nullptr)
            return nullptr;
        if (!isEscaped(quote, from))
            return quote + 1;
        at = quote + 1;
    }
    return nullptr;
}

std::string_view slice(const char* from, const char* end)
{
    return {from, static_cast<std::size_t>(end - from)};
}

} // namespace

char JsonCursor::peek()
{
    while (m_at < m_end && (classes[static_cast<unsigned char>(*m_at)] & blank) != 0)
        ++m_at;
    return m_at < m_end ? *m_at : '\0';
}

bool JsonCursor::take(char token)
{
    if (peek() != token || m_at == m_end)
        return false;
    ++m_at;
    return true;
}

std::optional<std::string_view> JsonCursor::string()
{
    if (peek() != '"')
        return std::nullopt;
    const char* from = m_at;
    const char* end = endOfString(m_at + 1, m_end);
    if (end == nullptr)
        return std::nullopt;
    m_at = end;
    return slice(from, end);
}

std::optional<std::string_view> JsonCursor::value()
{
    const char first = peek();
    const char* from = m_at;
    if (first == '"')
        return string();
    if (first == '{' || first == '[') {
        if (!skipContainer())
            return std::nullopt;
        return slice(from, m_at);
    }
    while (m_at < m_end && (classes[static_cast<unsigned char>(*m_at)] & endsWord) == 0)
        ++m_at;
    if (m_at == from)
        return std::nullopt;
    return slice(from, m_at);
}

bool JsonCursor::skipContainer()
{
    std::size_t depth = 0;
    const char* at = m_at;
    do {
        while (at < m_end && (classes[static_cast<unsigned char>(*at)] & structure) == 0)
            ++at;
        if (at == m_end)
            return false;
        const char c = *at++;
        if (c == '"') {
            at = endOfString(at, m_end);
            if (at == nullptr)
                return false;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else {
            --depth;
        }
    } while (depth > 0);
    m_at = at;
    return true;
}

} // namespace castdeck::ui
