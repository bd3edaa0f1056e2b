#include "core/auth/channel_pattern.h"

#include "core/base/ascii.h"

#include <algorithm>

namespace castdeck::auth {

namespace {

/// One or more characters but `.`, `/` and control characters.
constexpr std::string_view plainParameter = R"([^./\x00-\x1f\x7f]+)";
constexpr std::string_view anything = R"([\s\S]+)";

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// The ordinary characters that everything starts with that the regular expression matches; possibly fewer.
std::string_view plainStart(std::string_view expression)
{
    const auto isPlain = [](char c) { return isNameStart(c) || (c >= '0' && c <= '9') || c == '-'; };
    if (expression.find('|') != std::string_view::npos)
        return {};
    const auto end = std::ranges::find_if_not(expression, isPlain);
    const auto length = static_cast<std::size_t>(end - expression.begin());
    // A comment or \E may stand between a character and what says how often it comes.
    const bool mayBeRepeated =
        end != expression.end() && std::string_view{"?*+{(\\"}.find(*end) != std::string_view::npos;
    return expression.substr(0, length - (mayBeRepeated && length > 0 ? 1 : 0));
}

/// Where "(*" stands without a backslash in front; the size when nowhere.
std::size_t positionOfVerb(std::string_view expression)
{
    for (std::size_t i = 0; i < expression.size(); ++i) {
        if (expression[i] == '\\')
            ++i;
        else if (expression.substr(i).starts_with("(*"))
            return i;
    }
    return expression.size();
}

} // namespace

bool isParameterName(std::string_view text)
{
    return !text.empty() && isNameStart(text.front()) &&
           std::ranges::all_of(text, [](char c) { return isNameStart(c) || (c >= '0' && c <= '9') || c == '-'; });
}

/// Turns the text of a pattern into one regular expression, from left to right.
class PatternCompiler {
public:
    PatternCompiler(std::string_view text, Regex::CaseRule caseRule) : m_text{text}, m_caseRule{caseRule} {}

    Result<ChannelPattern> run()
    {
        if (m_text.empty())
            return mistake(0, "the pattern is empty");
        if (m_text.size() > ChannelPattern::maxBytes)
            return mistake(ChannelPattern::maxBytes, "a pattern has at most 1,000 bytes");
        if (!isValidUtf8(m_text))
            return mistake(0, "the pattern is not valid UTF-8");
        while (m_at < m_text.size()) {
            if (auto read = piece(); !read)
                return read.error();
        }
        if (!m_openAt.empty())
            return mistake(m_openAt.back(), "\"[\" without \"]\"");
        endLiteral();
        return finished();
    }

private:
    static Error mistake(std::size_t at, std::string_view what)
    {
        return {ErrorKind::InvalidInput, "position " + std::to_string(at + 1) + ": " + std::string{what}};
    }

    Result<void> piece()
    {
        switch (m_text[m_at]) {
        case '{': return parameter();
        case '}': return mistake(m_at, "\"}\" without \"{\"");
        case '[': return openOptional();
        case ']': return closeOptional();
        case '*':
            endLiteral();
            m_expression += anything;
            break;
        default: ordinary(); break;
        }
        ++m_at;
        return {};
    }

    void ordinary()
    {
        m_expression += Regex::escaped(m_text.substr(m_at, 1));
        // Ignoring case, a letter beyond ASCII may stand for one within.
        if (static_cast<unsigned char>(m_text[m_at]) >= 0x80)
            endLiteral();
        else
            m_literal += m_text[m_at];
    }

    Result<void> openOptional()
    {
        if (m_openAt.size() == ChannelPattern::maxOptionalDepth)
            return mistake(m_at, "too many optional parts inside each other");
        endLiteral();
        m_openAt.push_back(m_at++);
        m_expression += "(?:";
        return {};
    }

    Result<void> closeOptional()
    {
        if (m_openAt.empty())
            return mistake(m_at, "\"]\" without \"[\"");
        if (m_openAt.back() + 1 == m_at)
            return mistake(m_at, "the optional part is empty");
        endLiteral();
        m_openAt.pop_back();
        ++m_at;
        m_expression += ")?";
        return {};
    }

    /// Behind the brace that closes the one at `open`; 0 when there is none.
    std::size_t endOfBraces(std::size_t open) const
    {
        std::size_t depth = 0;
        for (std::size_t i = open; i < m_text.size(); ++i) {
            if (m_text[i] == '{')
                ++depth;
            else if (m_text[i] == '}' && --depth == 0)
                return i + 1;
        }
        return 0;
    }

    Result<void> parameter()
    {
        const std::size_t end = endOfBraces(m_at);
        if (end == 0)
            return mistake(m_at, "\"{\" without \"}\"");
        const std::string_view inner = m_text.substr(m_at + 1, end - m_at - 2);
        const std::size_t colon = std::min(inner.find(':'), inner.size());
        const std::string name{inner.substr(0, colon)};
        if (!isParameterName(name))
            return mistake(m_at + 1,
                           "a parameter's name has letters, digits, \"_\" and \"-\" and starts with a letter");
        if (std::ranges::find(m_names, name) != m_names.end())
            return mistake(m_at + 1, "the parameter \"" + name + "\" is there twice");
        std::string_view expression = plainParameter;
        if (colon < inner.size()) {
            expression = inner.substr(colon + 1);
            if (auto checked = checkExpression(expression, m_at + 1 + colon + 1); !checked)
                return checked;
            m_literal += plainStart(expression);
        }
        endLiteral();
        // The groups' own names keep the expression alike for patterns that differ in the names of parameters only.
        // \E ends a quotation that the author left open, so that it cannot swallow the rest.
        m_expression += "(?<p" + std::to_string(m_names.size()) + ">" + std::string{expression} + "\\E)";
        m_names.push_back(name);
        m_at = end;
        return {};
    }

    /// On its own first: it must not be able to close our group, and its mistakes have a position.
    Result<void> checkExpression(std::string_view expression, std::size_t start) const
    {
        if (expression.empty())
            return mistake(start, "the regular expression is empty");
        // Verbs such as (*ACCEPT) end the whole match, with what stands behind the braces left out.
        if (const std::size_t verb = positionOfVerb(expression); verb < expression.size())
            return mistake(start + verb, "\"(*\" is not possible here; write \"(?:\" or \"\\(*\"");
        const auto regex = Regex::compile(expression, m_caseRule, start + 1);
        if (!regex)
            return regex.error();
        if (regex->groupCount() > 0)
            return mistake(start, "the regular expression must not name groups of its own");
        return {};
    }

    /// Only what stands outside of optional parts is in every name.
    void endLiteral()
    {
        if (m_openAt.empty() && !m_literal.empty())
            m_requiredTexts.push_back(m_literal);
        m_literal.clear();
    }

    Result<ChannelPattern> finished()
    {
        auto regex = Regex::compile(m_expression, m_caseRule);
        if (!regex || regex->groupCount() != m_names.size())
            return mistake(0, "the pattern's regular expressions cannot be joined: " +
                                  (regex ? std::string{"one reaches into the next"} : regex.error().detail));
        ChannelPattern pattern{std::string{m_text}, std::move(*regex), m_caseRule};
        pattern.m_expression = std::move(m_expression);
        pattern.m_names = std::move(m_names);
        pattern.m_requiredTexts = std::move(m_requiredTexts);
        return pattern;
    }

    std::string_view m_text;
    Regex::CaseRule m_caseRule;
    std::size_t m_at = 0;
    std::string m_expression;
    std::vector<std::string> m_names;
    std::string m_literal; ///< The ordinary characters since the last other piece.
    std::vector<std::string> m_requiredTexts;
    std::vector<std::size_t> m_openAt;
};

Result<ChannelPattern> ChannelPattern::compile(std::string_view text, Regex::CaseRule caseRule)
{
    return PatternCompiler{text, caseRule}.run();
}

Regex::Outcome ChannelPattern::match(std::string_view name, Parameters& parameters) const
{
    if (m_names.empty())
        return m_regex.match(name);
    std::vector<std::string_view> groups;
    const Regex::Outcome outcome = m_regex.match(name, groups);
    if (outcome != Regex::Outcome::Match)
        return outcome;
    parameters.clear();
    for (std::size_t i = 0; i < groups.size(); ++i) {
        if (groups[i].data() != nullptr)
            parameters.emplace_back(m_names[i], std::string{groups[i]});
    }
    return outcome;
}

bool ChannelPattern::hasShapeOf(const ChannelPattern& other) const
{
    return m_expression == other.m_expression && m_caseRule == other.m_caseRule;
}

} // namespace castdeck::auth
