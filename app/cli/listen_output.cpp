#include "app/cli/listen_output.h"

#include "app/cli/command.h"
#include "app/cli/output.h"
#include "core/base/json.h"

namespace castdeck::cli {

namespace {

constexpr int maxDepth = 512;

/// JSON data as it is, on one line; any other text as a JSON string.
std::string dataAsJson(const std::string& data)
{
    return json::check(data, maxDepth) ? json::toString(data) : json::compact(data);
}

} // namespace

std::optional<int> ListenOutput::print(const HeardEvent& event)
{
    if (event.isOfProtocol && !m_options.printsProtocolEvents)
        return std::nullopt;
    if (!m_options.event.empty() && event.event != m_options.event)
        return std::nullopt;
    std::string line = "{\"channel\":" + json::toString(event.channel) + ",\"event\":" + json::toString(event.event);
    if (!event.userId.empty())
        line += ",\"user_id\":" + json::toString(event.userId);
    if (!printLine(line + ",\"data\":" + dataAsJson(event.data) + "}"))
        return exitFailed;
    ++m_printed;
    return m_options.count && m_printed >= *m_options.count ? std::optional{exitDone} : std::nullopt;
}

int ListenOutput::endOfTime(bool isConnected) const
{
    if (m_options.count)
        say("time is up after " + std::to_string(m_printed) + " of " + std::to_string(*m_options.count) + " events");
    return m_options.count || !isConnected ? exitFailed : exitDone;
}

} // namespace castdeck::cli
