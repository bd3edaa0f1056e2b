#include "tests/support/http_client.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <chrono>
#include <optional>

namespace castdeck::test {

namespace {

long long unixSeconds()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

/// What Content-Length says; a reply that cannot have content has none.
std::optional<std::size_t> bodyBytes(const HttpReply& reply)
{
    const std::string* const length = reply.header("Content-Length");
    if (length != nullptr)
        return parseNumber(*length);
    return reply.status == 204 ? std::optional<std::size_t>{0} : std::nullopt;
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

bool HttpReply::isTextLine() const
{
    const std::string* const type = header("Content-Type");
    return type != nullptr && type->starts_with("text/plain") && body.size() > 1 && body.find('\n') == body.size() - 1;
}

HttpReply HttpConnection::request(std::string_view method, const std::string& target, std::string_view body,
                                  const http::Headers& headers)
{
    std::string text{method};
    text.append(" " + target + " HTTP/1.1\r\nHost: localhost:" + std::to_string(m_port) + "\r\n");
    if (!body.empty() && http::find(headers, "Content-Type") == nullptr)
        text.append("Content-Type: application/json\r\n");
    if (!body.empty())
        text.append("Content-Length: " + std::to_string(body.size()) + "\r\n");
    for (const http::Header& header : headers)
        text.append(header.name + ": " + header.value + "\r\n");
    text.append("\r\n").append(body);

    const auto deadline = Socket::inTime();
    if (!m_socket.isOpen() || !m_socket.send(text, deadline))
        return {};
    for (bool isMore = true; isMore;) {
        isMore = m_socket.receive(m_inbound, deadline) == Socket::Received::Bytes;
        const std::size_t headEnd = m_inbound.find("\r\n\r\n");
        if (headEnd == std::string::npos)
            continue;
        HttpReply reply = parseHead(m_inbound.substr(0, headEnd + 4));
        const std::size_t arrived = m_inbound.size() - headEnd - 4;
        const std::size_t length = bodyBytes(reply).value_or(isMore ? SIZE_MAX : arrived);
        if (arrived < length)
            continue;
        reply.body = m_inbound.substr(headEnd + 4, length);
        m_inbound.erase(0, headEnd + 4 + length);
        return reply;
    }
    return {};
}

HttpReply request(std::uint16_t port, std::string_view method, const std::string& target, std::string_view body,
                  http::Headers headers)
{
    headers.push_back({"Connection", "close"});
    return HttpConnection{port}.request(method, target, body, headers);
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
