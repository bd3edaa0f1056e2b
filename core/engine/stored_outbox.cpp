#include "core/engine/stored_outbox.h"

namespace castdeck::engine {

using webhook::OutboxEntry;

Result<std::vector<OutboxEntry>> StoredOutbox::load()
{
    auto rows = m_file.load();
    if (!rows)
        return rows.error();
    std::vector<OutboxEntry> entries;
    for (store::OutboxRow& row : *rows)
        entries.push_back({.id = static_cast<std::uint64_t>(row.id),
                           .stage = static_cast<OutboxEntry::Stage>(row.stage),
                           .target = std::move(row.target),
                           .text = std::move(row.text),
                           .key = std::move(row.key),
                           .signature = std::move(row.signature)});
    return entries;
}

Result<void> StoredOutbox::write(const webhook::OutboxChange& change)
{
    std::vector<store::OutboxRow> added;
    for (const OutboxEntry& entry : change.added)
        added.push_back({static_cast<std::int64_t>(entry.id), static_cast<std::int64_t>(entry.stage), entry.target,
                         entry.text, entry.key, entry.signature});
    return m_file.write(added, {change.removed.begin(), change.removed.end()});
}

} // namespace castdeck::engine
