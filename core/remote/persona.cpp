#include "core/remote/persona.h"

#include "core/base/json.h"

namespace castdeck::remote {

namespace {

Error wrong(std::string why)
{
    return {ErrorKind::InvalidInput, std::move(why)};
}

std::string textOf(const json::Value& object, std::string_view name)
{
    const auto value = object.find(name);
    return value && value->is(json::Kind::String) ? value->text() : std::string{};
}

} // namespace

http::Headers Persona::requestHeaders() const
{
    http::Headers all = headers;
    if (!cookies.empty())
        all.push_back({"Cookie", cookies});
    return all;
}

std::string toJson(const Persona& persona)
{
    std::string text = "{\"id\":" + json::toString(persona.id) + ",\"name\":" + json::toString(persona.name);
    if (persona.isAnonymous)
        text += ",\"anonymous\":true";
    std::string roles;
    for (const std::string& role : persona.roles)
        roles += (roles.empty() ? "" : ",") + json::toString(role);
    text += ",\"roles\":[" + roles + "]";
    if (!persona.userInfo.empty() && !json::check(persona.userInfo))
        text += ",\"user_info\":" + persona.userInfo;
    if (!persona.color.empty())
        text += ",\"color\":" + json::toString(persona.color);
    std::string headers;
    for (const http::Header& header : persona.headers)
        headers += (headers.empty() ? "" : ",") + json::toString(header.name) + ":" + json::toString(header.value);
    if (!headers.empty())
        text += ",\"headers\":{" + headers + "}";
    if (!persona.cookies.empty())
        text += ",\"cookies\":" + json::toString(persona.cookies);
    return text + "}";
}

Result<Persona> personaFromJson(std::string_view text)
{
    const auto object = json::Value::parse(text);
    if (!object || !object->is(json::Kind::Object))
        return wrong("a persona is a JSON object");
    Persona persona;
    persona.id = textOf(*object, "id");
    persona.name = textOf(*object, "name");
    persona.color = textOf(*object, "color");
    persona.cookies = textOf(*object, "cookies");
    const auto anonymous = object->find("anonymous");
    persona.isAnonymous = anonymous && anonymous->is(json::Kind::True);
    if (persona.id.empty())
        return wrong("a persona needs an \"id\"");
    if (const auto roles = object->find("roles"); roles && roles->is(json::Kind::Array)) {
        for (const json::Value& role : roles->elements()) {
            if (!role.is(json::Kind::String))
                return wrong("the roles of \"" + persona.id + "\" must be texts");
            persona.roles.push_back(role.text());
        }
    }
    if (const auto info = object->find("user_info"))
        persona.userInfo = std::string{info->raw()};
    if (const auto headers = object->find("headers"); headers && headers->is(json::Kind::Object)) {
        for (const json::Member& header : headers->members()) {
            if (!header.value.is(json::Kind::String))
                return wrong("the headers of \"" + persona.id + "\" must be texts");
            persona.headers.push_back({header.key.text(), header.value.text()});
        }
    }
    return persona;
}

} // namespace castdeck::remote
