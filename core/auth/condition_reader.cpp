#include "core/auth/rule_reader.h"

#include <array>

namespace castdeck::auth {

namespace {

constexpr std::array<std::string_view, 4> forms{"all", "any", "not", "value"};

/// Reads one condition with all that is inside it.
class ConditionReader {
public:
    explicit ConditionReader(const std::vector<std::string>& parameterNames) : m_parameterNames{parameterNames} {}

    std::optional<Condition> read(const JsonSource& source, int depth = 1) const
    {
        if (source.value().is_boolean())
            return Condition::constant(source.value().get<bool>());
        if (depth > Condition::maxDepth) {
            source.error("has too many conditions inside each other");
            return std::nullopt;
        }
        const auto form = formOf(source);
        if (!form)
            return std::nullopt;
        if (*form == "value")
            return comparison(source);
        source.warnOfOthers({*form});
        const JsonSource inner = *source.member(*form);
        if (*form == "not") {
            auto part = read(inner, depth + 1);
            return part ? std::optional{Condition::negation(std::move(*part))} : std::nullopt;
        }
        auto parts = list(inner, depth);
        if (!parts)
            return std::nullopt;
        return *form == "all" ? Condition::all(std::move(*parts)) : Condition::any(std::move(*parts));
    }

private:
    static std::optional<std::string_view> formOf(const JsonSource& source)
    {
        std::optional<std::string_view> found;
        for (const std::string_view form : forms) {
            if (!source.value().is_object() || !source.value().contains(form))
                continue;
            if (found) {
                source.error("has both \"" + std::string{*found} + "\" and \"" + std::string{form} +
                             "\"; put one inside the other, or both into \"all\"");
                return std::nullopt;
            }
            found = form;
        }
        if (!found)
            source.error("must be true, false or an object with \"all\", \"any\", \"not\" or \"value\"");
        return found;
    }

    std::optional<std::vector<Condition>> list(const JsonSource& source, int depth) const
    {
        if (!source.value().is_array()) {
            source.wrongType("a list of conditions");
            return std::nullopt;
        }
        std::vector<Condition> parts;
        for (std::size_t i = 0; i < source.value().size(); ++i) {
            if (auto part = read(source.at(i), depth + 1))
                parts.push_back(std::move(*part));
        }
        return parts.size() == source.value().size() ? std::optional{std::move(parts)} : std::nullopt;
    }

    std::optional<Condition> comparison(const JsonSource& source) const
    {
        source.warnOfOthers({"value", "is", "to"});
        const auto value = valueName(*source.member("value"));
        const auto op = operatorOf(source);
        if (!value || !op)
            return std::nullopt;
        auto to = wanted(source, *value, *op);
        if (!to)
            return std::nullopt;
        auto condition = Condition::compare(*value, *op, std::move(*to));
        if (condition)
            return std::move(*condition);
        source.member("to")->error(condition.error().detail);
        return std::nullopt;
    }

    std::optional<ValueName> valueName(const JsonSource& source) const
    {
        const auto text = source.text();
        if (!text)
            return std::nullopt;
        auto name = ValueName::parse(*text);
        if (!name) {
            source.error(name.error().detail);
            return std::nullopt;
        }
        const std::string parameter{name->parameterName()};
        if (!parameter.empty() && std::ranges::find(m_parameterNames, parameter) == m_parameterNames.end()) {
            source.error("the pattern has no parameter of this name");
            return std::nullopt;
        }
        return std::move(*name);
    }

    static std::optional<Operator> operatorOf(const JsonSource& source)
    {
        const auto word = source.member("is");
        if (!word) {
            source.error("needs \"is\": how to compare");
            return std::nullopt;
        }
        const auto text = word->text();
        const auto op = text ? operatorFromText(*text) : std::nullopt;
        if (text && !op)
            word->error("must be one of equals, not-equals, in, contains, starts-with, matches, exists, missing");
        return op;
    }

    std::optional<std::vector<TextTemplate>> wanted(const JsonSource& source, const ValueName& value, Operator op) const
    {
        const auto to = source.member("to");
        const bool takesNone = op == Operator::Exists || op == Operator::Missing;
        if (takesNone == to.has_value()) {
            source.error(takesNone ? "takes no \"to\": it is only asked whether the value is there"
                                   : "needs \"to\": what to compare with");
            return std::nullopt;
        }
        if (takesNone)
            return std::vector<TextTemplate>{};
        if (op != Operator::In)
            return templates({*to}, value, op);
        if (!to->value().is_array()) {
            to->wrongType("a list, because \"in\" looks into one");
            return std::nullopt;
        }
        std::vector<JsonSource> elements;
        elements.reserve(to->value().size());
        for (std::size_t i = 0; i < to->value().size(); ++i)
            elements.push_back(to->at(i));
        return templates(elements, value, op);
    }

    std::optional<std::vector<TextTemplate>> templates(const std::vector<JsonSource>& sources, const ValueName& value,
                                                       Operator op) const
    {
        // A password may have braces, and so may a regular expression.
        const bool mayHaveBraces = op == Operator::Matches || value.isSecret();
        const auto unknown = mayHaveBraces ? TextTemplate::UnknownName::KeptAsText : TextTemplate::UnknownName::Refused;
        std::vector<TextTemplate> result;
        for (const JsonSource& source : sources) {
            const auto text = source.scalarText();
            if (!text)
                return std::nullopt;
            auto filled = TextTemplate::parse(*text, m_parameterNames, unknown);
            if (!filled) {
                source.error(filled.error().detail);
                return std::nullopt;
            }
            result.push_back(std::move(*filled));
        }
        return result;
    }

    const std::vector<std::string>& m_parameterNames;
};

} // namespace

std::optional<Condition> readCondition(const JsonSource& source, const std::vector<std::string>& parameterNames)
{
    return ConditionReader{parameterNames}.read(source);
}

} // namespace castdeck::auth
