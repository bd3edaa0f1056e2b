#include "core/net/frame_codec.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace castdeck::net {

namespace {

using pusher::CloseCode;

constexpr std::size_t maxControlBytes = 125;
constexpr std::size_t keptCapacity = 256; ///< A buffer of a finished message that is larger is given back.

/// XORs `bytes` with `mask`, eight at a time, and turns the mask to where the next piece continues.
void unmask(std::span<char> bytes, std::array<unsigned char, 4>& mask)
{
    std::array<unsigned char, 8> twice{};
    std::ranges::copy(mask, twice.begin());
    std::ranges::copy(mask, twice.begin() + 4);
    std::uint64_t key = 0;
    std::memcpy(&key, twice.data(), sizeof key);

    std::size_t i = 0;
    for (; i + sizeof key <= bytes.size(); i += sizeof key) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + i, sizeof word);
        word ^= key;
        std::memcpy(bytes.data() + i, &word, sizeof word);
    }
    for (std::size_t k = 0; i < bytes.size(); ++i, ++k)
        bytes[i] = static_cast<char>(static_cast<unsigned char>(bytes[i]) ^ mask[k & 3]);
    std::ranges::rotate(mask, mask.begin() + static_cast<std::ptrdiff_t>(bytes.size() & 3));
}

void release(std::string& buffer)
{
    buffer.clear();
    if (buffer.capacity() > keptCapacity)
        std::string{}.swap(buffer);
}

} // namespace

FrameReader::Step FrameReader::violation(CloseCode code)
{
    return {Event::Violation, {}, static_cast<std::uint16_t>(code)};
}

FrameReader::Step FrameReader::next(std::span<char>& input)
{
    if (std::exchange(m_isMessageRead, false))
        release(m_message);
    if (std::exchange(m_isControlRead, false))
        release(m_control);
    if (!m_isInPayload) {
        if (const auto broken = readHeader(input))
            return violation(*broken);
        if (!m_isInPayload)
            return {};
    }
    return readPayload(input);
}

/// True when the first `headerBytes` of the header are there.
bool FrameReader::collect(std::span<char>& input, std::size_t headerBytes)
{
    const auto missing = headerBytes > m_headerBytes ? headerBytes - m_headerBytes : 0;
    const auto count = std::min(missing, input.size());
    std::memcpy(m_header.data() + m_headerBytes, input.data(), count);
    m_headerBytes = static_cast<std::uint8_t>(m_headerBytes + count);
    input = input.subspan(count);
    return count == missing;
}

std::size_t FrameReader::lengthBytes() const
{
    const int length = m_header[1] & 0x7F;
    return length < 126 ? 0 : length == 126 ? 2 : 8;
}

FrameReader::Violation FrameReader::readHeader(std::span<char>& input)
{
    if (m_headerBytes < 2) {
        if (!collect(input, 2))
            return {};
        if (const auto broken = checkFirstBytes())
            return broken;
    }
    const auto lengthEnd = 2 + lengthBytes();
    if (m_headerBytes <= lengthEnd) {
        if (!collect(input, lengthEnd))
            return {};
        if (const auto broken = takeLength())
            return broken;
    }
    if (collect(input, lengthEnd + m_mask.size()))
        beginPayload();
    return {};
}

// RFC 6455, section 5.2 and 5.5.
FrameReader::Violation FrameReader::checkFirstBytes() const
{
    const bool hasReservedBits = (m_header[0] & 0x70) != 0;
    const bool isMasked = (m_header[1] & 0x80) != 0;
    const auto code = static_cast<std::uint8_t>(opcode());
    if (hasReservedBits || !isMasked || (code > 2 && code < 8) || code > 10)
        return CloseCode::ProtocolError;
    if (!isControl())
        return checkDataFrame();
    if (!isFinal() || (m_header[1] & 0x7F) > maxControlBytes)
        return CloseCode::ProtocolError;
    return {};
}

// RFC 6455, section 5.4.
FrameReader::Violation FrameReader::checkDataFrame() const
{
    const bool continues = opcode() == Opcode::Continuation;
    if (continues != m_isInMessage)
        return CloseCode::ProtocolError;
    if (opcode() == Opcode::Binary && !m_limits->acceptsBinary)
        return CloseCode::UnsupportedData;
    if (continues && m_fragments >= m_limits->maxFragments)
        return CloseCode::PolicyViolation;
    return {};
}

FrameReader::Violation FrameReader::takeLength()
{
    const auto bytes = lengthBytes();
    std::uint64_t length = m_header[1] & 0x7F;
    if (bytes > 0) {
        length = 0;
        for (std::size_t i = 0; i < bytes; ++i)
            length = length << 8 | m_header[2 + i];
        const bool isMinimal = length > (bytes == 2 ? maxControlBytes : 0xFFFF);
        if (!isMinimal || length >> 63 != 0)
            return CloseCode::ProtocolError;
    }
    m_remaining = length;
    if (isControl())
        return {};
    const auto before = opcode() == Opcode::Continuation ? m_messageBytes : 0;
    if (length > m_limits->maxMessageBytes || before + length > m_limits->maxMessageBytes)
        return CloseCode::MessageTooBig;
    return {};
}

void FrameReader::beginPayload()
{
    std::copy_n(m_header.begin() + static_cast<std::ptrdiff_t>(2 + lengthBytes()), m_mask.size(), m_mask.begin());
    m_headerBytes = 0;
    m_isInPayload = true;
    if (isControl())
        return;
    if (opcode() != Opcode::Continuation) {
        m_isText = opcode() == Opcode::Text;
        m_messageBytes = 0;
        m_fragments = 0;
        m_utf8.reset();
    }
    m_messageBytes += m_remaining;
    ++m_fragments;
    m_isInMessage = !isFinal();
}

FrameReader::Step FrameReader::readPayload(std::span<char>& input)
{
    const auto bytes = input.first(static_cast<std::size_t>(std::min<std::uint64_t>(m_remaining, input.size())));
    input = input.subspan(bytes.size());
    m_remaining -= bytes.size();
    unmask(bytes, m_mask);
    const std::string_view piece{bytes.data(), bytes.size()};

    if (!isControl() && m_isText && !m_utf8.feed(piece))
        return violation(CloseCode::InvalidPayload);
    if (m_remaining > 0) {
        (isControl() ? m_control : m_message).append(piece);
        return {};
    }
    m_isInPayload = false;
    return isControl() ? finishControl(piece) : finishData(piece);
}

FrameReader::Step FrameReader::finishData(std::string_view piece)
{
    if (!isFinal()) {
        m_message.append(piece);
        return {Event::Fragment};
    }
    if (m_isText && !m_utf8.isComplete())
        return violation(CloseCode::InvalidPayload);
    const auto event = m_isText ? Event::Text : Event::Binary;
    if (m_message.empty())
        return {event, piece};
    m_message.append(piece);
    m_isMessageRead = true;
    return {event, m_message};
}

FrameReader::Step FrameReader::finishControl(std::string_view piece)
{
    if (!m_control.empty()) {
        m_control.append(piece);
        m_isControlRead = true;
        piece = m_control;
    }
    switch (opcode()) {
    case Opcode::Ping: return {Event::Ping, piece};
    case Opcode::Pong: return {Event::Pong, piece};
    default: return finishClose(piece);
    }
}

// RFC 6455, section 5.5.1.
FrameReader::Step FrameReader::finishClose(std::string_view payload) const
{
    if (payload.empty())
        return {Event::Close};
    if (payload.size() == 1)
        return violation(CloseCode::ProtocolError);
    const auto code = static_cast<std::uint16_t>(static_cast<unsigned char>(payload[0]) << 8 |
                                                 static_cast<unsigned char>(payload[1]));
    if (!isValidCloseCode(code))
        return violation(CloseCode::ProtocolError);
    const auto reason = payload.substr(2);
    Utf8Check utf8;
    if (!utf8.feed(reason) || !utf8.isComplete())
        return violation(CloseCode::InvalidPayload);
    return {Event::Close, reason, code};
}

std::string closePayload(std::uint16_t code, std::string_view reason)
{
    auto length = std::min(reason.size(), maxControlBytes - 2);
    const auto isContinuation = [&](std::size_t i) { return (static_cast<unsigned char>(reason[i]) & 0xC0) == 0x80; };
    while (length > 0 && length < reason.size() && isContinuation(length))
        --length;
    std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
    return payload.append(reason.substr(0, length));
}

bool isValidCloseCode(std::uint16_t code)
{
    if (code >= 3000)
        return code <= 4999;
    return code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
}

} // namespace castdeck::net
