#include "core/hub/application.h"

#include "core/base/json.h"
#include "core/pusher/server_message.h"

#include <algorithm>

namespace castdeck::hub {

namespace message = pusher::message;
using pusher::ChannelName;
using pusher::CloseCode;
using pusher::SocketId;

namespace {

ChannelId nextChannelId()
{
    static std::atomic<ChannelId> next{1};
    return next.fetch_add(1, std::memory_order_relaxed);
}

} // namespace

std::optional<pusher::EncryptionKey> masterKeyOf(const AppConfig& app)
{
    pusher::EncryptionKey key;
    if (app.encryptionMasterKey.size() != key.bytes.size())
        return std::nullopt;
    std::ranges::copy(app.encryptionMasterKey, key.bytes.begin());
    return key;
}

AppSettings::AppSettings(AppConfig appConfig)
    : config{std::move(appConfig)}
    , signer{config.key, config.secret}
    , masterKey{masterKeyOf(config)}
{
}

std::vector<std::string> refusalMessages(SubscribeErrorStyle style, const std::string& channel, const Refusal& refusal)
{
    // pusher-js and the Swift client read the first, the .NET client fails its pending subscription by the second.
    std::vector<std::string> texts;
    if (style != SubscribeErrorStyle::Cloud)
        texts.push_back(message::subscriptionError(channel, refusal.type, refusal.text, refusal.status));
    if (style != SubscribeErrorStyle::Soketi)
        texts.push_back(message::error(std::nullopt, refusal.text));
    return texts;
}

Application::Application(AppConfig config, const Clock& clock, Observer* observer)
    : m_id{config.id}
    , m_clock{clock}
    , m_observer{observer}
    , m_settings{std::make_shared<const AppSettings>(std::move(config))}
{
}

std::shared_ptr<const AppSettings> Application::settings() const
{
    const std::lock_guard lock{m_mutex};
    return m_settings;
}

void Application::configure(AppConfig config)
{
    const bool isEnabled = config.isEnabled;
    {
        auto settings = std::make_shared<const AppSettings>(std::move(config));
        const std::lock_guard lock{m_mutex};
        m_settings = std::move(settings);
    }
    if (!isEnabled)
        disconnectAll(CloseCode::AppDisabled, "The application is disabled");
}

void Application::record(Fact fact) const
{
    if (m_observer == nullptr)
        return;
    fact.appId = m_id;
    m_observer->record(fact);
}

std::optional<SocketId> Application::open(Shard& shard, Connection& connection, ClientInfo info)
{
    const std::lock_guard lock{m_mutex};
    const AppConfig& config = m_settings->config;
    if (config.limits.maxConnections != 0 && m_clients.size() >= config.limits.maxConnections)
        return std::nullopt;
    const SocketId socket = m_clients.add(shard, connection, std::move(info));
    const std::string id = socket.text();
    m_clients.deliver(socket, makeFrame(message::connectionEstablished(id, config.activityTimeout)));
    record({.kind = FactKind::Connection, .socketId = id, .detail = m_clients.at(socket).info.peer});
    return socket;
}

void Application::close(SocketId socket, std::uint16_t code)
{
    const std::lock_guard lock{m_mutex};
    const ClientRecord* const client = m_clients.find(socket);
    if (client == nullptr)
        return;
    while (!client->channels.empty())
        leave(socket, *client->channels.back());
    m_users.unwatch(socket);
    if (!client->userId.empty())
        m_users.signOut(client->userId, socket, m_clock.steady());
    record({.kind = FactKind::Disconnection,
            .socketId = socket.text(),
            .userId = client->userId,
            .detail = client->info.peer,
            .code = code});
    m_clients.remove(socket);
}

Channel& Application::occupy(const ChannelName& name)
{
    const auto it = m_channels.find(name.text());
    if (it != m_channels.end())
        return it->second;
    record({.kind = FactKind::Occupied, .channel = name.text()});
    return m_channels.emplace(name.text(), Channel{nextChannelId(), name}).first->second;
}

std::optional<Refusal> Application::refusalByLimits(const Channel* channel, const ClientRecord& client,
                                                    const ChannelName& name,
                                                    const std::optional<pusher::MemberData>& member) const
{
    const AppLimits& limits = m_settings->config.limits;
    if (client.channels.size() >= limits.maxSubscriptionsPerConnection)
        return Refusal{"LimitReached",
                       "This connection has " + std::to_string(limits.maxSubscriptionsPerConnection) +
                           " subscriptions, the most that is allowed",
                       4100};
    if (!name.isPresence() || channel == nullptr)
        return std::nullopt;
    if (channel->roster().size() >= limits.maxPresenceMembers && !channel->roster().has(member->userId))
        return Refusal{"LimitReached",
                       "The channel has " + std::to_string(limits.maxPresenceMembers) +
                           " members, the most that is allowed",
                       4100};
    return std::nullopt;
}

std::optional<Refusal> Application::subscribe(SocketId socket, const ChannelName& name,
                                              const std::optional<pusher::MemberData>& member)
{
    const std::lock_guard lock{m_mutex};
    ClientRecord& client = m_clients.at(socket);
    const auto existing = m_channels.find(name.text());
    const Channel* const known = existing == m_channels.end() ? nullptr : &existing->second;
    if (auto refusal = refusalByLimits(known, client, name, member))
        return refusal;

    Channel& channel = occupy(name);
    const std::string userId = member ? member->userId : std::string{};
    const bool isNewMember = member && channel.roster().join(userId, member->userInfo, socket);
    greetSubscriber(socket, channel);
    // Before the joiner is on the list, so that nobody learns of his own arrival.
    if (isNewMember) {
        channel.fanOut(makeFrame(message::memberAdded(name.text(), userId, member->userInfo)));
        record({.kind = FactKind::MemberAdded, .channel = name.text(), .event = "member_added", .userId = userId});
    }
    channel.add(socket, {client.shard, userId});
    client.channels.push_back(&channel);
    record({.kind = FactKind::Subscribed,
            .channel = name.text(),
            .socketId = socket.text(),
            .userId = member ? userId : client.userId});
    if (name.isCache())
        replayCache(socket, name.text());
    announceCount(channel);
    return std::nullopt;
}

void Application::greetSubscriber(SocketId socket, const Channel& channel)
{
    std::string text;
    if (channel.name().isPresence()) {
        std::vector<std::pair<std::string_view, std::string_view>> members;
        members.reserve(channel.roster().size());
        for (const auto& [id, member] : channel.roster().members())
            members.emplace_back(id, member.userInfo);
        text = message::presenceSucceeded(channel.name().text(), members);
    } else {
        text = message::subscriptionSucceeded(channel.name().text());
    }
    m_clients.deliver(socket, makeFrame(text));
}

void Application::replayCache(SocketId socket, const std::string& channel)
{
    const CacheStore::Entry* const entry = m_cache.find(channel, m_clock.steady());
    if (entry == nullptr)
        record({.kind = FactKind::CacheMiss, .channel = channel});
    m_clients.deliver(socket, entry != nullptr ? entry->frame : makeFrame(message::cacheMiss(channel)));
}

bool Application::isConnected(SocketId socket) const
{
    const std::lock_guard lock{m_mutex};
    return m_clients.records().contains(socket);
}

bool Application::isSubscribed(SocketId socket, const std::string& channel) const
{
    const std::lock_guard lock{m_mutex};
    const auto it = m_channels.find(channel);
    return it != m_channels.end() && it->second.has(socket);
}

bool Application::unsubscribe(SocketId socket, const std::string& channel)
{
    const std::lock_guard lock{m_mutex};
    const auto it = m_channels.find(channel);
    if (it == m_channels.end() || !it->second.has(socket))
        return false;
    leave(socket, it->second);
    return true;
}

bool Application::removeFromChannel(SocketId socket, const std::string& channel)
{
    const std::lock_guard lock{m_mutex};
    const auto it = m_channels.find(channel);
    if (it == m_channels.end() || !it->second.has(socket))
        return false;
    leave(socket, it->second, "Removed by the operator");
    const Refusal refusal{"Removed", "The operator of the server removed this connection from the channel", 403};
    for (const std::string& text : refusalMessages(m_settings->config.subscribeErrorStyle, channel, refusal))
        m_clients.deliver(socket, makeFrame(text));
    return true;
}

void Application::leave(SocketId socket, Channel& channel, std::string_view why)
{
    const std::string name = channel.name().text();
    const std::string userId = channel.find(socket)->userId;
    channel.remove(socket);
    ClientRecord& client = m_clients.at(socket);
    std::erase(client.channels, &channel);
    record({.kind = FactKind::Unsubscribed,
            .channel = name,
            .socketId = socket.text(),
            .userId = userId.empty() ? std::string_view{client.userId} : std::string_view{userId},
            .detail = why});
    if (!userId.empty() && channel.roster().leave(userId, socket)) {
        channel.fanOut(makeFrame(message::memberRemoved(name, userId)));
        record({.kind = FactKind::MemberRemoved, .channel = name, .event = "member_removed", .userId = userId});
    }
    if (channel.size() == 0) {
        m_channels.erase(name);
        record({.kind = FactKind::Vacated, .channel = name});
    } else {
        announceCount(channel);
    }
}

void Application::announceCount(Channel& channel)
{
    const ChannelName& name = channel.name();
    if (!m_settings->config.sendsSubscriptionCount || name.isPresence() || name.isServerToUser())
        return;
    if (!channel.takeCountTurn(m_clock.steady()))
        return;
    channel.fanOut(makeFrame(message::subscriptionCount(name.text(), channel.size())));
    record({.kind = FactKind::SubscriptionCount, .channel = name.text(), .receivers = channel.size()});
}

std::shared_ptr<DeliveryTrace> Application::beginTrace(std::size_t receivers,
                                                       const std::optional<SocketId>& except) const
{
    if (m_observer == nullptr || !m_observer->wantsTrace(receivers))
        return nullptr;
    return std::make_shared<DeliveryTrace>(receivers, except ? except->text() : std::string{});
}

Result<void> Application::clientEvent(SocketId socket, const std::string& channelName, std::string_view event,
                                      std::string_view dataLiteral)
{
    const std::lock_guard lock{m_mutex};
    const auto it = m_channels.find(channelName);
    const Channel::Subscriber* const sender = it == m_channels.end() ? nullptr : it->second.find(socket);
    if (sender == nullptr)
        return Error{ErrorKind::Forbidden, "Client event refused: not subscribed to " + channelName};
    const Channel& channel = it->second;
    const auto userId = channel.name().isPresence() ? std::optional<std::string_view>{sender->userId} : std::nullopt;
    const std::size_t receivers = channel.size() - 1;
    auto trace = beginTrace(receivers, socket);
    channel.fanOut(makeFrame(message::event(event, channelName, dataLiteral, userId)), socket.value(), trace);
    record({.kind = FactKind::ClientEvent,
            .channel = channelName,
            .event = event,
            .socketId = socket.text(),
            .userId = sender->userId,
            .dataLiteral = dataLiteral,
            .receivers = receivers,
            .trace = std::move(trace)});
    return {};
}

void Application::signIn(SocketId socket, const pusher::UserData& user, std::string_view userData)
{
    const std::lock_guard lock{m_mutex};
    ClientRecord& client = m_clients.at(socket);
    client.userId = user.id;
    const bool cameOnline = m_users.signIn(user.id, socket);
    m_clients.deliver(socket, makeFrame(message::signinSuccess(userData)));
    if (cameOnline)
        announceUser(user.id, true);
    m_users.watch(socket, user.watchlist);
    if (user.watchlist.empty())
        return;
    std::vector<std::string> online;
    std::vector<std::string> offline;
    for (const std::string& id : user.watchlist)
        (m_users.isOnline(id) ? online : offline).push_back(id);
    m_clients.deliver(socket, makeFrame(message::watchlistEvents(online, offline)));
}

void Application::announceUser(const std::string& userId, bool isOnline)
{
    const std::vector<std::string> ids{userId};
    const SharedFrame frame =
        makeFrame(isOnline ? message::watchlistEvents(ids, {}) : message::watchlistEvents({}, ids));
    for (const SocketId watcher : m_users.watchersOf(userId))
        m_clients.deliver(watcher, frame);
}

void Application::keepForCache(const ChannelName& name, const SharedFrame& frame, const std::string& dataLiteral)
{
    const SteadyTime now = m_clock.steady();
    m_cache.put(name.text(), {frame, dataLiteral, now + m_settings->config.limits.cacheTtl, now});
}

std::vector<ChannelCounts> Application::publish(const Publication& publication)
{
    std::vector<SharedFrame> frames;
    frames.reserve(publication.channels.size());
    for (const ChannelName& name : publication.channels)
        frames.push_back(makeFrame(message::event(publication.event, name.text(), publication.dataLiteral)));

    std::vector<ChannelCounts> result;
    result.reserve(publication.channels.size());
    const std::uint64_t except = publication.except ? publication.except->value() : 0;
    const std::string exceptText = publication.except ? publication.except->text() : std::string{};
    const std::lock_guard lock{m_mutex};
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const ChannelName& name = publication.channels[i];
        if (name.isCache())
            keepForCache(name, frames[i], publication.dataLiteral);
        ChannelCounts counts{name.text(), name.kind()};
        std::shared_ptr<DeliveryTrace> trace;
        if (const auto it = m_channels.find(name.text()); it != m_channels.end()) {
            const Channel& channel = it->second;
            counts.subscriptions = channel.size();
            counts.users = channel.roster().size();
            const bool skipsOne = publication.except && channel.has(*publication.except);
            counts.receivers = channel.size() - (skipsOne ? 1U : 0U);
            trace = beginTrace(counts.receivers, publication.except);
            channel.fanOut(frames[i], except, trace);
        }
        record({.kind = FactKind::ApiMessage,
                .channel = name.text(),
                .event = publication.event,
                .dataLiteral = publication.dataLiteral,
                .exceptSocketId = exceptText,
                .receivers = counts.receivers,
                .trace = std::move(trace)});
        result.push_back(std::move(counts));
    }
    return result;
}

void Application::terminateUser(const std::string& userId)
{
    const std::lock_guard lock{m_mutex};
    for (const SocketId socket : m_users.socketsOf(userId))
        m_clients.close(socket, CloseCode::Unauthorized, "The connections of this user were terminated");
}

void Application::disconnect(SocketId socket, CloseCode code, std::string_view reason)
{
    const std::lock_guard lock{m_mutex};
    m_clients.close(socket, code, reason);
}

void Application::disconnectAll(CloseCode code, std::string_view reason)
{
    const std::lock_guard lock{m_mutex};
    for (const auto& [socket, client] : m_clients.records())
        m_clients.close(socket, code, reason);
}

std::vector<ChannelCounts> Application::channels(std::string_view prefix) const
{
    const std::lock_guard lock{m_mutex};
    std::vector<ChannelCounts> result;
    for (const auto& [name, channel] : m_channels) {
        if (name.starts_with(prefix))
            result.push_back({name, channel.name().kind(), channel.size(), channel.roster().size()});
    }
    return result;
}

ChannelCounts Application::counts(const ChannelName& name) const
{
    const std::lock_guard lock{m_mutex};
    ChannelCounts result{name.text(), name.kind()};
    if (const auto it = m_channels.find(name.text()); it != m_channels.end()) {
        result.subscriptions = it->second.size();
        result.users = it->second.roster().size();
    }
    return result;
}

std::vector<std::string> Application::userIds(const std::string& channel) const
{
    const std::lock_guard lock{m_mutex};
    std::vector<std::string> ids;
    if (const auto it = m_channels.find(channel); it != m_channels.end()) {
        for (const auto& [id, member] : it->second.roster().members())
            ids.push_back(id);
    }
    return ids;
}

std::optional<Application::CachedEvent> Application::cached(const std::string& channel) const
{
    const std::lock_guard lock{m_mutex};
    const SteadyTime now = m_clock.steady();
    const CacheStore::Entry* const entry = m_cache.find(channel, now);
    if (entry == nullptr)
        return std::nullopt;
    return CachedEvent{entry->dataLiteral, std::chrono::ceil<std::chrono::seconds>(entry->expiresAt - now),
                       std::chrono::floor<std::chrono::seconds>(now - entry->storedAt), entry->frame};
}

void Application::read(const std::function<void(const Clients&, const Channels&)>& reader) const
{
    const std::lock_guard lock{m_mutex};
    reader(m_clients.records(), m_channels);
}

void Application::tick()
{
    const std::lock_guard lock{m_mutex};
    const SteadyTime now = m_clock.steady();
    if (m_settings->config.sendsSubscriptionCount) {
        for (auto& [name, channel] : m_channels) {
            if (channel.countIsDue(now))
                announceCount(channel);
        }
    }
    for (const std::string& userId : m_users.takeOffline(now))
        announceUser(userId, false);
    m_cache.removeExpired(now);
}

} // namespace castdeck::hub
