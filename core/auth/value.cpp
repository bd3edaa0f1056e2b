#include "core/auth/value.h"

#include "core/auth/channel_kind.h"
#include "core/base/secret_name.h"

#include <algorithm>
#include <utility>

namespace castdeck::auth {

namespace {

Value textValue(std::string_view text)
{
    return {Value::Form::Text, text, {}};
}

Value optionalText(const std::string* text)
{
    return text == nullptr ? Value{} : textValue(*text);
}

Value textUnlessEmpty(std::string_view text)
{
    return text.empty() ? Value{} : textValue(text);
}

} // namespace

Result<ValueName> ValueName::parse(std::string_view text)
{
    static constexpr std::pair<std::string_view, Field> plain[]{
        {"actor", Field::ActorId},
        {"actor.id", Field::ActorId},
        {"actor.name", Field::ActorName},
        {"actor.role", Field::ActorRole},
        {"actor.roles", Field::ActorRoles},
        {"channel", Field::Channel},
        {"channel.bare", Field::ChannelBare},
        {"channel.kind", Field::ChannelKind},
        {"socket_id", Field::SocketId},
        {"remote.ip", Field::RemoteIp},
        {"path", Field::Path},
        {"method", Field::Method},
    };
    static constexpr std::pair<std::string_view, Field> withKey[]{
        {"actor.attr.", Field::ActorAttribute},
        {"header.", Field::Header},
        {"query.", Field::Query},
        {"form.", Field::Form},
        {"param.", Field::Parameter},
    };
    for (const auto& [name, field] : plain) {
        if (text == name)
            return ValueName{field, {}, std::string{text}};
    }
    for (const auto& [prefix, field] : withKey) {
        if (text.starts_with(prefix) && text.size() > prefix.size())
            return ValueName{field, std::string{text.substr(prefix.size())}, std::string{text}};
    }
    return Error{ErrorKind::InvalidInput,
                 "is no known value; there are actor, actor.id, actor.name, actor.role, actor.roles, actor.attr.KEY, "
                 "header.NAME, query.KEY, form.KEY, param.NAME, channel, channel.bare, channel.kind, socket_id, "
                 "remote.ip, path and method"};
}

ValueName ValueName::parameter(std::string_view name)
{
    return ValueName{Field::Parameter, std::string{name}, "param." + std::string{name}};
}

Value ValueName::in(const Subject& subject) const
{
    switch (m_field) {
    case Field::ActorId:
    case Field::ActorName:
    case Field::ActorRole:
    case Field::ActorRoles:
    case Field::ActorAttribute: return subject.actor == nullptr ? Value{} : ofActor(*subject.actor);
    case Field::Header: return optionalText(http::find(subject.request.headers, m_key));
    case Field::Query: return optionalText(pusher::find(subject.request.query, m_key));
    case Field::Form: return optionalText(pusher::find(subject.request.form, m_key));
    case Field::Parameter: return optionalText(pusher::find(subject.parameters, m_key));
    case Field::Channel:
    case Field::ChannelBare:
    case Field::ChannelKind: return subject.channel.empty() ? Value{} : ofChannel(subject.channel);
    case Field::SocketId: return subject.request.socketId ? textValue(*subject.request.socketId) : Value{};
    case Field::RemoteIp: return textUnlessEmpty(subject.request.remoteIp);
    case Field::Path: return textUnlessEmpty(subject.request.path);
    case Field::Method: return textUnlessEmpty(subject.request.method);
    }
    return {};
}

Value ValueName::ofActor(const Actor& actor) const
{
    switch (m_field) {
    case Field::ActorId: return textValue(actor.id);
    case Field::ActorName: return textUnlessEmpty(actor.name);
    case Field::ActorRole: return actor.roles.empty() ? Value{} : textValue(actor.roles.front());
    case Field::ActorRoles: return {Value::Form::List, {}, actor.roles};
    default: break;
    }
    const auto found = actor.attributes.find(m_key);
    if (found == actor.attributes.end())
        return {};
    const Actor::Attribute& attribute = found->second;
    return attribute.isList ? Value{Value::Form::List, {}, attribute.texts} : textValue(attribute.texts.front());
}

Value ValueName::ofChannel(std::string_view channel) const
{
    switch (m_field) {
    case Field::ChannelBare: return textValue(bareName(channel));
    case Field::ChannelKind: return textValue(toText(kindOf(channel)));
    default: return textValue(channel);
    }
}

std::string_view ValueName::parameterName() const
{
    return m_field == Field::Parameter ? std::string_view{m_key} : std::string_view{};
}

bool ValueName::isOfHandshake() const noexcept
{
    return m_field == Field::Header || m_field == Field::Query || m_field == Field::RemoteIp || m_field == Field::Path;
}

bool ValueName::isSecret() const
{
    return m_field == Field::Header || m_field == Field::Query || m_field == Field::Form ||
           (m_field == Field::ActorAttribute && isSecretName(m_key));
}

} // namespace castdeck::auth
