#include "core/base/json.h"

#include "core/base/ascii.h"

#include <cassert>
#include <cstdint>

namespace castdeck::json {

namespace {

void appendUtf8(std::string& out, std::uint32_t c)
{
    if (c < 0x80) {
        out.push_back(static_cast<char>(c));
    } else if (c < 0x800) {
        out.push_back(static_cast<char>(0xC0 | (c >> 6)));
        out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    } else if (c < 0x10000) {
        out.push_back(static_cast<char>(0xE0 | (c >> 12)));
        out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
        out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    } else {
        out.push_back(static_cast<char>(0xF0 | (c >> 18)));
        out.push_back(static_cast<char>(0x80 | ((c >> 12) & 0x3F)));
        out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
        out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
    }
}

std::uint32_t fourHexDigits(std::string_view digits)
{
    std::uint32_t value = 0;
    for (const char c : digits.substr(0, 4))
        value = value * 16 + static_cast<std::uint32_t>(hexValue(c));
    return value;
}

/// Decodes the `XXXX` after `\u` at the start of `rest`, with its low surrogate if one follows; returns the bytes used.
std::size_t decodeUnicodeEscape(std::string_view rest, std::uint32_t& character)
{
    constexpr std::uint32_t replacement = 0xFFFD;
    character = fourHexDigits(rest);
    if (character < 0xD800 || character > 0xDFFF)
        return 4;
    if (character <= 0xDBFF && rest.size() >= 10 && rest[4] == '\\' && rest[5] == 'u') {
        const std::uint32_t low = fourHexDigits(rest.substr(6));
        if (low >= 0xDC00 && low <= 0xDFFF) {
            character = 0x10000 + ((character - 0xD800) << 10) + (low - 0xDC00);
            return 10;
        }
    }
    character = replacement;
    return 4;
}

char simpleEscape(char c)
{
    switch (c) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return c;
    }
}

} // namespace

/// Walks text that is known to be valid.
class Reader {
public:
    explicit Reader(std::string_view text) : m_text{text} {}

    static Value whole(std::string_view text)
    {
        Reader reader{text};
        reader.skipBlanks();
        return reader.next();
    }

    void enter()
    {
        ++m_at;
        skipBlanks();
    }
    bool atEndOfContainer() const { return m_text[m_at] == '}' || m_text[m_at] == ']'; }
    /// Steps over blanks and one comma or colon.
    void separator()
    {
        skipBlanks();
        if (m_at < m_text.size() && (m_text[m_at] == ',' || m_text[m_at] == ':')) {
            ++m_at;
            skipBlanks();
        }
    }
    Value next()
    {
        const std::size_t start = m_at;
        skipValue();
        return Value{m_text.substr(start, m_at - start)};
    }

private:
    void skipBlanks()
    {
        while (m_at < m_text.size() && isBlank(m_text[m_at]))
            ++m_at;
    }
    void skipString()
    {
        for (++m_at; m_text[m_at] != '"'; ++m_at) {
            if (m_text[m_at] == '\\')
                ++m_at;
        }
        ++m_at;
    }
    void skipValue()
    {
        int depth = 0;
        do {
            const char c = m_text[m_at];
            if (c == '"') {
                skipString();
            } else if (c == '{' || c == '[') {
                ++depth;
                ++m_at;
            } else if (c == '}' || c == ']') {
                --depth;
                ++m_at;
            } else if (depth > 0) {
                ++m_at;
            } else {
                while (m_at < m_text.size() && !isBlank(m_text[m_at]) &&
                       std::string_view{",:]}"}.find(m_text[m_at]) == std::string_view::npos)
                    ++m_at;
            }
        } while (depth > 0);
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

Result<Value> Value::parse(std::string_view text, int maxDepth)
{
    if (auto error = check(text, maxDepth))
        return Error{ErrorKind::InvalidInput, error->message + " at byte " + std::to_string(error->offset + 1)};
    return Reader::whole(text);
}

Kind Value::kind() const noexcept
{
    switch (m_raw.front()) {
    case '{': return Kind::Object;
    case '[': return Kind::Array;
    case '"': return Kind::String;
    case 't': return Kind::True;
    case 'f': return Kind::False;
    case 'n': return Kind::Null;
    default: return Kind::Number;
    }
}

std::string Value::text() const
{
    assert(is(Kind::String));
    const std::string_view inner = m_raw.substr(1, m_raw.size() - 2);
    std::string out;
    out.reserve(inner.size());
    for (std::size_t i = 0; i < inner.size();) {
        const std::size_t escape = inner.find('\\', i);
        out.append(inner.substr(i, escape - i));
        if (escape == std::string_view::npos)
            break;
        i = escape + 2;
        if (inner[escape + 1] == 'u') {
            std::uint32_t character = 0;
            i += decodeUnicodeEscape(inner.substr(i), character);
            appendUtf8(out, character);
        } else {
            out.push_back(simpleEscape(inner[escape + 1]));
        }
    }
    return out;
}

std::size_t Value::textBytes() const
{
    if (m_raw.find('\\') == std::string_view::npos)
        return m_raw.size() - 2;
    return text().size();
}

std::vector<Member> Value::members() const
{
    assert(is(Kind::Object));
    std::vector<Member> result;
    Reader reader{m_raw};
    for (reader.enter(); !reader.atEndOfContainer(); reader.separator()) {
        const Value key = reader.next();
        reader.separator();
        result.push_back({key, reader.next()});
    }
    return result;
}

std::vector<Value> Value::elements() const
{
    assert(is(Kind::Array));
    std::vector<Value> result;
    Reader reader{m_raw};
    for (reader.enter(); !reader.atEndOfContainer(); reader.separator())
        result.push_back(reader.next());
    return result;
}

std::optional<Value> Value::find(std::string_view key) const
{
    std::optional<Value> found;
    for (const Member& member : members()) {
        if (member.isNamed(key))
            found = member.value;
    }
    return found;
}

bool Member::isNamed(std::string_view name) const
{
    const std::string_view raw = key.raw();
    const bool isPlain = raw.find('\\') == std::string_view::npos;
    return isPlain ? raw.substr(1, raw.size() - 2) == name : key.text() == name;
}

void appendString(std::string& out, std::string_view text)
{
    static constexpr std::string_view hex = "0123456789abcdef";
    out.push_back('"');
    std::size_t done = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        out.append(text.substr(done, i - done));
        done = i + 1;
        switch (c) {
        case '"': out.append("\\\""); break;
        case '\\': out.append("\\\\"); break;
        case '\n': out.append("\\n"); break;
        case '\r': out.append("\\r"); break;
        case '\t': out.append("\\t"); break;
        default:
            out.append("\\u00");
            out.push_back(hex[c >> 4]);
            out.push_back(hex[c & 0x0F]);
        }
    }
    out.append(text.substr(done));
    out.push_back('"');
}

std::string toString(std::string_view text)
{
    std::string out;
    out.reserve(text.size() + 2);
    appendString(out, text);
    return out;
}

std::string compact(std::string_view raw)
{
    std::string out;
    out.reserve(raw.size());
    bool isInString = false;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        const char c = raw[i];
        if (!isInString && isBlank(c))
            continue;
        out.push_back(c);
        if (c == '"') {
            isInString = !isInString;
        } else if (isInString && c == '\\') {
            out.push_back(raw[++i]);
        }
    }
    return out;
}

} // namespace castdeck::json
