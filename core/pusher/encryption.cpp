#include "core/pusher/encryption.h"

#include "core/base/crypto.h"
#include "core/base/json.h"

#include <sodium.h>

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

namespace castdeck::pusher {

namespace {

static_assert(crypto_secretbox_KEYBYTES == sizeof(EncryptionKey));
static_assert(crypto_secretbox_NONCEBYTES == sizeof(Nonce));

using Bytes = std::vector<unsigned char>;

const unsigned char* bytesOf(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string encodeBase64(std::span<const unsigned char> bytes)
{
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back(); // libsodium ends it with a zero byte.
    return text;
}

std::optional<Bytes> decodeBase64(std::string_view text)
{
    Bytes bytes(text.size() + 1); // More than enough, and never null.
    std::size_t size = 0;
    if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, nullptr,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        return std::nullopt;
    bytes.resize(size);
    return bytes;
}

std::optional<Bytes> bytesOfMember(const json::Value& object, std::string_view name)
{
    const auto value = object.find(name);
    return value && value->is(json::Kind::String) ? decodeBase64(value->text()) : std::nullopt;
}

} // namespace

Result<EncryptionKey> EncryptionKey::fromBase64(std::string_view text)
{
    EncryptionKey key;
    const auto decoded = decodeBase64(text);
    if (!decoded || decoded->size() != key.bytes.size())
        return Error{ErrorKind::InvalidInput, "An encryption key must be the base64 of 32 bytes"};
    std::ranges::copy(*decoded, key.bytes.begin());
    return key;
}

std::string EncryptionKey::toBase64() const
{
    return encodeBase64(bytes);
}

EncryptionKey sharedSecret(std::string_view channel, const EncryptionKey& masterKey)
{
    EncryptionKey secret;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, bytesOf(channel), channel.size());
    crypto_hash_sha256_update(&state, masterKey.bytes.data(), masterKey.bytes.size());
    crypto_hash_sha256_final(&state, secret.bytes.data());
    return secret;
}

std::string sealed(std::string_view plainText, const EncryptionKey& sharedSecret)
{
    Nonce nonce{};
    fillRandom(nonce);
    return sealed(plainText, sharedSecret, nonce);
}

std::string sealed(std::string_view plainText, const EncryptionKey& sharedSecret, const Nonce& nonce)
{
    Bytes cipherText(plainText.size() + crypto_secretbox_MACBYTES);
    crypto_secretbox_easy(cipherText.data(), bytesOf(plainText), plainText.size(), nonce.data(),
                          sharedSecret.bytes.data());
    return R"({"nonce":")" + encodeBase64(nonce) + R"(","ciphertext":")" + encodeBase64(cipherText) + R"("})";
}

Result<std::string> opened(std::string_view data, const EncryptionKey& sharedSecret)
{
    const auto invalid = [](std::string text) { return Error{ErrorKind::InvalidInput, std::move(text)}; };
    const auto object = json::Value::parse(data);
    if (!object || !object->is(json::Kind::Object))
        return invalid("Encrypted data must be a JSON object with nonce and ciphertext");
    const auto nonce = bytesOfMember(*object, "nonce");
    if (!nonce || nonce->size() != crypto_secretbox_NONCEBYTES)
        return invalid("The nonce of encrypted data must be the base64 of 24 bytes");
    const auto cipherText = bytesOfMember(*object, "ciphertext");
    if (!cipherText || cipherText->size() < crypto_secretbox_MACBYTES)
        return invalid("The ciphertext of encrypted data must be the base64 of at least 16 bytes");
    std::string plainText(cipherText->size() - crypto_secretbox_MACBYTES, '\0');
    if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(plainText.data()), cipherText->data(),
                                   cipherText->size(), nonce->data(), sharedSecret.bytes.data()) != 0)
        return Error{ErrorKind::Unauthorized, "The data was sealed with another secret, or has been changed"};
    return plainText;
}

} // namespace castdeck::pusher
