#pragma once

#include "core/base/http.h"

#include <chrono>
#include <cstddef>
#include <string>

/// Requests that this program sends, and what becomes of them.
namespace castdeck::http {

struct OutgoingRequest {
    std::string method;
    std::string url; ///< Percent-escapes as they shall travel.
    Headers headers;
    std::string body;
    std::chrono::milliseconds timeout{5'000}; ///< For the whole exchange.
    std::size_t maxAnswerBytes = 1'048'576;
};

enum class Failure {
    None,        ///< There is an answer, whatever its status.
    Unreachable, ///< No connection, or it broke before the answer was whole.
    Timeout,
    Tls,
    AnswerTooLarge,
};

struct Answer {
    Failure failure = Failure::None;
    std::string detail; ///< What went wrong, for people; with a TLS failure, every fault of the certificate.
    int status = 0;     ///< With AnswerTooLarge as well.
    Headers headers;
    std::string body;
};

} // namespace castdeck::http
