#include "core/auth/text_template.h"

#include <algorithm>

namespace castdeck::auth {

namespace {

/// Letters, digits and `_ - .`, starting with a letter or `_`: `{2,4}` and `{"a":1}` are no placeholders.
bool looksLikeName(std::string_view text)
{
    std::string withoutDots{text};
    std::erase(withoutDots, '.');
    return !text.empty() && text.front() != '.' && isParameterName(withoutDots);
}

std::optional<ValueName> valueNamed(std::string_view name, const std::vector<std::string>& parameterNames)
{
    if (std::ranges::find(parameterNames, name) != parameterNames.end())
        return ValueName::parameter(name);
    auto value = ValueName::parse(name);
    const bool isKnown = value && (value->parameterName().empty() ||
                                   std::ranges::find(parameterNames, value->parameterName()) != parameterNames.end());
    return isKnown ? std::optional{std::move(*value)} : std::nullopt;
}

std::optional<std::string_view> textOf(const Value& value)
{
    return value.form == Value::Form::Text ? std::optional{value.text} : std::nullopt;
}

std::string textOrList(const Value& value)
{
    std::string text{value.text};
    for (std::size_t i = 0; i < value.list.size(); ++i)
        text += (i == 0 ? "" : ",") + value.list[i];
    return text;
}

} // namespace

Result<TextTemplate> TextTemplate::parse(std::string_view text, const std::vector<std::string>& parameterNames,
                                         UnknownName unknown)
{
    TextTemplate result;
    result.m_source = text;
    std::string literal;
    while (!text.empty()) {
        const std::size_t close = text.front() == '{' ? text.find('}') : std::string_view::npos;
        const std::string_view name = close == std::string_view::npos ? std::string_view{} : text.substr(1, close - 1);
        auto value = looksLikeName(name) ? valueNamed(name, parameterNames) : std::nullopt;
        if (!value && looksLikeName(name) && unknown == UnknownName::Refused)
            return Error{ErrorKind::InvalidInput,
                         "names {" + std::string{name} +
                             "}, but the pattern has no such parameter and no value is called so"};
        if (!value) {
            literal += text.front();
            text.remove_prefix(1);
            continue;
        }
        if (!literal.empty())
            result.m_parts.emplace_back(std::exchange(literal, {}));
        result.m_parts.emplace_back(std::move(*value));
        result.m_hasPlaceholders = true;
        text.remove_prefix(close + 1);
    }
    if (!literal.empty())
        result.m_parts.emplace_back(std::move(literal));
    return result;
}

template <class Render> std::optional<std::string> TextTemplate::filledWith(const Subject& subject, Render render) const
{
    std::string text;
    for (const auto& part : m_parts) {
        if (const auto* const literal = std::get_if<std::string>(&part)) {
            text += *literal;
            continue;
        }
        const auto rendered = render(std::get<ValueName>(part).in(subject));
        if (!rendered)
            return std::nullopt;
        text += *rendered;
    }
    return text;
}

std::optional<std::string> TextTemplate::filled(const Subject& subject) const
{
    return filledWith(subject, textOf);
}

std::string TextTemplate::filledLeniently(const Subject& subject) const
{
    return *filledWith(subject, [](const Value& value) { return std::optional{textOrList(value)}; });
}

std::optional<std::string> TextTemplate::filledAsExpression(const Subject& subject) const
{
    return filledWith(subject, [](const Value& value) {
        const auto text = textOf(value);
        return text ? std::optional{Regex::escaped(*text)} : std::nullopt;
    });
}

bool TextTemplate::isSecret() const
{
    return std::ranges::any_of(m_parts, [](const auto& part) {
        const auto* const value = std::get_if<ValueName>(&part);
        return value != nullptr && value->isSecret();
    });
}

} // namespace castdeck::auth
