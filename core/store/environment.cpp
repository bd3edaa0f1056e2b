#include "core/store/environment.h"

#include <algorithm>

#include <unistd.h>

namespace castdeck::store {

namespace {

constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool isVariableName(std::string_view name)
{
    const auto isNameCharacter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    return !name.empty() && !(name.front() >= '0' && name.front() <= '9') && std::ranges::all_of(name, isNameCharacter);
}

constexpr int maxNesting = 8;

/// The brace that closes the placeholder at `start`, whose fallback may hold others; the first one when they do not
/// match.
std::size_t endOfPlaceholder(std::string_view text, std::size_t start)
{
    int open = 0;
    for (std::size_t i = start; i < text.size() && open <= maxNesting; ++i) {
        if (text.substr(i, 2) == "${")
            ++open;
        else if (text[i] == '}' && --open == 0)
            return i;
    }
    return text.find('}', start);
}

void append(Expansion& result, const Expansion& more)
{
    result.text += more.text;
    result.used.insert(result.used.end(), more.used.begin(), more.used.end());
    result.missing.insert(result.missing.end(), more.missing.begin(), more.missing.end());
}

/// The text between the quotes, or up to a ` #` comment.
std::string_view unquoted(std::string_view value)
{
    if (!value.empty() && (value.front() == '"' || value.front() == '\'')) {
        const std::size_t end = value.find(value.front(), 1);
        if (end != std::string_view::npos)
            return value.substr(1, end - 1);
    }
    return trimmed(value.substr(0, value.find(" #")));
}

} // namespace

Environment::Environment(const std::map<std::string, std::string>& variables)
{
    for (const auto& [name, value] : variables)
        m_variables.emplace(name, Variable{value, Origin::Process});
}

Environment Environment::ofProcess()
{
    Environment environment;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text{*entry};
        const std::size_t equals = text.find('=');
        if (equals != std::string_view::npos)
            environment.m_variables.emplace(text.substr(0, equals),
                                            Variable{std::string{text.substr(equals + 1)}, Origin::Process});
    }
    return environment;
}

std::vector<Problem> Environment::addDotEnv(std::string_view text)
{
    std::vector<Problem> problems;
    std::size_t number = 0;
    while (!text.empty()) {
        ++number;
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line.front() == '#')
            continue;
        if (line.starts_with("export "))
            line = trimmed(line.substr(7));
        const std::size_t equals = line.find('=');
        const std::string_view name = trimmed(line.substr(0, equals));
        if (equals == std::string_view::npos || !isVariableName(name)) {
            problems.push_back({Severity::Warning, ".env", {number, 1}, "not a KEY=value line; it is ignored"});
            continue;
        }
        if (!find(name)) {
            const std::string_view value = unquoted(trimmed(line.substr(equals + 1)));
            m_variables.insert_or_assign(std::string{name}, Variable{std::string{value}, Origin::DotEnv});
        }
    }
    return problems;
}

std::optional<Environment::Variable> Environment::find(std::string_view name) const
{
    const auto it = m_variables.find(name);
    if (it == m_variables.end() || it->second.value.empty())
        return std::nullopt;
    return it->second;
}

std::optional<std::string> Environment::value(std::string_view name) const
{
    auto variable = find(name);
    return variable ? std::optional{std::move(variable->value)} : std::nullopt;
}

bool hasPlaceholder(std::string_view text)
{
    return text.find("${") != std::string_view::npos;
}

Expansion expand(std::string_view text, const Environment& environment)
{
    Expansion result;
    while (true) {
        const std::size_t start = text.find("${");
        const std::size_t end = start == std::string_view::npos ? start : endOfPlaceholder(text, start);
        if (end == std::string_view::npos)
            break;
        const std::string_view inner = text.substr(start + 2, end - start - 2);
        const std::size_t fallback = inner.find(":-");
        const std::string_view name = inner.substr(0, fallback);
        result.text += text.substr(0, start);
        if (!isVariableName(name)) {
            result.text += text.substr(start, end - start + 1); // Not ours: `${}` or `${a b}` stays as it is.
        } else if (const auto value = environment.value(name)) {
            result.text += *value;
            result.used.emplace_back(name);
        } else if (fallback != std::string_view::npos) {
            append(result, expand(inner.substr(fallback + 2), environment));
        } else {
            result.missing.emplace_back(name);
        }
        text.remove_prefix(end + 1);
    }
    result.text += text;
    return result;
}

} // namespace castdeck::store
