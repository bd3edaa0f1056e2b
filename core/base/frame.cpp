#include "core/base/frame.h"

#include <boost/smart_ptr/make_shared.hpp>

#include <cstdint>

namespace castdeck {

namespace {

constexpr int finalFragment = 0x80;

std::size_t headerSize(std::size_t payloadBytes)
{
    if (payloadBytes < 126)
        return 2;
    return payloadBytes <= 0xFFFF ? 4 : 10;
}

void appendBigEndian(std::string& out, std::uint64_t value, int bytes)
{
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        out.push_back(static_cast<char>(value >> shift));
}

} // namespace

Frame::Frame(Opcode opcode, std::string_view payload) : m_headerBytes{headerSize(payload.size())}
{
    m_wire.reserve(m_headerBytes + payload.size());
    m_wire.push_back(static_cast<char>(finalFragment | static_cast<int>(opcode)));
    if (m_headerBytes == 2) {
        m_wire.push_back(static_cast<char>(payload.size()));
    } else {
        const bool isShort = m_headerBytes == 4;
        m_wire.push_back(static_cast<char>(isShort ? 126 : 127));
        appendBigEndian(m_wire, payload.size(), isShort ? 2 : 8);
    }
    m_wire.append(payload);
}

SharedFrame makeFrame(std::string_view text)
{
    return boost::make_shared<const Frame>(text);
}

} // namespace castdeck
