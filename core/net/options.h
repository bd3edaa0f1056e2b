#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::net {

struct WebSocketLimits {
    std::size_t maxMessageBytes = 65'536;         ///< Whole or in fragments; beyond: 1009.
    std::size_t maxFragments = 1'024;             ///< In one message; beyond: 1008.
    unsigned controlFramesPerSecond = 100;        ///< Beyond: 1008.
    std::size_t maxQueuedBytes = 1 << 20;         ///< What a slow consumer may let pile up; beyond: 4100.
    std::chrono::milliseconds writeStall{10'000}; ///< No byte taken for so long: 4100.
    std::chrono::milliseconds closeWait{1'000};   ///< For the peer's close frame, and again for the end of the stream.
    bool acceptsBinary = false;                   ///< Otherwise a binary frame is answered with 1003.
};

struct HttpLimits {
    std::size_t requestLineBytes = 8'192;
    std::size_t headerBytes = 16'384;
    std::size_t headerFields = 100;
    std::size_t bodyBytes = 1 << 20;
    std::size_t allBodiesBytes = 64u << 20;        ///< Of all connections together; beyond: 503.
    std::chrono::milliseconds tlsHandshake{5'000}; ///< Counted from accept.
    std::chrono::milliseconds head{10'000};        ///< Counted from accept, later from the first byte of a request.
    std::chrono::milliseconds body{30'000};        ///< Counted from the end of the head.
    std::chrono::milliseconds answer{30'000};      ///< For a handler that answers later; beyond: 504.
    std::chrono::milliseconds keepAliveIdle{75'000};
};

/// PEM files; the certificate file may hold the chain.
struct TlsFiles {
    std::string certificate;
    std::string key;
};

/// True for a WebSocket subprotocol that the server speaks: `pusher-channels-protocol-N`, N from 4 to 7.
/// Source: Pusher Swift client, which offers its protocol that way.
bool isPusherSubprotocol(std::string_view name);

struct ServerOptions {
    std::vector<std::string> addresses = {"127.0.0.1", "::1"}; ///< IP literals.
    std::uint16_t port = 0;                                    ///< 0 picks a free one, the same on every address.
    std::optional<TlsFiles> tls;
    unsigned workers = 0; ///< 0: as many as cores, at most 4.

    WebSocketLimits webSocket;
    HttpLimits http;
    std::size_t maxQueuedBytesTotal = 256u << 20; ///< Beyond: the largest queues are closed with 4100.
    /// What connectionLimit() says; 0: what the process may open less 64 descriptors, or half of it when that is more.
    /// Nothing is refused here, so that whoever stands behind a connection can say why.
    std::size_t maxConnections = 0;

    /// Accepted in Host besides loopback names and the addresses listened on: names or IP literals, without port.
    std::vector<std::string> allowedHosts;
    /// The first offered Sec-WebSocket-Protocol that passes is named in the answer.
    std::function<bool(std::string_view)> isSubprotocol = isPusherSubprotocol;
    /// One line for the operator, at most once a minute for each cause. Called on workers.
    std::function<void(std::string)> notice;
};

} // namespace castdeck::net
