#pragma once

#include "core/base/result.h"

#include <array>
#include <string>
#include <string_view>

/// End-to-end encryption on private-encrypted channels: NaCl secretbox (XSalsa20-Poly1305) with one secret a channel,
/// derived from a master key that publishers and the authorization endpoint share. The server only passes it through.
/// Source: Pusher docs, "End-to-end encryption".
namespace castdeck::pusher {

/// A master key, or the shared secret of one channel. Never logged or shown unasked.
struct EncryptionKey {
    std::array<unsigned char, 32> bytes{};

    /// Fails with InvalidInput unless it is the base64 of 32 bytes.
    static Result<EncryptionKey> fromBase64(std::string_view text);
    std::string toBase64() const;
};

using Nonce = std::array<unsigned char, 24>;

/// SHA-256 of the channel's name and the master key.
EncryptionKey sharedSecret(std::string_view channel, const EncryptionKey& masterKey);

/// `{"nonce":"...","ciphertext":"..."}`, both base64: the data of the event to publish.
std::string sealed(std::string_view plainText, const EncryptionKey& sharedSecret);
/// With a given nonce, which must never serve twice under one key.
std::string sealed(std::string_view plainText, const EncryptionKey& sharedSecret, const Nonce& nonce);

/// The plain text of such data. Fails with InvalidInput when it has another shape, Unauthorized when it was not sealed
/// with this secret or has been changed.
Result<std::string> opened(std::string_view data, const EncryptionKey& sharedSecret);

} // namespace castdeck::pusher
