#pragma once

#include "core/broadcast/driver.h"
#include "core/pusher/encryption.h"

#include <optional>
#include <string>

/// Signing for authorization requests. Names and socket ids are checked before anything is signed: the signed texts of
/// a channel and of a user differ only in what stands between the colons, so a "channel" of the right shape would be a
/// forged login.
namespace castdeck::broadcast {

/// Fails with bad_channel, bad_option (the socket id) or not_supported (no `signer`). `masterKey` may be null.
SignedAnswer channelSignature(const pusher::Signer* signer, const pusher::EncryptionKey* masterKey,
                              const std::string& socketId, const std::string& channel,
                              const std::optional<std::string>& channelData);
SignedAnswer userSignature(const pusher::Signer* signer, const std::string& socketId, const std::string& userData);

} // namespace castdeck::broadcast
