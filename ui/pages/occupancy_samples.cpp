#include "ui/pages/occupancy_samples.h"

#include "ui/models/occupancy_words.h"

#include <QtCore/QTimer>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>

namespace castdeck::ui {

using namespace std::chrono_literals;
using engine::EventKind;

namespace {

struct SampleClient {
    const char* socket;
    const char* user;
    const char* client;
    const char* peer;
    std::chrono::minutes age;
    std::vector<const char*> channels;
};

const std::vector<SampleClient>& clients()
{
    static const std::vector<SampleClient> all{
        {"482913.77120",
         "ana",
         "js 8.6.0",
         "192.168.1.20:50114",
         47min,
         {"presence-room.12", "private-orders.1042", "private-orders.1043", "news", "cache-prices"}},
        {"98123.440176", "ana", "js 8.6.0", "192.168.1.31:39982", 12min, {"presence-room.12", "news"}},
        {"712004.12009",
         "ben",
         "js 8.4.0",
         "192.168.1.22:44120",
         33min,
         {"presence-room.12", "private-orders.1043", "news"}},
        {"55190.902311", "7", "pusher-websocket-swift 10.1.5", "10.0.4.17:61022", 9min, {"presence-room.12", "news"}},
        {"310077.65120", "7", "pusher-websocket-java-client 2.4.4", "10.0.4.51:40012", 2min, {"presence-room.12"}},
        {"640012.31777",
         "",
         "js 7.6.0",
         "192.168.1.40:51230",
         58min,
         {"news", "chat.eu.berlin", "chat.eu.paris", "chat.us.boston", "cache-prices"}},
        {"120099.87001", "", "", "127.0.0.1:60412", 1min, {}},
        {"905511.23004",
         "carla",
         "js 8.6.0",
         "192.168.1.77:50988",
         25min,
         {"presence-room.14", "private-orders.1044", "private-encrypted-payroll", "chat.eu.berlin"}},
    };
    return all;
}

engine::Happening happening(EventKind kind, WallTime at, const char* channel, const char* event, const char* socket,
                            const char* user, std::size_t receivers = 0, const char* excerpt = "")
{
    engine::Happening result;
    result.kind = kind;
    result.at = at;
    result.channel = channel;
    result.event = event;
    result.socketId = socket;
    result.userId = user;
    result.receivers = receivers;
    result.excerpt = excerpt;
    result.payloadBytes = result.excerpt.size();
    return result;
}

std::vector<engine::Happening> happeningsOn(const char* channel, const engine::Snapshot& snapshot)
{
    const WallTime now = snapshot.at;
    return {
        happening(EventKind::Occupied, now - 47min, channel, "", "", ""),
        happening(EventKind::Subscribed, now - 47min + 3ms, channel, "", "482913.77120", "ana"),
        happening(EventKind::Subscribed, now - 33min, channel, "", "712004.12009", "ben"),
        happening(EventKind::ApiMessage, now - 21min, channel, "order.paid", "", "", 2,
                  R"({"id":1042,"total":"59.90","currency":"EUR"})"),
        happening(EventKind::ClientEvent, now - 9min, channel, "client-typing", "712004.12009", "ben", 3,
                  R"({"typing":true})"),
        happening(EventKind::ApiMessage, now - 41s, channel, "order.shipped", "", "", 3,
                  R"({"id":1042,"carrier":"DHL","eta":"2026-03-02"})"),
    };
}

engine::ChannelDetails channelDetails(const engine::Snapshot& snapshot, const engine::ChannelSnapshot& channel)
{
    engine::ChannelDetails details = detailsFrom(snapshot, channel);
    for (engine::SubscriberDetails& subscriber : details.subscribers) {
        const auto it =
            std::ranges::find(snapshot.connections, subscriber.socketId, &engine::ConnectionSnapshot::socketId);
        subscriber.since = it == snapshot.connections.end() ? snapshot.at : it->since + 40ms;
    }
    for (engine::MemberDetails& member : details.members) {
        for (engine::SubscriberDetails& socket : member.sockets) {
            const auto it =
                std::ranges::find(details.subscribers, socket.socketId, &engine::SubscriberDetails::socketId);
            if (it != details.subscribers.end())
                socket = *it;
        }
        if (member.userId == "7")
            member.otherInfos = {{"310077.65120", R"({"name":"Dora Lind"})"}};
    }
    if (channel.hasCachedEvent)
        details.cached =
            engine::CachedDetails{.event = "price.set",
                                  .data = R"({"EUR":"3.20","USD":"3.47","updated":"2026-03-01T14:02:11Z"})",
                                  .age = 732s,
                                  .timeLeft = 1'068s};
    details.allowsClientEvents = true;
    details.recent = happeningsOn(channel.name.c_str(), snapshot);
    return details;
}

engine::ConnectionDetails connectionDetails(const engine::Snapshot& snapshot,
                                            const engine::ConnectionSnapshot& connection)
{
    engine::ConnectionDetails details = detailsFrom(connection);
    details.protocol = "7";
    details.path = "/app/" + (snapshot.apps.empty() ? std::string{"demo-key"} : snapshot.apps.front().key);
    details.headers = {{"Host", "127.0.0.1:6001"},
                       {"User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"},
                       {"Accept-Language", "en-GB,en;q=0.7"},
                       {"Cookie", "(not kept)"},
                       {"Sec-WebSocket-Extensions", "permessage-deflate"}};
    for (engine::SubscriptionDetails& subscription : details.subscriptions) {
        subscription.since = connection.since + 40ms;
        if (isPresence(subscription.kind))
            subscription.userId = connection.userId;
    }
    details.traffic = engine::TrafficDetails{.messagesIn = 14,
                                             .messagesOut = 1'312,
                                             .bytesIn = 2'310,
                                             .bytesOut = 418'204,
                                             .clientPings = 3,
                                             .pingsSent = 11,
                                             .pongsReceived = 11,
                                             .roundTrip = 2'140us,
                                             .silentFor = 8'200ms};
    details.timeline.push_back(
        happening(EventKind::Connection, connection.since, "", "", connection.socketId.c_str(), ""));
    const char* const channel = details.subscriptions.empty() ? "" : connection.channels.front().c_str();
    if (*channel != '\0') {
        const auto received = happeningsOn(channel, snapshot);
        details.timeline.insert(details.timeline.end(), received.begin() + 1, received.end());
    }
    return details;
}

void addChannels(engine::Snapshot& snapshot)
{
    std::map<std::string, engine::ChannelSnapshot> channels;
    for (const SampleClient& client : clients()) {
        for (const char* name : client.channels) {
            engine::ChannelSnapshot& channel = channels[name];
            channel.appId = "demo";
            channel.name = name;
            channel.kind = pusher::kindOf(name);
            channel.hasCachedEvent = keepsLastEvent(channel.kind);
            ++channel.subscriptions;
            if (!isPresence(channel.kind))
                continue;
            const auto member = std::ranges::find(channel.members, client.user, &engine::MemberSnapshot::userId);
            if (member != channel.members.end())
                member->socketIds.emplace_back(client.socket);
            else
                channel.members.push_back(
                    {client.user, std::string{R"({"name":")"} + client.user + R"("})", {client.socket}});
        }
    }
    for (auto& [name, channel] : channels)
        snapshot.channels.push_back(std::move(channel));
    snapshot.channelCount = snapshot.channels.size();
}

} // namespace

SampleOccupancy::SampleOccupancy(std::shared_ptr<const engine::Snapshot> snapshot) : m_snapshot{std::move(snapshot)} {}

engine::Details SampleOccupancy::detailsOf(const engine::DetailsQuestion& question) const
{
    engine::Details details;
    details.question = question;
    for (const engine::ConnectionSnapshot& each : m_snapshot->connections) {
        if (each.appId == question.appId && each.socketId == question.socketId)
            details.connection = connectionDetails(*m_snapshot, each);
    }
    for (const engine::ChannelSnapshot& each : m_snapshot->channels) {
        if (question.socketId.empty() && each.appId == question.appId && each.name == question.channel)
            details.channel = channelDetails(*m_snapshot, each);
    }
    return details;
}

void SampleOccupancy::askDetails(engine::DetailsQuestion question, QObject* context, Answer answer)
{
    QTimer::singleShot(0, context, [details = detailsOf(question), answer = std::move(answer)] { answer(details); });
}

std::shared_ptr<engine::Snapshot> sampleOccupancy()
{
    auto snapshot = std::make_shared<engine::Snapshot>();
    snapshot->at = std::chrono::system_clock::now();
    snapshot->server.state = engine::ServerState::Running;
    snapshot->server.address = "127.0.0.1";
    snapshot->server.port = 6001;
    for (const SampleClient& client : clients()) {
        engine::ConnectionSnapshot connection;
        connection.appId = "demo";
        connection.socketId = client.socket;
        connection.peer = client.peer;
        connection.client = client.client;
        connection.origin = *client.client == 'j' ? "https://shop.example" : "";
        connection.userId = client.user;
        connection.since = snapshot->at - client.age;
        connection.channels.assign(client.channels.begin(), client.channels.end());
        snapshot->connections.push_back(std::move(connection));
    }
    snapshot->connectionCount = snapshot->connections.size();
    addChannels(*snapshot);
    engine::AppSnapshot app;
    app.id = "demo";
    app.name = "demo";
    app.key = "demo-key";
    app.connections = snapshot->connectionCount;
    app.channels = snapshot->channelCount;
    snapshot->apps = {app};
    return snapshot;
}

} // namespace castdeck::ui
