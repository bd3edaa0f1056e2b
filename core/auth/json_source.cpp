#include "core/auth/json_source.h"

namespace castdeck::auth {

namespace {

std::string_view described(const OrderedJson& value)
{
    switch (value.type()) {
    case OrderedJson::value_t::object: return "an object";
    case OrderedJson::value_t::array: return "a list";
    case OrderedJson::value_t::string: return "text in quotes";
    case OrderedJson::value_t::boolean: return "true or false";
    case OrderedJson::value_t::null: return "null";
    default: return "a number";
    }
}

} // namespace

std::string toText(const JsonPath& path)
{
    std::string text;
    for (const auto& part : path) {
        if (const auto* const index = std::get_if<std::size_t>(&part))
            text += "[" + std::to_string(*index) + "]";
        else
            text += (text.empty() ? "" : ".") + std::get<std::string>(part);
    }
    return text;
}

void JsonSource::error(std::string message) const
{
    m_problems->push_back({Problem::Severity::Error, m_path, std::move(message)});
}

void JsonSource::warning(std::string message) const
{
    m_problems->push_back({Problem::Severity::Warning, m_path, std::move(message)});
}

void JsonSource::wrongType(std::string_view wanted) const
{
    error("must be " + std::string{wanted} + ", not " + std::string{described(*m_value)});
}

JsonSource JsonSource::step(const OrderedJson& value, JsonPath::value_type part) const
{
    JsonSource next{*this};
    next.m_value = &value;
    next.m_path.push_back(std::move(part));
    return next;
}

JsonSource JsonSource::at(std::size_t index) const
{
    return step((*m_value)[index], index);
}

std::optional<JsonSource> JsonSource::member(std::string_view key) const
{
    const auto found = m_value->find(key);
    if (found == m_value->end())
        return std::nullopt;
    return step(*found, std::string{key});
}

void JsonSource::warnOfOthers(const std::set<std::string_view>& known) const
{
    for (const auto& [key, value] : m_value->items()) {
        if (!known.contains(key))
            step(value, key).warning(std::string{unknownKey});
    }
}

std::optional<std::string> JsonSource::text() const
{
    if (m_value->is_string())
        return m_value->get<std::string>();
    wrongType("text in quotes");
    return std::nullopt;
}

std::optional<std::string> JsonSource::scalarText() const
{
    if (m_value->is_string())
        return m_value->get<std::string>();
    if (m_value->is_number_integer() || m_value->is_boolean())
        return m_value->dump();
    wrongType("text in quotes, a whole number, true or false");
    return std::nullopt;
}

std::optional<bool> JsonSource::boolean() const
{
    if (m_value->is_boolean())
        return m_value->get<bool>();
    if (*m_value == "true" || *m_value == "false")
        return *m_value == "true";
    wrongType("true or false");
    return std::nullopt;
}

std::optional<std::vector<std::string>> JsonSource::texts() const
{
    if (!m_value->is_array()) {
        wrongType("a list of texts");
        return std::nullopt;
    }
    std::vector<std::string> result;
    for (std::size_t i = 0; i < m_value->size(); ++i) {
        auto element = at(i).text();
        if (!element)
            return std::nullopt;
        result.push_back(std::move(*element));
    }
    return result;
}

bool JsonSource::isObject() const
{
    if (!m_value->is_object())
        wrongType("an object");
    return m_value->is_object();
}

} // namespace castdeck::auth
