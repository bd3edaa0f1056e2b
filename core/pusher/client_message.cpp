#include "core/pusher/client_message.h"

#include "core/base/ascii.h"
#include "core/pusher/channel_name.h"

namespace castdeck::pusher {

namespace {

Error invalid(std::string detail)
{
    return {ErrorKind::InvalidInput, std::move(detail)};
}

Result<json::Value> parseObject(std::string_view text, std::string_view what)
{
    auto value = json::Value::parse(text);
    if (!value)
        return invalid(std::string{what} + " is not JSON: " + value.error().detail);
    if (!value->is(json::Kind::Object))
        return invalid(std::string{what} + " is not a JSON object");
    return value;
}

std::string rawOrEmptyObject(const std::optional<json::Value>& value)
{
    return value && !value->is(json::Kind::Null) ? std::string{value->raw()} : std::string{"{}"};
}

Result<std::string> userIdOf(const std::optional<json::Value>& id, std::size_t maxCharacters)
{
    std::string text;
    if (id && id->is(json::Kind::String))
        text = id->text();
    else if (id && id->is(json::Kind::Number))
        text = std::string{id->raw()}; // The source text: an id above 2^53 must not pass through a double.
    if (text.empty())
        return invalid("channel_data needs a user_id that is a non-empty string or a number");
    if (characterCount(text) > maxCharacters)
        return invalid("user_id is longer than " + std::to_string(maxCharacters) + " characters");
    return text;
}

} // namespace

Result<ClientMessage> ClientMessage::parse(std::string_view text)
{
    const auto value = json::Value::parse(text);
    if (!value || !value->is(json::Kind::Object))
        return invalid("invalid message: expected a JSON object");
    ClientMessage message;
    std::optional<json::Value> event;
    for (const json::Member& member : value->members()) {
        if (member.isNamed("event"))
            event = member.value;
        else if (member.isNamed("channel"))
            message.channel = member.value;
        else if (member.isNamed("data"))
            message.data = member.value;
    }
    if (!event || !event->is(json::Kind::String))
        return invalid("invalid message: event must be a string");
    message.event = event->text();
    return message;
}

Result<CommandData> CommandData::parse(const std::optional<json::Value>& data)
{
    CommandData command;
    if (data && data->is(json::Kind::Object)) {
        command.m_raw = data->raw();
        return command;
    }
    if (data && data->is(json::Kind::String)) {
        command.m_decoded = data->text();
        command.m_isDecoded = true;
        if (const auto value = parseObject(command.m_decoded, "data"))
            return command;
    }
    return invalid("data must be an object");
}

std::optional<json::Value> CommandData::member(std::string_view name) const
{
    const auto object = json::Value::parse(m_isDecoded ? std::string_view{m_decoded} : m_raw);
    const auto found = object->find(name);
    return found && !found->is(json::Kind::Null) ? found : std::nullopt;
}

Result<std::optional<std::string>> CommandData::text(std::string_view name) const
{
    const auto value = member(name);
    if (!value)
        return std::optional<std::string>{};
    if (!value->is(json::Kind::String))
        return invalid("data." + std::string{name} + " must be a string");
    return std::optional{value->text()};
}

Result<MemberData> MemberData::parse(std::string_view channelData, std::size_t maxUserIdCharacters)
{
    const auto object = parseObject(channelData, "channel_data");
    if (!object)
        return object.error();
    auto userId = userIdOf(object->find("user_id"), maxUserIdCharacters);
    if (!userId)
        return userId.error();
    return MemberData{std::move(*userId), rawOrEmptyObject(object->find("user_info"))};
}

Result<UserData> UserData::parse(std::string_view userData, std::size_t maxUserIdCharacters)
{
    const auto object = parseObject(userData, "user_data");
    if (!object)
        return object.error();
    const auto id = object->find("id");
    if (!id || !id->is(json::Kind::String) || id->textBytes() == 0)
        return invalid("user_data needs an id that is a non-empty string");
    UserData user{id->text(), rawOrEmptyObject(object->find("user_info")), {}};
    // The id becomes part of a channel name, #server-to-user-<id>.
    if (characterCount(user.id) > maxUserIdCharacters || !ChannelName::parse(user.id, maxUserIdCharacters) ||
        user.id.starts_with(serverToUserPrefix))
        return invalid("the id in user_data must have at most " + std::to_string(maxUserIdCharacters) +
                       " characters of letters, digits and _ - = @ , . ;");
    const auto watchlist = object->find("watchlist");
    if (!watchlist || watchlist->is(json::Kind::Null))
        return user;
    if (!watchlist->is(json::Kind::Array))
        return invalid("watchlist in user_data must be an array of ids");
    for (const json::Value& entry : watchlist->elements()) {
        if (!entry.is(json::Kind::String))
            return invalid("watchlist in user_data must hold strings only");
        user.watchlist.push_back(entry.text());
    }
    return user;
}

} // namespace castdeck::pusher
