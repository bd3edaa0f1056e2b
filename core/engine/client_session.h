#pragma once

#include "core/hub/client.h"
#include "core/net/handlers.h"

#include <string_view>
#include <utility>

namespace castdeck::engine {

/// Joins a WebSocket of the transport to a client of the hub.
class ClientSession final : public net::WebSocketPeer {
public:
    ClientSession(const hub::Hub& hub, hub::Shard& shard, hub::Connection& connection, hub::Handshake handshake)
        : m_client{hub, shard, connection, std::move(handshake)}
    {
    }

    void opened() override { m_client.open(); }
    void textReceived(std::string_view text) override { m_client.receive(text); }
    void activity(SteadyTime now) override { m_client.noteActivity(now); }
    void tick(SteadyTime now) override { m_client.tick(now); }
    void closing(pusher::CloseCode code, std::string_view reason) override { m_client.explainClose(code, reason); }
    void closed(std::uint16_t code) override { m_client.closed(code); }

private:
    hub::Client m_client;
};

} // namespace castdeck::engine
