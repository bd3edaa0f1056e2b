#include "app/castdeck/sample_story.h"

#include "app/castdeck/sample_server.h"
#include "core/pusher/socket_id.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace castdeck::app {

using namespace std::chrono_literals;
using engine::Event;
using engine::EventKind;

namespace {

struct Client {
    const char* socket;
    const char* library;
    const char* user;
};

constexpr std::array clients{
    Client{"184467120.291036481", "js 8.6.0", "ana"},      Client{"184467315.562018790", "js 8.6.0", "ana"},
    Client{"184468094.103884262", "js 7.0.3", "ben"},      Client{"184468207.771902514", "echo 2.5.0", "chen"},
    Client{"184469551.334551087", "python 3.3.3", ""},     Client{"184469880.908447133", "js 8.6.0", ""},
    Client{"184470002.441093258", "swift 10.1.5", "dora"},
};

struct Channel {
    const char* name;
    std::vector<std::size_t> subscribers; ///< Indices of clients.
    bool hasCachedEvent = false;
};

const std::vector<Channel>& channels()
{
    static const std::vector<Channel> all{
        {"alerts", {0, 2, 3, 4, 5, 6}, false},     {"cache-exchange-rates", {0, 4, 5}, true},
        {"orders", {0, 1, 2, 3, 5}, false},        {"presence-support", {0, 1, 2, 3, 6}, false},
        {"private-encrypted-payroll", {2}, false}, {"private-orders.1042", {0, 1}, false},
        {"private-orders.1043", {3}, false},       {"private-orders.1057", {4, 6}, false},
        {"private-warehouse", {2, 3, 6}, false},
    };
    return all;
}

/// Whom an event reached, each a little later than the one before.
std::shared_ptr<const engine::DeliveryTrace> traceOf(const std::string& name)
{
    const auto it = std::ranges::find_if(channels(), [&](const Channel& channel) { return channel.name == name; });
    if (it == channels().end())
        return nullptr;
    auto trace = std::make_shared<engine::DeliveryTrace>(it->subscribers.size(), std::string{});
    for (const std::size_t client : it->subscribers)
        trace->note(pusher::SocketId::parse(clients[client].socket)->value(), 0);
    return trace;
}

std::vector<engine::MemberSnapshot> members(const Channel& channel)
{
    static const std::vector<std::pair<std::string, std::string>> infos{
        {"ana", R"({"name":"Ana Ferreira","role":"lead"})"},
        {"ben", R"({"name":"Ben Okafor","role":"staff"})"},
        {"chen", R"({"name":"Chen Wei","role":"staff"})"},
        {"dora", R"({"name":"Dora Lind","role":"staff"})"},
    };
    std::vector<engine::MemberSnapshot> result;
    for (const auto& [user, info] : infos) {
        engine::MemberSnapshot member{user, info, {}};
        for (const std::size_t i : channel.subscribers) {
            if (clients[i].user == user)
                member.socketIds.emplace_back(clients[i].socket);
        }
        if (!member.socketIds.empty())
            result.push_back(std::move(member));
    }
    return result;
}

/// Writes the rows of the log one after the other, each a little later than the one before.
class Story {
public:
    explicit Story(WallTime start) : m_at{start} {}

    void connects(std::size_t client)
    {
        Event event = row(EventKind::Connection, client);
        event.detail = "127.0.0.1";
        add(std::move(event));
    }
    void subscribes(std::size_t client, const std::string& channel)
    {
        Event event = row(EventKind::Subscribed, client);
        event.channel = channel;
        add(std::move(event));
    }
    void joins(std::size_t client, const std::string& channel)
    {
        Event event = row(EventKind::Presence, client);
        event.channel = channel;
        event.event = "member_added";
        add(std::move(event));
    }
    void occupied(const std::string& channel)
    {
        Event event = row(EventKind::Occupied);
        event.channel = channel;
        add(std::move(event));
    }
    void publishes(const std::string& channel, const std::string& name, std::string payload)
    {
        Event event = row(EventKind::ApiMessage);
        event.channel = channel;
        event.event = name;
        event.payload = std::make_shared<const std::string>(std::move(payload));
        event.receivers = receiversOf(channel);
        event.trace = traceOf(channel);
        add(std::move(event));
    }
    void whispers(std::size_t client, const std::string& channel, const std::string& event, std::string payload)
    {
        Event whisper = row(EventKind::ClientEvent, client);
        whisper.channel = channel;
        whisper.event = event;
        whisper.payload = std::make_shared<const std::string>(std::move(payload));
        whisper.receivers = receiversOf(channel) - 1;
        add(std::move(whisper));
    }
    void fails(std::size_t client, const std::string& channel, const std::string& detail, int code)
    {
        Event event = row(EventKind::Error, client);
        event.channel = channel;
        event.detail = detail;
        event.code = code;
        add(std::move(event));
    }
    void leaves(std::size_t client)
    {
        Event event = row(EventKind::Disconnection, client);
        event.detail = "127.0.0.1";
        event.code = 1001;
        add(std::move(event));
    }

    std::vector<Event> take() { return std::move(m_rows); }

private:
    Event row(EventKind kind) const
    {
        Event event;
        event.kind = kind;
        event.at = m_at;
        event.appId = appId;
        return event;
    }
    Event row(EventKind kind, std::size_t client) const
    {
        Event event = row(kind);
        event.socketId = clients[client].socket;
        event.userId = clients[client].user;
        return event;
    }
    void add(Event event)
    {
        m_rows.push_back(std::move(event));
        m_at += std::chrono::milliseconds{137 + 211 * static_cast<int>(m_rows.size() % 5)};
    }

    WallTime m_at;
    std::vector<Event> m_rows;
};

} // namespace

std::size_t receiversOf(const std::string& name)
{
    const auto it = std::ranges::find_if(channels(), [&](const Channel& channel) { return channel.name == name; });
    return it == channels().end() ? 0 : it->subscribers.size();
}

std::shared_ptr<engine::Snapshot> sampleSnapshot(WallTime at)
{
    auto snapshot = std::make_shared<engine::Snapshot>();
    snapshot->at = at;
    snapshot->server = {.state = engine::ServerState::Running,
                        .address = "127.0.0.1",
                        .port = 6001,
                        .isTls = false,
                        .startedAt = at - 42min,
                        .failure = {}};
    for (const Channel& channel : channels()) {
        const pusher::ChannelKind kind = pusher::kindOf(channel.name);
        snapshot->channels.push_back({.appId = appId,
                                      .name = channel.name,
                                      .kind = kind,
                                      .subscriptions = channel.subscribers.size(),
                                      .members = kind == pusher::ChannelKind::Presence
                                                     ? members(channel)
                                                     : std::vector<engine::MemberSnapshot>{},
                                      .hasCachedEvent = channel.hasCachedEvent});
    }
    for (std::size_t i = 0; i < clients.size(); ++i) {
        engine::ConnectionSnapshot connection{.appId = appId,
                                              .socketId = clients[i].socket,
                                              .peer = "127.0.0.1:" + std::to_string(51'200 + 17 * i),
                                              .client = clients[i].library,
                                              .origin = {},
                                              .userId = clients[i].user,
                                              .since = std::chrono::floor<std::chrono::minutes>(at) - 40min +
                                                       std::chrono::seconds{197 * i},
                                              .channels = {}};
        for (const Channel& channel : channels()) {
            if (std::ranges::find(channel.subscribers, i) != channel.subscribers.end())
                connection.channels.emplace_back(channel.name);
        }
        snapshot->connections.push_back(std::move(connection));
    }
    const hub::AppConfig app = SampleServer::apps().front();
    snapshot->apps.push_back({.id = app.id,
                              .name = app.name,
                              .key = app.key,
                              .isEnabled = true,
                              .connections = clients.size(),
                              .channels = channels().size()});
    snapshot->channelCount = channels().size();
    snapshot->connectionCount = clients.size();
    return snapshot;
}

std::vector<Event> morningEvents(WallTime start)
{
    Story story{start};
    for (const std::size_t client : {0U, 2U, 3U, 6U}) {
        story.connects(client);
        if (client == 0)
            story.occupied("presence-support");
        story.joins(client, "presence-support");
        story.subscribes(client, "presence-support");
    }
    story.connects(4);
    story.subscribes(4, "cache-exchange-rates");
    story.publishes("cache-exchange-rates", "rates.updated",
                    R"({"base":"EUR","USD":1.0842,"GBP":0.8561,"JPY":162.35})");
    story.publishes("orders", "order.created",
                    R"({"order":{"id":1042,"total":"189.90","currency":"EUR"},"customer":"Ferreira","items":3})");
    story.whispers(0, "presence-support", "client-typing", R"({"to":"ben"})");
    story.fails(5, "private-warehouse", "The signature is not the one of this channel and socket.", 4009);
    story.publishes("private-warehouse", "stock.low", R"({"sku":"CH-220","left":4,"reorder_at":10})");
    story.publishes("orders", "order.paid",
                    R"({"order":{"id":1042},"method":"card","reference":90071992547409931234})");
    story.whispers(2, "presence-support", "client-typing", R"({"to":"ana"})");
    story.leaves(5);
    story.publishes("private-orders.1042", "order.packed", R"({"parcel":"3SDEVC0192","weight_g":1840})");
    story.publishes("alerts", "maintenance.planned",
                    R"({"minutes":15,"from":"22:00","text":"Short break for an update"})");
    story.connects(5);
    story.subscribes(5, "orders");
    story.publishes(
        "orders", "order.shipped",
        R"({"order":{"id":1042,"total":"189.90","currency":"EUR"},"carrier":"PostNL","tracking":["3SDEVC0192"],"eta":"2026-05-12","signature":false})");
    story.publishes("cache-exchange-rates", "rates.updated",
                    R"({"base":"EUR","USD":1.0839,"GBP":0.8563,"JPY":162.41})");
    return story.take();
}

std::vector<Event> minuteEvents(WallTime at, int second)
{
    Story story{at};
    const auto order = [](int size) { return R"({"id":1042,"note":")" + std::string(std::size_t(size), 'x') + "\"}"; };
    story.publishes("orders", "order.paid", order(40 + (second * 37) % 160));
    if (second % 2 == 0)
        story.publishes("private-orders.1042", "order.packed", order(20 + (second * 53) % 70));
    if (second % 3 == 0)
        story.publishes("cache-exchange-rates", "rates.updated", R"({"base":"EUR","USD":1.0839})");
    if (second % 5 == 0)
        story.whispers(0, "presence-support", "client-typing", R"({"to":"ben"})");
    if (second % 40 == 21)
        story.fails(5, "private-warehouse", "The signature is not the one of this channel and socket.", 4009);
    return story.take();
}

} // namespace castdeck::app
