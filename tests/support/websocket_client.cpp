#include "tests/support/websocket_client.h"

#include "tests/support/failure.h"
#include "tests/support/http_client.h"

#include <array>

namespace castdeck::test {

std::string maskedFrame(Opcode opcode, std::string_view payload, bool isFinal)
{
    constexpr std::array<char, 4> mask{0x12, 0x34, 0x56, 0x78};
    std::string bytes;
    bytes.push_back(static_cast<char>((isFinal ? 0x80 : 0) | static_cast<int>(opcode)));
    const auto appendNumber = [&](int size) {
        for (int shift = (size - 1) * 8; shift >= 0; shift -= 8)
            bytes.push_back(static_cast<char>(payload.size() >> static_cast<unsigned>(shift)));
    };
    if (payload.size() < 126) {
        bytes.push_back(static_cast<char>(0x80 | payload.size()));
    } else if (payload.size() < 65'536) {
        bytes.push_back(static_cast<char>(0x80 | 126));
        appendNumber(2);
    } else {
        bytes.push_back(static_cast<char>(0x80 | 127));
        appendNumber(8);
    }
    bytes.append(mask.data(), mask.size());
    for (std::size_t i = 0; i < payload.size(); ++i)
        bytes.push_back(static_cast<char>(payload[i] ^ mask[i % mask.size()]));
    return bytes;
}

WebSocketClient::WebSocketClient(std::uint16_t port, const std::string& target, const http::Headers& headers,
                                 const char* address)
    : m_socket{port, address}
{
    std::string request = "GET " + target + " HTTP/1.1\r\n";
    const std::string host = "localhost:" + std::to_string(port);
    const http::Headers usual{{"Host", host},
                              {"Connection", "Upgrade"},
                              {"Upgrade", "websocket"},
                              {"Sec-WebSocket-Version", "13"},
                              {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}};
    for (const http::Header& header : usual) {
        if (http::find(headers, header.name) == nullptr)
            request.append(header.name + ": " + header.value + "\r\n");
    }
    for (const http::Header& header : headers)
        request.append(header.name + ": " + header.value + "\r\n");
    if (m_socket.isOpen() && m_socket.send(request + "\r\n"))
        readHead();
}

void WebSocketClient::readHead()
{
    const auto deadline = Socket::inTime();
    std::size_t end = std::string::npos;
    while ((end = m_inbound.find("\r\n\r\n")) == std::string::npos) {
        if (!readMore(deadline))
            return;
    }
    const HttpReply reply = parseHead(m_inbound.substr(0, end + 4));
    m_status = reply.status;
    m_headers = reply.headers;
    m_inbound.erase(0, end + 4);
}

bool WebSocketClient::readMore(SteadyTime deadline)
{
    const auto received = m_socket.receive(m_inbound, deadline);
    m_hasEnded = m_hasEnded || received == Socket::Received::End;
    return received == Socket::Received::Bytes;
}

FrameState takeFrame(std::string_view& bytes, WireFrame& frame)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    if (bytes.size() < 2)
        return FrameState::Incomplete;
    if ((byte(0) & 0xF0U) != 0x80U || (byte(1) & 0x80U) != 0)
        return FrameState::Illegal;
    std::size_t length = byte(1);
    const std::size_t header = length == 126 ? 4 : length == 127 ? 10 : 2;
    if (bytes.size() < header)
        return FrameState::Incomplete;
    if (header > 2) {
        length = 0;
        for (std::size_t i = 2; i < header; ++i)
            length = length << 8U | byte(i);
    }
    if (bytes.size() < header + length)
        return FrameState::Incomplete;
    frame = {static_cast<Opcode>(byte(0) & 0x0FU), std::string{bytes.substr(header, length)}};
    bytes.remove_prefix(header + length);
    return FrameState::Taken;
}

std::optional<WireFrame> WebSocketClient::nextFrame()
{
    std::string_view rest = m_inbound;
    WireFrame frame;
    const FrameState state = takeFrame(rest, frame);
    if (state == FrameState::Illegal)
        fail("the server sent a masked, fragmented or reserved frame", Place::current());
    if (state != FrameState::Taken)
        return std::nullopt;
    m_inbound.erase(0, m_inbound.size() - rest.size());
    return frame;
}

void WebSocketClient::handleControl(const WireFrame& frame)
{
    if (frame.opcode == Opcode::Ping) {
        ++m_controlPings;
        if (m_answersPings)
            sendFrame(Opcode::Pong, frame.payload);
    } else if (frame.opcode == Opcode::Pong) {
        ++m_controlPongs;
        m_lastPong = frame.payload;
    } else if (frame.opcode == Opcode::Close && !m_closeCode) {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(frame.payload[i]); };
        constexpr int noCode = 1005;
        m_closeCode = frame.payload.size() < 2 ? noCode : byte(0) * 256 + byte(1);
        m_closeReason = frame.payload.size() < 2 ? std::string{} : frame.payload.substr(2);
        sendFrame(Opcode::Close, frame.payload.substr(0, 2));
    }
}

void WebSocketClient::sendFrame(Opcode opcode, std::string_view payload, bool isFinal)
{
    m_socket.send(maskedFrame(opcode, payload, isFinal));
}

std::optional<Message> WebSocketClient::next(std::chrono::milliseconds time)
{
    const auto deadline = std::chrono::steady_clock::now() + time;
    while (!hasFailed()) {
        const auto frame = nextFrame();
        if (frame && frame->opcode == Opcode::Text)
            return Message::parse(frame->payload);
        if (frame)
            handleControl(*frame);
        else if (m_closeCode || !readMore(deadline))
            return std::nullopt;
    }
    return std::nullopt;
}

std::string WebSocketClient::situation() const
{
    if (m_closeCode)
        return "the server closed with " + std::to_string(*m_closeCode) + " " + m_closeReason;
    return m_hasEnded ? "the connection has ended without a close frame" : "nothing came";
}

Message WebSocketClient::expectMessage(Place place)
{
    auto message = next();
    if (!message && !hasFailed())
        fail("expected a message, but " + situation(), place);
    return message.value_or(Message{});
}

Message WebSocketClient::expectEvent(std::string_view event, std::string_view channel, Place place)
{
    auto message = next();
    if (hasFailed())
        return {};
    const std::string wanted = std::string{event} + (channel.empty() ? "" : " of ") + std::string{channel};
    if (!message)
        fail("expected " + wanted + ", but " + situation(), place);
    else if (message->event() != event || (!channel.empty() && message->channel() != channel))
        fail("expected " + wanted + ", but got " + message->text, place);
    return message.value_or(Message{});
}

Message WebSocketClient::expectError(std::optional<int> code, Place place)
{
    const Message message = expectEvent("pusher:error", {}, place);
    const nlohmann::json wanted = code ? nlohmann::json(*code) : nlohmann::json{};
    const nlohmann::json data = message.payload();
    if (!hasFailed() && (!data.is_object() || !data.contains("code") || data["code"] != wanted))
        fail("expected the error code " + wanted.dump() + ", but got " + message.text, place);
    return message;
}

void WebSocketClient::expectSilence(Place place)
{
    sendText(R"({"event":"pusher:ping","data":{}})");
    expectEvent("pusher:pong", {}, place);
}

std::vector<Message> WebSocketClient::takeAll(Place place)
{
    std::vector<Message> messages;
    sendText(R"({"event":"pusher:ping","data":{}})");
    for (;;) {
        Message message = expectMessage(place);
        if (hasFailed() || message.event() == "pusher:pong")
            return messages;
        messages.push_back(std::move(message));
    }
}

void WebSocketClient::expectClose(int code, Place place)
{
    const auto message = next();
    if (hasFailed())
        return;
    if (message)
        fail("expected close " + std::to_string(code) + ", but got " + message->text, place);
    else if (m_closeCode != code)
        fail("expected close " + std::to_string(code) + ", but " + situation(), place);
    else if (!waitForEnd())
        fail("the server did not end the connection after its close frame", place);
}

void WebSocketClient::expectControlPong(std::string_view payload, Place place)
{
    const int before = m_controlPongs;
    sendFrame(Opcode::Ping, payload);
    const auto deadline = Socket::inTime();
    while (m_controlPongs == before && !m_closeCode) {
        const auto frame = nextFrame();
        if (frame && frame->opcode == Opcode::Text)
            fail("expected a control pong, but got " + frame->payload, place);
        else if (frame)
            handleControl(*frame);
        else if (!readMore(deadline))
            break;
    }
    if (!hasFailed() && (m_controlPongs == before || m_lastPong != payload))
        fail("expected a control pong, but " + situation(), place);
}

bool WebSocketClient::waitForEnd(std::chrono::milliseconds time)
{
    const auto deadline = std::chrono::steady_clock::now() + time;
    while (!m_hasEnded && !hasFailed()) {
        if (const auto frame = nextFrame())
            handleControl(*frame);
        else if (!readMore(deadline) && !m_hasEnded)
            return false;
    }
    return true;
}

void WebSocketClient::close()
{
    sendFrame(Opcode::Close, std::string_view{"\x03\xe8", 2});
    waitForEnd();
    m_socket.close();
}

} // namespace castdeck::test
