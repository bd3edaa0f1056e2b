#include "tests/support/hub_fixture.h"

#include "core/base/json.h"

namespace castdeck::test {

FakeClient::FakeClient(const hub::Hub& hub, hub::Shard& shard, hub::AppConfig app, hub::Handshake handshake)
    : m_app{std::move(app)}
    , m_shard{shard}
    , m_client{hub, shard, m_connection, std::move(handshake)}
{
}

std::string FakeClient::socketId()
{
    if (m_socketId.empty()) {
        for (const Message& message : m_connection.take()) {
            if (message.event() == "pusher:connection_established")
                m_socketId = message.payload().value("socket_id", "");
        }
    }
    return m_socketId;
}

void FakeClient::subscribe(const std::string& channel, const std::optional<std::string>& channelData)
{
    std::string data = R"({"channel":)" + json::toString(channel);
    const auto name = pusher::ChannelName::parse(channel);
    if (name && name->needsAuth())
        data.append(R"(,"auth":)" + json::toString(channelAuth(m_app, socketId(), channel, channelData)));
    if (channelData)
        data.append(R"(,"channel_data":)" + json::toString(*channelData));
    receive(R"({"event":"pusher:subscribe","data":)" + data + "}}");
}

void FakeClient::unsubscribe(const std::string& channel)
{
    receive(R"({"event":"pusher:unsubscribe","data":{"channel":)" + json::toString(channel) + "}}");
}

HubFixture::HubFixture(hub::AppConfig app, unsigned shards) : m_app{std::move(app)}
{
    for (unsigned index = 0; index < shards; ++index)
        m_shards.push_back(std::make_unique<hub::Shard>(index, [] {}));
    (void)m_hub.setApps({m_app});
}

hub::Handshake HubFixture::handshake() const
{
    hub::Handshake handshake;
    handshake.path = "/app/" + m_app.key;
    handshake.query = "protocol=7";
    handshake.peer = "127.0.0.1";
    return handshake;
}

std::unique_ptr<FakeClient> HubFixture::connect()
{
    auto client = connect(handshake());
    (void)client->socketId();
    return client;
}

std::unique_ptr<FakeClient> HubFixture::connect(hub::Handshake handshake)
{
    hub::Shard& shard = *m_shards.at(m_nextShard++ % m_shards.size());
    auto client = std::make_unique<FakeClient>(m_hub, shard, m_app, std::move(handshake));
    client->client().open();
    shard.drain();
    return client;
}

void HubFixture::settle()
{
    for (const auto& shard : m_shards)
        shard->drain();
}

void HubFixture::publish(const std::string& channel, const std::string& event, std::string_view data)
{
    application().publish({event, {*pusher::ChannelName::parse(channel)}, json::toString(data), {}});
}

} // namespace castdeck::test
