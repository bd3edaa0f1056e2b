#include "core/broadcast/options.h"

#include "core/base/ascii.h"
#include "core/base/secret_name.h"

#include <algorithm>

namespace castdeck::broadcast {

namespace {

/// What is shorter is no secret worth the name, and replacing it would make reports unreadable.
constexpr std::size_t shortestValue = 4;

/// Of "://user:PASSWORD@host/path?QUERY": the password, the query, and the values in it.
void collectFromAddress(const std::string& address, std::vector<std::string>& secrets)
{
    const std::size_t start = address.find("://");
    if (start == std::string::npos)
        return;
    const std::string authority = address.substr(start + 3, address.find_first_of("/?#", start + 3) - start - 3);
    if (const std::size_t at = authority.rfind('@'); at != std::string::npos) {
        const std::size_t colon = authority.find(':');
        secrets.push_back(colon < at ? authority.substr(colon + 1, at - colon - 1) : authority.substr(0, at));
    }
    const std::size_t query = address.find('?', start);
    if (query == std::string::npos)
        return;
    secrets.push_back(address.substr(query + 1));
    for (std::size_t equals = address.find('=', query); equals != std::string::npos;) {
        const std::size_t end = std::min(address.find('&', equals), address.size());
        if (end - equals > shortestValue)
            secrets.push_back(address.substr(equals + 1, end - equals - 1));
        equals = address.find('=', end);
    }
}

void collect(const json::Value& value, bool isSecret, std::vector<std::string>& secrets)
{
    if (value.is(json::Kind::Object)) {
        for (const json::Member& member : value.members())
            collect(member.value, isSecret || isSecretName(member.key.text()), secrets);
    } else if (value.is(json::Kind::Array)) {
        for (const json::Value& element : value.elements())
            collect(element, isSecret, secrets);
    } else if (value.is(json::Kind::String)) {
        const std::string text = value.text();
        if (!isSecret)
            return collectFromAddress(text, secrets);
        secrets.push_back(text);
        if (const std::size_t blank = text.find(' '); text.size() - std::min(blank, text.size()) > shortestValue)
            secrets.push_back(text.substr(blank + 1)); // "Bearer TOKEN"
    } else if (isSecret && value.is(json::Kind::Number)) {
        secrets.emplace_back(value.raw());
    }
}

} // namespace

void Options::set(std::string_view name, std::string json)
{
    const auto entry = std::ranges::find(m_entries, name, &Entry::first);
    if (entry == m_entries.end())
        m_entries.emplace_back(name, std::move(json));
    else
        entry->second = std::move(json);
}

std::optional<json::Value> Options::find(std::string_view path) const
{
    const std::size_t dot = std::min(path.find('.'), path.size());
    const auto entry = std::ranges::find(m_entries, path.substr(0, dot), &Entry::first);
    if (entry == m_entries.end())
        return std::nullopt;
    const auto parsed = json::Value::parse(entry->second);
    if (!parsed)
        return std::nullopt;
    std::optional<json::Value> value = *parsed;
    if (dot < path.size())
        value = value->is(json::Kind::Object) ? value->find(path.substr(dot + 1)) : std::nullopt;
    return value && value->is(json::Kind::Null) ? std::nullopt : value;
}

std::vector<std::string> secretsIn(const Options& options)
{
    std::vector<std::string> secrets;
    for (const auto& [name, text] : options.entries()) {
        if (const auto value = json::Value::parse(text))
            collect(*value, isSecretName(name), secrets);
    }
    std::erase(secrets, std::string{});
    std::ranges::stable_sort(secrets, std::ranges::greater{}, &std::string::size);
    return secrets;
}

std::optional<std::pair<std::string_view, json::Value>> OptionReader::first(Names names) const
{
    for (const std::string_view name : names) {
        if (const auto value = m_options.find(name))
            return std::pair{name, *value};
    }
    return std::nullopt;
}

std::string OptionReader::text(Names names, std::string_view fallback)
{
    const auto found = first(names);
    if (!found)
        return std::string{fallback};
    const auto& [name, value] = *found;
    if (value.is(json::Kind::String))
        return value.text();
    // An id written as a number is common and harmless.
    if (value.is(json::Kind::Number))
        return std::string{value.raw()};
    fail(name, "must be a text");
    return {};
}

std::string OptionReader::required(Names names)
{
    std::string value = text(names);
    if (value.empty())
        fail(*names.begin(), "is missing");
    return value;
}

std::string OptionReader::choice(std::string_view name, std::initializer_list<std::string_view> allowed)
{
    std::string value = text({name}, *allowed.begin());
    if (std::ranges::find(allowed, value) != allowed.end())
        return value;
    std::string rule = "must be one of";
    for (const std::string_view each : allowed)
        rule.append(" ").append(each);
    fail(name, rule);
    return std::string{*allowed.begin()};
}

std::uint64_t OptionReader::number(Names names, std::uint64_t minimum, std::uint64_t maximum, std::uint64_t fallback)
{
    const auto found = first(names);
    if (!found)
        return fallback;
    const auto& [name, value] = *found;
    const auto number = parseNumber(value.is(json::Kind::String) ? value.text() : std::string{value.raw()}, maximum);
    if (number && *number >= minimum)
        return *number;
    fail(name, "must be a whole number from " + std::to_string(minimum) + " to " + std::to_string(maximum));
    return fallback;
}

bool OptionReader::flag(std::string_view name, bool fallback)
{
    const auto value = m_options.find(name);
    if (!value)
        return fallback;
    const std::string text = value->is(json::Kind::String) ? value->text() : std::string{value->raw()};
    if (text != "true" && text != "false")
        fail(name, "must be true or false");
    return text == "true";
}

std::vector<Options::Entry> OptionReader::texts(std::string_view name)
{
    std::vector<Options::Entry> result;
    const auto value = m_options.find(name);
    if (!value)
        return result;
    if (!value->is(json::Kind::Object)) {
        fail(name, "must be an object of texts");
        return result;
    }
    for (const json::Member& member : value->members()) {
        if (member.value.is(json::Kind::String))
            result.emplace_back(member.key.text(), member.value.text());
        else
            fail(name, "must be an object of texts");
    }
    return result;
}

void OptionReader::fail(std::string_view name, std::string_view rule)
{
    if (!m_problem)
        m_problem = Error{ErrorKind::InvalidInput, "option \"" + std::string{name} + "\" " + std::string{rule}};
}

} // namespace castdeck::broadcast
