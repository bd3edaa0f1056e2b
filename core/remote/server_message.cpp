#include "core/remote/server_message.h"

#include "core/base/ascii.h"
#include "core/base/json.h"

namespace castdeck::remote {

namespace {

std::string textOf(const json::Value& value)
{
    return value.is(json::Kind::String) ? value.text() : std::string{value.raw()};
}

/// Payloads may be nested deeper than what we publish ourselves.
constexpr int maxDepth = 512;

} // namespace

Result<ServerMessage> ServerMessage::parse(std::string_view text)
{
    const auto document = json::Value::parse(text, maxDepth);
    if (!document)
        return document.error();
    const auto event = document->is(json::Kind::Object) ? document->find("event") : std::nullopt;
    if (!event || !event->is(json::Kind::String))
        return Error{ErrorKind::InvalidInput, "the message is not a JSON object with an event"};
    ServerMessage message;
    message.event = event->text();
    if (const auto channel = document->find("channel"); channel && channel->is(json::Kind::String))
        message.channel = channel->text();
    const auto data = document->find("data");
    message.data = data && !data->is(json::Kind::Null) ? textOf(*data) : "{}";
    if (const auto userId = document->find("user_id"); userId && !userId->is(json::Kind::Null))
        message.userId = textOf(*userId);
    return message;
}

std::optional<std::string> ServerMessage::dataMember(std::string_view name) const
{
    const auto document = json::Value::parse(data, maxDepth);
    if (!document || !document->is(json::Kind::Object))
        return std::nullopt;
    const auto member = document->find(name);
    if (!member || member->is(json::Kind::Null))
        return std::nullopt;
    return textOf(*member);
}

ServerError ServerError::from(const ServerMessage& message)
{
    ServerError error;
    error.text = message.dataMember("message").value_or(message.data);
    const auto code = parseNumber(message.dataMember("code").value_or(""), 65'535);
    error.code = code ? static_cast<int>(*code) : 0;
    return error;
}

} // namespace castdeck::remote
