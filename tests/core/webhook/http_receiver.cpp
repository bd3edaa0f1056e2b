#include "tests/core/webhook/http_receiver.h"

#include "core/base/ascii.h"

#include <array>
#include <optional>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace castdeck::test {

namespace {

/// Nothing while the request is not whole.
std::optional<HttpReceiver::Received> parse(const std::string& text)
{
    const std::size_t headEnd = text.find("\r\n\r\n");
    if (headEnd == std::string::npos)
        return std::nullopt;
    HttpReceiver::Received received;
    for (std::size_t at = text.find("\r\n") + 2; at < headEnd;) {
        const std::size_t end = text.find("\r\n", at);
        const std::size_t colon = text.find(": ", at);
        received.headers.push_back({text.substr(at, colon - at), text.substr(colon + 2, end - colon - 2)});
        at = end + 2;
    }
    const std::string* const length = received.header("Content-Length");
    received.body = text.substr(headEnd + 4);
    const bool isWhole = length != nullptr && parseNumber(*length) == received.body.size();
    return isWhole ? std::optional{received} : std::nullopt;
}

} // namespace

HttpReceiver::HttpReceiver(std::uint16_t port)
{
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(m_listener, generic, size) != 0 || ::listen(m_listener, 64) != 0)
        return;
    ::getsockname(m_listener, generic, &size);
    m_port = ntohs(address.sin_port);
    m_thread = std::thread{[this] { run(); }};
}

HttpReceiver::~HttpReceiver()
{
    m_isEnding = true;
    letGo();
    ::shutdown(m_listener, SHUT_RDWR); // Ends the wait of the thread.
    if (m_thread.joinable())
        m_thread.join();
    ::close(m_listener);
}

void HttpReceiver::run()
{
    while (!m_isEnding) {
        const int connection = ::accept(m_listener, nullptr, nullptr);
        if (connection < 0)
            continue;
        serve(connection);
        ::close(connection);
    }
}

void HttpReceiver::serve(int connection)
{
    std::string text;
    std::array<char, 16'384> buffer{};
    auto request = parse(text);
    while (!request) {
        const ssize_t count = ::recv(connection, buffer.data(), buffer.size(), 0);
        if (count <= 0)
            return;
        text.append(buffer.data(), static_cast<std::size_t>(count));
        request = parse(text);
    }
    // Whoever sees a request may change the answer to the next one.
    const int status = m_status;
    bool isAnswered = true;
    {
        const std::lock_guard lock{m_mutex};
        m_received.push_back(*request);
        isAnswered = m_received.size() <= m_hangsAfter;
    }
    if (!isAnswered)
        m_isHanging.wait(true);
    const std::string answer =
        "HTTP/1.1 " + std::to_string(status) + " Because\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    ::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
}

void HttpReceiver::hangAfter(std::size_t requests)
{
    const std::lock_guard lock{m_mutex};
    m_hangsAfter = m_received.size() + requests;
    m_isHanging = true;
}

void HttpReceiver::letGo()
{
    m_isHanging = false;
    m_isHanging.notify_all();
}

std::vector<HttpReceiver::Received> HttpReceiver::received() const
{
    const std::lock_guard lock{m_mutex};
    return m_received;
}

} // namespace castdeck::test
