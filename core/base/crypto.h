#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace castdeck {

/// Lower-case hexadecimal HMAC-SHA256 for one key; the key's blocks are hashed once.
///
/// Thread: any; hex() works on a copy of the prepared state.
class HmacSha256 {
public:
    explicit HmacSha256(std::string_view key);
    std::string hex(std::string_view message) const;

private:
    alignas(64) std::array<std::byte, 512> m_state;
};

std::string hmacSha256Hex(std::string_view key, std::string_view message);
std::string md5Hex(std::string_view message);
std::string toHex(std::span<const unsigned char> bytes);

/// Takes the same time wherever the texts differ. Texts of different length are unequal at once.
bool equalsInConstantTime(std::string_view a, std::string_view b);

/// From the operating system's cryptographic generator.
std::uint32_t randomBelow(std::uint32_t bound);
std::string randomHex(std::size_t bytes);
void fillRandom(std::span<unsigned char> bytes);

} // namespace castdeck
