#include "core/net/session.h"

#include "core/net/event_loop.h"

namespace castdeck::net {

namespace {

constexpr int maxReadsAtOnce = 16;

} // namespace

void Session::waitReadable()
{
    if (m_waitsToRead || !m_transport.isOpen())
        return;
    m_waitsToRead = true;
    m_transport.socket().async_wait(Transport::Socket::wait_read,
                                    [self = Pointer{this}](const boost::system::error_code&) {
                                        self->m_waitsToRead = false;
                                        if (!self->m_transport.isOpen())
                                            return;
                                        if (self->m_isLingering)
                                            self->discardInput();
                                        else
                                            self->onReadable();
                                    });
}

void Session::waitWritable()
{
    if (m_waitsToWrite || !m_transport.isOpen())
        return;
    m_waitsToWrite = true;
    m_transport.socket().async_wait(Transport::Socket::wait_write,
                                    [self = Pointer{this}](const boost::system::error_code&) {
                                        self->m_waitsToWrite = false;
                                        if (self->m_transport.isOpen())
                                            self->onWritable();
                                    });
}

void Session::linger()
{
    if (m_isLingering || !m_transport.isOpen())
        return;
    m_isLingering = true;
    m_transport.shutdownWrite();
    m_loop.abandonLater(*this);
    discardInput();
}

void Session::discardInput()
{
    for (int i = 0; i < maxReadsAtOnce; ++i) {
        const auto result = m_transport.read(m_loop.readBuffer());
        if (result.status == IoStatus::Done)
            continue;
        if (result.status == IoStatus::NeedsRead)
            break;
        return abandon();
    }
    waitReadable();
}

void Session::abandon()
{
    if (!m_transport.isOpen())
        return;
    const Pointer self{this};
    m_transport.close();
    m_loop.remove(*this);
    onAbandoned();
}

} // namespace castdeck::net
