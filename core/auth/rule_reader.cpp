#include "core/auth/rule_reader.h"

#include "core/auth/rule_set.h"
#include "core/base/json.h"

#include <algorithm>

namespace castdeck::auth {

namespace {

constexpr int maxMemberDepth = 16;

/// Appends `source` as JSON, with its texts as templates. False when there is a mistake.
bool addMember(MemberTemplate& member, const JsonSource& source, const std::vector<std::string>& parameterNames,
               int depth = 1)
{
    const OrderedJson& value = source.value();
    if (depth > maxMemberDepth) {
        source.error("has too many levels");
        return false;
    }
    if (value.is_string()) {
        auto text = TextTemplate::parse(value.get<std::string>(), parameterNames);
        if (text)
            member.addText(std::move(*text));
        else
            source.error(text.error().detail);
        return text.has_value();
    }
    if (!value.is_structured()) {
        member.addJson(value.dump());
        return true;
    }
    bool isGood = true;
    std::string separator = value.is_object() ? "{" : "[";
    std::size_t index = 0;
    for (const auto& [key, ignored] : value.items()) {
        member.addJson(separator + (value.is_object() ? json::toString(key) + ":" : ""));
        const JsonSource inner = value.is_object() ? *source.member(key) : source.at(index++);
        isGood = addMember(member, inner, parameterNames, depth + 1) && isGood;
        separator = ",";
    }
    member.addJson(value.empty() ? separator : "");
    member.addJson(value.is_object() ? "}" : "]");
    return isGood;
}

/// The words under `key`, each turned into a T. False when there is a mistake.
template <typename T>
bool readWords(const JsonSource& rule, std::string_view key, std::string_view choices,
               std::optional<T> (*fromText)(std::string_view), std::vector<T>& result)
{
    const auto source = rule.member(key);
    if (!source)
        return true;
    const auto words = source->texts();
    if (!words)
        return false;
    if (words->empty()) {
        source->error("must name at least one; without the key all of them count");
        return false;
    }
    for (std::size_t i = 0; i < words->size(); ++i) {
        const auto value = fromText((*words)[i]);
        if (!value) {
            source->at(i).error("must be one of " + std::string{choices});
            return false;
        }
        result.push_back(*value);
    }
    return true;
}

std::optional<ChannelPattern> compiled(const JsonSource& place, const std::string& text, Regex::CaseRule caseRule)
{
    auto pattern = ChannelPattern::compile(text, caseRule);
    if (pattern)
        return std::move(*pattern);
    place.error("is no pattern: " + pattern.error().detail);
    return std::nullopt;
}

std::optional<ChannelPattern> readPattern(const JsonSource& rule)
{
    const auto ignoreCase = rule.member("ignore_case");
    const auto isIgnored = ignoreCase ? ignoreCase->boolean() : std::optional{false};
    const auto source = rule.member("pattern");
    if (!source)
        rule.error("needs \"pattern\"");
    const auto text = source ? source->text() : std::nullopt;
    if (!text || !isIgnored)
        return std::nullopt;
    return compiled(*source, *text, *isIgnored ? Regex::CaseRule::Ignored : Regex::CaseRule::Counts);
}

std::optional<Condition> readWhen(const JsonSource& rule, const std::vector<std::string>& parameterNames)
{
    const auto when = rule.member("when");
    if (!when)
        rule.error("needs \"when\": true, false or a condition");
    return when ? readCondition(*when, parameterNames) : std::nullopt;
}

/// `"pattern": condition`
std::optional<Rule> readShortRule(const JsonSource& source, const std::string& pattern)
{
    auto shape = compiled(source, pattern, Regex::CaseRule::Counts);
    auto when = shape ? readCondition(source, shape->parameterNames()) : std::nullopt;
    return when ? std::optional{Rule{std::move(*shape), std::move(*when)}} : std::nullopt;
}

/// Rules, and the place of each.
struct PlacedRules {
    std::vector<Rule> rules;
    std::vector<JsonSource> places;

    void add(std::optional<Rule> rule, const JsonSource& place)
    {
        if (!rule)
            return;
        const auto sameText = [&](const Rule& known) { return known.pattern.text() == rule->pattern.text(); };
        const auto same = std::ranges::find_if(rules, sameText);
        const auto index = static_cast<std::size_t>(same - rules.begin());
        if (!addOrReplace(rules, std::move(*rule))) {
            places.push_back(place);
            return;
        }
        place.warning("has the pattern of " + toText(places[index].path()) + " and replaces that rule in its place");
        places[index] = place;
    }
};

void warnOfUnreachable(const PlacedRules& placed)
{
    for (const RuleSet::Unreachable& rule : RuleSet{placed.rules}.unreachable()) {
        const std::string why = rule.hiddenBy
                                    ? toText(placed.places[*rule.hiddenBy].path()) + " matches all that it matches"
                                    : "its pattern and its kinds exclude each other";
        placed.places[rule.index].warning("can never decide: " + why);
    }
}

} // namespace

std::optional<Rule> readRule(const JsonSource& source)
{
    if (!source.isObject())
        return std::nullopt;
    source.warnOfOthers({"pattern", "when", "kinds", "guards", "member", "ignore_case", "note"});
    auto pattern = readPattern(source);
    auto when = readWhen(source, pattern ? pattern->parameterNames() : std::vector<std::string>{});
    std::vector<Kind> kinds;
    std::vector<IdentitySource> guards;
    const bool hasKinds =
        readWords(source, "kinds", "public, private, private-encrypted, presence", kindFromText, kinds);
    const bool hasGuards = readWords(source, "guards", "token, cookie, header, socket", identitySourceFromText, guards);
    if (!pattern || !when || !hasKinds || !hasGuards)
        return std::nullopt;
    Rule rule{std::move(*pattern), std::move(*when), std::move(kinds), std::move(guards)};
    if (const auto note = source.member("note"))
        rule.note = note->text().value_or(std::string{});
    if (const auto member = source.member("member")) {
        rule.member.emplace();
        if (!member->isObject() || !addMember(*rule.member, *member, rule.pattern.parameterNames()))
            return std::nullopt;
    }
    return rule;
}

std::vector<Rule> readRules(const JsonSource& source)
{
    PlacedRules placed;
    if (source.value().is_array()) {
        for (std::size_t i = 0; i < source.value().size(); ++i)
            placed.add(readRule(source.at(i)), source.at(i));
    } else if (source.value().is_object()) {
        for (const auto& [pattern, ignored] : source.value().items())
            placed.add(readShortRule(*source.member(pattern), pattern), *source.member(pattern));
    } else {
        source.wrongType("a list of rules, or an object of patterns and conditions");
    }
    warnOfUnreachable(placed);
    return std::move(placed.rules);
}

} // namespace castdeck::auth
