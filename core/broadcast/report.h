#pragma once

#include "core/base/clock.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::broadcast {

enum class Status { Sent, Skipped, Suppressed, Discarded, Logged, Failed };

/// Why something failed.
enum class Code {
    None,
    NoDefault,
    UnknownConnection,
    NoDriver,
    BadDriver,
    UnknownDriver,
    BadOption,
    BadChannel,
    BadEvent,
    PayloadTooLarge,
    NotJson,
    Unreachable,
    Timeout,
    Tls,
    Unauthorized,
    Forbidden,
    TooLarge,
    Rejected,
    BadResponse,
    Partial,
    NotSupported,
};

std::string_view toText(Status status); ///< "skipped"
std::string_view toText(Code code);     ///< "payload_too_large"; empty for None.

/// A code, and a sentence for people. Code None is success.
struct Failure {
    Code code = Code::None;
    std::string text;

    bool isFailure() const noexcept { return code != Code::None; }
};

/// What became of one event or message on one channel of one connection.
struct Entry {
    std::string connection;
    std::string channel;
    Status status = Status::Sent;
    Code code = Code::None;
    int remoteStatus = 0;                   ///< HTTP status or the engine's own error number; 0 without an answer.
    std::string text;                       ///< Why, one line: the reason, or what the other side said.
    std::optional<std::uint64_t> receivers; ///< Where the engine tells.
    std::optional<std::uint64_t> users{};   ///< Distinct ones in a presence channel, where the engine tells.
    std::vector<std::string> notes;         ///< What the sender should know although nothing failed.
    std::size_t message = 0;                ///< Which message of a publish it is, from 1; 0 for an event.

    static Entry sent(std::string channel);
    static Entry failed(std::string channel, Failure failure, int remoteStatus = 0);
};

/// One question to a remote engine and what it answered, as text; secrets are replaced.
struct Exchange {
    std::string connection;
    std::string request;
    std::string answer;
};

/// What became of one call: an entry for each connection and channel, whatever happened.
struct Report {
    std::string event;            ///< Empty for publish.
    std::size_t payloadBytes = 0; ///< Of all messages or events together.
    WallTime start{};
    std::chrono::milliseconds duration{0};
    std::vector<Entry> entries;
    std::vector<Exchange> exchanges;
    std::string note; ///< "no channels" when there was nothing to send to.

    bool isSuccess() const; ///< Nothing failed; what was skipped is no failure.
    /// None, the code that all failures share when nothing was delivered, else Partial.
    Code code() const;
    /// One sentence: `"NewRelease": 2 sent, 1 skipped (no actor).`
    std::string summary() const;
};

/// "releases on eu: sent, 3 receivers"
std::string describe(const Entry& entry);

} // namespace castdeck::broadcast
