#pragma once

#include "core/broadcast/http_transport.h"
#include "core/broadcast/report.h"

#include <string>

/// What drivers that speak HTTP have in common.
namespace castdeck::broadcast {

/// The exchange as text, for the report: method, address and body; status and body.
Exchange asExchange(const http::OutgoingRequest& request, const http::Answer& answer);

/// Why there is no answer, with the scheme, host and port that were tried; code None when there is one.
Failure transportFailure(const http::OutgoingRequest& request, const http::Answer& answer);

/// The code of a status that means no success, where the engine has no rules of its own.
Code codeOfStatus(int status);

/// What the server says of its failure: a line of text, or `error` or `message` of a JSON object.
std::string errorText(const http::Answer& answer);

} // namespace castdeck::broadcast
