#pragma once

#include "core/base/outgoing.h"

#include <functional>

namespace castdeck::broadcast {

/// Sends HTTP requests for the drivers. Follows no redirect and repeats no request that has a body.
///
/// Thread: send() may be called from any thread and returns at once. `done` is called exactly once, from any thread;
/// when the transport ends before the answer, with Unreachable.
class HttpTransport {
public:
    using Done = std::function<void(http::Answer)>;

    virtual ~HttpTransport() = default;
    virtual void send(http::OutgoingRequest request, Done done) = 0;
};

} // namespace castdeck::broadcast
