#include "core/net/server.h"

#include "core/net/event_loop.h"
#include "core/net/listener.h"
#include "core/net/server_context.h"

#include <sys/resource.h>

#include <algorithm>
#include <cassert>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace castdeck::net {

namespace {

using boost::asio::ip::tcp;

constexpr unsigned maxDefaultWorkers = 4;
constexpr std::size_t reservedDescriptors = 64; ///< For files, listeners and outgoing connections.
constexpr std::size_t smallDescriptorLimit = 2 * reservedDescriptors;
constexpr int portAttempts = 16;

unsigned workersFor(const ServerOptions& options)
{
    if (options.workers > 0)
        return options.workers;
    return std::clamp(std::thread::hardware_concurrency(), 1U, maxDefaultWorkers);
}

/// As many as the process may have, and says how many that is.
std::size_t raiseDescriptorLimit()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    ::getrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

/// Half of a small limit, so that somebody is served.
std::size_t connectionsFor(std::size_t descriptors)
{
    return descriptors - std::min(descriptors / 2, reservedDescriptors);
}

bool isMissingIpv6(const tcp::endpoint& endpoint, const Error& error)
{
    return endpoint.address().is_v6() && error.kind == ErrorKind::NotFound;
}

} // namespace

class Server::Implementation {
public:
    Implementation(const ServerOptions& options, const Clock& clock,
                   const std::function<Handlers(Worker&)>& handlersFor);

    Result<std::uint16_t> listen();
    void stop(pusher::CloseCode code, const std::string& reason);
    void join();

    ServerContext context;
    std::vector<std::unique_ptr<EventLoop>> loops;
    std::size_t connectionLimit = 0;

private:
    Result<std::vector<tcp::endpoint>> endpoints() const;
    Result<std::vector<ListeningSocket>> openAll(const std::vector<tcp::endpoint>& endpoints);
    void startWorkers();

    std::vector<std::unique_ptr<Listener>> m_listeners; ///< Belong to the first worker once it runs.
    std::vector<std::thread> m_threads;
};

Server::Implementation::Implementation(const ServerOptions& options, const Clock& clock,
                                       const std::function<Handlers(Worker&)>& handlersFor)
    : context{options, clock, workersFor(options)}
{
    for (unsigned i = 0; i < context.counters.size(); ++i) {
        loops.push_back(std::make_unique<EventLoop>(context, i));
        loops.back()->setHandlers(handlersFor(*loops.back()));
    }
}

Result<std::uint16_t> Server::Implementation::listen()
{
    assert(m_threads.empty());
    const auto descriptors = raiseDescriptorLimit();
    const auto& options = context.options;
    connectionLimit = options.maxConnections > 0 ? options.maxConnections : connectionsFor(descriptors);
    if (descriptors < smallDescriptorLimit && options.notice)
        options.notice("This process may open " + std::to_string(descriptors) + " files and sockets only, so at most " +
                       std::to_string(connectionLimit) + " clients are served; raise the limit with ulimit -n");
    if (options.tls) {
        if (const auto loaded = context.tls.load(*options.tls); !loaded)
            return loaded.error();
    }
    const auto wanted = endpoints();
    if (!wanted)
        return wanted.error();
    auto sockets = openAll(*wanted);
    // A free port of one address may be taken on the other.
    for (int i = 1; i < portAttempts && !sockets && options.port == 0; ++i)
        sockets = openAll(*wanted);
    if (!sockets)
        return sockets.error();

    const auto port = sockets->front().endpoint.port();
    for (auto& socket : *sockets)
        m_listeners.push_back(std::make_unique<Listener>(*loops.front(), std::move(socket), loops));
    startWorkers();
    return port;
}

Result<std::vector<tcp::endpoint>> Server::Implementation::endpoints() const
{
    std::vector<tcp::endpoint> result;
    for (const auto& text : context.options.addresses) {
        boost::system::error_code error;
        const auto address = boost::asio::ip::make_address(text, error);
        if (error)
            return Error{ErrorKind::InvalidInput, "\"" + text + "\" is not an IP address"};
        result.emplace_back(address, context.options.port);
    }
    if (result.empty())
        return Error{ErrorKind::InvalidInput, "There is no address to listen on"};
    return result;
}

Result<std::vector<ListeningSocket>> Server::Implementation::openAll(const std::vector<tcp::endpoint>& endpoints)
{
    std::vector<ListeningSocket> sockets;
    for (auto endpoint : endpoints) {
        if (!sockets.empty())
            endpoint.port(sockets.front().endpoint.port());
        auto socket = openListeningSocket(endpoint);
        if (socket) {
            sockets.push_back(std::move(*socket));
            continue;
        }
        if (!isMissingIpv6(endpoint, socket.error()) || endpoints.size() == 1)
            return socket.error();
        if (context.options.notice)
            context.options.notice(socket.error().detail + ", listening without it");
    }
    if (sockets.empty())
        return Error{ErrorKind::NotFound, "This machine has none of the addresses to listen on"};
    return sockets;
}

void Server::Implementation::startWorkers()
{
    for (const auto& listener : m_listeners)
        loops.front()->post([&listener] { listener->start(); });
    for (const auto& loop : loops)
        m_threads.emplace_back([&loop] { loop->run(); });
}

void Server::Implementation::stop(pusher::CloseCode code, const std::string& reason)
{
    loops.front()->post([this] {
        for (const auto& listener : m_listeners)
            listener->stop();
    });
    for (const auto& loop : loops)
        loop->post([&loop, code, reason] { loop->stop(code, reason); });
}

void Server::Implementation::join()
{
    for (auto& thread : m_threads)
        thread.join();
    m_threads.clear();
}

Server::Server(const ServerOptions& options, const Clock& clock, const std::function<Handlers(Worker&)>& handlersFor)
    : m_implementation{std::make_unique<Implementation>(options, clock, handlersFor)}
{
}

Server::~Server()
{
    stop(pusher::CloseCode::ReconnectNow, "server is stopping");
    join();
}

Result<std::uint16_t> Server::listen()
{
    return m_implementation->listen();
}

void Server::stop(pusher::CloseCode code, const std::string& reason)
{
    m_implementation->stop(code, reason);
}

void Server::join()
{
    m_implementation->join();
}

Result<void> Server::reloadTls()
{
    const auto& files = m_implementation->context.options.tls;
    if (!files)
        return Error{ErrorKind::InvalidInput, "The server runs without TLS"};
    return m_implementation->context.tls.load(*files);
}

unsigned Server::workerCount() const
{
    return static_cast<unsigned>(m_implementation->loops.size());
}

Worker& Server::worker(unsigned index)
{
    return *m_implementation->loops[index];
}

ServerTotals Server::totals() const
{
    ServerTotals totals;
    for (const auto& counters : m_implementation->context.counters) {
        totals.accepted += counters.accepted.value();
        totals.open += counters.open.value();
        totals.webSockets += counters.webSockets.value();
        totals.requests += counters.requests.value();
        totals.slowConsumers += counters.slowConsumers.value();
        totals.queuedBytes += counters.queuedBytes.value();
        totals.bytesIn += counters.bytesIn.value();
        totals.bytesOut += counters.bytesOut.value();
    }
    return totals;
}

bool Server::isUnderPressure() const
{
    const auto& context = m_implementation->context;
    return context.queuedBytes() >= context.options.maxQueuedBytesTotal / 5 * 4;
}

std::size_t Server::openConnections() const
{
    return totals().open;
}

std::size_t Server::connectionLimit() const
{
    return m_implementation->connectionLimit;
}

} // namespace castdeck::net
