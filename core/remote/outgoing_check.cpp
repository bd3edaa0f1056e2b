#include "core/remote/outgoing_check.h"

#include "core/base/ascii.h"
#include "core/pusher/channel_name.h"
#include "core/pusher/socket_id.h"

#include <algorithm>

namespace castdeck::remote {

namespace {

constexpr std::size_t maxEventNameCharacters = 200;

ChannelReport problem(SendCode code, std::string text)
{
    return {.channel = {}, .code = code, .status = 0, .text = std::move(text)};
}

} // namespace

ChannelReport checkEvent(const OutgoingEvent& event, const PusherEndpoint& endpoint)
{
    if (event.name.empty() || !isValidUtf8(event.name) || characterCount(event.name) > maxEventNameCharacters)
        return problem(SendCode::BadEvent, "the event name must have 1 to 200 characters");
    if (event.name.starts_with("pusher:") || event.name.starts_with("pusher_internal:"))
        return problem(SendCode::BadEvent, "event names that start with pusher: or pusher_internal: are reserved");
    if (!event.excludeSocketId.empty() && !pusher::SocketId::isWellFormed(event.excludeSocketId))
        return problem(SendCode::BadOption, "the excluded socket id must look like 1234.5678");
    if (!isValidUtf8(event.data))
        return problem(SendCode::BadEvent, "the payload is not valid UTF-8");
    if (event.data.size() > endpoint.maxPayloadBytes)
        return problem(SendCode::PayloadTooLarge, "the payload has " + std::to_string(event.data.size()) +
                                                      " bytes, at most " + std::to_string(endpoint.maxPayloadBytes) +
                                                      " are allowed");
    return {};
}

ChannelReport checkChannel(const std::string& channel)
{
    const auto name = pusher::ChannelName::parse(channel);
    if (!name)
        return problem(SendCode::BadChannel, name.error().detail);
    return {};
}

std::vector<std::string> withoutRepeats(const std::vector<std::string>& channels)
{
    std::vector<std::string> result;
    for (const std::string& channel : channels) {
        if (std::ranges::find(result, channel) == result.end())
            result.push_back(channel);
    }
    return result;
}

} // namespace castdeck::remote
