#include "core/auth/channel_pattern.h"
#include "core/auth/text_index.h"
#include "core/base/ascii.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace castdeck;
using namespace castdeck::auth;
using fuzz::require;

namespace {

void checkMistake(std::string_view text, const std::string& detail)
{
    require(detail.starts_with("position "));
    require(!isValidUtf8(text) || isValidUtf8(detail));
}

/// The index must give every name that matches, or a rule would be passed over.
void checkRequiredTexts(const ChannelPattern& pattern, std::string_view name)
{
    for (const std::string& text : pattern.requiredTexts()) {
        TextIndex index;
        index.add(text, 1);
        index.finish();
        std::vector<std::uint32_t> found;
        index.find(name, found);
        require(!found.empty());
    }
}

void checkMatch(const ChannelPattern& pattern, std::string_view name)
{
    Parameters parameters;
    if (pattern.match(name, parameters) != Regex::Outcome::Match)
        return;
    require(parameters.size() <= pattern.parameterNames().size());
    for (const auto& [key, value] : parameters) {
        require(std::ranges::find(pattern.parameterNames(), key) != pattern.parameterNames().end());
        require(name.find(value) != std::string_view::npos);
    }
    require(!pattern.isLiteral() || name == pattern.text());
    checkRequiredTexts(pattern, name);
}

} // namespace

/// The first line is a pattern, the rest a channel name.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view input = fuzz::textOf(data, size);
    const std::string_view text = input.substr(0, input.find('\n'));
    const std::string_view name = input.substr(std::min(text.size() + 1, input.size())).substr(0, 200);
    for (const auto caseRule : {Regex::CaseRule::Counts, Regex::CaseRule::Ignored}) {
        const auto pattern = ChannelPattern::compile(text, caseRule);
        if (!pattern) {
            checkMistake(text, pattern.error().detail);
            continue;
        }
        require(pattern->text() == text);
        require(pattern->hasShapeOf(*pattern));
        checkMatch(*pattern, name);
        checkMatch(*pattern, text);
    }
    return 0;
}
