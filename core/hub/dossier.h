#pragma once

#include "core/base/clock.h"
#include "core/base/counter.h"
#include "core/base/http.h"

#include <memory>
#include <string>

namespace castdeck::hub {

/// What went over one connection since its handshake. Written on its worker, read on any thread.
struct Traffic {
    Counter messagesIn;
    Counter messagesOut;
    Counter bytesIn;  ///< With frame heads, without TLS.
    Counter bytesOut; ///< The same.
    Counter clientPings;
    Counter pingsSent;
    Counter pongsReceived;
    Counter roundTripMicroseconds; ///< Of the last ping that was answered; 0 before.
    Counter heardMilliseconds;     ///< When the last frame came, on the steady clock; 0 for never.
    SteadyTime pingedAt{};         ///< Of the worker alone: the ping that is not answered.
};

/// What only somebody who looks at one client wants to know. Kept where there is a window, not in a headless server.
struct Dossier {
    std::string path; ///< As the client asked for it, prefix stripped.
    std::string protocol;
    bool isTls = false;
    http::Headers headers; ///< At most 32; those that hold secrets without their value.
    std::shared_ptr<Traffic> traffic = std::make_shared<Traffic>();
};

struct Handshake;

std::unique_ptr<const Dossier> dossierOf(const Handshake& handshake);

} // namespace castdeck::hub
