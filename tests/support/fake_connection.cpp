#include "tests/support/fake_connection.h"

#include <utility>

namespace castdeck::test {

void FakeConnection::send(const LocalFrame& frame)
{
    if (!m_closeCode)
        m_sent.push_back(Message::parse(frame->text()));
}

void FakeConnection::close(pusher::CloseCode code, std::string_view reason)
{
    if (m_closeCode)
        return;
    m_closeCode = code;
    m_closeReason = reason;
}

std::vector<Message> FakeConnection::take()
{
    return std::exchange(m_sent, {});
}

std::vector<std::string> FakeConnection::takeNames()
{
    std::vector<std::string> names;
    for (const Message& message : take())
        names.push_back(message.channel().empty() ? message.event() : message.event() + "@" + message.channel());
    return names;
}

} // namespace castdeck::test
