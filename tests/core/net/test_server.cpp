#include "tests/core/net/test_server.h"

#include <boost/smart_ptr/make_local_shared.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <utility>

namespace castdeck::test {

namespace {

using namespace std::chrono_literals;

class Peer final : public net::WebSocketPeer {
public:
    Peer(hub::Connection& connection, Ledger& ledger, std::set<hub::Connection*>& open)
        : m_connection{connection}
        , m_ledger{ledger}
        , m_open{open}
    {
        m_open.insert(&m_connection);
    }
    ~Peer() override { m_open.erase(&m_connection); }

    void opened() override { ++m_ledger.opened; }
    void textReceived(std::string_view text) override;
    void binaryReceived(std::string_view bytes) override { send(Opcode::Binary, bytes); }
    void activity(SteadyTime) override { ++m_ledger.activities; }
    void tick(SteadyTime) override
    {
        ++m_ledger.ticks;
        if (std::exchange(m_isPaused, false))
            m_connection.setReading(true);
    }
    void closing(pusher::CloseCode, std::string_view reason) override
    {
        if (m_saysGoodbye)
            send(Opcode::Text, "goodbye: " + std::string{reason});
    }
    void closed(std::uint16_t code) override { m_ledger.addClosed(code); }

private:
    void send(Opcode opcode, std::string_view payload)
    {
        m_connection.send(boost::make_local_shared<const Frame>(opcode, payload));
    }

    hub::Connection& m_connection;
    Ledger& m_ledger;
    std::set<hub::Connection*>& m_open;
    bool m_isPaused = false;
    bool m_saysGoodbye = false;
};

void Peer::textReceived(std::string_view text)
{
    if (text.starts_with("close ")) {
        const auto code = static_cast<pusher::CloseCode>(std::atoi(std::string{text.substr(6, 4)}.c_str()));
        m_connection.close(code, text.substr(std::min<std::size_t>(text.size(), 11)));
    } else if (text.starts_with("flood ")) {
        const LocalFrame frame{makeFrame(std::string(10'000, 'x'))};
        for (int i = std::atoi(std::string{text.substr(6)}.c_str()); i > 0; i -= 10'000)
            m_connection.send(frame);
    } else if (text == "pause") {
        m_connection.setReading(false);
        m_isPaused = true;
    } else if (text == "say goodbye") {
        m_saysGoodbye = true;
    } else if (text == "ping me") {
        m_connection.ping();
    } else {
        send(Opcode::Text, text);
    }
}

http::Response answer(const http::Request& request)
{
    if (request.path == "/throw")
        throw std::runtime_error{"a bug"};
    http::Response response;
    response.contentType = "text/plain";
    response.body = request.method + " " + request.path + "?" + request.query + " " + request.body;
    if (request.path == "/empty")
        response = {204, {}, {}, {}};
    if (request.path == "/large")
        response.body.assign(2 << 20, 'z');
    return response;
}

} // namespace

void Ledger::addClosed(std::uint16_t code)
{
    const std::lock_guard lock{m_mutex};
    m_closedCodes.push_back(code);
}

std::vector<int> Ledger::closedCodes() const
{
    const std::lock_guard lock{m_mutex};
    return m_closedCodes;
}

void Ledger::addLate(net::Deferral::Done done)
{
    const std::lock_guard lock{m_mutex};
    m_late.push_back(std::move(done));
}

std::vector<net::Deferral::Done> Ledger::late() const
{
    const std::lock_guard lock{m_mutex};
    return m_late;
}

net::ServerOptions TestServer::defaults()
{
    net::ServerOptions options;
    options.workers = 1;
    options.webSocket.acceptsBinary = true;
    return options;
}

TestServer::TestServer(net::ServerOptions options)
    : m_server{withNotices(std::move(options)), m_clock, [this](net::Worker& worker) { return handlersFor(worker); }}
{
    if (const auto port = m_server.listen())
        m_port = *port;
}

net::ServerOptions TestServer::withNotices(net::ServerOptions options)
{
    options.notice = [this](std::string line) {
        const std::lock_guard lock{m_mutex};
        m_notices.push_back(std::move(line));
    };
    return options;
}

std::vector<std::string> TestServer::notices() const
{
    const std::lock_guard lock{m_mutex};
    return m_notices;
}

void TestServer::closeAll()
{
    for (unsigned i = 0; i < m_server.workerCount(); ++i)
        m_server.worker(i).post([open = m_open[i]] {
            for (auto* const connection : *open)
                connection->close(pusher::CloseCode::ReconnectNow, "all");
        });
}

net::Handlers TestServer::handlersFor(net::Worker& worker)
{
    m_open.resize(worker.index() + 1);
    const auto open = m_open[worker.index()] = std::make_shared<OpenConnections>();
    const auto request = [this](const http::Request& asked, net::Deferral& deferral) -> std::optional<http::Response> {
        if (asked.path != "/later")
            return answer(asked);
        m_ledger.addLate(deferral.later());
        return std::nullopt;
    };
    return {request, [this, open](const http::Request&, hub::Connection& connection) {
                return std::make_unique<Peer>(connection, m_ledger, *open);
            }};
}

} // namespace castdeck::test
