#include "core/remote/authorizer.h"

#include "core/base/json.h"
#include "core/pusher/channel_name.h"
#include "core/pusher/signature.h"

namespace castdeck::remote {

namespace {

std::string identity(std::string_view idKey, const Member& member)
{
    return "{\"" + std::string{idKey} + "\":" + json::toString(member.id) + ",\"user_info\":" + member.infoJson + "}";
}

} // namespace

ChannelAuthorizer localChannelAuthorizer(const PusherEndpoint& endpoint, Member member)
{
    return [signer = pusher::Signer{endpoint.key, endpoint.secret},
            member = std::move(member)](const std::string& socketId, const std::string& channel,
                                        const std::function<void(Result<ChannelAuth>)>& done) {
        const auto name = pusher::ChannelName::parse(channel);
        if (!name)
            return done(name.error());
        ChannelAuth auth;
        if (name->isPresence())
            auth.channelData = identity("user_id", member);
        auth.auth = signer.channelAuth(socketId, channel, auth.channelData);
        done(std::move(auth));
    };
}

UserAuthorizer localUserAuthorizer(const PusherEndpoint& endpoint, Member member)
{
    return [signer = pusher::Signer{endpoint.key, endpoint.secret},
            member = std::move(member)](const std::string& socketId, const auto& done) {
        UserAuth auth;
        auth.userData = identity("id", member);
        auth.auth = signer.userAuth(socketId, auth.userData);
        done(std::move(auth));
    };
}

} // namespace castdeck::remote
