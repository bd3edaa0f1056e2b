#include "tests/bench/http_client.h"

#include "core/base/crypto.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <ctime>

namespace castdeck::bench {

namespace {

std::size_t contentLength(std::string_view head)
{
    constexpr std::string_view name = "\r\nContent-Length: ";
    const auto start = head.find(name);
    if (start == std::string_view::npos)
        fail("an answer without Content-Length");
    std::size_t length = 0;
    std::from_chars(head.data() + start + name.size(), head.data() + head.size(), length);
    return length;
}

} // namespace

std::string signedEventRequest(const Target& target, std::string_view data)
{
    std::string body = R"({"name":"bench","channel":")" + target.channel + R"(","data":")";
    body.append(data).append("\"}");
    const std::string path = "/apps/" + target.appId + "/events";
    const std::string query = "auth_key=" + target.key + "&auth_timestamp=" + std::to_string(std::time(nullptr)) +
                              "&auth_version=1.0&body_md5=" + md5Hex(body);
    const std::string signature = hmacSha256Hex(target.secret, "POST\n" + path + "\n" + query);
    return "POST " + path + "?" + query + "&auth_signature=" + signature +
           " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(target.port) +
           "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

HttpClient::HttpClient(Loop& loop, const Target& target, std::function<void()> onAnswer)
    : m_loop{loop}
    , m_onAnswer{std::move(onAnswer)}
    , m_socket{startConnecting(target.port, 0)}
{
    m_loop.watch(m_socket, EPOLLIN | EPOLLOUT, *this);
}

HttpClient::~HttpClient()
{
    ::close(m_socket);
}

void HttpClient::queue(std::string_view request)
{
    m_output.append(request);
}

void HttpClient::flush()
{
    if (m_waitsForRoom || m_output.empty())
        return;
    const auto sent = ::send(m_socket, m_output.data(), m_output.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN)
        fail("the server closed a publisher's connection");
    m_output.erase(0, sent < 0 ? 0 : static_cast<std::size_t>(sent));
    if (m_output.empty())
        return;
    m_waitsForRoom = true;
    m_loop.change(m_socket, EPOLLIN | EPOLLOUT, *this);
}

void HttpClient::ready(std::uint32_t epollEvents)
{
    if (m_waitsForRoom && (epollEvents & EPOLLOUT) != 0) {
        m_waitsForRoom = false;
        m_loop.change(m_socket, EPOLLIN, *this);
        flush();
    }
    if ((epollEvents & ~std::uint32_t{EPOLLOUT}) != 0)
        read();
}

void HttpClient::read()
{
    auto& buffer = m_loop.buffer();
    const auto received = recv(m_socket, buffer.data(), buffer.size(), 0);
    if (received < 0 && errno == EAGAIN)
        return;
    if (received <= 0)
        fail("the server closed a publisher's connection");
    m_input.append(buffer.data(), static_cast<std::size_t>(received));
    std::size_t used = 0;
    while (const auto step = consumeAnswer(std::string_view{m_input}.substr(used))) {
        used += step;
        ++m_answered;
        m_onAnswer();
    }
    m_input.erase(0, used);
    flush();
}

/// The number of bytes of a whole answer, 0 for none.
std::size_t HttpClient::consumeAnswer(std::string_view input) const
{
    const auto headEnd = input.find("\r\n\r\n");
    if (headEnd == std::string_view::npos)
        return 0;
    const auto head = input.substr(0, headEnd);
    const auto total = headEnd + 4 + contentLength(head);
    if (input.size() < total)
        return 0;
    if (!head.starts_with("HTTP/1.1 200 "))
        fail("a publish was answered: " + std::string{input.substr(0, total)});
    return total;
}

} // namespace castdeck::bench
