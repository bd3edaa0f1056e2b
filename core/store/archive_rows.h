#pragma once

#include "core/base/clock.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

/// What the archive keeps, as plain values.
namespace castdeck::store {

enum class SentState : std::uint8_t {
    Waiting, ///< Nobody knows what became of it, for instance because the program ended.
    Accepted,
    Partial,
    Failed,
};

/// What became of a message.
struct SentOutcome {
    SentState state = SentState::Waiting;
    std::optional<std::int64_t> receivers{}; ///< Where it is known.
    std::string report;                      ///< One line for people. Holds no secret.
    WallTime at{};

    bool operator==(const SentOutcome&) const = default;
};

/// One message as it was sent, and what became of it.
struct SentRow {
    std::int64_t id = 0; ///< Grows with the time; from Archive::nextSentId().
    std::string profile;
    std::string connection; ///< Empty: the profile's own server.
    std::string appId;
    std::string channels; ///< Names with blanks between them.
    std::string event;
    std::string payload;   ///< Byte for byte.
    std::int64_t mode = 0; ///< What the payload was written as; its meaning is up to who sends.
    WallTime at{};
    SentOutcome outcome;

    bool operator==(const SentRow&) const = default;
};

/// One row of the live log. The payload is shared, so that a row costs its maker no copy of it.
struct LogRow {
    std::int64_t id = 0; ///< Grows within a file; given by Archive::addLog().
    std::string profile;
    std::int64_t kind = 0; ///< Its meaning is up to who writes; must never change.
    WallTime at{};
    std::string appId;
    std::string channel;
    std::string event;
    std::string socketId;
    std::string userId;
    std::shared_ptr<const std::string> payload; ///< May be null.
    std::string detail;
    std::int64_t code = 0;
    std::int64_t receivers = 0;
};

/// A small thing of the program that outlives a run, in its place in a collection.
struct DocumentRow {
    std::string collection;
    std::string id;
    std::string json;

    bool operator==(const DocumentRow&) const = default;
};

} // namespace castdeck::store
