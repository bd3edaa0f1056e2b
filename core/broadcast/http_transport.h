#pragma once

#include "core/base/http.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

namespace castdeck::broadcast {

struct HttpRequest {
    std::string method;
    std::string url; ///< Percent-escapes as they shall travel.
    http::Headers headers;
    std::string body;
    std::chrono::milliseconds timeout{5'000}; ///< For the whole exchange.
    std::size_t maxAnswerBytes = 1'048'576;
};

enum class HttpFailure {
    None,        ///< There is an answer, whatever its status.
    Unreachable, ///< No connection, or it broke before the answer was whole.
    Timeout,
    Tls,
    AnswerTooLarge,
};

struct HttpAnswer {
    HttpFailure failure = HttpFailure::None;
    std::string detail; ///< What went wrong, for people.
    int status = 0;
    http::Headers headers;
    std::string body;
};

/// Sends HTTP requests for the drivers. Follows no redirect and repeats no request that has a body.
///
/// Thread: send() may be called from any thread and returns at once. `done` is called exactly once, from any thread;
/// when the transport ends before the answer, with Unreachable.
class HttpTransport {
public:
    using Done = std::function<void(HttpAnswer)>;

    virtual ~HttpTransport() = default;
    virtual void send(HttpRequest request, Done done) = 0;
};

} // namespace castdeck::broadcast
