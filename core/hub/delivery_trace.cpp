#include "core/hub/delivery_trace.h"

#include "core/pusher/socket_id.h"

namespace castdeck::hub {

DeliveryTrace::DeliveryTrace(std::size_t expected, std::string exceptSocketId)
    : m_expected{expected}
    , m_exceptSocketId{std::move(exceptSocketId)}
{
    m_notes.reserve(expected);
}

void DeliveryTrace::note(std::uint64_t socket, std::size_t waitsBehindBytes)
{
    const SteadyTime now = std::chrono::steady_clock::now();
    const std::lock_guard lock{m_mutex};
    m_notes.push_back({socket, now, waitsBehindBytes});
}

std::vector<DeliveryTrace::Reached> DeliveryTrace::reached() const
{
    const std::lock_guard lock{m_mutex};
    std::vector<Reached> reached;
    reached.reserve(m_notes.size());
    for (const Note& note : m_notes)
        reached.push_back({pusher::SocketId::textOf(note.socket),
                           std::chrono::duration_cast<std::chrono::microseconds>(note.at - m_decidedAt),
                           note.waitsBehindBytes});
    return reached;
}

} // namespace castdeck::hub
