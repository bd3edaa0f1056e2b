#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct pcre2_real_code_8;

namespace castdeck::auth {

/// A Perl-compatible regular expression that must match a whole text.
///
/// Thread: any; matching changes nothing. Cost: bounded by `maxSteps`, whatever the expression and the text.
class Regex {
public:
    static constexpr std::uint32_t maxSteps = 100'000; ///< About a millisecond.

    enum class CaseRule { Counts, Ignored };
    enum class Outcome { Match, NoMatch, TooManySteps };

    /// Fails with InvalidInput and "position 3: ..." in the detail, in bytes; `start` is the position of the first one.
    /// Only named groups capture; plain parentheses group.
    static Result<Regex> compile(std::string_view expression, CaseRule caseRule = CaseRule::Counts,
                                 std::size_t start = 1);

    Outcome match(std::string_view text) const;
    /// `groups` receives the captured texts by number, the first group at 0; a group that took no part has null data.
    Outcome match(std::string_view text, std::vector<std::string_view>& groups) const;

    std::size_t groupCount() const;

    /// What matches exactly `text`.
    static std::string escaped(std::string_view text);

private:
    explicit Regex(std::shared_ptr<pcre2_real_code_8> code) : m_code{std::move(code)} {}

    std::shared_ptr<pcre2_real_code_8> m_code;
};

} // namespace castdeck::auth
