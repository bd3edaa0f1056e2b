#include "core/engine/snapshot_builder.h"

#include <algorithm>

namespace castdeck::engine {

namespace {

ChannelSnapshot toSnapshot(const std::string& appId, const hub::Channel& channel)
{
    ChannelSnapshot result;
    result.appId = appId;
    result.name = channel.name().text();
    result.kind = channel.name().kind();
    result.subscriptions = channel.size();
    for (const auto& [userId, member] : channel.roster().members()) {
        MemberSnapshot entry{userId, member.userInfo, {}};
        for (const pusher::SocketId socket : member.sockets)
            entry.socketIds.push_back(socket.text());
        result.members.push_back(std::move(entry));
    }
    return result;
}

ConnectionSnapshot toSnapshot(const std::string& appId, pusher::SocketId socket, const hub::ClientRecord& client)
{
    ConnectionSnapshot result;
    result.appId = appId;
    result.socketId = socket.text();
    result.peer = client.info.peer;
    result.client = client.info.client;
    result.origin = client.info.origin;
    result.userId = client.userId;
    result.since = client.info.since;
    constexpr std::size_t channelsShown = 100;
    for (std::size_t i = 0; i < std::min(client.channels.size(), channelsShown); ++i)
        result.channels.push_back(client.channels[i]->name().text());
    return result;
}

void addApplication(Snapshot& snapshot, const hub::Application& application)
{
    const auto settings = application.settings();
    const hub::AppConfig& config = settings->config;
    AppSnapshot app{config.id, config.name.empty() ? config.id : config.name, config.key, config.isEnabled, 0, 0};
    application.read([&](const hub::Application::Clients& clients, const hub::Application::Channels& channels) {
        app.connections = clients.size();
        app.channels = channels.size();
        for (const auto& [name, channel] : channels) {
            if (snapshot.channels.size() >= Snapshot::maxListed)
                break;
            snapshot.channels.push_back(toSnapshot(config.id, channel));
        }
        for (const auto& [socket, client] : clients) {
            if (snapshot.connections.size() >= Snapshot::maxListed)
                break;
            snapshot.connections.push_back(toSnapshot(config.id, socket, client));
        }
    });
    for (ChannelSnapshot& channel : snapshot.channels) {
        if (channel.appId == config.id)
            channel.hasCachedEvent = application.cached(channel.name).has_value();
    }
    snapshot.channelCount += app.channels;
    snapshot.connectionCount += app.connections;
    snapshot.apps.push_back(std::move(app));
}

} // namespace

void addApplications(Snapshot& snapshot, const hub::Hub& hub)
{
    for (const auto& application : hub.applications())
        addApplication(snapshot, *application);
    std::ranges::sort(snapshot.channels, {},
                      [](const ChannelSnapshot& channel) { return std::tie(channel.appId, channel.name); });
    std::ranges::sort(snapshot.connections, {}, [](const ConnectionSnapshot& connection) {
        return std::tie(connection.since, connection.socketId);
    });
}

} // namespace castdeck::engine
