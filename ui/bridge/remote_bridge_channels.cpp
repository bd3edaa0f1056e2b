// Which channels there are on the server, and those the console listens to.
#include "ui/bridge/remote_bridge.h"

#include "core/base/ascii.h"
#include "core/base/json.h"
#include "core/broadcast/drivers/pusher_answer.h"
#include "ui/text/shown_text.h"

#include <algorithm>
#include <utility>

namespace castdeck::ui {

using broadcast::Code;
using engine::EventKind;
using remote::PusherClient;
using Topic = remote::Capability::Topic;

void RemoteBridge::watch(const std::string& channel)
{
    if (!m_watched.insert(channel).second)
        return;
    m_client.subscribe(channel);
    Q_EMIT factsChanged();
}

void RemoteBridge::unwatch(const std::string& channel)
{
    if (m_watched.erase(channel) == 0)
        return;
    m_client.unsubscribe(channel);
    addRow(EventKind::Unsubscribed, toStd(tr("The console does not listen to this channel any more.")), channel);
    showState();
    Q_EMIT factsChanged();
}

void RemoteBridge::setPolling(bool isPolling)
{
    m_isPolling = isPolling;
    if (!isPolling || m_client.state() != PusherClient::State::Connected)
        return m_poll.stop();
    m_poll.start();
    refresh();
}

void RemoteBridge::refresh()
{
    if (m_isAsking || !m_capabilities.tells(Topic::Channels))
        return;
    m_isAsking = true;
    m_rest.channels({}, m_capabilities.tells(Topic::Subscriptions) ? "subscription_count" : "", this,
                    [this](const remote::RestAnswer& answer) { channelsListed(answer); });
    if (m_capabilities.tells(Topic::Connections)) {
        m_rest.connections(this, [this](const remote::RestAnswer& answer) {
            const auto document = json::Value::parse(answer.body);
            const auto count =
                document && document->is(json::Kind::Object) ? document->find("connections") : std::nullopt;
            if (answer.code != broadcast::Code::None || !count)
                return;
            m_connectionCount = parseNumber(count->raw()).value_or(0);
            showState();
        });
    }
}

void RemoteBridge::channelsListed(const remote::RestAnswer& answer)
{
    m_isAsking = false;
    if (answer.code == Code::None)
        keepListed(broadcast::readPusherChannels(answer.body));
}

void RemoteBridge::keepListed(const ChannelListing& listing)
{
    m_listed.clear();
    for (const broadcast::ChannelInfo& info : listing.items) {
        engine::ChannelSnapshot channel;
        channel.name = info.name;
        channel.subscriptions = static_cast<std::size_t>(info.connections.value_or(0));
        m_listed.push_back(std::move(channel));
    }
    showState();
}

// --- who asks for them on the page ---

std::uint64_t RemoteBridge::listChannels(const std::string&, const std::string& prefix)
{
    const std::uint64_t id = ++m_lastId;
    std::string info = m_capabilities.tells(Topic::Subscriptions) ? "subscription_count" : "";
    // Elsewhere a question about users is refused as a whole.
    if (prefix.starts_with("presence-") && m_capabilities.tells(Topic::Users))
        info += info.empty() ? "user_count" : ",user_count";
    askChannels(id, prefix, info);
    return id;
}

void RemoteBridge::askChannels(std::uint64_t id, const std::string& prefix, const std::string& info)
{
    m_rest.channels(prefix, info, this, [this, id, prefix, info](const remote::RestAnswer& answer) {
        if (!info.empty() && (answer.status == 400 || answer.status == 403))
            return askChannels(id, prefix, {}); // The counts may be what it refuses.
        tellChannels(id, prefix, answer);
    });
}

void RemoteBridge::tellChannels(std::uint64_t id, const std::string& prefix, const remote::RestAnswer& answer)
{
    ChannelListing listing = answer.code == Code::None
                                 ? broadcast::readPusherChannels(answer.body)
                                 : ChannelListing{.failure = listingFailure("/channels", answer), .items = {}};
    if (prefix.empty() && !listing.failure.isFailure())
        keepListed(listing);
    if (m_view != nullptr)
        m_view->showChannels(id, std::move(listing));
}

std::uint64_t RemoteBridge::listMembers(const std::string&, const std::string& channel)
{
    const std::uint64_t id = ++m_lastId;
    if (const remote::PresenceMembers* const members = m_client.members(channel)) {
        MemberListing listing;
        for (const auto& [userId, info] : members->all())
            listing.items.push_back({.id = userId, .infoJson = info, .connections = 0});
        // Never before whoever asks knows the id.
        QMetaObject::invokeMethod(
            this, [this, id, listing = std::move(listing)] { tellMembers(id, listing); }, Qt::QueuedConnection);
        return id;
    }
    m_rest.users(channel, this, [this, id, channel](const remote::RestAnswer& answer) {
        if (answer.code == Code::None)
            return tellMembers(id, broadcast::readPusherMembers(answer.body));
        tellMembers(id, {.failure = listingFailure("/channels/" + channel + "/users", answer), .items = {}});
    });
    return id;
}

void RemoteBridge::tellMembers(std::uint64_t id, MemberListing listing)
{
    if (m_view != nullptr)
        m_view->showMembers(id, std::move(listing));
}

/// Servers that speak only a part of the interface have no such call; that is how they are, not a fault.
broadcast::Failure RemoteBridge::listingFailure(const std::string& path, const remote::RestAnswer& answer) const
{
    if (answer.status != 404 && answer.status != 405 && answer.status != 501)
        return {answer.code, answer.text};
    return {Code::NotSupported,
            "GET /apps/" + m_rest.endpoint().appId + path + " answered " + std::to_string(answer.status)};
}

RemoteFacts RemoteBridge::facts() const
{
    return {.capabilities = m_capabilities.all(), .watched = {m_watched.begin(), m_watched.end()}};
}

std::vector<engine::ChannelSnapshot> RemoteBridge::channelsShown() const
{
    std::vector<engine::ChannelSnapshot> channels = m_listed;
    for (const std::string& name : m_watched) {
        if (m_client.isSubscribed(name) &&
            std::ranges::find(channels, name, &engine::ChannelSnapshot::name) == channels.end()) {
            channels.emplace_back();
            channels.back().name = name;
            channels.back().subscriptions = 1;
        }
    }
    for (engine::ChannelSnapshot& channel : channels) {
        channel.appId = toStd(m_profile.appId);
        if (const auto name = pusher::ChannelName::parse(channel.name))
            channel.kind = name->kind();
        const remote::PresenceMembers* const members = m_client.members(channel.name);
        if (members == nullptr)
            continue;
        for (const auto& [id, info] : members->all())
            channel.members.push_back({.userId = id, .userInfo = info, .socketIds = {}});
    }
    std::ranges::sort(channels, {}, &engine::ChannelSnapshot::name);
    if (channels.size() > engine::Snapshot::maxListed)
        channels.resize(engine::Snapshot::maxListed);
    return channels;
}

} // namespace castdeck::ui
