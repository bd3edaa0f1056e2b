#include "ui/text/paste_scan.h"

#include "core/base/ascii.h"
#include "ui/text/paste_lines.h"

#include <algorithm>
#include <array>

namespace castdeck::ui::paste {

namespace {

constexpr std::size_t maxDepth = 64;
constexpr std::size_t maxBlocks = 500;
constexpr std::size_t maxPairs = 2'000;

bool isWordStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c == '@' || c == '\\';
}

bool isWordPart(char c)
{
    return isWordStart(c) || (c >= '0' && c <= '9') || c == '.';
}

std::string_view lastPart(std::string_view name)
{
    const std::size_t at = name.find_last_of(".\\:>");
    return at == std::string_view::npos ? name : name.substr(at + 1);
}

/// Whether `name(…)` or `name[…]` looks a variable up.
bool looksUp(std::string_view name)
{
    static constexpr std::array lookups{"env", "getenv", "environ", "fetch", "get", "ENV", "_ENV", "$_ENV", "Env"};
    return std::ranges::find(lookups, lastPart(name)) != lookups.end();
}

/// A value written as a word.
Value valueOfWord(std::string_view word)
{
    const std::string lower = toLower(word);
    if (lower == "true" || lower == "false")
        return {.text = lower, .reference = {}};
    if (lower == "null" || lower == "none" || lower == "nil" || lower == "undefined")
        return {};
    return {.text = {}, .reference = std::string{lastPart(word)}};
}

/// Reads the text from its beginning to its end, once.
class Reader {
public:
    Reader(std::string_view text, Scan& scan) : m_text{text}, m_scan{scan}
    {
        m_scan.blocks.emplace_back();
        m_open.push_back({});
    }

    void run()
    {
        while (m_at < m_text.size())
            step();
    }

private:
    /// A block that is not closed yet.
    struct Open {
        std::size_t block = 0;
        std::string name;     ///< What the next value stands under.
        Value last;           ///< The latest value that has no name; it may turn out to be a name itself.
        std::string lastWord; ///< As it was written, for `NAME: …` and for calls.
        bool isNewNext = false;
        bool awaitsCall = false;       ///< That pair is a word which may turn out to be called.
        std::size_t fallbackOf = none; ///< The pair whose variable may be followed by a fallback.
    };
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    Open& top() { return m_open.back(); }
    Block& block() { return m_scan.blocks[top().block]; }

    void step()
    {
        const char c = m_text[m_at];
        if (c == '"' || c == '\'' || c == '`')
            readString(c);
        else if (isWordStart(c))
            readWord();
        else if (c >= '0' && c <= '9')
            readNumber();
        else if (c == '#' || m_text.substr(m_at, 2) == "//")
            m_at = std::min(m_text.find('\n', m_at), m_text.size());
        else if (m_text.substr(m_at, 2) == "/*")
            skipTo("*/");
        else
            readMark(c);
    }

    void skipTo(std::string_view end)
    {
        const std::size_t found = m_text.find(end, m_at + 2);
        m_at = found == std::string_view::npos ? m_text.size() : found + end.size();
    }

    void readString(char quote)
    {
        std::string text;
        for (++m_at; m_at < m_text.size() && m_text[m_at] != quote; ++m_at) {
            if (m_text[m_at] == '\\' && m_at + 1 < m_text.size())
                ++m_at;
            if (text.size() <= maxValueBytes)
                text += m_text[m_at];
        }
        ++m_at;
        if (text.size() > maxValueBytes)
            text.clear();
        top().lastWord = text;
        take({.text = std::move(text), .reference = {}});
    }

    void readWord()
    {
        const std::size_t start = m_at;
        while (m_at < m_text.size() && (isWordPart(m_text[m_at]) || m_text.substr(m_at, 2) == "::" ||
                                        (m_at > start && m_text.substr(m_at - 1, 2) == "::")))
            ++m_at;
        const std::string_view word = m_text.substr(start, std::min(m_at - start, maxValueBytes));
        if (word == "new") {
            top().isNewNext = true;
            return;
        }
        top().lastWord = std::string{word};
        take(valueOfWord(word));
    }

    void readNumber()
    {
        const std::size_t start = m_at;
        while (m_at < m_text.size() && (isWordPart(m_text[m_at]) || m_text[m_at] == '-'))
            ++m_at;
        const std::string_view number = m_text.substr(start, std::min(m_at - start, maxValueBytes));
        top().lastWord = std::string{number};
        take({.text = std::string{number}, .reference = {}});
    }

    void readMark(char c)
    {
        const std::string_view two = m_text.substr(m_at, 2);
        ++m_at;
        if (c == '{' || c == '[' || c == '(')
            return open(c);
        if (c == '}' || c == ']' || c == ')')
            return close();
        if (c == ',' || c == ';')
            return finishItem();
        if (two == "==" || two == "!=" || two == ">=" || two == "<=") {
            m_at = std::min(m_text.find_first_not_of('=', m_at), m_text.size());
            return;
        }
        if (two == "=>" || two == ":=")
            ++m_at;
        if (c == '=' || c == ':')
            nameNext();
        else if (c == '.' || c == '+')
            forgetFallback();
        else if (c == '\n' && m_open.size() == 1)
            finishItem();
    }

    /// What was read last is a name.
    void nameNext()
    {
        if (top().lastWord.empty())
            return;
        top().name = std::string{lastPart(top().lastWord)};
        top().last = {};
        top().lastWord.clear();
        top().fallbackOf = none;
    }

    /// A text that something is joined to is not the whole value.
    void forgetFallback()
    {
        Open& now = top();
        if (now.fallbackOf != none && now.fallbackOf < block().pairs.size() &&
            !block().pairs[now.fallbackOf].value.text.empty()) {
            block().pairs[now.fallbackOf].value.text.clear();
            now.fallbackOf = none;
        }
    }

    void take(Value value)
    {
        Open& now = top();
        if (!now.name.empty()) {
            now.fallbackOf = value.text.empty() && !value.reference.empty() ? block().pairs.size() : none;
            now.awaitsCall = now.fallbackOf != none;
            add(std::move(now.name), value);
            now.name.clear();
            return;
        }
        if (now.fallbackOf != none && now.fallbackOf < block().pairs.size()) {
            Value& waiting = block().pairs[now.fallbackOf].value;
            if (waiting.text.empty() && !value.text.empty())
                waiting.text = value.text;
            return;
        }
        if (now.last.reference.empty() || value.text.empty() || !now.last.text.empty())
            now.last = std::move(value);
        else
            now.last.text = std::move(value.text); // `variable ?? 'fallback'`
    }

    void add(std::string name, const Value& value)
    {
        if (m_pairs == maxPairs)
            return;
        ++m_pairs;
        block().pairs.push_back({std::move(name), value});
    }

    void finishItem()
    {
        Open& now = top();
        if (!now.last.isEmpty() && block().arguments.size() < 8)
            block().arguments.push_back(now.last);
        now.last = {};
        now.name.clear();
        now.lastWord.clear();
        now.isNewNext = false;
        now.fallbackOf = none;
    }

    void open(char c)
    {
        if (m_open.size() == maxDepth || m_scan.blocks.size() == maxBlocks) {
            ++m_ignored;
            return;
        }
        Open& now = top();
        Block inner;
        inner.parent = now.block;
        const bool follows = !now.lastWord.empty();
        inner.isCall = c == '(' && follows;
        inner.isNew = inner.isCall && now.isNewNext;
        // In `a: f(…)` the value f has been noted under a, and makes room for what the call brings.
        inner.label = follows ? now.lastWord : now.name;
        Open next;
        next.block = m_scan.blocks.size();
        m_scan.blocks.push_back(std::move(inner));
        m_open.push_back(std::move(next));
    }

    void close()
    {
        if (m_ignored > 0) {
            --m_ignored;
            return;
        }
        if (m_open.size() == 1)
            return finishItem();
        finishItem();
        const Block& done = block();
        Value value = valueOf(done);
        const bool wasCall = done.isCall || looksUp(done.label);
        m_open.pop_back();
        hand(std::move(value), wasCall);
    }

    /// What the enclosed values come to, when that is one.
    static Value valueOf(const Block& done)
    {
        if (!done.pairs.empty() || done.arguments.empty() || done.arguments.size() > 2)
            return {};
        Value first = done.arguments.front();
        if (!looksUp(done.label))
            return done.arguments.size() == 1 ? first : Value{};
        if (!first.text.empty())
            first = {.text = {}, .reference = first.text};
        if (done.arguments.size() == 2)
            first.text = done.arguments[1].text;
        return first;
    }

    void hand(Value value, bool wasCall)
    {
        Open& now = top();
        now.isNewNext = false;
        const bool hasNoted =
            wasCall && now.awaitsCall && now.fallbackOf != none && now.fallbackOf < block().pairs.size();
        now.awaitsCall = false;
        if (hasNoted && !value.isEmpty())
            block().pairs[now.fallbackOf].value = std::move(value);
        else if (!value.isEmpty() && !hasNoted) {
            if (wasCall)
                now.last = {};
            take(std::move(value));
        } else if (!hasNoted)
            now.last = {};
        now.name.clear();
        now.lastWord.clear();
    }

    std::string_view m_text;
    Scan& m_scan;
    std::size_t m_at = 0;
    std::size_t m_pairs = 0;
    std::size_t m_ignored = 0; ///< Brackets too deep to follow, still open.
    std::vector<Open> m_open;
};

} // namespace

Scan scan(std::string_view text)
{
    Scan result;
    result.isCut = text.size() > maxTextBytes;
    std::string rest{text.substr(0, maxTextBytes)};
    result.addresses = findAddresses(rest);
    result.lines = takeLines(rest);
    Reader{rest, result}.run();
    return result;
}

} // namespace castdeck::ui::paste
