#include "core/base/json_check.h"

#include "core/base/ascii.h"

namespace castdeck::json {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// One pass over untrusted text; the first mistake ends it.
class Checker {
public:
    Checker(std::string_view text, int maxDepth) : m_text{text}, m_maxDepth{maxDepth} {}

    std::optional<SyntaxError> run()
    {
        skipBlanks();
        if (value(0)) {
            skipBlanks();
            if (m_at != m_text.size())
                fail("unexpected text after the JSON value");
        }
        return std::move(m_error);
    }

private:
    bool atEnd() const { return m_at >= m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    void skipBlanks()
    {
        while (!atEnd() && isBlank(m_text[m_at]))
            ++m_at;
    }
    bool fail(const char* message)
    {
        m_error = SyntaxError{m_at, atEnd() ? "unexpected end of the text" : message};
        return false;
    }
    bool take(char wanted, const char* message)
    {
        if (atEnd() || m_text[m_at] != wanted)
            return fail(message);
        ++m_at;
        return true;
    }

    bool value(int depth)
    {
        if (atEnd())
            return fail("a value is missing");
        switch (m_text[m_at]) {
        case '{': return container(depth, '}');
        case '[': return container(depth, ']');
        case '"': return string();
        case 't': return word("true");
        case 'f': return word("false");
        case 'n': return word("null");
        default: return number();
        }
    }

    bool container(int depth, char closing)
    {
        if (depth >= m_maxDepth)
            return fail("nested too deeply");
        ++m_at;
        skipBlanks();
        if (peek() == closing && !atEnd()) {
            ++m_at;
            return true;
        }
        for (;;) {
            skipBlanks();
            if (closing == '}' && !name())
                return false;
            if (!value(depth + 1))
                return false;
            skipBlanks();
            if (!atEnd() && m_text[m_at] == closing) {
                ++m_at;
                return true;
            }
            if (!take(',', closing == '}' ? "expected ',' or '}'" : "expected ',' or ']'"))
                return false;
        }
    }

    bool name()
    {
        if (peek() != '"')
            return fail("expected a member name in double quotes");
        if (!string())
            return false;
        skipBlanks();
        if (!take(':', "expected ':'"))
            return false;
        skipBlanks();
        return true;
    }

    bool string()
    {
        const std::size_t start = ++m_at;
        bool hasHighBytes = false;
        while (!atEnd()) {
            const auto c = static_cast<unsigned char>(m_text[m_at]);
            if (c == '"') {
                if (hasHighBytes && !isValidUtf8(m_text.substr(start, m_at - start))) {
                    m_at = start;
                    return fail("the string is not valid UTF-8");
                }
                ++m_at;
                return true;
            }
            if (c < 0x20)
                return fail("a control character must be escaped");
            hasHighBytes = hasHighBytes || c >= 0x80;
            ++m_at;
            if (c == '\\' && !escape())
                return false;
        }
        return fail("");
    }

    bool escape()
    {
        const char c = peek();
        if (c == 'u') {
            ++m_at;
            for (int i = 0; i < 4; ++i, ++m_at) {
                if (hexValue(peek()) < 0)
                    return fail("\\u needs four hexadecimal digits");
            }
            return true;
        }
        if (c == '\0' || std::string_view{"\"\\/bfnrt"}.find(c) == std::string_view::npos)
            return fail("unknown escape");
        ++m_at;
        return true;
    }

    bool word(std::string_view expected)
    {
        for (const char c : expected) {
            if (peek() != c)
                return fail("unknown word; expected true, false or null");
            ++m_at;
        }
        return true;
    }

    bool digits()
    {
        if (!isDigit(peek()))
            return fail("expected a digit");
        while (isDigit(peek()))
            ++m_at;
        return true;
    }

    bool number()
    {
        if (peek() != '-' && !isDigit(peek()))
            return fail("expected a value");
        if (peek() == '-')
            ++m_at;
        if (peek() == '0') {
            ++m_at;
            if (isDigit(peek()))
                return fail("a number has no leading zero");
        } else if (!digits()) {
            return false;
        }
        if (peek() == '.') {
            ++m_at;
            if (!digits())
                return false;
        }
        if (peek() == 'e' || peek() == 'E') {
            ++m_at;
            if (peek() == '+' || peek() == '-')
                ++m_at;
            return digits();
        }
        return true;
    }

    std::string_view m_text;
    int m_maxDepth;
    std::size_t m_at = 0;
    std::optional<SyntaxError> m_error;
};

} // namespace

std::optional<SyntaxError> check(std::string_view text, int maxDepth)
{
    return Checker{text, maxDepth}.run();
}

} // namespace castdeck::json
