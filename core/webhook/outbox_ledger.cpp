#include "core/webhook/outbox_ledger.h"

namespace castdeck::webhook {

Result<std::vector<OutboxEntry>> OutboxLedger::load()
{
    auto entries = m_outbox.load();
    if (entries && !entries->empty())
        m_lastId = entries->back().id;
    return entries;
}

std::uint64_t OutboxLedger::add(OutboxEntry entry)
{
    entry.id = ++m_lastId;
    m_added.emplace(entry.id, std::move(entry));
    return m_lastId;
}

void OutboxLedger::remove(std::uint64_t id)
{
    if (m_added.erase(id) == 0)
        m_removed.push_back(id);
}

Result<void> OutboxLedger::write()
{
    if (!hasChanges())
        return {};
    OutboxChange change;
    change.removed = m_removed;
    for (const auto& [id, entry] : m_added)
        change.added.push_back(entry);
    auto written = m_outbox.write(change);
    if (written) {
        m_added.clear();
        m_removed.clear();
    }
    return written;
}

} // namespace castdeck::webhook
