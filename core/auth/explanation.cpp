#include "core/auth/explanation.h"

#include "core/base/ascii.h"
#include "core/base/json.h"

namespace castdeck::auth {

namespace {

constexpr std::string_view masked = "••••";
constexpr std::size_t maxShownBytes = 100;
constexpr std::size_t maxSentenceBytes = 1'000;

std::string describeWanted(const Comparison& comparison, const Subject& subject)
{
    std::string text;
    for (const TextTemplate& wanted : comparison.to) {
        if (!text.empty())
            text += ", ";
        const auto filled = wanted.filled(subject);
        if (comparison.value.isSecret() || wanted.isSecret())
            text += masked;
        else
            text += quotedForPeople(filled && comparison.op != Operator::Matches ? *filled : wanted.source());
    }
    return text.empty() ? "an empty list" : text;
}

std::string describeValue(const Comparison& comparison, const Value& value)
{
    const std::string name = comparison.value.text();
    if (value.form == Value::Form::Missing)
        return name + " is missing";
    if (comparison.value.isSecret())
        return name + " is " + std::string{masked};
    if (value.form == Value::Form::Text)
        return name + " is " + quotedForPeople(value.text);
    if (value.list.empty())
        return name + " is an empty list";
    std::string text;
    for (const std::string& element : value.list)
        text += (text.empty() ? "" : ", ") + quotedForPeople(element);
    return name + " is the list " + text;
}

std::string describeWish(const Comparison& comparison, const Subject& subject)
{
    const std::string wanted = describeWanted(comparison, subject);
    switch (comparison.op) {
    case Operator::Equals: return ", wanted " + wanted;
    case Operator::NotEquals: return ", wanted anything but " + wanted;
    case Operator::In: return ", wanted one of " + wanted;
    case Operator::Contains: return ", wanted " + wanted + " in it";
    case Operator::StartsWith: return ", wanted a text that starts with " + wanted;
    case Operator::Matches: return ", wanted a text that matches " + wanted;
    case Operator::Exists:
    case Operator::Missing: break;
    }
    return comparison.op == Operator::Missing ? ", wanted none" : "";
}

std::string joined(const std::vector<Condition>& parts, const Subject& subject, bool wanted);

/// Why the condition is not `wanted`.
std::string explain(const Condition& condition, const Subject& subject, bool wanted)
{
    switch (condition.form()) {
    case Condition::Form::Constant: return wanted ? "nobody is allowed" : "the condition under \"not\" is always true";
    case Condition::Form::Not: return explain(condition.parts().front(), subject, !wanted);
    case Condition::Form::Comparison: {
        const Comparison& comparison = condition.comparison();
        const std::string value = describeValue(comparison, comparison.value.in(subject));
        return value + (wanted ? describeWish(comparison, subject) : ", which is excluded");
    }
    case Condition::Form::All:
    case Condition::Form::Any: break;
    }
    // One part decided, unless it took all of them.
    const bool oneIsEnough = (condition.form() == Condition::Form::All) == wanted;
    const auto contrary = wanted ? Condition::Outcome::No : Condition::Outcome::Yes;
    for (const Condition& part : condition.parts()) {
        if (oneIsEnough && part.evaluate(subject) == contrary)
            return explain(part, subject, wanted);
    }
    return joined(condition.parts(), subject, wanted);
}

std::string joined(const std::vector<Condition>& parts, const Subject& subject, bool wanted)
{
    if (parts.empty())
        return wanted ? "there is no alternative to satisfy" : "the condition under \"not\" is always true";
    std::string text;
    for (const Condition& part : parts) {
        if (text.size() < maxSentenceBytes)
            text += (text.empty() ? "" : "; and ") + explain(part, subject, wanted);
    }
    return text;
}

} // namespace

std::string explainRefusal(const Condition& condition, const Subject& subject)
{
    return explain(condition, subject, true);
}

std::string quotedForPeople(std::string_view text)
{
    std::string shown{leading(text, maxShownBytes)};
    const bool isCut = shown.size() < text.size();
    if (!isValidUtf8(shown)) {
        for (char& c : shown)
            c = static_cast<unsigned char>(c) < 0x80 ? c : '?';
    }
    return json::toString(isCut ? shown + "…" : shown);
}

} // namespace castdeck::auth
