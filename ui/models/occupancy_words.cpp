#include "ui/models/occupancy_words.h"

#include "ui/text/shown_text.h"
#include "ui/text/shown_time.h"
#include "ui/theme/curtain.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace castdeck::ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Occupancy", text);
}

FactRow fact(const char* name, const QString& value)
{
    return {.name = tr(name), .value = value};
}

FactRow codeFact(const char* name, const std::string& value)
{
    return {.name = tr(name), .value = shownText(value, 1'024), .isCode = true};
}

FactRow head(const char* name)
{
    return {.name = tr(name), .value = {}, .isHead = true};
}

QString ofMost(std::size_t now, std::size_t most)
{
    return tr("%1 of at most %2").arg(shownCount(now), shownCount(most));
}

QString shownRoundTrip(std::chrono::microseconds time)
{
    return tr("%1 ms").arg(QString::number(static_cast<double>(time.count()) / 1'000.0, 'f', 2));
}

} // namespace

bool keepsLastEvent(pusher::ChannelKind kind)
{
    using pusher::ChannelKind;
    return kind == ChannelKind::PublicCache || kind == ChannelKind::PrivateCache ||
           kind == ChannelKind::EncryptedCache || kind == ChannelKind::PresenceCache;
}

bool isPresence(pusher::ChannelKind kind)
{
    return kind == pusher::ChannelKind::Presence || kind == pusher::ChannelKind::PresenceCache;
}

engine::ChannelDetails detailsFrom(const engine::Snapshot& snapshot, const engine::ChannelSnapshot& channel)
{
    engine::ChannelDetails details;
    details.appId = channel.appId;
    details.name = channel.name;
    details.kind = channel.kind;
    details.subscriberCount = channel.subscriptions;
    for (const engine::MemberSnapshot& member : channel.members) {
        engine::MemberDetails each{
            .userId = member.userId, .userInfo = member.userInfo, .sockets = {}, .otherInfos = {}};
        for (const std::string& socket : member.socketIds) {
            each.sockets.emplace_back();
            each.sockets.back().socketId = socket;
            each.sockets.back().userId = member.userId;
        }
        details.members.push_back(std::move(each));
    }
    for (const engine::ConnectionSnapshot& connection : snapshot.connections) {
        if (connection.appId != channel.appId ||
            std::ranges::find(connection.channels, channel.name) == connection.channels.end())
            continue;
        details.subscribers.push_back({.socketId = connection.socketId,
                                       .userId = connection.userId,
                                       .isSignedIn = !connection.userId.empty(),
                                       .client = connection.client,
                                       .peer = connection.peer,
                                       .since = {}});
    }
    return details;
}

engine::ConnectionDetails detailsFrom(const engine::ConnectionSnapshot& connection)
{
    engine::ConnectionDetails details;
    details.appId = connection.appId;
    details.socketId = connection.socketId;
    details.peer = connection.peer;
    details.client = connection.client;
    details.origin = connection.origin;
    details.userId = connection.userId;
    details.since = connection.since;
    details.subscriptionCount = connection.channels.size();
    for (const std::string& channel : connection.channels)
        details.subscriptions.push_back(
            {.channel = channel, .kind = pusher::kindOf(channel), .since = {}, .userId = {}});
    std::ranges::sort(details.subscriptions, {}, &engine::SubscriptionDetails::channel);
    return details;
}

std::vector<FactRow> limitFacts(const engine::ChannelDetails& channel)
{
    const hub::AppLimits& limits = channel.limits;
    std::vector<FactRow> facts{
        fact(QT_TRANSLATE_NOOP("Occupancy", "Length of the name"),
             ofMost(channel.name.size(), limits.maxChannelNameCharacters)),
        fact(QT_TRANSLATE_NOOP("Occupancy", "Data of an event"),
             tr("at most %1 bytes").arg(shownCount(limits.maxEventDataBytes))),
        fact(QT_TRANSLATE_NOOP("Occupancy", "Name of an event"),
             tr("at most %1 characters").arg(shownCount(limits.maxEventNameCharacters))),
        fact(QT_TRANSLATE_NOOP("Occupancy", "Channels of one event"),
             tr("at most %1").arg(shownCount(limits.maxChannelsPerPublish))),
        fact(QT_TRANSLATE_NOOP("Occupancy", "Channels of one connection"),
             tr("at most %1").arg(shownCount(limits.maxSubscriptionsPerConnection))),
        fact(QT_TRANSLATE_NOOP("Occupancy", "Client events"),
             channel.allowsClientEvents ? tr("%1 a second from each connection").arg(limits.clientEventsPerSecond)
                                        : tr("off for this app")),
    };
    if (isPresence(channel.kind)) {
        facts.push_back(
            fact(QT_TRANSLATE_NOOP("Occupancy", "Members"), ofMost(channel.members.size(), limits.maxPresenceMembers)));
        facts.push_back(fact(QT_TRANSLATE_NOOP("Occupancy", "Data of a member"),
                             tr("at most %1 bytes").arg(shownCount(limits.maxChannelDataBytes))));
        facts.push_back(fact(QT_TRANSLATE_NOOP("Occupancy", "User id"),
                             tr("at most %1 characters").arg(shownCount(limits.maxUserIdCharacters))));
    } else {
        facts.push_back(fact(QT_TRANSLATE_NOOP("Occupancy", "Subscription count"),
                             channel.sendsSubscriptionCount ? tr("told to all subscribers") : tr("off for this app")));
    }
    if (keepsLastEvent(channel.kind))
        facts.push_back(
            fact(QT_TRANSLATE_NOOP("Occupancy", "Last event"), tr("kept for %1").arg(shownSpan(limits.cacheTtl))));
    return facts;
}

std::vector<FactRow> handshakeFacts(const engine::ConnectionDetails& connection)
{
    std::vector<FactRow> facts{
        codeFact(QT_TRANSLATE_NOOP("Occupancy", "Address"), toStd(behindCurtain(toQt(connection.peer)))),
        fact(QT_TRANSLATE_NOOP("Occupancy", "Library"),
             connection.client.empty() ? tr("not said") : shownClient(connection.client)),
        fact(QT_TRANSLATE_NOOP("Occupancy", "Connected"), dayAndTime(connection.since)),
        fact(QT_TRANSLATE_NOOP("Occupancy", "Origin"),
             connection.origin.empty() ? tr("none: not a web page") : behindCurtain(shownText(connection.origin, 256))),
        fact(QT_TRANSLATE_NOOP("Occupancy", "Signed in as"),
             connection.userId.empty() ? tr("nobody") : shownText(connection.userId, 128)),
    };
    if (connection.path.empty())
        return facts; // Only the snapshot has told of it.
    facts.push_back(fact(QT_TRANSLATE_NOOP("Occupancy", "Protocol"),
                         connection.protocol.empty() ? tr("not said") : shownText(connection.protocol, 64)));
    facts.push_back(fact(QT_TRANSLATE_NOOP("Occupancy", "Encrypted"), connection.isTls ? tr("yes, TLS") : tr("no")));
    // The path holds the key of the app; headers name hosts and whoever forwarded them.
    facts.push_back(codeFact(QT_TRANSLATE_NOOP("Occupancy", "Path"), toStd(behindCurtain(toQt(connection.path)))));
    if (!connection.headers.empty())
        facts.push_back(head(QT_TRANSLATE_NOOP("Occupancy", "Headers")));
    for (const http::Header& header : connection.headers)
        facts.push_back({.name = shownText(header.name, 128),
                         .value = behindCurtain(shownText(header.value, 1'024)),
                         .isCode = true});
    return facts;
}

std::vector<FactRow> pingFacts(const engine::TrafficDetails& traffic)
{
    return {
        fact(QT_TRANSLATE_NOOP("Occupancy", "Last heard of"),
             traffic.silentFor
                 ? tr("%1 ago").arg(shownSpan(std::chrono::duration_cast<std::chrono::seconds>(*traffic.silentFor)))
                 : tr("not since the handshake")),
        fact(QT_TRANSLATE_NOOP("Occupancy", "Pings by the client"), shownCount(traffic.clientPings)),
        fact(QT_TRANSLATE_NOOP("Occupancy", "Pings by the server"),
             traffic.pingsSent == 0
                 ? tr("none: only sent after silence")
                 : tr("%1, answered %2").arg(shownCount(traffic.pingsSent), shownCount(traffic.pongsReceived))),
        fact(QT_TRANSLATE_NOOP("Occupancy", "Round trip of the last"),
             traffic.roundTrip ? shownRoundTrip(*traffic.roundTrip) : tr("not measured")),
    };
}

QString shownClient(const std::string& client)
{
    const QString text = shownText(client, 64);
    return text.startsWith(QLatin1String{"js "}) ? QStringLiteral("pusher-") + text : text;
}

} // namespace castdeck::ui
