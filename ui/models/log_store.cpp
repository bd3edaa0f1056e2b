#include "ui/models/log_store.h"

#include <iterator>

namespace castdeck::ui {

void LogStore::append(std::vector<engine::Event> events)
{
    for (engine::Event& event : events) {
        ++m_counts[static_cast<std::size_t>(event.kind)];
        m_bytes += bytesOf(event);
        m_rows.push_back(std::move(event));
    }
    makeRoom();
}

std::size_t LogStore::bytesOf(const engine::Event& event)
{
    return event.appId.size() + event.channel.size() + event.event.size() + event.socketId.size() +
           event.userId.size() + event.detail.size() + (event.payload ? event.payload->size() : 0);
}

void LogStore::makeRoom()
{
    while (m_rows.size() > m_bounds.rows || (m_bytes > m_bounds.bytes && m_rows.size() > 1)) {
        m_bytes -= bytesOf(m_rows.front());
        m_rows.pop_front();
        ++m_first;
    }
}

} // namespace castdeck::ui
