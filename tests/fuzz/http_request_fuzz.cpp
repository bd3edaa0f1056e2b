#include "core/base/ascii.h"
#include "core/net/handshake.h"
#include "core/net/request_parser.h"
#include "core/rest/request_auth.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace castdeck;
using fuzz::require;
using net::HeadScanner;
using net::RequestParser;

namespace {

constexpr long long unixSeconds = 1'700'000'000;

/// What reading one request from a stream leads to; of a request that is not complete, only that.
struct Outcome {
    int status = 0; ///< Of the refusal; 0 when there was none.
    bool isComplete = false;
    std::string method, path, query, body;
    std::size_t headers = 0;
    std::string rest; ///< What follows the request.

    bool isUndecided() const { return status == 0 && !isComplete; }
    bool operator==(const Outcome&) const = default;
};

Outcome refused(int status)
{
    Outcome outcome;
    outcome.status = status;
    return outcome;
}

void checkHandshake(const http::Request& request, bool isHttp11)
{
    if (!net::isWebSocketUpgrade(request) || net::checkHandshake(request, isHttp11))
        return;
    const std::string answer = net::handshakeAnswer(request, net::ServerOptions{});
    require(answer.starts_with("HTTP/1.1 101 "));
    require(answer.find("\r\n\r\n") == answer.size() - 4);
}

/// What a client signs must verify, whatever characters its path, query and body have.
void checkSigning(const http::Request& received)
{
    const pusher::Signer signer{"key", "secret"};
    const WallTime now{std::chrono::seconds{unixSeconds}};
    require(!rest::verify(received, pusher::parseQuery(received.query), signer, now));
    pusher::QueryParameters own = pusher::parseQuery(received.query);
    std::erase_if(own, [](const auto& parameter) {
        const std::string name = toLower(parameter.first);
        return name.starts_with("auth_") || name == "body_md5";
    });
    http::Request request = received;
    request.query = pusher::signedQuery(signer, request.method, request.path, request.body, unixSeconds, own);
    require(rest::verify(request, pusher::parseQuery(request.query), signer, now).has_value());
    request.body += "x";
    require(!rest::verify(request, pusher::parseQuery(request.query), signer, now));
}

/// Reads the head as a connection does, from a buffer that grows by `pieceBytes`; its length, or the refusal.
HeadScanner::Result scan(std::string_view stream, std::size_t pieceBytes, const net::HttpLimits& limits)
{
    HeadScanner scanner;
    HeadScanner::Result result;
    for (std::size_t end = 0; end < stream.size() && result.status == 0 && result.headBytes == 0;) {
        end = std::min(end + pieceBytes, stream.size());
        result = scanner.scan(stream.substr(0, end), limits);
    }
    return result;
}

Outcome read(std::string_view stream, std::size_t pieceBytes, const net::HttpLimits& limits)
{
    const auto head = scan(stream, pieceBytes, limits);
    if (head.status != 0 || head.headBytes == 0)
        return refused(head.status);
    RequestParser parser{limits};
    if (const auto failure = parser.readHead(stream.substr(0, head.headBytes)))
        return refused(failure->status);
    if (const auto failure = parser.checkLength())
        return refused(failure->status);
    std::string pending;
    std::size_t at = head.headBytes;
    while (!parser.isComplete() && at < stream.size()) {
        const std::string_view piece = stream.substr(at, pieceBytes);
        at += piece.size();
        pending += piece;
        std::string_view input = pending;
        if (const auto failure = parser.readBody(input))
            return refused(failure->status);
        pending = std::string{input};
    }
    const http::Request& request = parser.request();
    require(request.body.size() <= limits.bodyBytes && request.headers.size() <= limits.headerFields);
    checkHandshake(request, parser.isHttp11());
    if (!parser.isComplete())
        return {};
    checkSigning(request);
    return {0,
            true,
            request.method,
            request.path,
            request.query,
            request.body,
            request.headers.size(),
            pending + std::string{stream.substr(at)}};
}

/// How a stream is cut must not matter, except that a mistake in its last bytes may be seen a little later.
bool agree(const Outcome& a, const Outcome& b)
{
    return a == b || (a.isUndecided() && !b.isComplete) || (b.isUndecided() && !a.isComplete);
}

} // namespace

/// The first byte chooses how the stream is cut; the rest is the stream.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2)
        return 0;
    net::HttpLimits limits;
    limits.requestLineBytes = 512;
    limits.headerBytes = 1'024;
    limits.headerFields = 10;
    limits.bodyBytes = 256;
    const std::string_view stream = fuzz::textOf(data + 1, size - 1);
    const Outcome whole = read(stream, stream.size(), limits);
    require(agree(read(stream, 1, limits), whole));
    require(agree(read(stream, 2 + data[0], limits), whole));
    return 0;
}
