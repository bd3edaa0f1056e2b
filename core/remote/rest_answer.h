#pragma once

#include "core/base/clock.h"
#include "core/base/outgoing.h"
#include "core/broadcast/report.h"

#include <string>

namespace castdeck::remote {

/// The answer to a question about a server's state.
struct RestAnswer {
    broadcast::Code code = broadcast::Code::None;
    int status = 0;   ///< HTTP; 0 when there was no answer.
    std::string text; ///< What the server or the network said, one line; secrets replaced.
    std::string body; ///< A JSON object when code is None.
};

/// What the answer of a Pusher HTTP interface means. `secret` is replaced wherever the server repeats it.
RestAnswer interpret(const http::OutgoingRequest& request, const http::Answer& answer, const std::string& secret,
                     WallTime now);

} // namespace castdeck::remote
