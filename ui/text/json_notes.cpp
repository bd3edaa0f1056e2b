#include "ui/text/json_notes.h"

#include "core/base/ascii.h"
#include "core/base/json.h"
#include "ui/text/json_number.h"

#include <algorithm>
#include <cstring>
#include <unordered_set>

namespace castdeck::ui {

namespace {

constexpr std::size_t shownBytes = 48;

std::string cut(std::string_view text)
{
    return text.size() <= shownBytes ? std::string{text} : std::string{text.substr(0, shownBytes)} + "...";
}

int unitAt(std::string_view string, std::size_t at)
{
    if (at + 6 > string.size() || string[at] != '\\' || string[at + 1] != 'u')
        return -1;
    int unit = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i)
        unit = unit * 16 + hexValue(string[i]);
    return unit;
}

/// The place of the first escape that is half a character without the other; npos when there is none.
std::size_t loneSurrogateIn(std::string_view string)
{
    for (std::size_t at = string.find('\\'); at != std::string_view::npos; at = string.find('\\', at)) {
        const int unit = unitAt(string, at);
        if (unit < 0xD800 || unit > 0xDFFF) {
            at += 2;
            continue;
        }
        const int next = unitAt(string, at + 6);
        if (unit > 0xDBFF || next < 0xDC00 || next > 0xDFFF)
            return at;
        at += 12;
    }
    return std::string_view::npos;
}

class NoteFinder {
public:
    explicit NoteFinder(std::string_view json) : m_json{json} {}

    JsonNotes run()
    {
        while (m_at < m_json.size()) {
            const char c = m_json[m_at];
            switch (c) {
            case '{':
            case '[': m_levels.push_back({c == '{', {}, {}, 0}); break;
            case '}':
            case ']': m_levels.pop_back(); break;
            case ',':
                ++m_levels.back().index;
                m_levels.back().name = {};
                break;
            case '"': string(); continue;
            default:
                if (c == '-' || (c >= '0' && c <= '9')) {
                    number();
                    continue;
                }
            }
            ++m_at;
        }
        return std::move(m_notes);
    }

private:
    struct Level {
        bool isObject;
        std::string_view name; ///< Of the member that is being read; empty until it is known.
        std::unordered_set<std::string> names;
        std::size_t index;
    };

    void string()
    {
        const std::size_t from = m_at++;
        while (m_json[m_at] != '"')
            m_at += m_json[m_at] == '\\' ? 2 : 1;
        ++m_at;
        const std::string_view text = m_json.substr(from, m_at - from);
        if (!m_levels.empty() && m_levels.back().isObject && m_levels.back().name.empty())
            name(text);
        const std::size_t lone = loneSurrogateIn(text);
        if (lone != std::string_view::npos)
            add(m_notes.loneSurrogates, text.substr(lone, 6));
    }

    void name(std::string_view text)
    {
        m_levels.back().name = text;
        const bool isPlain = text.find('\\') == std::string_view::npos;
        std::string characters = isPlain ? std::string{text} : json::toString(json::Value::parse(text)->text());
        if (!m_levels.back().names.insert(std::move(characters)).second)
            add(m_notes.duplicateNames, text);
    }

    void number()
    {
        const std::size_t end = std::min(m_json.find_first_not_of("+-.0123456789eE", m_at), m_json.size());
        const std::string_view text = m_json.substr(m_at, end - m_at);
        if (isBeyondDouble(text))
            add(m_notes.bigIntegers, text);
        m_at = end;
    }

    void add(JsonNotes::Findings& findings, std::string_view text)
    {
        if (++findings.count <= JsonNotes::kept)
            findings.first.push_back({path(), cut(text)});
    }

    std::string path() const
    {
        std::string path{"$"};
        for (const Level& level : m_levels) {
            if (level.isObject)
                path += level.name.empty() ? std::string{} : pathStep(level.name.substr(1, level.name.size() - 2));
            else
                path += "[" + std::to_string(level.index) + "]";
        }
        return path;
    }

    std::string_view m_json;
    std::size_t m_at = 0;
    std::vector<Level> m_levels;
    JsonNotes m_notes;
};

} // namespace

JsonNotes findJsonNotes(std::string_view json)
{
    return NoteFinder{json}.run();
}

std::string pathStep(std::string_view name)
{
    constexpr std::string_view special = ".[]=!<>\"\\() \t\r\n";
    if (!name.empty() && name.find_first_of(special) == std::string_view::npos)
        return "." + std::string{name};
    std::string quoted{"[\""};
    for (const char c : name) {
        if (c == '"' || c == '\\')
            quoted.push_back('\\');
        quoted.push_back(c);
    }
    return quoted + "\"]";
}

} // namespace castdeck::ui
