#pragma once

#include "core/broadcast/drivers/local_driver.h"
#include "core/broadcast/options.h"
#include "core/pusher/encryption.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace castdeck::broadcast {

/// The options of a connection to a Pusher-compatible server, checked.
struct PusherOptions {
    std::string appId;
    std::string key;
    std::string secret;
    std::string baseUrl; ///< "https://api-eu.pusher.com", a path prefix included, without a slash at the end.
    bool isHosted = true;
    bool isClearText = false; ///< Plain HTTP to a host that is not this machine.
    std::chrono::milliseconds timeout{5'000};
    MessageForm form;
    std::size_t maxPayloadBytes = 10'240;
    std::optional<pusher::EncryptionKey> masterKey;

    /// Fails with InvalidInput, naming the option.
    static Result<PusherOptions> read(const Options& options, std::size_t maxPayloadBytes);
};

/// A name for the path of a request: what may not stand there is escaped; the characters of channel names may.
std::string pathSegment(std::string_view text);

} // namespace castdeck::broadcast
