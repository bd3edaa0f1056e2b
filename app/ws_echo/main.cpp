// castdeck-ws-echo PORT: sends every WebSocket message back. Built from the server's own transport, with limits raised
// to 16 MiB, so that any outside conformance suite can judge it.

#include "core/base/ascii.h"
#include "core/net/server.h"

#include <boost/smart_ptr/make_local_shared.hpp>

#include <csignal>
#include <cstdio>
#include <memory>
#include <pthread.h>

namespace {

using namespace castdeck;

constexpr std::size_t maxMessageBytes = 16 << 20;

class Echo final : public net::WebSocketPeer {
public:
    explicit Echo(hub::Connection& connection) : m_connection{connection} {}

    void opened() override {}
    void textReceived(std::string_view text) override { send(Opcode::Text, text); }
    void binaryReceived(std::string_view bytes) override { send(Opcode::Binary, bytes); }
    void activity(SteadyTime) override {}
    void tick(SteadyTime) override {}
    void closed(std::uint16_t) override {}

private:
    void send(Opcode opcode, std::string_view payload)
    {
        m_connection.send(boost::make_local_shared<const Frame>(opcode, payload));
    }

    hub::Connection& m_connection;
};

net::ServerOptions echoOptions(std::uint16_t port)
{
    net::ServerOptions options;
    options.addresses = {"127.0.0.1"};
    options.port = port;
    options.workers = 1;
    options.webSocket.maxMessageBytes = maxMessageBytes;
    options.webSocket.maxFragments = maxMessageBytes;
    options.webSocket.maxQueuedBytes = 4 * maxMessageBytes;
    options.webSocket.acceptsBinary = true;
    return options;
}

net::Handlers echoHandlers(net::Worker&)
{
    return {[](const http::Request&, net::Deferral&) { return http::Response::error(426, "Connect with a WebSocket"); },
            [](const http::Request&, hub::Connection& connection) { return std::make_unique<Echo>(connection); }};
}

} // namespace

int main(int argc, char** argv)
{
    const auto port = argc == 2 ? parseNumber(argv[1], UINT16_MAX) : std::nullopt;
    if (!port) {
        std::fputs("usage: castdeck-ws-echo PORT   (0 picks a free one)\n", stderr);
        return 2;
    }
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ending, nullptr);

    const SystemClock clock;
    net::Server server{echoOptions(static_cast<std::uint16_t>(*port)), clock, echoHandlers};
    const auto listening = server.listen();
    if (!listening) {
        std::fprintf(stderr, "castdeck-ws-echo: %s\n", listening.error().detail.c_str());
        return 1;
    }
    std::printf("listening on ws://127.0.0.1:%u\n", unsigned{*listening});
    std::fflush(stdout);

    int signal = 0;
    sigwait(&ending, &signal);
    server.stop(pusher::CloseCode::GoingAway, "the echo server is stopping");
    server.join();
}
