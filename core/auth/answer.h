#pragma once

#include "core/auth/authorization_request.h"
#include "core/auth/authorization_status.h"
#include "core/pusher/encryption.h"
#include "core/pusher/signature.h"

#include <string>

namespace castdeck::auth {

/// What the answers of one application are signed with. Ownership: refers to what the caller holds.
struct SigningKeys {
    const pusher::Signer* signer = nullptr;           ///< Null when there is no secret: nothing is signed.
    const pusher::EncryptionKey* masterKey = nullptr; ///< Null when there is none.
};

/// Who is told the reason of a refusal.
enum class Explain { Never, Loopback, Always };

struct Answer {
    http::Response response;
    std::string note; ///< For the log: why nothing was signed though a signature was asked for. Mostly empty.
};

/// The HTTP answer to a decision of the guard. Only a checked name of a channel that needs it is signed, and only for a
/// socket. Source: Pusher docs, "Authorizing users" and "Authenticating users".
Answer answerTo(const AuthorizationRequest& request, const AuthorizationStatus& status, const SigningKeys& keys,
                Explain explain);

} // namespace castdeck::auth
