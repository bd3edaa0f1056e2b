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

void LogStore::setMaxRows(std::size_t rows)
{
    m_bounds.rows = rows;
    makeRoom();
}

void LogStore::prepend(std::vector<engine::Event> events)
{
    if (m_older.rows == 0)
        m_olderEnd = m_first;
    m_older.rows += events.size();
    for (auto event = events.rbegin(); event != events.rend(); ++event) {
        const std::size_t bytes = bytesOf(*event);
        m_older.bytes += bytes;
        m_bytes += bytes;
        --m_first;
        m_rows.push_front(std::move(*event));
    }
}

void LogStore::letGoOfOlder()
{
    while (m_older.rows > 0 && m_first < m_olderEnd)
        removeOldest();
    m_older = {0, 0};
    makeRoom();
}

std::size_t LogStore::bytesOf(const engine::Event& event)
{
    return event.appId.size() + event.channel.size() + event.event.size() + event.socketId.size() +
           event.userId.size() + event.detail.size() + (event.payload ? event.payload->size() : 0);
}

void LogStore::makeRoom()
{
    const std::size_t maxRows = m_bounds.rows + m_older.rows;
    const std::size_t maxBytes = m_bounds.bytes + m_older.bytes;
    while (m_rows.size() > maxRows || (m_bytes > maxBytes && m_rows.size() > 1))
        removeOldest();
}

void LogStore::removeOldest()
{
    m_bytes -= bytesOf(m_rows.front());
    m_rows.pop_front();
    ++m_first;
}

} // namespace castdeck::ui
