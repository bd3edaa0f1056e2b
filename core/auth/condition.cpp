#include "core/auth/condition.h"

#include "core/base/crypto.h"

#include <array>
#include <utility>

namespace castdeck::auth {

namespace {

using Outcome = Condition::Outcome;

constexpr std::array<std::pair<Operator, std::string_view>, 8> operators{{
    {Operator::Equals, "equals"},
    {Operator::NotEquals, "not-equals"},
    {Operator::In, "in"},
    {Operator::Contains, "contains"},
    {Operator::StartsWith, "starts-with"},
    {Operator::Matches, "matches"},
    {Operator::Exists, "exists"},
    {Operator::Missing, "missing"},
}};

Outcome toOutcome(bool holds)
{
    return holds ? Outcome::Yes : Outcome::No;
}

Outcome toOutcome(Regex::Outcome outcome)
{
    switch (outcome) {
    case Regex::Outcome::Match: return Outcome::Yes;
    case Regex::Outcome::NoMatch: return Outcome::No;
    case Regex::Outcome::TooManySteps: break;
    }
    return Outcome::Failed;
}

Outcome matches(const Comparison& comparison, std::string_view text, const Subject& subject)
{
    if (comparison.regex)
        return toOutcome(comparison.regex->match(text));
    const auto expression = comparison.to.front().filledAsExpression(subject);
    if (!expression)
        return Outcome::No;
    const auto regex = Regex::compile(*expression);
    return regex ? toOutcome(regex->match(text)) : Outcome::Failed;
}

/// Looks at every one of the wanted texts, so that the time does not tell which one it was.
bool isAmong(std::string_view text, const std::vector<TextTemplate>& wanted, const Subject& subject)
{
    bool isFound = false;
    for (const TextTemplate& candidate : wanted) {
        const auto filled = candidate.filled(subject);
        isFound = (filled && equalsInConstantTime(text, *filled)) || isFound;
    }
    return isFound;
}

bool containsText(const Value& value, std::string_view wanted)
{
    if (value.form == Value::Form::Text)
        return equalsInConstantTime(value.text, wanted);
    bool isFound = false;
    for (const std::string& element : value.list)
        isFound = equalsInConstantTime(element, wanted) || isFound;
    return isFound;
}

Outcome compareText(const Comparison& comparison, std::string_view text, const Subject& subject)
{
    if (comparison.op == Operator::In)
        return toOutcome(isAmong(text, comparison.to, subject));
    if (comparison.op == Operator::Matches)
        return matches(comparison, text, subject);
    const auto wanted = comparison.to.front().filled(subject);
    if (!wanted)
        return Outcome::No;
    // In constant time for all values, because any of them may turn out to be a password.
    if (comparison.op == Operator::StartsWith)
        return toOutcome(equalsInConstantTime(text.substr(0, wanted->size()), *wanted));
    return toOutcome(equalsInConstantTime(text, *wanted) == (comparison.op == Operator::Equals));
}

Outcome evaluateComparison(const Comparison& comparison, const Subject& subject)
{
    if (subject.request.isHandshakeUnknown && comparison.value.isOfHandshake())
        return Outcome::Failed;
    const Value value = comparison.value.in(subject);
    const bool isMissing = value.form == Value::Form::Missing;
    if (comparison.op == Operator::Exists || comparison.op == Operator::Missing)
        return toOutcome(isMissing == (comparison.op == Operator::Missing));
    if (isMissing)
        return Outcome::No;
    if (comparison.op == Operator::Contains) {
        const auto wanted = comparison.to.front().filled(subject);
        return toOutcome(wanted && containsText(value, *wanted));
    }
    // A list is no text: comparing it as one is false whichever way it is asked.
    return value.form == Value::Form::List ? Outcome::No : compareText(comparison, value.text, subject);
}

} // namespace

std::string_view toText(Operator op)
{
    return operators[static_cast<std::size_t>(op)].second;
}

std::optional<Operator> operatorFromText(std::string_view text)
{
    for (const auto& [op, name] : operators) {
        if (text == name)
            return op;
    }
    return std::nullopt;
}

Condition Condition::constant(bool isTrue)
{
    Condition condition{Form::Constant};
    condition.m_isTrue = isTrue;
    return condition;
}

Condition Condition::all(std::vector<Condition> parts)
{
    Condition condition{Form::All};
    condition.m_parts = std::move(parts);
    return condition;
}

Condition Condition::any(std::vector<Condition> parts)
{
    Condition condition{Form::Any};
    condition.m_parts = std::move(parts);
    return condition;
}

Condition Condition::negation(Condition part)
{
    Condition condition{Form::Not};
    condition.m_parts.push_back(std::move(part));
    return condition;
}

Result<Condition> Condition::compare(ValueName value, Operator op, std::vector<TextTemplate> to)
{
    std::optional<Regex> regex;
    if (op == Operator::Matches) {
        // A placeholder is an ordinary text for the compiler, so mistakes show before the first request.
        auto compiled = Regex::compile(to.front().source());
        if (!compiled)
            return Error{ErrorKind::InvalidInput, "is no regular expression: " + compiled.error().detail};
        if (!to.front().hasPlaceholders())
            regex = std::move(*compiled);
    }
    Condition condition{Form::Comparison};
    condition.m_comparison = Comparison{std::move(value), op, std::move(to), std::move(regex)};
    return condition;
}

Condition::Outcome Condition::evaluate(const Subject& subject) const
{
    switch (m_form) {
    case Form::Constant: return toOutcome(m_isTrue);
    case Form::Comparison: return evaluateComparison(*m_comparison, subject);
    case Form::Not: {
        const Outcome outcome = m_parts.front().evaluate(subject);
        return outcome == Outcome::Failed ? outcome : toOutcome(outcome == Outcome::No);
    }
    case Form::All:
    case Form::Any: break;
    }
    const Outcome decisive = m_form == Form::All ? Outcome::No : Outcome::Yes;
    for (const Condition& part : m_parts) {
        const Outcome outcome = part.evaluate(subject);
        if (outcome == decisive || outcome == Outcome::Failed)
            return outcome;
    }
    return toOutcome(m_form == Form::All);
}

} // namespace castdeck::auth
