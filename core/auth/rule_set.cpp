#include "core/auth/rule_set.h"

#include <algorithm>
#include <unordered_map>

namespace castdeck::auth {

namespace {

using TextCounts = std::unordered_map<std::string, std::size_t>;

TextCounts countTexts(const std::vector<Rule>& rules)
{
    TextCounts counts;
    for (const Rule& rule : rules) {
        for (const std::string& text : rule.pattern.requiredTexts())
            ++counts[text];
    }
    return counts;
}

/// The text that says most about a name: the one of the fewest rules, and of those the longest.
std::string rarest(const std::vector<std::string>& texts, const TextCounts& counts)
{
    const auto value = [&](const std::string& text) { return std::pair{~counts.at(text), text.size()}; };
    const auto best = std::ranges::max_element(texts, {}, value);
    return best == texts.end() ? std::string{} : *best;
}

bool covers(const Rule& first, const Rule& second)
{
    const bool coversKinds =
        std::ranges::all_of(allKinds, [&](Kind kind) { return first.isFor(kind) || !second.isFor(kind); });
    return coversKinds && (first.pattern.matchesEverything() || first.pattern.hasShapeOf(second.pattern));
}

/// A pattern that begins with "private-" in just these letters matches nothing else.
bool canMatchPublicName(const Rule& rule)
{
    const bool isPrefixed =
        rule.pattern.caseRule() == Regex::CaseRule::Counts && kindOf(rule.pattern.text()) != Kind::Public;
    return rule.isFor(Kind::Public) && !isPrefixed;
}

/// The channels that a rule with this plain name is about.
std::vector<std::string> channelsNamed(const Rule& rule)
{
    const std::string& name = rule.pattern.text();
    std::vector<std::string> channels;
    for (const Kind kind : allKinds) {
        const bool isPlain = kindOf(name) == Kind::Public;
        const std::string channel = isPlain ? std::string{prefixOf(kind)} + name : name;
        if (rule.isFor(kind) && kindOf(channel) == kind)
            channels.push_back(channel);
    }
    return channels;
}

} // namespace

bool Rule::isFor(Kind kind) const
{
    return kinds.empty() || std::ranges::find(kinds, kind) != kinds.end();
}

bool addOrReplace(std::vector<Rule>& rules, Rule rule)
{
    const auto same =
        std::ranges::find_if(rules, [&](const Rule& known) { return known.pattern.text() == rule.pattern.text(); });
    if (same == rules.end()) {
        rules.push_back(std::move(rule));
        return false;
    }
    *same = std::move(rule);
    return true;
}

RuleSet::RuleSet(std::vector<Rule> rules) : m_rules{std::move(rules)}
{
    const TextCounts counts = countTexts(m_rules);
    for (std::uint32_t number = 0; number < m_rules.size(); ++number) {
        const std::string text = rarest(m_rules[number].pattern.requiredTexts(), counts);
        if (text.empty())
            m_alwaysAsked.push_back(number);
        else
            m_index.add(text, number);
    }
    m_index.finish();
    m_concernsPublicNames = std::ranges::any_of(m_rules, canMatchPublicName);
}

std::optional<RuleSet::Match> RuleSet::find(std::string_view channel) const
{
    std::vector<std::uint32_t> candidates = m_alwaysAsked;
    m_index.find(channel, candidates); // The bare name is a part of the wire name, so this finds its rules as well.
    std::ranges::sort(candidates);
    candidates.erase(std::ranges::unique(candidates).begin(), candidates.end());
    return firstOf(candidates, channel);
}

std::optional<RuleSet::Match> RuleSet::firstOf(const std::vector<std::uint32_t>& candidates,
                                               std::string_view channel) const
{
    const Kind kind = kindOf(channel);
    const std::string_view bare = kind == Kind::Public ? std::string_view{} : bareName(channel);
    for (const std::uint32_t index : candidates) {
        const Rule& rule = m_rules[index];
        if (!rule.isFor(kind))
            continue;
        Match match{index};
        Regex::Outcome outcome = rule.pattern.match(channel, match.parameters);
        if (outcome == Regex::Outcome::NoMatch && !bare.empty())
            outcome = rule.pattern.match(bare, match.parameters);
        match.isUndecided = outcome == Regex::Outcome::TooManySteps;
        if (outcome != Regex::Outcome::NoMatch)
            return match;
    }
    return std::nullopt;
}

std::vector<RuleSet::Unreachable> RuleSet::unreachable() const
{
    std::vector<Unreachable> found;
    for (std::size_t index = 0; index < m_rules.size(); ++index) {
        std::optional<std::size_t> hider = hiderOf(index);
        if (hider || isHiddenName(index, hider))
            found.push_back({index, hider});
    }
    return found;
}

std::optional<std::size_t> RuleSet::hiderOf(std::size_t index) const
{
    for (std::size_t earlier = 0; earlier < index; ++earlier) {
        if (covers(m_rules[earlier], m_rules[index]))
            return earlier;
    }
    return std::nullopt;
}

bool RuleSet::isHiddenName(std::size_t index, std::optional<std::size_t>& hider) const
{
    const Rule& rule = m_rules[index];
    if (!rule.pattern.isLiteral())
        return false;
    for (const std::string& channel : channelsNamed(rule)) {
        const auto match = find(channel);
        if (!match || match->index >= index)
            return false;
        hider = match->index;
    }
    return true;
}

} // namespace castdeck::auth
