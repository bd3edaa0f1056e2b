#pragma once

#include "core/base/clock.h"
#include "core/base/http.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace castdeck::engine {

/// One answer to the question who may use what, for the authorization log. Holds no secret; texts of the asker's own
/// are cut.
struct Decision {
    WallTime at{};
    std::string appId;
    std::string channel;  ///< As asked for; empty when it is about a user or a connection.
    std::string socketId; ///< The same.
    std::string remoteIp;
    std::string method;
    std::string path;
    std::string actorId; ///< Empty for anonymous.
    std::string actorName;
    std::string identitySource; ///< "token", "cookie", "header", "socket", or empty.
    std::string reason;         ///< "rule_allowed"
    std::string rule;           ///< The pattern of the rule that decided; empty when none did.
    std::size_t ruleIndex = 0;  ///< From 1; 0 when no rule decided.
    bool isAllowed = false;
    int httpStatus = 0;
    std::string explanation; ///< One sentence.
};

/// A question that the owner of the engine asks the authorization endpoint.
struct AuthorizationTrial {
    std::string appId;
    std::string channel; ///< Empty: it is about the user.
    std::string socketId;
    std::string actorId; ///< Believed, as X-Actor-Id, for this question only; empty: what the headers say.
    http::Headers headers;
};

/// The answer to a trial.
struct AuthorizationVerdict {
    std::uint64_t commandId = 0;
    int httpStatus = 0;
    std::string body; ///< As a client would get it; signatures and shared secrets included.
    Decision decision;
    std::vector<std::pair<std::string, std::string>> params; ///< Of the rule's pattern.
    bool isSignatureRight = false; ///< The body has one, and this application's clients may join with it.
};

} // namespace castdeck::engine
