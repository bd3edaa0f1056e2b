#include "ui/text/json_text.h"

#include "core/base/json.h"

#include <algorithm>

namespace castdeck::ui {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

class PrettyPrinter {
public:
    PrettyPrinter(std::string_view json, std::size_t enough) : m_json{json}, m_enough{enough}
    {
        m_out.reserve(std::min(json.size(), enough) * 2);
    }

    std::string run()
    {
        while (m_at < m_json.size() && m_out.size() < m_enough) {
            const char c = m_json[m_at];
            if (isBlank(c))
                ++m_at;
            else
                token(c);
        }
        return std::move(m_out);
    }

private:
    void token(char c)
    {
        switch (c) {
        case '{':
        case '[': open(c); break;
        case '}':
        case ']':
            --m_depth;
            newLine();
            copy(1);
            break;
        case ',':
            copy(1);
            newLine();
            break;
        case ':':
            copy(1);
            m_out.push_back(' ');
            break;
        case '"': copy(stringLength()); break;
        default: copy(1);
        }
    }

    void open(char opening)
    {
        std::size_t next = m_at + 1;
        while (next < m_json.size() && isBlank(m_json[next]))
            ++next;
        if (next < m_json.size() && m_json[next] == (opening == '{' ? '}' : ']')) {
            m_out.append({opening, m_json[next]});
            m_at = next + 1;
            return;
        }
        copy(1);
        ++m_depth;
        newLine();
    }

    std::size_t stringLength() const
    {
        std::size_t end = m_at + 1;
        while (end < m_json.size() && m_json[end] != '"')
            end += m_json[end] == '\\' ? 2 : 1;
        return std::min(end + 1, m_json.size()) - m_at;
    }

    void copy(std::size_t length)
    {
        m_out.append(m_json.substr(m_at, length));
        m_at += length;
    }

    void newLine()
    {
        m_out.push_back('\n');
        m_out.append(m_depth * 2, ' ');
    }

    std::string_view m_json;
    std::size_t m_enough;
    std::size_t m_at = 0;
    std::size_t m_depth = 0;
    std::string m_out;
};

/// UTF-16 units of UTF-8 text: one a character, two beyond the basic plane.
int unitsOf(std::string_view utf8)
{
    int units = 0;
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) != 0x80)
            units += byte >= 0xF0 ? 2 : 1;
    }
    return units;
}

} // namespace

std::string prettyJson(std::string_view json, std::size_t enough)
{
    return PrettyPrinter{json, enough}.run();
}

TextPlace placeAt(std::string_view text, std::size_t offset)
{
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const std::size_t lineEnd = before.rfind('\n');
    const std::string_view line = lineEnd == std::string_view::npos ? before : before.substr(lineEnd + 1);
    return {.line = 1 + static_cast<int>(std::ranges::count(before, '\n')), .column = 1 + unitsOf(line)};
}

std::optional<JsonMistake> findJsonMistake(std::string_view text)
{
    const auto error = json::check(text);
    if (!error)
        return std::nullopt;
    return JsonMistake{error->message, placeAt(text, error->offset)};
}

} // namespace castdeck::ui
