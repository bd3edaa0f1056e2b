#include "core/net/utf8_check.h"

#include <cstddef>
#include <cstring>

namespace castdeck::net {

namespace {

/// The length of the longest prefix, in steps of 8 bytes, that is ASCII.
std::size_t asciiPrefix(std::string_view bytes)
{
    constexpr std::uint64_t highBits = 0x8080808080808080;
    std::size_t length = 0;
    while (bytes.size() - length >= sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + length, sizeof word);
        if ((word & highBits) != 0)
            break;
        length += sizeof word;
    }
    return length;
}

} // namespace

bool Utf8Check::feed(std::string_view bytes)
{
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        if (m_missing > 0) {
            if (byte < m_lowest || byte > m_highest)
                return false;
            --m_missing;
            m_lowest = 0x80;
            m_highest = 0xBF;
        } else if (byte < 0x80) {
            i += asciiPrefix(bytes.substr(i + 1));
        } else if (!begin(byte)) {
            return false;
        }
    }
    return true;
}

/// The table of RFC 3629: the second byte's range excludes overlong forms, surrogates and what lies above U+10FFFF.
bool Utf8Check::begin(unsigned char byte)
{
    if (byte < 0xC2 || byte > 0xF4)
        return false;
    m_missing = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    switch (byte) {
    case 0xE0: m_lowest = 0xA0; break;
    case 0xED: m_highest = 0x9F; break;
    case 0xF0: m_lowest = 0x90; break;
    case 0xF4: m_highest = 0x8F; break;
    default: break;
    }
    return true;
}

} // namespace castdeck::net
