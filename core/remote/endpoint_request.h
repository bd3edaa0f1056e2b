#pragma once

#include "core/base/outgoing.h"
#include "core/remote/endpoint_checks.h"

#include <string>
#include <utility>
#include <vector>

/// How an authorization endpoint is asked, and how that is shown without what may be a secret.
namespace castdeck::remote {

/// Where and how to ask. Holds what somebody is logged in with.
struct EndpointTarget {
    std::string url; ///< Empty: the built-in endpoint.
    std::string method = "POST";
    http::Headers headers;                                       ///< A Cookie is one of them.
    std::vector<std::pair<std::string, std::string>> parameters; ///< Sent beside socket_id and channel_name.
    std::string csrfPage; ///< A page to load first, whose CSRF cookie and token are sent; empty for none.
    std::chrono::milliseconds timeout{10'000};
};

/// Client libraries send a form; a GET carries the same in its query.
http::OutgoingRequest requestFor(const EndpointTarget& target, const EndpointQuestion& question);

/// What a page gave, and the target with it: cookies of the answer, and the token as X-CSRF-TOKEN or X-XSRF-TOKEN.
/// Source: the conventions of Laravel, Django and Rails. False when the page holds no token.
bool addCsrf(EndpointTarget& target, const http::Answer& page);

/// The address without user, password, query and fragment.
std::string shownAddress(const std::string& url);
/// Values that may be secrets: of headers, of parameters that are called so, of the address, and of `apps`.
std::vector<std::string> secretsOf(const EndpointTarget& target, const std::vector<KnownApp>& apps);
/// A request as text for people, with •••• in place of header values that may be secrets.
std::string shownRequest(const http::OutgoingRequest& request, const std::vector<std::string>& secrets);
/// The head of an answer, without what cookies hold, and its body, without the key of an encrypted channel. Bounded.
std::string shownHead(const http::Answer& answer, const std::vector<std::string>& secrets);
std::string shownBody(const http::Answer& answer, const std::vector<std::string>& secrets);

} // namespace castdeck::remote
