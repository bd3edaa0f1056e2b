#include "core/engine/details_builder.h"

#include "core/base/json.h"

#include <algorithm>

namespace castdeck::engine {

namespace {

using hub::Application;
using pusher::SocketId;

std::optional<WallTime> find(const Chronicle::Since& since, const std::string& channel)
{
    const auto it = since.find(channel);
    return it == since.end() ? std::nullopt : std::optional{it->second};
}

TrafficDetails trafficOf(const hub::Traffic& traffic, SteadyTime now)
{
    using namespace std::chrono;
    TrafficDetails result{.messagesIn = traffic.messagesIn.value(),
                          .messagesOut = traffic.messagesOut.value(),
                          .bytesIn = traffic.bytesIn.value(),
                          .bytesOut = traffic.bytesOut.value(),
                          .clientPings = traffic.clientPings.value(),
                          .pingsSent = traffic.pingsSent.value(),
                          .pongsReceived = traffic.pongsReceived.value(),
                          .roundTrip = {},
                          .silentFor = {}};
    if (const auto roundTrip = traffic.roundTripMicroseconds.value(); roundTrip != 0)
        result.roundTrip = microseconds{roundTrip};
    if (const auto heard = traffic.heardMilliseconds.value(); heard != 0)
        result.silentFor =
            std::max(duration_cast<milliseconds>(now.time_since_epoch()) - milliseconds{heard}, milliseconds{0});
    return result;
}

void addDossier(ConnectionDetails& details, const hub::Dossier& dossier)
{
    details.protocol = dossier.protocol;
    details.path = dossier.path;
    details.isTls = dossier.isTls;
    details.headers = dossier.headers;
    details.traffic = trafficOf(*dossier.traffic, std::chrono::steady_clock::now());
}

void addSubscriptions(ConnectionDetails& details, SocketId socket, const hub::ClientRecord& client)
{
    details.subscriptionCount = client.channels.size();
    for (const hub::Channel* channel : client.channels) {
        if (details.subscriptions.size() == ConnectionDetails::maxSubscriptions)
            break;
        const auto* const subscriber = channel->find(socket);
        details.subscriptions.push_back({.channel = channel->name().text(),
                                         .kind = channel->name().kind(),
                                         .since = {},
                                         .userId = subscriber != nullptr ? subscriber->userId : std::string{}});
    }
}

bool isMessage(const Happening& happening)
{
    return happening.kind == EventKind::ApiMessage || happening.kind == EventKind::ClientEvent;
}

/// What its channels were sent while it was subscribed, which it was sent as well.
void addReceived(ConnectionDetails& details, const Chronicle& chronicle)
{
    constexpr std::size_t channelsAsked = 100;
    for (std::size_t i = 0; i < std::min(details.subscriptions.size(), channelsAsked); ++i) {
        const SubscriptionDetails& subscription = details.subscriptions[i];
        for (Happening& happening : chronicle.ofChannel(details.appId, subscription.channel)) {
            const bool isOwn = happening.socketId == details.socketId || happening.exceptSocketId == details.socketId;
            if (isMessage(happening) && !isOwn && subscription.since && happening.at >= *subscription.since)
                details.timeline.push_back(std::move(happening));
        }
    }
    std::ranges::stable_sort(details.timeline, {}, &Happening::at);
    if (details.timeline.size() > Chronicle::maxOfConnection)
        details.timeline.erase(details.timeline.begin(), details.timeline.end() - Chronicle::maxOfConnection);
}

std::optional<ConnectionDetails> connectionOf(const Application& application, const Chronicle& chronicle,
                                              const DetailsQuestion& question)
{
    const auto socket = SocketId::parse(question.socketId);
    if (!socket)
        return std::nullopt;
    ConnectionDetails details;
    application.read([&](const Application::Clients& clients, const Application::Channels&) {
        const auto it = clients.find(*socket);
        if (it == clients.end())
            return;
        const hub::ClientRecord& client = it->second;
        details.socketId = question.socketId;
        details.peer = client.info.peer;
        details.client = client.info.client;
        details.origin = client.info.origin;
        details.since = client.info.since;
        details.userId = client.userId;
        if (client.info.dossier)
            addDossier(details, *client.info.dossier);
        addSubscriptions(details, *socket, client);
    });
    if (details.socketId.empty())
        return std::nullopt;
    details.appId = question.appId;
    std::ranges::sort(details.subscriptions, {}, &SubscriptionDetails::channel);
    const Chronicle::Since since = chronicle.subscriptionsOf(details.appId, details.socketId);
    for (SubscriptionDetails& subscription : details.subscriptions)
        subscription.since = find(since, subscription.channel);
    details.timeline = chronicle.ofConnection(details.appId, details.socketId);
    addReceived(details, chronicle);
    return details;
}

SubscriberDetails subscriberOf(SocketId socket, const std::string& userId, const Application::Clients& clients)
{
    SubscriberDetails result;
    result.socketId = socket.text();
    result.userId = userId;
    if (const auto it = clients.find(socket); it != clients.end()) {
        result.client = it->second.info.client;
        result.peer = it->second.info.peer;
        if (userId.empty())
            result.userId = it->second.userId;
        result.isSignedIn = !result.userId.empty() && result.userId == it->second.userId;
    }
    return result;
}

MemberDetails memberOf(const std::string& userId, const hub::Roster::Member& member,
                       const Application::Clients& clients)
{
    MemberDetails result{.userId = userId, .userInfo = member.userInfo, .sockets = {}, .otherInfos = {}};
    for (const SocketId socket : member.sockets)
        result.sockets.push_back(subscriberOf(socket, userId, clients));
    for (const auto& [socket, info] : member.otherInfos)
        result.otherInfos.emplace_back(socket.text(), info);
    return result;
}

std::optional<CachedDetails> cachedOf(const Application& application, const std::string& channel)
{
    const auto cached = application.cached(channel);
    if (!cached)
        return std::nullopt;
    CachedDetails result{.event = {}, .data = {}, .age = cached->age, .timeLeft = cached->timeLeft};
    if (const auto data = json::Value::parse(cached->dataLiteral); data && data->is(json::Kind::String))
        result.data = data->text();
    const auto message = json::Value::parse(cached->frame->text());
    if (const auto event = message ? message->find("event") : std::nullopt; event && event->is(json::Kind::String))
        result.event = event->text();
    return result;
}

void addOccupants(ChannelDetails& details, const hub::Channel& channel, const Application::Clients& clients)
{
    details.subscriberCount = channel.size();
    for (const auto& [socket, subscriber] : channel.subscribers()) {
        if (details.subscribers.size() == ChannelDetails::maxSubscribers)
            break;
        details.subscribers.push_back(subscriberOf(socket, subscriber.userId, clients));
    }
    for (const auto& [userId, member] : channel.roster().members())
        details.members.push_back(memberOf(userId, member, clients));
}

std::optional<ChannelDetails> channelOf(const Application& application, const Chronicle& chronicle,
                                        const DetailsQuestion& question)
{
    ChannelDetails details;
    application.read([&](const Application::Clients& clients, const Application::Channels& channels) {
        const auto it = channels.find(question.channel);
        if (it == channels.end())
            return;
        details.name = question.channel;
        addOccupants(details, it->second, clients);
    });
    if (details.name.empty())
        return std::nullopt;
    details.appId = question.appId;
    details.kind = pusher::kindOf(details.name);
    const auto settings = application.settings();
    details.limits = settings->config.limits;
    details.allowsClientEvents = settings->config.allowsClientEvents;
    details.sendsSubscriptionCount = settings->config.sendsSubscriptionCount;
    details.cached = cachedOf(application, details.name);
    details.recent = chronicle.ofChannel(details.appId, details.name);
    const auto addSince = [&](SubscriberDetails& subscriber) {
        subscriber.since = chronicle.since(details.appId, subscriber.socketId, details.name);
    };
    std::ranges::for_each(details.subscribers, addSince);
    for (MemberDetails& member : details.members)
        std::ranges::for_each(member.sockets, addSince);
    std::ranges::sort(details.subscribers, {}, &SubscriberDetails::socketId);
    return details;
}

} // namespace

Details detailsOf(const hub::Hub& hub, const Chronicle& chronicle, const DetailsQuestion& question)
{
    Details details;
    details.question = question;
    const auto application = hub.findById(question.appId);
    if (!application)
        return details;
    if (!question.socketId.empty())
        details.connection = connectionOf(*application, chronicle, question);
    else
        details.channel = channelOf(*application, chronicle, question);
    return details;
}

} // namespace castdeck::engine
