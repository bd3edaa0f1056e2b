#pragma once

#include "core/base/outgoing.h"
#include "core/pusher/signature.h"

#include <string>

namespace castdeck::cli {

/// What an authorization endpoint was asked.
struct EndpointQuestion {
    std::string socketId; ///< Empty: no client asks, so nothing needs a signature.
    std::string channel;  ///< Empty: who the sender is.
};

enum class SignatureState {
    None,      ///< The answer has none.
    Unchecked, ///< There is no secret to check it with.
    Right,
    Wrong,
};

/// "right"
std::string_view toText(SignatureState state);

/// What the client libraries make of an endpoint's answer.
struct EndpointVerdict {
    bool isAllowed = false;
    SignatureState signature = SignatureState::None;
    std::string explanation; ///< One sentence. May quote the answer.
};

/// `signer` is null when the secret is not known. The answer is one that arrived.
/// Source: Pusher docs, "Authorizing users" and "Authenticating users"; behaviour as pusher-js where they are silent.
EndpointVerdict verdictOn(const http::Answer& answer, const EndpointQuestion& question, const pusher::Signer* signer);

} // namespace castdeck::cli
