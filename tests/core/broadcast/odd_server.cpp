#include "tests/core/broadcast/odd_server.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <utility>
#include <vector>

namespace castdeck::test {

OddServer::OddServer(std::string answer, Then then)
    : m_answer{std::move(answer)}
    , m_then{then}
    , m_thread{[this] { run(); }}
{
}

OddServer::~OddServer()
{
    m_isEnding = true;
    m_listener.wake();
    m_thread.join();
}

void OddServer::run()
{
    std::vector<pollfd> sockets{{m_listener.descriptor(), POLLIN, 0}};
    while (!m_isEnding && ::poll(sockets.data(), sockets.size(), -1) >= 0 && !m_isEnding) {
        for (std::size_t i = sockets.size() - 1; i > 0; --i) {
            if (sockets[i].revents == 0)
                continue;
            std::array<char, 4'096> buffer;
            const auto count = ::recv(sockets[i].fd, buffer.data(), buffer.size(), 0);
            if (count > 0 && !m_answer.empty())
                ::send(sockets[i].fd, m_answer.data(), m_answer.size(), MSG_NOSIGNAL);
            if (count <= 0 || m_then == Then::Close) {
                ::close(sockets[i].fd);
                sockets.erase(sockets.begin() + static_cast<std::ptrdiff_t>(i));
            }
        }
        if (sockets[0].revents == POLLIN) {
            sockets.push_back({::accept(m_listener.descriptor(), nullptr, nullptr), POLLIN, 0});
            ++m_connections;
        }
    }
    for (std::size_t i = 1; i < sockets.size(); ++i)
        ::close(sockets[i].fd);
}

} // namespace castdeck::test
