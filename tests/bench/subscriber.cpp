#include "tests/bench/subscriber.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace castdeck::bench {

namespace {

// The example of RFC 6455, section 1.3: one key for all spares the generator a digest per connection.
constexpr std::string_view handshakeKey = "dGhlIHNhbXBsZSBub25jZQ==";
constexpr std::string_view handshakeAnswer = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

constexpr unsigned char textOpcode = 0x1;
constexpr unsigned char closeOpcode = 0x8;
constexpr unsigned char pingOpcode = 0x9;
constexpr unsigned char pongOpcode = 0xA;

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

} // namespace

Subscriber::Subscriber(Loop& loop, const Target& target, SubscriberOwner& owner, std::size_t index)
    : m_loop{loop}
    , m_target{target}
    , m_owner{owner}
    , m_index{index}
    , m_socket{startConnecting(target.port, index)}
{
    m_loop.watch(m_socket, EPOLLOUT, *this);
}

Subscriber::~Subscriber()
{
    if (m_stage == Stage::Left)
        return;
    const linger reset{.l_onoff = 1, .l_linger = 0};
    setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    ::close(m_socket);
}

void Subscriber::leave()
{
    m_stage = Stage::Leaving;
    sendFrame(closeOpcode, "\x03\xE8"); // 1000, normal closure
}

void Subscriber::ready(std::uint32_t)
{
    if (m_stage == Stage::Connecting)
        sendUpgrade();
    else
        read();
}

void Subscriber::sendUpgrade()
{
    int error = 0;
    socklen_t length = sizeof error;
    getsockopt(m_socket, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error != 0)
        fail("connect to port " + std::to_string(m_target.port) + ": " + std::strerror(error));
    m_stage = Stage::Upgrading;
    m_loop.change(m_socket, EPOLLIN, *this);
    send("GET /app/" + m_target.key +
         "?protocol=7&client=bench&version=1.0 HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(m_target.port) +
         "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " +
         std::string{handshakeKey} + "\r\n\r\n");
}

void Subscriber::send(std::string_view bytes) const
{
    if (::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size()))
        fail("connection " + std::to_string(m_index) + ": writing failed: " + std::strerror(errno));
}

// Clients must mask (RFC 6455, section 5.3); a mask of zeros is a mask and leaves the payload as it is.
void Subscriber::sendFrame(unsigned char opcode, std::string_view payload) const
{
    std::string frame{static_cast<char>(0x80 | opcode)};
    if (payload.size() < 126) {
        frame += static_cast<char>(0x80 | payload.size());
    } else {
        frame += static_cast<char>(0x80 | 126);
        frame += static_cast<char>(payload.size() >> 8);
        frame += static_cast<char>(payload.size());
    }
    frame.append(4, '\0').append(payload);
    send(frame);
}

void Subscriber::read()
{
    if (m_stage == Stage::Left)
        return;
    auto& buffer = m_loop.buffer();
    std::copy(m_input.begin(), m_input.end(), buffer.begin());
    const auto received = recv(m_socket, buffer.data() + m_input.size(), buffer.size() - m_input.size(), 0);
    if (received < 0 && errno == EAGAIN)
        return;
    if (received <= 0 && m_stage == Stage::Leaving)
        return finish();
    if (received <= 0)
        fail("the server closed connection " + std::to_string(m_index));

    std::string_view input{buffer.data(), m_input.size() + static_cast<std::size_t>(received)};
    while (const auto step = consume(input))
        input.remove_prefix(step);
    m_input = input;
}

/// The number of bytes of a whole message, 0 for none.
std::size_t Subscriber::consume(std::string_view input)
{
    if (m_stage == Stage::Left)
        return 0;
    return m_stage == Stage::Upgrading ? consumeUpgradeAnswer(input) : consumeFrame(input);
}

std::size_t Subscriber::consumeUpgradeAnswer(std::string_view input)
{
    const auto end = input.find("\r\n\r\n");
    if (end == std::string_view::npos)
        return 0;
    if (!input.starts_with("HTTP/1.1 101 ") || !contains(input.substr(0, end), handshakeAnswer))
        fail("the upgrade was answered: " + std::string{input});
    m_stage = Stage::Greeting;
    return end + 4;
}

std::size_t Subscriber::consumeFrame(std::string_view input)
{
    if (input.size() < 2)
        return 0;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(input[i]); };
    if ((byte(0) & 0xF0) != 0x80 || byte(1) > 126)
        fail("connection " + std::to_string(m_index) + ": a frame that is fragmented, masked or above 64 KiB");
    std::size_t length = byte(1);
    std::size_t headBytes = 2;
    if (length == 126) {
        if (input.size() < 4)
            return 0;
        length = static_cast<std::size_t>(byte(2) << 8 | byte(3));
        headBytes = 4;
    }
    if (input.size() < headBytes + length)
        return 0;
    handleFrame(byte(0) & 0x0F, input.substr(headBytes, length));
    return headBytes + length;
}

void Subscriber::handleFrame(unsigned char opcode, std::string_view payload)
{
    if (opcode == textOpcode)
        return handleText(payload);
    if (opcode == pingOpcode)
        return sendFrame(pongOpcode, payload);
    if (opcode == closeOpcode && m_stage == Stage::Leaving)
        return finish();
    fail("connection " + std::to_string(m_index) + ": unexpected frame with opcode " + std::to_string(opcode));
}

void Subscriber::handleText(std::string_view text)
{
    if (m_stage >= Stage::Subscribed && m_owner.received(*this, text))
        return;
    if (m_stage == Stage::Greeting && contains(text, "pusher:connection_established")) {
        m_stage = Stage::Subscribing;
        return sendFrame(textOpcode, R"({"event":"pusher:subscribe","data":{"channel":")" + m_target.channel + "\"}}");
    }
    if (m_stage == Stage::Subscribing && contains(text, "pusher_internal:subscription_succeeded")) {
        m_stage = Stage::Subscribed;
        return m_owner.subscribed(*this);
    }
    if (contains(text, R"("pusher:ping")")) {
        ++m_pingsAnswered;
        return sendFrame(textOpcode, R"({"event":"pusher:pong","data":{}})");
    }
    fail("connection " + std::to_string(m_index) + ": unexpected message: " + std::string{text});
}

void Subscriber::finish()
{
    ::close(m_socket);
    m_stage = Stage::Left;
    m_owner.left(*this);
}

} // namespace castdeck::bench
