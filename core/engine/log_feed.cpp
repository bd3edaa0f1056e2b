#include "core/engine/log_feed.h"

#include "core/base/json.h"

#include <algorithm>
#include <chrono>

namespace castdeck::engine {

namespace {

constexpr std::chrono::seconds patience{30}; ///< So long after a question the next one is expected.
constexpr std::size_t maxAnswerBytes = 1'000'000;

std::size_t bytesOf(const Event& event)
{
    return event.payload ? event.payload->size() : 0;
}

void appendMember(std::string& json, const char* name, const std::string& value)
{
    if (!value.empty())
        json += std::string{",\""} + name + "\":" + json::toString(value);
}

std::string rowOf(const Event& event)
{
    const auto at = std::chrono::duration_cast<std::chrono::milliseconds>(event.at.time_since_epoch()).count();
    std::string row = R"({"kind":)" + std::to_string(static_cast<int>(event.kind)) + R"(,"at":)" + std::to_string(at);
    appendMember(row, "channel", event.channel);
    appendMember(row, "event", event.event);
    appendMember(row, "socket", event.socketId);
    appendMember(row, "user", event.userId);
    appendMember(row, "detail", event.detail);
    if (event.payload)
        row += R"(,"data":)" + json::toString(*event.payload);
    if (event.code != 0)
        row += R"(,"code":)" + std::to_string(event.code);
    if (event.receivers != 0)
        row += R"(,"receivers":)" + std::to_string(event.receivers);
    return row + "}";
}

} // namespace

bool LogFeed::isWanted() const
{
    const auto until = m_wantedUntil.load(std::memory_order_relaxed);
    return until != nobody && m_clock.steady().time_since_epoch().count() < until; // Called for each event.
}

void LogFeed::put(const Event& event)
{
    const std::lock_guard lock{m_mutex};
    m_rows.push_back({++m_last, event});
    m_rows.back().event.trace.reset(); // Holds what is on its way, and is for this process.
    m_bytes += bytesOf(event);
    while (m_rows.size() > maxRows || (m_bytes > maxBytes && m_rows.size() > 1)) {
        m_bytes -= bytesOf(m_rows.front().event);
        m_rows.pop_front();
    }
}

std::string LogFeed::after(const std::string& appId, std::uint64_t number)
{
    m_wantedUntil.store((m_clock.steady() + patience).time_since_epoch().count(), std::memory_order_relaxed);
    const std::lock_guard lock{m_mutex};
    const std::uint64_t first = m_rows.empty() ? m_last + 1 : m_rows.front().number;
    const std::uint64_t dropped = number + 1 < first ? first - number - 1 : 0;
    std::uint64_t last = number > m_last ? m_last : std::max(number, first - 1);
    std::string rows;
    for (const Row& row : m_rows) {
        if (row.number <= number || rows.size() > maxAnswerBytes)
            continue;
        last = row.number;
        if (row.event.appId == appId)
            rows += (rows.empty() ? "" : ",") + rowOf(row.event);
    }
    return R"({"version":1,"last":)" + std::to_string(last) + R"(,"dropped":)" + std::to_string(dropped) +
           R"(,"rows":[)" + rows + "]}";
}

} // namespace castdeck::engine
