#include "core/webhook/batch_builder.h"

namespace castdeck::webhook {

void BatchBuilder::add(TrackedEvent event, SteadyTime now)
{
    m_bytes += event.event.json.size();
    m_collected.push_back({std::move(event), now});
}

bool BatchBuilder::isDue(SteadyTime now) const
{
    const bool isFull = m_collected.size() >= maxEvents || m_bytes >= maxBytes;
    return isFull || (!m_collected.empty() && *nextDue() <= now);
}

std::vector<TrackedEvent> BatchBuilder::take()
{
    std::vector<TrackedEvent> request;
    std::size_t bytes = 0;
    while (!m_collected.empty() && request.size() < (m_isBatching ? maxEvents : 1)) {
        const std::size_t next = m_collected.front().tracked.event.json.size();
        if (!request.empty() && bytes + next > maxBytes)
            break;
        bytes += next;
        request.push_back(std::move(m_collected.front().tracked));
        m_collected.pop_front();
    }
    m_bytes -= bytes;
    return request;
}

std::optional<SteadyTime> BatchBuilder::nextDue() const
{
    if (m_collected.empty())
        return std::nullopt;
    return m_collected.front().since + (m_isBatching ? maxDelay : std::chrono::seconds{0});
}

} // namespace castdeck::webhook
