#pragma once

#include "core/base/http.h"

#include <chrono>
#include <functional>
#include <string>

namespace castdeck::webhook {

struct TransportRequest {
    std::string url;
    http::Headers headers; ///< Whole, Content-Type included; nothing may be added to that one, not even a charset.
    std::string body;
    std::chrono::seconds connectTimeout{3};
    std::chrono::seconds timeout{10}; ///< For the whole exchange.
    /// For checkAddress(), to be asked about the address that the connection goes to.
    bool allowsPrivateNetwork = false;
};

struct TransportAnswer {
    int status = 0;      ///< 0 when there was no whole answer.
    std::string failure; ///< Why not, in one sentence.
};

/// Sends HTTP requests for the webhooks.
///
/// Thread: post() is called on the webhook thread and must return at once. `done` may be called on any thread, once,
/// after `timeout` at the latest, and may come after whoever asked is gone. Redirects are not followed; of the answer's
/// body at most 64 KiB are read.
class Transport {
public:
    using Done = std::function<void(TransportAnswer)>;

    virtual ~Transport() = default;
    virtual void post(TransportRequest request, Done done) = 0;
};

} // namespace castdeck::webhook
