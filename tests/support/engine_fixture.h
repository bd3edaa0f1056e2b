#pragma once

#include "core/engine/engine.h"
#include "tests/support/app.h"
#include "tests/support/http_client.h"
#include "tests/support/pusher_client.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <source_location>
#include <string>
#include <vector>

namespace castdeck::test {

/// A running engine on a free port of 127.0.0.1. Fails the test when it does not come up.
class EngineFixture {
public:
    explicit EngineFixture(hub::AppConfig app = makeApp());
    /// Address and port are the fixture's; at least two workers, so that every test crosses threads.
    explicit EngineFixture(engine::EngineOptions options);
    ~EngineFixture();

    engine::Engine& engine() { return *m_engine; }
    std::uint16_t port() const { return m_port; }
    const hub::AppConfig& app(std::size_t index = 0) const { return m_apps.at(index); }

    /// A greeted client.
    PusherClient connect(std::size_t app = 0, std::source_location place = std::source_location::current()) const;
    /// A WebSocket on any target, whatever comes of it.
    WebSocketClient open(const std::string& target, const http::Headers& headers = {}) const;

    /// Publishes over REST; when it returns, the event is in every subscriber's queue.
    HttpReply publish(const std::string& channel, const std::string& event, const std::string& data,
                      const std::string& exceptSocket = {}) const;
    HttpReply get(const std::string& path, pusher::QueryParameters own = {}) const;
    HttpReply post(const std::string& path, std::string_view body) const;

    /// Waits until a fresh snapshot passes; false when none does in time.
    bool waitFor(const std::function<bool(const engine::Snapshot&)>& condition) const;

private:
    std::vector<hub::AppConfig> m_apps;
    std::unique_ptr<engine::Engine> m_engine;
    std::uint16_t m_port = 0;
};

} // namespace castdeck::test
