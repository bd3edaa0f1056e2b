#pragma once

#include <string>

namespace castdeck {

enum class ErrorKind {
    InvalidInput, ///< The text or value breaks a rule; trying again cannot help.
    NotFound,
    Unauthorized,
    Forbidden,
    LimitReached,
    TooLarge,
    Unavailable, ///< The other side cannot be reached or is not running.
    Timeout,
    Io, ///< The operating system refused a file or socket call.
};

/// An expected failure: what to branch on, and a sentence for the operator. Never holds a secret or a payload.
struct Error {
    ErrorKind kind;
    std::string detail;
};

} // namespace castdeck
