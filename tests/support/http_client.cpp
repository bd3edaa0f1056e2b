#include "tests/support/http_client.h"

#include "core/base/ascii.h"
#include "tests/support/socket.h"

#include <algorithm>
#include <chrono>

namespace castdeck::test {

namespace {

long long unixSeconds()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

/// True once all bytes that Content-Length announces are there.
bool isWhole(const HttpReply& reply, std::size_t bodyBytes)
{
    const std::string* const length = reply.header("Content-Length");
    return length != nullptr && bodyBytes >= parseNumber(*length).value_or(0);
}

} // namespace

HttpReply parseHead(const std::string& head)
{
    HttpReply reply;
    const std::size_t firstEnd = head.find("\r\n");
    if (const auto status = parseNumber(head.substr(std::min<std::size_t>(9, head.size()), 3)))
        reply.status = static_cast<int>(*status);
    for (std::size_t at = firstEnd + 2; at < head.size();) {
        const std::size_t end = head.find("\r\n", at);
        const std::size_t colon = head.find(": ", at);
        if (end == std::string::npos || colon == std::string::npos || colon > end)
            break;
        reply.headers.push_back({head.substr(at, colon - at), head.substr(colon + 2, end - colon - 2)});
        at = end + 2;
    }
    return reply;
}

HttpReply request(std::uint16_t port, std::string_view method, const std::string& target, std::string_view body,
                  const http::Headers& headers)
{
    std::string text{method};
    text.append(" " + target + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port) + "\r\nConnection: close\r\n");
    if (!body.empty())
        text.append("Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n");
    for (const http::Header& header : headers)
        text.append(header.name + ": " + header.value + "\r\n");
    text.append("\r\n").append(body);

    Socket socket{port};
    const auto deadline = Socket::inTime();
    if (!socket.isOpen() || !socket.send(text, deadline))
        return {};
    std::string received;
    for (;;) {
        const auto outcome = socket.receive(received, deadline);
        const std::size_t headEnd = received.find("\r\n\r\n");
        if (headEnd != std::string::npos) {
            HttpReply reply = parseHead(received.substr(0, headEnd + 4));
            reply.body = received.substr(headEnd + 4);
            if (outcome == Socket::Received::End || isWhole(reply, reply.body.size()))
                return reply;
        }
        if (outcome != Socket::Received::Bytes)
            return {};
    }
}

std::string signedTarget(const hub::AppConfig& app, std::string_view method, const std::string& path,
                         std::string_view body, pusher::QueryParameters own)
{
    const pusher::Signer signer{app.key, app.secret};
    return path + "?" + pusher::signedQuery(signer, method, path, body, unixSeconds(), std::move(own));
}

HttpReply signedGet(std::uint16_t port, const hub::AppConfig& app, const std::string& path, pusher::QueryParameters own)
{
    return request(port, "GET", signedTarget(app, "GET", "/apps/" + app.id + path, {}, std::move(own)));
}

HttpReply signedPost(std::uint16_t port, const hub::AppConfig& app, const std::string& path, std::string_view body)
{
    return request(port, "POST", signedTarget(app, "POST", "/apps/" + app.id + path, body), body);
}

} // namespace castdeck::test
