#pragma once

#include "core/base/result.h"
#include "core/webhook/outbox.h"

#include <cstdint>
#include <map>
#include <vector>

namespace castdeck::webhook {

/// What changed since the last write(), so that the outbox is written once for many events, and not at all for what
/// came and went in between. Thread: the webhook thread.
class OutboxLedger {
public:
    explicit OutboxLedger(Outbox& outbox) : m_outbox{outbox} {}

    Result<std::vector<OutboxEntry>> load();
    /// The entry's id, greater than all before it.
    std::uint64_t add(OutboxEntry entry);
    void remove(std::uint64_t id);
    /// What could not be written is part of the next write().
    Result<void> write();
    bool hasChanges() const noexcept { return !m_added.empty() || !m_removed.empty(); }

private:
    Outbox& m_outbox;
    std::uint64_t m_lastId = 0;
    std::map<std::uint64_t, OutboxEntry> m_added;
    std::vector<std::uint64_t> m_removed;
};

} // namespace castdeck::webhook
