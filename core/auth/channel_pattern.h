#pragma once

#include "core/auth/regex.h"
#include "core/base/result.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace castdeck::auth {

/// The named parts of a matched channel name, in the order of the pattern. An optional part that is absent is left out.
using Parameters = std::vector<std::pair<std::string, std::string>>;

/// The shape of a channel name: ordinary characters, `{name}` (one or more characters but `.` and `/`),
/// `{name:regex}`, `[an optional part]` and `*` (anything, at least one character).
///
/// Thread: any.
class ChannelPattern {
public:
    static constexpr std::size_t maxBytes = 1'000;
    static constexpr std::size_t maxOptionalDepth = 16;

    /// Fails with InvalidInput and "position 3: ..." in the detail, counted in bytes from 1.
    static Result<ChannelPattern> compile(std::string_view text, Regex::CaseRule caseRule = Regex::CaseRule::Counts);

    /// The whole name must match. On a match `parameters` holds the named parts.
    Regex::Outcome match(std::string_view name, Parameters& parameters) const;

    const std::string& text() const noexcept { return m_text; }
    const std::vector<std::string>& parameterNames() const noexcept { return m_names; }

    /// Texts that every matching name contains, without regard to case; none is empty. There may be none.
    const std::vector<std::string>& requiredTexts() const noexcept { return m_requiredTexts; }
    Regex::CaseRule caseRule() const noexcept { return m_caseRule; }
    /// There is only one matching name: the pattern itself.
    bool isLiteral() const noexcept
    {
        return m_requiredTexts.size() == 1 && m_requiredTexts.front() == m_text &&
               m_caseRule == Regex::CaseRule::Counts;
    }
    /// Whether both are the same but for the names of their parameters.
    bool hasShapeOf(const ChannelPattern& other) const;
    /// Whether every name matches.
    bool matchesEverything() const noexcept { return m_text == "*"; }

private:
    friend class PatternCompiler;
    ChannelPattern(std::string text, Regex regex, Regex::CaseRule caseRule)
        : m_text{std::move(text)}
        , m_regex{std::move(regex)}
        , m_caseRule{caseRule}
    {
    }

    std::string m_text;
    std::string m_expression; ///< The whole pattern as a regular expression.
    Regex m_regex;
    Regex::CaseRule m_caseRule;
    std::vector<std::string> m_names;
    std::vector<std::string> m_requiredTexts;
};

/// Letters, digits, `_` and `-`, starting with a letter or `_`: what may stand between braces.
bool isParameterName(std::string_view text);

} // namespace castdeck::auth
