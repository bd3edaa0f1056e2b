#include "ui/models/matrix_channels.h"

#include "core/pusher/channel_name.h"

#include <algorithm>
#include <optional>

namespace castdeck::ui {

namespace {

/// The end of the part that begins with an opening bracket at `at`.
std::size_t closingOf(const std::string& text, std::size_t at, char open, char close)
{
    int depth = 0;
    for (std::size_t i = at; i < text.size(); ++i) {
        if (text[i] == open)
            ++depth;
        else if (text[i] == close && --depth == 0)
            return i;
    }
    return text.size();
}

/// The pattern with `value` in place of every parameter, and without its optional parts.
std::string filled(const std::string& pattern, const std::string& value)
{
    std::string name;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        switch (pattern[i]) {
        case '{':
            name += value;
            i = closingOf(pattern, i, '{', '}');
            break;
        case '[': i = closingOf(pattern, i, '[', ']'); break;
        case '*': name += "demo"; break;
        default: name += pattern[i];
        }
    }
    return name;
}

std::string withPrefix(const std::string& name, const auth::Rule& rule)
{
    if (auth::kindOf(name) != auth::Kind::Public)
        return name;
    const auth::Kind kind = rule.kinds.empty() ? auth::Kind::Private : rule.kinds.front();
    return std::string{auth::prefixOf(kind)} + name;
}

std::optional<std::string> exampleOf(const auth::Rule& rule, const std::vector<std::string>& values)
{
    for (const std::string& value : values) {
        const std::string name = filled(rule.pattern.text(), value);
        auth::Parameters parameters;
        const bool fits = rule.pattern.match(name, parameters) == auth::Regex::Outcome::Match;
        if (fits && pusher::ChannelName::parse(withPrefix(name, rule)))
            return withPrefix(name, rule);
    }
    return std::nullopt;
}

} // namespace

std::vector<std::string> suggestedChannels(const auth::AuthorizationConfig& config,
                                           const std::vector<std::string>& live,
                                           const std::vector<remote::Persona>& personas)
{
    std::vector<std::string> values;
    for (const remote::Persona& persona : personas) {
        if (!persona.isAnonymous)
            values.push_back(persona.id);
    }
    values.insert(values.end(), {"5", "42", "a", "demo", "2f1e0c5a-6d3b-4c1e-9a57-0b8d4e6f7a21", "2024-01-31"});
    std::vector<std::string> channels;
    const auto add = [&](const std::string& name) {
        if (channels.size() < maxSuggested && std::ranges::find(channels, name) == channels.end())
            channels.push_back(name);
    };
    for (const auth::Rule& rule : config.rules) {
        if (const auto example = exampleOf(rule, values))
            add(*example);
    }
    for (const std::string& name : live) {
        if (const auto parsed = pusher::ChannelName::parse(name); parsed && parsed->needsAuth())
            add(name);
    }
    if (channels.empty())
        channels = {"private-orders.5", "presence-room"};
    return channels;
}

} // namespace castdeck::ui
