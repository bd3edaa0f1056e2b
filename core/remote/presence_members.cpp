#include "core/remote/presence_members.h"

#include "core/base/json.h"

namespace castdeck::remote {

namespace {

std::optional<json::Value> member(std::string_view text, std::string_view name)
{
    const auto document = json::Value::parse(text);
    return document && document->is(json::Kind::Object) ? document->find(name) : std::nullopt;
}

/// Some servers send ids as numbers; they are texts everywhere else.
std::optional<std::string> idText(const std::optional<json::Value>& id)
{
    if (id && id->is(json::Kind::String))
        return id->text();
    return id && id->is(json::Kind::Number) ? std::optional{std::string{id->raw()}} : std::nullopt;
}

std::string infoText(const json::Value& info)
{
    return info.is(json::Kind::Null) ? "{}" : json::compact(info.raw());
}

} // namespace

PresenceMembers PresenceMembers::fromSnapshot(std::string_view data)
{
    PresenceMembers members;
    const auto presence = member(data, "presence");
    if (!presence || !presence->is(json::Kind::Object))
        return members;
    if (const auto ids = presence->find("ids"); ids && ids->is(json::Kind::Array)) {
        for (const json::Value& id : ids->elements()) {
            if (const auto text = idText(id))
                members.m_infoById.emplace(*text, "{}");
        }
    }
    if (const auto hash = presence->find("hash"); hash && hash->is(json::Kind::Object)) {
        for (const json::Member& entry : hash->members())
            members.m_infoById.insert_or_assign(entry.key.text(), infoText(entry.value));
    }
    return members;
}

std::optional<std::string> PresenceMembers::add(std::string_view data)
{
    const auto id = idText(member(data, "user_id"));
    const auto info = member(data, "user_info");
    if (id)
        m_infoById.insert_or_assign(*id, info ? infoText(*info) : "{}");
    return id;
}

std::optional<std::string> PresenceMembers::remove(std::string_view data)
{
    const auto id = idText(member(data, "user_id"));
    if (id)
        m_infoById.erase(*id);
    return id;
}

} // namespace castdeck::remote
