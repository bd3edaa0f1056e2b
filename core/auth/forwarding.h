#pragma once

#include "core/auth/authorization_request.h"
#include "core/auth/authorization_status.h"

#include <functional>
#include <string>
#include <vector>

/// Letting another application decide: what it is asked, and what its answer means.
namespace castdeck::auth {

struct ForwardAnswer {
    int status = 0; ///< 0: there was no answer.
    std::string body;
    std::string failure; ///< Why there was none, for people; holds no secret.
};

/// Sends the question to the other application.
///
/// Thread: post() may be called from any thread and returns at once. `done` is called exactly once, from any thread,
/// with or without an answer, within a time limit of its own; redirects are not followed, as they lead to login pages.
class Forwarder {
public:
    using Done = std::function<void(ForwardAnswer)>;

    virtual ~Forwarder() = default;
    virtual void post(const std::string& url, http::Headers headers, std::string body, Done done) = 0;
};

enum class Question { Channel, User };

/// Why this request can only be refused, whoever decides: then nobody else is asked. A channel must have a valid name,
/// because what the other application allows may be signed here.
bool isHopeless(const AuthorizationRequest& request, Question question, std::size_t maxChannelCharacters);

/// The headers that are named, with all their values; never those that describe the message itself.
http::Headers headersToForward(const AuthorizationRequest& request, const std::vector<std::string>& names);
std::string formToForward(const AuthorizationRequest& request, Question question);

/// 2xx allows; a body with "auth" is passed on as it is, otherwise the answer is ours to make.
AuthorizationStatus statusOf(const ForwardAnswer& answer, const AuthorizationRequest& request, Question question);

} // namespace castdeck::auth
