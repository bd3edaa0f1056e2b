#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace castdeck::webhook {

/// Something that still has to be delivered.
struct OutboxEntry {
    enum class Stage : std::uint8_t {
        Held,      ///< `text` is an event in its grace period.
        Collected, ///< `text` is an event that waits for the rest of its batch.
        Request,   ///< `text` is a whole body, signed; what is sent again is the same to the byte.
    };

    std::uint64_t id = 0; ///< Grows with time: the order within a channel.
    Stage stage = Stage::Request;
    std::string target; ///< See targetKey().
    std::string text;
    std::string key{}; ///< Of a request, as its signature.
    std::string signature{};

    bool operator==(const OutboxEntry&) const = default;
};

/// Removals go first; an id that is not there is none.
struct OutboxChange {
    std::vector<OutboxEntry> added;
    std::vector<std::uint64_t> removed;
};

/// What survives a restart. Secrets of applications and headers of targets are not in it; payloads of clients are.
///
/// Thread: the webhook thread.
class Outbox {
public:
    virtual ~Outbox() = default;
    virtual Result<std::vector<OutboxEntry>> load() = 0; ///< By growing id.
    /// All or nothing.
    virtual Result<void> write(const OutboxChange& change) = 0;
};

/// For servers without a place to keep anything.
class NoOutbox final : public Outbox {
public:
    Result<std::vector<OutboxEntry>> load() override { return std::vector<OutboxEntry>{}; }
    Result<void> write(const OutboxChange&) override { return {}; }
};

} // namespace castdeck::webhook
