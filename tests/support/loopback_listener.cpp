#include "tests/support/loopback_listener.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace castdeck::test {

LoopbackListener::LoopbackListener() : m_descriptor{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)}
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(m_descriptor, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(m_descriptor, 16);
    ::getsockname(m_descriptor, reinterpret_cast<sockaddr*>(&address), &size);
    m_port = ntohs(address.sin_port);
}

LoopbackListener::~LoopbackListener()
{
    ::close(m_descriptor);
}

void LoopbackListener::wake() const
{
    ::shutdown(m_descriptor, SHUT_RDWR);
}

} // namespace castdeck::test
