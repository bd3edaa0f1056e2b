#include "core/engine/server_host.h"

#include "core/base/loopback.h"
#include "core/engine/client_session.h"

#include <algorithm>

namespace castdeck::engine {

namespace {

net::ServerOptions serverOptions(const EngineOptions& options, std::function<void(std::string)> notice)
{
    net::ServerOptions result;
    if (options.listen == "localhost")
        result.addresses = {"127.0.0.1", "::1"};
    else
        result.addresses = {options.listen};
    result.port = options.port;
    if (options.tls)
        result.tls = net::TlsFiles{options.tls->certificate, options.tls->key};
    result.workers = options.workers;
    result.allowedHosts = options.extraHosts;
    result.notice = std::move(notice);
    return result;
}

} // namespace

auth::Reach reachOf(const std::string& listen)
{
    return isLoopbackHost(listen) ? auth::Reach::Loopback : auth::Reach::Network;
}

ServerHost::ServerHost(const EngineOptions& options, hub::Hub& hub, Access& access, const Clock& clock, Signals signals)
    : m_pathPrefix{options.pathPrefix}
    , m_signals{std::move(signals)}
    , m_hub{hub}
    , m_access{access}
    , m_keepsHeaders{options.recordsEvents}
    , m_api{hub,
            {.isUnderPressure = [this] { return isUnderPressure(); },
             .isStopping = [this] { return m_isStopping.load(std::memory_order_relaxed); },
             .notice = m_signals.notice,
             .log = m_signals.log}}
    , m_server{std::make_unique<net::Server>(serverOptions(options, m_signals.notice), clock,
                                             [this](net::Worker& worker) { return handlersFor(worker); })}
{
}

ServerHost::~ServerHost()
{
    if (m_joiner.joinable())
        m_joiner.join();
}

Result<std::uint16_t> ServerHost::listen()
{
    return m_server->listen();
}

void ServerHost::stop(pusher::CloseCode code, const std::string& reason)
{
    if (m_isStopping.exchange(true))
        return;
    m_server->stop(code, reason);
    m_joiner = std::thread{[this] {
        m_server->join();
        m_signals.stopped();
    }};
}

net::Handlers ServerHost::handlersFor(net::Worker& worker)
{
    m_shards.push_back(std::make_unique<hub::Shard>(worker.index(), [&worker] {
        if (!worker.isCurrent())
            worker.post([] {}); // The turn that it causes drains the shard.
    }));
    hub::Shard& shard = *m_shards.back();
    worker.setTurnHook([&worker, &shard] {
        if (!shard.drain())
            worker.post([] {});
    });
    net::Handlers handlers;
    handlers.request = [this](const http::Request& request, net::Deferral& deferral) {
        return answer(request, deferral);
    };
    handlers.upgrade = [this, &shard](const http::Request& request, hub::Connection& connection) {
        return std::make_unique<ClientSession>(m_hub, shard, connection, handshakeOf(request));
    };
    return handlers;
}

bool ServerHost::isUnderPressure() const
{
    constexpr std::size_t backlogAllowed = 64U << 20U;
    const auto isBehind = [](const auto& shard) { return shard->backlogBytes() > backlogAllowed; };
    return m_server->isUnderPressure() || std::ranges::any_of(m_shards, isBehind);
}

std::string ServerHost::withoutPrefix(const std::string& path) const
{
    const bool isPrefixed = !m_pathPrefix.empty() && path.starts_with(m_pathPrefix) &&
                            path.size() > m_pathPrefix.size() && path[m_pathPrefix.size()] == '/';
    return isPrefixed ? path.substr(m_pathPrefix.size()) : path;
}

std::optional<http::Response> ServerHost::answer(const http::Request& request, net::Deferral& deferral)
{
    if (m_pathPrefix.empty())
        return answerStripped(request, deferral);
    http::Request stripped = request;
    stripped.path = withoutPrefix(request.path);
    return answerStripped(stripped, deferral);
}

std::optional<http::Response> ServerHost::answerStripped(const http::Request& request, net::Deferral& deferral)
{
    std::optional<http::Response> response;
    if (!m_access.answer(request, deferral, response))
        response = m_api.handle(request);
    return response;
}

hub::Handshake ServerHost::handshakeOf(const http::Request& request) const
{
    hub::Handshake handshake;
    handshake.path = withoutPrefix(request.path);
    handshake.query = request.query;
    if (const std::string* const origin = request.header("Origin"))
        handshake.origin = *origin;
    handshake.peer = request.peerAddress;
    handshake.isPeerLoopback = request.isPeerLoopback;
    if (m_keepsHeaders || m_access.asksAtHandshake() || m_access.asksForPublicChannels())
        handshake.headers = request.headers;
    handshake.isTls = request.isTls;
    handshake.isServerFull =
        m_isStopping.load(std::memory_order_relaxed) || m_server->openConnections() > m_server->connectionLimit();
    return handshake;
}

} // namespace castdeck::engine
