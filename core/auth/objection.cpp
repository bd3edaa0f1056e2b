#include "core/auth/objection.h"

#include "core/base/ascii.h"
#include "core/pusher/channel_name.h"
#include "core/pusher/socket_id.h"

#include <algorithm>

namespace castdeck::auth {

namespace {

std::optional<AuthorizationStatus> objectionToCentrifugoName(const std::string& channel)
{
    constexpr std::size_t maxCharacters = 255;
    const bool isPrintable = std::ranges::all_of(channel, [](char c) { return c > ' ' && c < 0x7F; });
    if (!channel.empty() && channel.size() <= maxCharacters && isPrintable)
        return std::nullopt;
    return badChannel("a channel name has 1 to 255 ASCII characters and no blank");
}

} // namespace

std::optional<AuthorizationStatus> objectionTo(const AuthorizationRequest& request)
{
    if (!request.ambiguousField.empty())
        return AuthorizationStatus::of(Reason::Ambiguous,
                                       "refused: " + request.ambiguousField + " is given twice with different values");
    if (request.socketId && !pusher::SocketId::isWellFormed(*request.socketId))
        return AuthorizationStatus::of(Reason::BadSocketId, "refused: socket_id must be digits, a dot and digits");
    return std::nullopt;
}

AuthorizationStatus badChannel(const std::string& why)
{
    return AuthorizationStatus::of(Reason::BadChannel, "refused: " + why);
}

std::optional<AuthorizationStatus> objectionToName(const AuthorizationRequest& request, const std::string& channel,
                                                   std::size_t maxCharacters)
{
    if (request.nameRule == NameRule::Centrifugo)
        return objectionToCentrifugoName(channel);
    const auto name = pusher::ChannelName::parse(channel, maxCharacters);
    if (name)
        return name->isServerToUser() ? std::optional{badChannel("only its own user has such a channel")}
                                      : std::nullopt;
    // The detail repeats a character of the name, which need not be valid UTF-8.
    const std::string& why = name.error().detail;
    return badChannel(isValidUtf8(why) ? why : "the channel name is not valid UTF-8");
}

} // namespace castdeck::auth
