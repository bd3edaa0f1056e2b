#include "core/auth/settings_reader.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <set>

namespace castdeck::auth {

namespace {

std::optional<Actor::Attribute> readAttribute(const JsonSource& source)
{
    Actor::Attribute attribute;
    attribute.isList = source.value().is_array();
    const std::size_t count = attribute.isList ? source.value().size() : 1;
    for (std::size_t i = 0; i < count; ++i) {
        auto text = attribute.isList ? source.at(i).scalarText() : source.scalarText();
        if (!text)
            return std::nullopt;
        attribute.texts.push_back(std::move(*text));
    }
    return attribute;
}

void readAttributes(const JsonSource& source, Actor& actor)
{
    if (!source.isObject())
        return;
    for (const auto& [key, ignored] : source.value().items()) {
        if (auto attribute = readAttribute(*source.member(key)))
            actor.attributes.insert_or_assign(key, std::move(*attribute));
    }
}

void readRoles(const JsonSource& source, Actor& actor)
{
    if (const auto role = source.member("role")) {
        if (auto text = role->text())
            actor.roles.push_back(std::move(*text));
    }
    const auto roles = source.member("roles");
    auto texts = roles ? roles->texts() : std::nullopt;
    for (std::string& text : texts.value_or(std::vector<std::string>{})) {
        if (std::ranges::find(actor.roles, text) == actor.roles.end())
            actor.roles.push_back(std::move(text));
    }
}

void readText(const JsonSource& source, std::string_view key, std::string& value)
{
    if (const auto found = source.member(key))
        value = found->text().value_or("");
}

/// Source: Pusher docs, "Presence channels": a user id has at most 128 characters.
constexpr std::size_t maxIdCharacters = 128;

std::optional<Actor> readActor(const JsonSource& source)
{
    if (!source.isObject())
        return std::nullopt;
    source.warnOfOthers({"id", "name", "role", "roles", "attributes", "attr", "token"});
    Actor actor;
    if (const auto id = source.member("id"))
        actor.id = id->scalarText().value_or("");
    if (actor.id.empty() || characterCount(actor.id) > maxIdCharacters) {
        source.error("needs an \"id\" of 1 to 128 characters");
        return std::nullopt;
    }
    readText(source, "name", actor.name);
    readText(source, "token", actor.token);
    readRoles(source, actor);
    for (const std::string_view key : {"attributes", "attr"}) {
        if (const auto attributes = source.member(key))
            readAttributes(*attributes, actor);
    }
    return actor;
}

} // namespace

std::vector<Actor> readActors(const JsonSource& source)
{
    std::vector<Actor> actors;
    if (!source.value().is_array()) {
        source.wrongType("a list of actors");
        return actors;
    }
    std::set<std::string> ids;
    std::set<std::string> tokens;
    for (std::size_t i = 0; i < source.value().size(); ++i) {
        auto actor = readActor(source.at(i));
        if (!actor)
            continue;
        if (!ids.insert(actor->id).second)
            source.at(i).error("has the id of an actor before it");
        if (!actor->token.empty() && !tokens.insert(actor->token).second)
            source.at(i).error("has the token of an actor before it");
        actors.push_back(std::move(*actor));
    }
    return actors;
}

} // namespace castdeck::auth
