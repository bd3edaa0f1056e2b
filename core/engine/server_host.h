#pragma once

#include "core/base/result.h"
#include "core/engine/access.h"
#include "core/engine/engine.h"
#include "core/hub/admission.h"
#include "core/hub/hub.h"
#include "core/hub/shard.h"
#include "core/net/server.h"
#include "core/rest/api.h"

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace castdeck::engine {

/// From where a server that listens there can be reached; Network unless all of its addresses are loopback ones.
auth::Reach reachOf(const std::string& listen);

/// One run of the server, from listening to the last closed socket: joins the transport, the hub and the HTTP API.
///
/// Thread: one owner; totals may be read from any. Ownership: hub, access and clock outlive it.
class ServerHost {
public:
    struct Signals {
        std::function<void(std::string)> notice; ///< On any thread.
        /// See LogFeed::after(); on any thread.
        std::function<std::string(const std::string& appId, std::uint64_t number)> log;
        std::function<void()> stopped; ///< After stop(), once every worker has ended; on a thread of its own.
    };

    ServerHost(const EngineOptions& options, hub::Hub& hub, Access& access, const Clock& clock, Signals signals);
    ~ServerHost();
    ServerHost(const ServerHost&) = delete;
    ServerHost& operator=(const ServerHost&) = delete;

    /// The port. Fails with what was tried and what to do.
    Result<std::uint16_t> listen();
    /// Returns at once.
    void stop(pusher::CloseCode code, const std::string& reason);
    Result<void> reloadTls() { return m_server->reloadTls(); }
    net::ServerTotals totals() const { return m_server->totals(); }

    /// So much is queued that nothing more should be published. Any thread.
    bool isUnderPressure() const;

private:
    net::Handlers handlersFor(net::Worker& worker);
    std::optional<http::Response> answer(const http::Request& request, net::Deferral& deferral);
    std::optional<http::Response> answerStripped(const http::Request& request, net::Deferral& deferral);
    hub::Handshake handshakeOf(const http::Request& request) const;
    std::string withoutPrefix(const std::string& path) const;

    const std::string m_pathPrefix;
    const Signals m_signals;
    hub::Hub& m_hub;
    Access& m_access;
    const bool m_keepsHeaders;
    std::atomic<bool> m_isStopping{false};
    rest::Api m_api;
    std::vector<std::unique_ptr<hub::Shard>> m_shards; ///< One a worker.
    std::unique_ptr<net::Server> m_server;             ///< After all that its workers use.
    std::thread m_joiner;                              ///< Waits for the workers, so that the owner need not.
};

} // namespace castdeck::engine
