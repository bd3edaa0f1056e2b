#include "core/base/crypto.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <cstdlib>
#include <cstring>
#include <vector>

namespace castdeck {

namespace {

/// libsodium asks for one call before any other use; it is safe to repeat.
void initialise()
{
    static const bool isReady = sodium_init() >= 0;
    if (!isReady)
        std::abort(); // No random source: nothing that this program does would be safe.
}

} // namespace

HmacSha256::HmacSha256(std::string_view key) : m_state{}
{
    initialise();
    static_assert(sizeof(crypto_auth_hmacsha256_state) <= sizeof m_state);
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.data()), key.size());
    std::memcpy(m_state.data(), &state, sizeof state);
}

std::string HmacSha256::hex(std::string_view message) const
{
    crypto_auth_hmacsha256_state state;
    std::memcpy(&state, m_state.data(), sizeof state);
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> digest{};
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(message.data()), message.size());
    crypto_auth_hmacsha256_final(&state, digest.data());
    return toHex(digest);
}

std::string hmacSha256Hex(std::string_view key, std::string_view message)
{
    return HmacSha256{key}.hex(message);
}

std::string md5Hex(std::string_view message)
{
    // Fetching the algorithm by name costs more than hashing a small body, hence once.
    static EVP_MD* const md5 = EVP_MD_fetch(nullptr, "MD5", nullptr);
    std::array<unsigned char, 16> digest{};
    if (md5 == nullptr || EVP_Digest(message.data(), message.size(), digest.data(), nullptr, md5, nullptr) != 1)
        return {};
    return toHex(digest);
}

std::string toHex(std::span<const unsigned char> bytes)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const unsigned char byte : bytes) {
        text.push_back(digits[byte >> 4]);
        text.push_back(digits[byte & 0x0F]);
    }
    return text;
}

bool equalsInConstantTime(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && (a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0);
}

std::uint32_t randomBelow(std::uint32_t bound)
{
    initialise();
    return randombytes_uniform(bound);
}

std::string randomHex(std::size_t bytes)
{
    std::vector<unsigned char> buffer(bytes);
    fillRandom(buffer);
    return toHex(buffer);
}

void fillRandom(std::span<unsigned char> bytes)
{
    initialise();
    if (!bytes.empty()) // libsodium takes no null pointer, not even for nothing.
        randombytes_buf(bytes.data(), bytes.size());
}

} // namespace castdeck
