#define PCRE2_CODE_UNIT_WIDTH 8
#include "core/auth/regex.h"

#include "core/base/ascii.h"

#include <pcre2.h>

#include <algorithm>
#include <array>
#include <type_traits>

namespace castdeck::auth {

namespace {

static_assert(std::is_same_v<pcre2_code, pcre2_real_code_8>);

constexpr std::uint32_t options = PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_DOLLAR_ENDONLY | PCRE2_UTF |
                                  PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_AUTO_CAPTURE;

/// What matching needs beside the expression; kept for each thread, because making it costs more than a match.
struct Workspace {
    Workspace() : data{pcre2_match_data_create(maxGroups, nullptr)}, context{pcre2_match_context_create(nullptr)}
    {
        pcre2_set_match_limit(context, Regex::maxSteps);
    }
    Workspace(const Workspace&) = delete;
    Workspace& operator=(const Workspace&) = delete;
    ~Workspace()
    {
        pcre2_match_context_free(context);
        pcre2_match_data_free(data);
    }

    static constexpr std::uint32_t maxGroups = 64;
    pcre2_match_data* data;
    pcre2_match_context* context;
};

Workspace& workspace()
{
    static thread_local Workspace instance;
    return instance;
}

std::string messageOf(int error)
{
    std::array<PCRE2_UCHAR, 200> text{};
    const int length = pcre2_get_error_message(error, text.data(), text.size());
    return {reinterpret_cast<const char*>(text.data()), static_cast<std::size_t>(std::max(length, 0))};
}

} // namespace

Result<Regex> Regex::compile(std::string_view expression, CaseRule caseRule, std::size_t start)
{
    int error = 0;
    PCRE2_SIZE offset = 0;
    const std::uint32_t caseOption = caseRule == CaseRule::Ignored ? PCRE2_CASELESS : 0;
    std::shared_ptr<pcre2_code> code{pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression.data()), expression.size(),
                                                   options | caseOption, &error, &offset, nullptr),
                                     pcre2_code_free};
    if (!code)
        return Error{ErrorKind::InvalidInput, "position " + std::to_string(start + offset) + ": " + messageOf(error)};
    Regex regex{std::move(code)};
    if (regex.groupCount() >= Workspace::maxGroups)
        return Error{ErrorKind::InvalidInput, "position " + std::to_string(start) + ": too many groups"};
    return regex;
}

Regex::Outcome Regex::match(std::string_view text) const
{
    if (!isValidUtf8(text)) // A header may hold any bytes. PCRE2 itself would match the valid text beside them.
        return Outcome::NoMatch;
    Workspace& space = workspace();
    const auto* subject = reinterpret_cast<PCRE2_SPTR>(text.empty() ? "" : text.data());
    const int found = pcre2_match(m_code.get(), subject, text.size(), 0, 0, space.data, space.context);
    if (found >= 0)
        return Outcome::Match;
    // Whatever else stops the matching, such as its memory, is a limit too: the answer is not known.
    return found == PCRE2_ERROR_NOMATCH ? Outcome::NoMatch : Outcome::TooManySteps;
}

Regex::Outcome Regex::match(std::string_view text, std::vector<std::string_view>& groups) const
{
    const Outcome outcome = match(text);
    if (outcome != Outcome::Match)
        return outcome;
    const PCRE2_SIZE* const bounds = pcre2_get_ovector_pointer(workspace().data);
    groups.assign(groupCount(), std::string_view{});
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const PCRE2_SIZE start = bounds[2 * i + 2];
        const PCRE2_SIZE end = bounds[2 * i + 3];
        if (start != PCRE2_UNSET && start <= end)
            groups[i] = text.substr(start, end - start);
    }
    return outcome;
}

std::size_t Regex::groupCount() const
{
    std::uint32_t count = 0;
    pcre2_pattern_info(m_code.get(), PCRE2_INFO_CAPTURECOUNT, &count);
    return count;
}

std::string Regex::escaped(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const bool isLetterOrDigit = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        const bool isAscii = static_cast<unsigned char>(c) < 0x80;
        if (isAscii && !isLetterOrDigit)
            out.push_back('\\');
        out.push_back(c);
    }
    return out;
}

} // namespace castdeck::auth
