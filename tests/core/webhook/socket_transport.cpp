#include "tests/core/webhook/socket_transport.h"

#include "core/base/ascii.h"
#include "tests/support/socket.h"

#include <string>

namespace castdeck::test {

namespace {

webhook::TransportAnswer exchange(const webhook::TransportRequest& request)
{
    const std::size_t portAt = request.url.rfind(':') + 1;
    const std::size_t pathAt = request.url.find('/', portAt);
    const auto port = parseNumber(request.url.substr(portAt, pathAt - portAt));
    Socket socket{static_cast<std::uint16_t>(port.value_or(0))};
    if (!socket.isOpen())
        return {.status = 0, .failure = "nobody listens at " + request.url};
    std::string text = "POST " + request.url.substr(pathAt) + " HTTP/1.1\r\nHost: localhost\r\n";
    for (const http::Header& header : request.headers)
        text.append(header.name).append(": ").append(header.value).append("\r\n");
    text.append("Content-Length: " + std::to_string(request.body.size()) + "\r\n\r\n").append(request.body);
    std::string answer;
    socket.send(text);
    while (socket.receive(answer) == Socket::Received::Bytes) {
    }
    const auto status = answer.size() > 12 ? parseNumber(answer.substr(9, 3)) : std::nullopt;
    if (!status)
        return {.status = 0, .failure = "the connection broke"};
    return {.status = static_cast<int>(*status), .failure = {}};
}

} // namespace

SocketTransport::SocketTransport() : m_thread{[this] { run(); }} {}

SocketTransport::~SocketTransport()
{
    {
        const std::lock_guard lock{m_mutex};
        m_isEnding = true;
    }
    m_changed.notify_one();
    m_thread.join();
}

void SocketTransport::post(webhook::TransportRequest request, Done done)
{
    const std::lock_guard lock{m_mutex};
    m_waiting.emplace_back(std::move(request), std::move(done));
    m_changed.notify_one();
}

void SocketTransport::run()
{
    std::unique_lock lock{m_mutex};
    for (;;) {
        m_changed.wait(lock, [this] { return m_isEnding || !m_waiting.empty(); });
        if (m_isEnding)
            return;
        const auto [request, done] = std::move(m_waiting.front());
        m_waiting.pop_front();
        lock.unlock();
        done(exchange(request));
        lock.lock();
    }
}

} // namespace castdeck::test
