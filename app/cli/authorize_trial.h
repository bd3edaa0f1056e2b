#pragma once

#include "app/cli/target.h"
#include "core/base/http.h"
#include "core/base/result.h"
#include "core/pusher/encryption.h"
#include "core/pusher/signature.h"

#include <optional>
#include <string>
#include <vector>

namespace castdeck::cli {

/// One question of the command `authorize`, wherever it is put.
struct AuthorizeTrial {
    std::vector<std::string> channels; ///< Empty: who the sender is.
    std::string actor;                 ///< Empty: nobody is named.
    std::string socketId;              ///< Empty: none.
    http::Headers headers;             ///< As given; X-Actor-Id is not among them unless it was given so.
    bool isJson = false;

    /// Fails with InvalidInput, never repeating the value of a header.
    static Result<AuthorizeTrial> from(std::vector<std::string> channels, std::string actor, std::string socketId,
                                       const std::vector<std::string>& headers);

    /// As client libraries send it: `socket_id=...&channel_name=...`
    std::string form() const;
    /// "private-admins", or "user authentication"; for people.
    std::string subject() const;
    /// What stands in headers and nobody may see.
    std::vector<std::string> secrets() const;
};

/// What signatures are made and checked with.
struct AuthorizeKeys {
    std::optional<pusher::Signer> signer; ///< Nothing when no secret is known.
    std::optional<pusher::EncryptionKey> masterKey;
    std::string secret; ///< Never to be printed.

    static AuthorizeKeys of(const hub::AppConfig& app);
    static AuthorizeKeys of(const Target& target);
};

} // namespace castdeck::cli
