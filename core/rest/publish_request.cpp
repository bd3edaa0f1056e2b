#include "core/rest/publish_request.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <optional>

namespace castdeck::rest {

namespace {

Error invalid(std::string detail)
{
    return {ErrorKind::InvalidInput, std::move(detail)};
}

/// The members that an event may have. Values are slices of the body, or of texts made from the query.
struct Fields {
    std::optional<json::Value> name, data, channel, channels, socketId, info;
};

Fields fieldsOf(const json::Value& object)
{
    Fields fields;
    for (const json::Member& member : object.members()) {
        if (member.value.is(json::Kind::Null))
            continue; // As good as absent.
        if (member.isNamed("name"))
            fields.name = member.value;
        else if (member.isNamed("data"))
            fields.data = member.value;
        else if (member.isNamed("channel"))
            fields.channel = member.value;
        else if (member.isNamed("channels"))
            fields.channels = member.value;
        else if (member.isNamed("socket_id"))
            fields.socketId = member.value;
        else if (member.isNamed("info"))
            fields.info = member.value;
    }
    return fields;
}

/// Parameters in the query instead of the body: an old form that the documentation still allows.
std::string bodyFromQuery(const pusher::QueryParameters& query)
{
    std::string members;
    std::string channels;
    const auto append = [](std::string& list, std::string_view text) {
        if (!list.empty())
            list.push_back(',');
        list.append(text);
    };
    for (const auto& [name, value] : query) {
        if (name == "name" || name == "data" || name == "channel" || name == "socket_id" || name == "info")
            append(members, json::toString(name) + ":" + json::toString(value));
        else if (name == "channels[]")
            append(channels, json::toString(value));
    }
    if (!channels.empty())
        append(members, R"("channels":[)" + channels + "]");
    return "{" + members + "}";
}

void fillFrom(Fields& fields, const Fields& fallback)
{
    const auto fill = [](std::optional<json::Value>& field, const std::optional<json::Value>& other) {
        if (!field)
            field = other;
    };
    fill(fields.name, fallback.name);
    fill(fields.data, fallback.data);
    if (!fields.channel && !fields.channels) {
        fields.channel = fallback.channel;
        fields.channels = fallback.channels;
    }
    fill(fields.socketId, fallback.socketId);
    fill(fields.info, fallback.info);
}

Result<std::string> eventName(const std::optional<json::Value>& name, const hub::AppLimits& limits)
{
    if (!name || !name->is(json::Kind::String))
        return invalid("name must be a string");
    std::string text = name->text();
    const std::size_t characters = characterCount(text);
    if (characters == 0 || characters > limits.maxEventNameCharacters)
        return invalid("name must have 1 to " + std::to_string(limits.maxEventNameCharacters) + " characters, it has " +
                       std::to_string(characters));
    return text;
}

Result<void> addChannel(std::vector<pusher::ChannelName>& channels, const json::Value& value,
                        const hub::AppLimits& limits)
{
    if (!value.is(json::Kind::String))
        return invalid("channels must hold strings only");
    auto name = pusher::ChannelName::parse(value.text(), limits.maxChannelNameCharacters);
    if (!name)
        return invalid("channels: " + name.error().detail);
    if (std::ranges::find(channels, name->text(), &pusher::ChannelName::text) == channels.end())
        channels.push_back(std::move(*name));
    return {};
}

Result<std::vector<pusher::ChannelName>> channelsOf(const Fields& fields, const hub::AppLimits& limits)
{
    std::vector<json::Value> values;
    if (fields.channels) {
        if (!fields.channels->is(json::Kind::Array))
            return invalid("channels must be a list of strings");
        values = fields.channels->elements();
    } else if (fields.channel) {
        values.push_back(*fields.channel);
    }
    if (values.empty() || values.size() > limits.maxChannelsPerPublish)
        return invalid("channels, or channel, must name 1 to " + std::to_string(limits.maxChannelsPerPublish) +
                       " channels; there are " + std::to_string(values.size()));
    std::vector<pusher::ChannelName> channels;
    for (const json::Value& value : values) {
        if (auto added = addChannel(channels, value, limits); !added)
            return added.error();
    }
    return channels;
}

Result<std::string> dataOf(const std::optional<json::Value>& data, const hub::AppLimits& limits)
{
    if (!data)
        return invalid("data must be a string");
    const bool isString = data->is(json::Kind::String);
    const std::string text = isString ? std::string{} : json::compact(data->raw());
    const std::size_t bytes = isString ? data->textBytes() : text.size();
    if (bytes > limits.maxEventDataBytes)
        return Error{ErrorKind::TooLarge, "data has " + std::to_string(bytes) + " bytes, at most " +
                                              std::to_string(limits.maxEventDataBytes) + " are allowed"};
    return isString ? std::string{data->raw()} : json::toString(text);
}

Result<PublishRequest> build(const Fields& fields, const hub::AppLimits& limits)
{
    auto name = eventName(fields.name, limits);
    if (!name)
        return name.error();
    auto channels = channelsOf(fields, limits);
    if (!channels)
        return channels.error();
    PublishRequest request;
    if (fields.socketId) {
        const std::string socketId = fields.socketId->is(json::Kind::String) ? fields.socketId->text() : std::string{};
        if (!pusher::SocketId::isWellFormed(socketId))
            return invalid("socket_id must be two numbers joined by a dot");
        request.publication.except = pusher::SocketId::parse(socketId);
    }
    if (fields.info) {
        const auto info = fields.info->is(json::Kind::String) ? WantedInfo::parse(fields.info->text())
                                                              : Result<WantedInfo>{invalid("info must be a string")};
        if (!info)
            return info.error();
        if (info->cache)
            return invalid("info: cache cannot be asked for when publishing");
        request.info = *info;
    }
    // Last, because the size of the payload is judged after all parameters.
    auto data = dataOf(fields.data, limits);
    if (!data)
        return data.error();
    request.publication.event = std::move(*name);
    request.publication.channels = std::move(*channels);
    request.publication.dataLiteral = std::move(*data);
    return request;
}

/// An event of a batch, which has one channel: the answer has one place for it.
Result<PublishRequest> buildItem(const json::Value& item, const hub::AppLimits& limits)
{
    if (!item.is(json::Kind::Object))
        return invalid("not an object");
    Fields fields = fieldsOf(item);
    fields.channels.reset();
    return build(fields, limits);
}

Result<json::Value> parseObject(std::string_view body)
{
    auto value = json::Value::parse(body);
    if (!value)
        return invalid("The body is not JSON: " + value.error().detail);
    if (!value->is(json::Kind::Object))
        return invalid("The body must be a JSON object");
    return value;
}

} // namespace

Result<WantedInfo> WantedInfo::parse(std::string_view list)
{
    WantedInfo info;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const std::string_view name = list.substr(0, comma);
        list.remove_prefix(std::min(comma + 1, list.size()));
        if (name == "user_count")
            info.userCount = true;
        else if (name == "subscription_count")
            info.subscriptionCount = true;
        else if (name == "cache")
            info.cache = true;
        else
            return invalid("info: unknown attribute; known are user_count, subscription_count and cache");
    }
    return info;
}

Result<PublishRequest> parseEvent(std::string_view body, const pusher::QueryParameters& query,
                                  const hub::AppLimits& limits)
{
    const std::string fromQuery = bodyFromQuery(query);
    const auto fallback = json::Value::parse(fromQuery);
    if (body.empty() && fromQuery.size() > 2 && fallback)
        return build(fieldsOf(*fallback), limits);
    const auto object = parseObject(body);
    if (!object)
        return object.error();
    Fields fields = fieldsOf(*object);
    if (fallback)
        fillFrom(fields, fieldsOf(*fallback));
    return build(fields, limits);
}

Result<std::vector<PublishRequest>> parseBatch(std::string_view body, const hub::AppLimits& limits)
{
    const auto object = parseObject(body);
    if (!object)
        return object.error();
    const auto batch = object->find("batch");
    if (!batch || !batch->is(json::Kind::Array))
        return invalid("batch must be a list of events");
    const auto items = batch->elements();
    if (items.empty() || items.size() > limits.maxBatchEvents)
        return invalid("batch must hold 1 to " + std::to_string(limits.maxBatchEvents) + " events, it has " +
                       std::to_string(items.size()));
    std::vector<PublishRequest> requests;
    std::optional<Error> tooLarge;
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto request = buildItem(items[i], limits);
        if (request) {
            requests.push_back(std::move(*request));
            continue;
        }
        Error error{request.error().kind, "batch[" + std::to_string(i) + "]: " + request.error().detail};
        if (error.kind != ErrorKind::TooLarge)
            return error;
        tooLarge = tooLarge ? tooLarge : error;
    }
    if (tooLarge)
        return *tooLarge;
    return requests;
}

} // namespace castdeck::rest
