#include "ui/bridge/remote_requests.h"

#include "core/base/json.h"
#include "core/broadcast/drivers/pusher_answer.h"

#include <algorithm>

namespace castdeck::ui {

remote::ClientOptions clientOptionsOf(const Profile& profile, const remote::PusherEndpoint& endpoint,
                                      const remote::ClientTimes& times)
{
    // Who watches a presence channel is seen there by the others.
    const remote::Member member{.id = "castdeck", .infoJson = R"({"name":"Castdeck"})"};
    return {.url = endpoint.socketUrl(),
            .authorizeChannel = remote::localChannelAuthorizer(endpoint, member),
            .authorizeUser = {},
            .times = times,
            .pinnedCertificate = profile.pinnedCertificate,
            .origin = profile.origin};
}

broadcast::ConnectionsConfig connectionConfigOf(const remote::PusherEndpoint& endpoint, const std::string& secret)
{
    broadcast::Options options{{"driver", "\"pusher\""},
                               {"app_id", json::toString(endpoint.appId)},
                               {"client", json::toString(endpoint.key)},
                               {"secret", json::toString(secret)},
                               {"host", json::toString(endpoint.restHost)},
                               {"port", std::to_string(endpoint.port)},
                               {"ssl", endpoint.usesTls ? "true" : "false"}};
    if (!endpoint.pathPrefix.empty())
        options.set("path_prefix", json::toString(endpoint.pathPrefix));
    return {.environmentDefault = {},
            .defaultJson = json::toString(remoteConnectionName),
            .connections = {{.name = remoteConnectionName, .options = std::move(options)}}};
}

std::string publishBodyOf(const engine::PublishCommand& command, bool wantsCounts)
{
    std::string channels;
    for (const std::string& channel : command.channels)
        channels += (channels.empty() ? "" : ",") + json::toString(channel);
    std::string body = R"({"name":)" + json::toString(command.event) + R"(,"channels":[)" + channels + R"(],"data":)" +
                       json::toString(command.data);
    if (!command.excludeSocketId.empty())
        body += R"(,"socket_id":)" + json::toString(command.excludeSocketId);
    if (wantsCounts)
        body += R"(,"info":"subscription_count")";
    return body + "}";
}

std::vector<engine::PublishOutcome::ChannelOutcome> receiversIn(const std::string& body,
                                                                const std::vector<std::string>& channels)
{
    const broadcast::Listing<broadcast::ChannelInfo> told = broadcast::readPusherChannels(body);
    std::vector<engine::PublishOutcome::ChannelOutcome> outcomes;
    for (const std::string& channel : channels) {
        const auto found = std::ranges::find(told.items, channel, &broadcast::ChannelInfo::name);
        outcomes.push_back(
            {channel, found == told.items.end() ? 0 : static_cast<std::size_t>(found->connections.value_or(0))});
    }
    return outcomes;
}

} // namespace castdeck::ui
