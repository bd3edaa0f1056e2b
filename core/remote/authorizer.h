#pragma once

#include "core/base/result.h"
#include "core/remote/pusher_endpoint.h"

#include <functional>
#include <optional>
#include <string>

namespace castdeck::remote {

/// What an authorization endpoint answers for a channel.
struct ChannelAuth {
    std::string auth; ///< "KEY:HEX"
    std::optional<std::string> channelData;
};

struct UserAuth {
    std::string auth;
    std::string userData;
};

/// Asks whether this socket may join this channel; the answer comes through `done`, at once or later. An error's
/// detail is shown to people.
using ChannelAuthorizer = std::function<void(const std::string& socketId, const std::string& channel,
                                             std::function<void(Result<ChannelAuth>)> done)>;
using UserAuthorizer = std::function<void(const std::string& socketId, std::function<void(Result<UserAuth>)> done)>;

/// Who one is in presence channels.
struct Member {
    std::string id;
    std::string infoJson = "{}";
};

/// Signs with the endpoint's own secret: for whoever owns the application.
ChannelAuthorizer localChannelAuthorizer(const PusherEndpoint& endpoint, Member member);
UserAuthorizer localUserAuthorizer(const PusherEndpoint& endpoint, Member member);

} // namespace castdeck::remote
