#include "tests/core/net/frame_client.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace castdeck::test {

std::string clientFrame(int firstByte, std::string_view payload)
{
    constexpr std::array<char, 4> mask{0x12, 0x34, 0x56, 0x78};
    std::string frame{static_cast<char>(firstByte)};
    const int lengthBytes = payload.size() < 126 ? 0 : payload.size() < 65'536 ? 2 : 8;
    frame += static_cast<char>(0x80 | (lengthBytes == 0   ? static_cast<int>(payload.size())
                                       : lengthBytes == 2 ? 126
                                                          : 127));
    for (int shift = (lengthBytes - 1) * 8; shift >= 0; shift -= 8)
        frame += static_cast<char>(payload.size() >> static_cast<unsigned>(shift));
    frame.append(mask.data(), mask.size());
    const auto start = frame.size();
    frame.append(payload);
    char* const bytes = frame.data() + start;
    for (std::size_t i = 0; i < payload.size(); ++i)
        bytes[i] = static_cast<char>(bytes[i] ^ mask[i & 3]);
    return frame;
}

std::string closeBody(int code, std::string_view reason)
{
    return std::string{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)}.append(reason);
}

FrameClient::FrameClient(std::uint16_t port, const char* address, std::chrono::milliseconds time)
    : m_socket{port, address}
{
    m_socket.send("GET /app/key HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    const auto deadline = std::chrono::steady_clock::now() + time;
    std::size_t end = std::string::npos;
    while ((end = m_inbound.find("\r\n\r\n")) == std::string::npos) {
        if (m_socket.receive(m_inbound, deadline) != Socket::Received::Bytes)
            return;
    }
    m_isOpen = m_inbound.starts_with("HTTP/1.1 101 ");
    m_inbound.erase(0, end + 4);
}

void FrameClient::sendChopped(std::string_view bytes, std::size_t size)
{
    for (std::size_t at = 0; at < bytes.size(); at += size)
        m_socket.send(bytes.substr(at, size));
}

std::optional<WireFrame> FrameClient::next(std::chrono::milliseconds time)
{
    const auto deadline = std::chrono::steady_clock::now() + time;
    for (;;) {
        const auto bytes = std::string_view{m_inbound}.substr(m_used);
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
        if (bytes.size() >= 2) {
            std::size_t length = byte(1);
            const std::size_t header = length < 126 ? 2 : length == 126 ? 4 : 10;
            if (bytes.size() >= header) {
                for (std::size_t i = 2; i < header; ++i)
                    length = (i == 2 ? 0 : length << 8) | byte(i);
                if (bytes.size() >= header + length) {
                    // FIN must be set, the mask bit must not: 255 is no opcode.
                    const bool isLegal = (byte(0) & 0xF0) == fin && (byte(1) & 0x80) == 0;
                    WireFrame frame{isLegal ? byte(0) & 0x0F : 255, std::string{bytes.substr(header, length)}};
                    m_used += header + length;
                    return frame;
                }
            }
        }
        m_inbound.erase(0, std::exchange(m_used, 0));
        const auto received = m_socket.receive(m_inbound, deadline);
        m_hasEnded = received == Socket::Received::End;
        if (received != Socket::Received::Bytes)
            return std::nullopt;
    }
}

int FrameClient::closeCode(std::chrono::milliseconds time)
{
    int code = 0;
    while (const auto frame = next(time)) {
        if (frame->opcode != 8 || code != 0)
            continue;
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(frame->payload[i]); };
        code = frame->payload.size() < 2 ? 1005 : byte(0) << 8 | byte(1);
    }
    return m_hasEnded ? code : 0;
}

std::string replyTo(std::uint16_t port, std::string_view request, std::chrono::milliseconds time)
{
    Socket socket{port};
    socket.send(request);
    std::string reply;
    const auto deadline = std::chrono::steady_clock::now() + time;
    auto received = Socket::Received::Bytes;
    while (received == Socket::Received::Bytes)
        received = socket.receive(reply, deadline);
    return received == Socket::Received::End ? reply : "the connection stays open: " + reply;
}

std::string readReply(Socket& socket, std::chrono::milliseconds time)
{
    constexpr std::string_view lengthName = "Content-Length: ";
    std::string reply;
    const auto deadline = std::chrono::steady_clock::now() + time;
    for (;;) {
        const auto headEnd = reply.find("\r\n\r\n");
        const auto lengthAt = reply.find(lengthName);
        if (headEnd != std::string::npos) {
            std::size_t length = 0;
            if (lengthAt < headEnd)
                std::from_chars(reply.data() + lengthAt + lengthName.size(), reply.data() + headEnd, length);
            if (reply.size() >= headEnd + 4 + length)
                return reply;
        }
        if (socket.receive(reply, deadline) != Socket::Received::Bytes)
            return reply;
    }
}

int statusOf(std::string_view text)
{
    constexpr std::string_view version = "HTTP/1.1 ";
    int status = 0;
    if (text.starts_with(version))
        std::from_chars(text.data() + version.size(), text.data() + text.size(), status);
    return status;
}

} // namespace castdeck::test
