#include "tests/app/answering_server.h"

#include <QString>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace castdeck::test {

namespace {

constexpr int patienceMs = 10'000;

qsizetype bodyBytes(const QByteArray& head)
{
    const QByteArray name = "content-length:";
    const qsizetype at = head.toLower().indexOf(name);
    return at < 0 ? 0 : head.mid(at + name.size(), head.indexOf("\r\n", at) - at - name.size()).trimmed().toInt();
}

/// What does not begin as HTTP, such as a TLS handshake, is answered at once.
bool isWhole(const QByteArray& request)
{
    constexpr char firstLetter = 'A';
    if (!request.isEmpty() && request.front() < firstLetter)
        return true;
    const qsizetype end = request.indexOf("\r\n\r\n");
    return end >= 0 && request.size() >= end + 4 + bodyBytes(request.left(end + 2));
}

} // namespace

AnsweringServer::AnsweringServer(QByteArray answer) : m_answer{std::move(answer)}, m_thread{[this] { run(); }} {}

AnsweringServer::~AnsweringServer()
{
    m_isEnding = true;
    m_listener.wake();
    m_thread.join();
}

QByteArray AnsweringServer::response(int status, const QByteArray& body, const QByteArray& headers)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Answer\r\nContent-Length: " + QByteArray::number(body.size()) +
           "\r\nConnection: close\r\n" + headers + "\r\n" + body;
}

QString AnsweringServer::url(const QString& path) const
{
    return QStringLiteral("http://127.0.0.1:%1").arg(port()) + path;
}

QByteArray AnsweringServer::request() const
{
    const std::lock_guard lock{m_mutex};
    return m_request;
}

void AnsweringServer::run()
{
    while (!m_isEnding) {
        const int socket = ::accept(m_listener.descriptor(), nullptr, nullptr);
        if (socket < 0)
            continue;
        serve(socket);
        ::close(socket);
    }
}

void AnsweringServer::serve(int socket)
{
    QByteArray request;
    std::array<char, 4'096> buffer{};
    pollfd readable{socket, POLLIN, 0};
    while (!isWhole(request) && ::poll(&readable, 1, patienceMs) > 0) {
        const auto count = ::recv(socket, buffer.data(), buffer.size(), 0);
        if (count <= 0)
            return;
        request.append(buffer.data(), count);
    }
    {
        const std::lock_guard lock{m_mutex};
        m_request = request;
    }
    ::send(socket, m_answer.constData(), static_cast<std::size_t>(m_answer.size()), MSG_NOSIGNAL);
}

} // namespace castdeck::test
