#pragma once

#include "core/hub/client.h"
#include "core/hub/hub.h"
#include "core/hub/shard.h"
#include "tests/support/app.h"
#include "tests/support/fake_connection.h"
#include "tests/support/manual_clock.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::test {

/// A client of the hub whose wire is a FakeConnection.
class FakeClient {
public:
    FakeClient(const hub::Hub& hub, hub::Shard& shard, hub::AppConfig app, hub::Handshake handshake);

    FakeConnection& connection() { return m_connection; }
    hub::Client& client() { return m_client; }
    hub::Shard& shard() { return m_shard; }
    /// From the greeting, which the shard has carried out.
    std::string socketId();

    void receive(std::string_view text) { m_client.receive(text); }
    /// Sends pusher:subscribe, signed where the name asks for it.
    void subscribe(const std::string& channel, const std::optional<std::string>& channelData = std::nullopt);
    void unsubscribe(const std::string& channel);
    /// As the transport reports the end of a connection, whatever its cause.
    void closed() { m_client.closed(1006); }

private:
    hub::AppConfig m_app;
    hub::Shard& m_shard;
    FakeConnection m_connection;
    std::string m_socketId;
    hub::Client m_client;
};

/// A hub with one application and no threads: its shards work when the test says so.
class HubFixture {
public:
    explicit HubFixture(hub::AppConfig app = makeApp(), unsigned shards = 2);

    ManualClock& clock() { return m_clock; }
    hub::Hub& hub() { return m_hub; }
    hub::Application& application() { return *m_hub.findById(m_app.id); }
    hub::Shard& shard(std::size_t index) { return *m_shards.at(index); }
    std::size_t shardCount() const { return m_shards.size(); }

    /// A handshake that is accepted.
    hub::Handshake handshake() const;
    /// A client that has taken its greeting; clients go to the shards in turn.
    std::unique_ptr<FakeClient> connect();
    /// A client that is greeted or told why not.
    std::unique_ptr<FakeClient> connect(hub::Handshake handshake);
    /// Every shard carries out what was posted to it.
    void settle();
    /// Publishes as the REST interface does.
    void publish(const std::string& channel, const std::string& event, std::string_view data);

private:
    hub::AppConfig m_app;
    ManualClock m_clock;
    hub::Hub m_hub{m_clock, nullptr};
    std::vector<std::unique_ptr<hub::Shard>> m_shards;
    std::size_t m_nextShard = 0;
};

} // namespace castdeck::test
