#pragma once

#include "core/base/clock.h"
#include "core/remote/http_client.h"
#include "core/remote/send_report.h"

#include <string_view>

namespace castdeck::remote {

/// What the answer of a Pusher HTTP interface means. `secret` is replaced wherever the server repeats it.
RestAnswer interpret(const http::Answer& answer, std::string_view secret, WallTime now);

/// One line without control characters, at most 500 bytes, with `secret` replaced by `••••`.
std::string harmless(std::string text, std::string_view secret);

} // namespace castdeck::remote
