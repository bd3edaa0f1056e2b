#pragma once

#include <cstdint>
#include <string_view>

namespace castdeck::net {

/// Judges UTF-8 that arrives in pieces, at the first bad byte. Source: RFC 3629, section 4.
class Utf8Check {
public:
    /// False as soon as the bytes so far cannot begin a valid text; the check is of no use afterwards.
    bool feed(std::string_view bytes);
    /// False in the middle of a character.
    bool isComplete() const { return m_missing == 0; }
    void reset() { *this = {}; }

private:
    bool begin(unsigned char byte);

    // What the next byte of a started character may be.
    std::uint8_t m_missing = 0;
    std::uint8_t m_lowest = 0x80;
    std::uint8_t m_highest = 0xBF;
};

} // namespace castdeck::net
