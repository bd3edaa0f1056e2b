#include "core/base/ascii.h"
#include "core/pusher/client_message.h"
#include "core/pusher/server_message.h"
#include "tests/fuzz/fuzz.h"

using namespace castdeck;
using namespace castdeck::pusher;
using fuzz::require;

namespace {

constexpr std::size_t maxUserIdCharacters = 128;

void checkReply(const std::string& reply)
{
    const auto value = json::Value::parse(reply, json::defaultMaxDepth + 8);
    require(value && value->is(json::Kind::Object));
    require(value->find("event").has_value() && value->find("data").has_value());
}

void checkMember(std::string_view channelData)
{
    const auto member = MemberData::parse(channelData, maxUserIdCharacters);
    if (!member)
        return;
    require(!member->userId.empty() && characterCount(member->userId) <= maxUserIdCharacters);
    require(!json::check(member->userInfo));
    const std::pair<std::string_view, std::string_view> members[]{{member->userId, member->userInfo}};
    checkReply(message::presenceSucceeded("presence-x", members));
    checkReply(message::memberAdded("presence-x", member->userId, member->userInfo));
    checkReply(message::memberRemoved("presence-x", member->userId));
}

void checkUser(std::string_view userData)
{
    const auto user = UserData::parse(userData, maxUserIdCharacters);
    if (!user)
        return;
    require(ChannelName::parse(std::string{serverToUserPrefix} + user->id)->userId() == user->id);
    require(!json::check(user->userInfo));
    checkReply(message::signinSuccess(userData));
    checkReply(message::watchlistEvents(user->watchlist, user->watchlist));
}

void checkCommand(const CommandData& command)
{
    const auto channel = command.text("channel");
    if (channel && *channel) {
        checkReply(message::subscriptionSucceeded(**channel));
        checkReply(message::subscriptionError(**channel, "AuthError", **channel, 401));
    }
    if (const auto channelData = command.text("channel_data"); channelData && *channelData)
        checkMember(**channelData);
    if (const auto userData = command.text("user_data"); userData && *userData)
        checkUser(**userData);
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text = fuzz::textOf(data, size);
    checkMember(text);
    checkUser(text);
    const auto parsed = ClientMessage::parse(text);
    if (!parsed)
        return 0;
    require(isValidUtf8(parsed->event));
    checkReply(message::error(std::nullopt, parsed->event));
    if (const auto command = CommandData::parse(parsed->data))
        checkCommand(*command);
    if (parsed->data) {
        const bool isString = parsed->data->is(json::Kind::String);
        const std::string literal = isString ? std::string{parsed->data->raw()} : json::toString(parsed->data->raw());
        checkReply(message::event(parsed->event, "private-x", literal, parsed->event));
    }
    return 0;
}
