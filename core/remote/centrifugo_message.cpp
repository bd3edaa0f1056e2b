#include "core/remote/centrifugo_message.h"

#include "core/base/ascii.h"
#include "core/base/json.h"

#include <algorithm>
#include <limits>

namespace castdeck::remote::centrifugo {

namespace {

constexpr int maxDepth = 512;
constexpr std::uint64_t maxPingSeconds = 86'400;

std::optional<json::Value> memberOf(const json::Value& object, std::string_view name, json::Kind kind)
{
    auto value = object.find(name);
    return value && value->is(kind) ? value : std::nullopt;
}

std::string textIn(const json::Value& object, std::string_view name)
{
    const auto value = memberOf(object, name, json::Kind::String);
    return value ? value->text() : std::string{};
}

std::string jsonIn(const json::Value& object, std::string_view name)
{
    const auto value = object.find(name);
    return value ? std::string{value->raw()} : std::string{};
}

std::optional<std::uint64_t> numberIn(const json::Value& object, std::string_view name,
                                      std::uint64_t maximum = std::numeric_limits<std::uint64_t>::max())
{
    const auto value = memberOf(object, name, json::Kind::Number);
    return value ? parseNumber(value->raw(), maximum) : std::nullopt;
}

int codeIn(const json::Value& object)
{
    return static_cast<int>(numberIn(object, "code", std::numeric_limits<int>::max()).value_or(0));
}

bool isTrueIn(const json::Value& object, std::string_view name)
{
    return memberOf(object, name, json::Kind::True).has_value();
}

ClientInfo clientInfo(const json::Value& info)
{
    return {textIn(info, "user"), textIn(info, "client"), jsonIn(info, "conn_info"), jsonIn(info, "chan_info")};
}

Connected connected(const json::Value& answer)
{
    Connected result{.client = textIn(answer, "client"),
                     .version = textIn(answer, "version"),
                     .ping = std::chrono::seconds{numberIn(answer, "ping", maxPingSeconds).value_or(0)},
                     .wantsPong = isTrueIn(answer, "pong"),
                     .channels = {}};
    if (const auto channels = memberOf(answer, "subs", json::Kind::Object)) {
        for (const json::Member& channel : channels->members())
            result.channels.push_back(channel.key.text());
    }
    return result;
}

Reply reply(std::uint64_t id, const json::Value& message)
{
    if (const auto error = memberOf(message, "error", json::Kind::Object))
        return {id, Refused{codeIn(*error), textIn(*error, "message"), isTrueIn(*error, "temporary")}};
    if (const auto answer = memberOf(message, "connect", json::Kind::Object))
        return {id, connected(*answer)};
    return {id, Done{}};
}

Publication publication(std::string channel, const json::Value& content)
{
    Publication result{.channel = std::move(channel),
                       .data = jsonIn(content, "data"),
                       .offset = numberIn(content, "offset"),
                       .tags = {},
                       .publisher = {}};
    if (const auto tags = memberOf(content, "tags", json::Kind::Object)) {
        for (const json::Member& tag : tags->members()) {
            if (tag.value.is(json::Kind::String))
                result.tags.emplace_back(tag.key.text(), tag.value.text());
        }
    }
    if (const auto info = memberOf(content, "info", json::Kind::Object))
        result.publisher = clientInfo(*info);
    return result;
}

ClientInfo infoIn(const json::Value& content)
{
    const auto info = memberOf(content, "info", json::Kind::Object);
    return info ? clientInfo(*info) : ClientInfo{};
}

std::optional<Message> push(const json::Value& message)
{
    std::string channel = textIn(message, "channel");
    if (const auto content = memberOf(message, "pub", json::Kind::Object))
        return publication(std::move(channel), *content);
    if (const auto content = memberOf(message, "join", json::Kind::Object))
        return Joined{std::move(channel), infoIn(*content)};
    if (const auto content = memberOf(message, "leave", json::Kind::Object))
        return Left{std::move(channel), infoIn(*content)};
    if (memberOf(message, "subscribe", json::Kind::Object))
        return Subscribed{std::move(channel)};
    if (const auto content = memberOf(message, "unsubscribe", json::Kind::Object))
        return Unsubscribed{std::move(channel), codeIn(*content), textIn(*content, "reason")};
    return std::nullopt;
}

std::optional<Message> parseLine(std::string_view line)
{
    const auto message = json::Value::parse(line, maxDepth);
    if (!message || !message->is(json::Kind::Object))
        return std::nullopt;
    if (message->members().empty())
        return Ping{};
    if (const auto content = memberOf(*message, "push", json::Kind::Object))
        return push(*content);
    const auto id = numberIn(*message, "id");
    return id ? std::optional<Message>{reply(*id, *message)} : std::nullopt;
}

} // namespace

std::vector<Message> parseFrame(std::string_view frame)
{
    std::vector<Message> messages;
    while (!frame.empty()) {
        const std::size_t end = std::min(frame.find('\n'), frame.size());
        if (auto message = parseLine(frame.substr(0, end)))
            messages.push_back(std::move(*message));
        frame.remove_prefix(std::min(end + 1, frame.size()));
    }
    return messages;
}

} // namespace castdeck::remote::centrifugo
