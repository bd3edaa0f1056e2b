#include "core/auth/condition_words.h"

#include "core/auth/explanation.h"
#include "core/base/ascii.h"

namespace castdeck::auth {

namespace {

constexpr std::string_view masked = "••••";
constexpr std::size_t maxBytes = 500;

std::string_view verbOf(Operator op)
{
    switch (op) {
    case Operator::Equals: return "is";
    case Operator::NotEquals: return "is not";
    case Operator::In: return "is one of";
    case Operator::Contains: return "contains";
    case Operator::StartsWith: return "starts with";
    case Operator::Matches: return "matches";
    case Operator::Exists: return "is there";
    case Operator::Missing: return "is missing";
    }
    return {};
}

std::string wordsOf(const Comparison& comparison)
{
    std::string words = comparison.value.text() + " " + std::string{verbOf(comparison.op)};
    if (comparison.op == Operator::Exists || comparison.op == Operator::Missing)
        return words;
    std::string_view separator = " ";
    for (const TextTemplate& wanted : comparison.to) {
        const bool isHidden = comparison.value.isSecret() || wanted.isSecret();
        words.append(separator).append(isHidden ? std::string{masked} : quotedForPeople(wanted.source()));
        separator = ", ";
    }
    return comparison.to.empty() ? words + " an empty list" : words;
}

std::string wordsOf(const Condition& condition);

/// Parts of several parts stand in brackets, so that "and" and "or" cannot be mistaken.
std::string joined(const std::vector<Condition>& parts, std::string_view word)
{
    std::string words;
    for (const Condition& part : parts) {
        const bool needsBrackets = part.parts().size() > 1;
        words += words.empty() ? "" : " " + std::string{word} + " ";
        words += needsBrackets ? "(" + wordsOf(part) + ")" : wordsOf(part);
        if (words.size() > maxBytes)
            break;
    }
    return words;
}

std::string wordsOf(const Condition& condition)
{
    switch (condition.form()) {
    case Condition::Form::Constant: return condition.isTrue() ? "everybody" : "nobody";
    case Condition::Form::All: return condition.parts().empty() ? "everybody" : joined(condition.parts(), "and");
    case Condition::Form::Any: return condition.parts().empty() ? "nobody" : joined(condition.parts(), "or");
    case Condition::Form::Not: return "not (" + wordsOf(condition.parts().front()) + ")";
    case Condition::Form::Comparison: return wordsOf(condition.comparison());
    }
    return {};
}

} // namespace

std::string inWords(const Condition& condition)
{
    std::string words = wordsOf(condition);
    return words.size() > maxBytes ? std::string{leading(words, maxBytes)} + "…" : words;
}

std::string inWords(const Rule& rule)
{
    const auto* const condition = std::get_if<Condition>(&rule.when);
    return condition != nullptr ? inWords(*condition) : "decided by a function of the program";
}

} // namespace castdeck::auth
