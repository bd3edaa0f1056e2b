#include "core/engine/publish.h"

#include "core/base/ascii.h"
#include "core/base/json.h"

#include <algorithm>

namespace castdeck::engine {

namespace {

Error invalid(std::string text)
{
    return {ErrorKind::InvalidInput, std::move(text)};
}

Result<void> checkEvent(const PublishCommand& command, const hub::AppLimits& limits)
{
    // Text that is not UTF-8 would make every subscriber's client give up its connection.
    if (!isValidUtf8(command.event) || !isValidUtf8(command.data))
        return invalid("The event name and the payload must be UTF-8");
    if (command.event.empty() || characterCount(command.event) > limits.maxEventNameCharacters)
        return invalid("The event name must have 1 to " + std::to_string(limits.maxEventNameCharacters) +
                       " characters");
    if (command.data.size() > limits.maxEventDataBytes)
        return invalid("The payload has " + std::to_string(command.data.size()) + " bytes, at most " +
                       std::to_string(limits.maxEventDataBytes) + " are allowed");
    return {};
}

Result<std::vector<pusher::ChannelName>> channelsOf(const PublishCommand& command, const hub::AppLimits& limits)
{
    if (command.channels.empty() || command.channels.size() > limits.maxChannelsPerPublish)
        return invalid("Name 1 to " + std::to_string(limits.maxChannelsPerPublish) + " channels");
    std::vector<pusher::ChannelName> channels;
    for (const std::string& text : command.channels) {
        auto name = pusher::ChannelName::parse(text, limits.maxChannelNameCharacters);
        if (!name)
            return name.error();
        if (std::ranges::find(channels, text, &pusher::ChannelName::text) == channels.end())
            channels.push_back(std::move(*name));
    }
    return channels;
}

Result<hub::Publication> publicationOf(const PublishCommand& command, const hub::AppLimits& limits)
{
    if (auto checked = checkEvent(command, limits); !checked)
        return checked.error();
    auto channels = channelsOf(command, limits);
    if (!channels)
        return channels.error();
    if (!command.excludeSocketId.empty() && !pusher::SocketId::isWellFormed(command.excludeSocketId))
        return invalid("The excluded socket id must be two numbers joined by a dot");
    return hub::Publication{command.event, std::move(*channels), json::toString(command.data),
                            pusher::SocketId::parse(command.excludeSocketId)};
}

} // namespace

PublishOutcome publish(const hub::Hub& hub, const PublishCommand& command)
{
    PublishOutcome outcome;
    const auto application = hub.findById(command.appId);
    if (!application) {
        outcome.error = "No application has the id " + command.appId;
        return outcome;
    }
    const auto publication = publicationOf(command, application->settings()->config.limits);
    if (!publication) {
        outcome.error = publication.error().detail;
        return outcome;
    }
    outcome.isAccepted = true;
    for (const hub::ChannelCounts& counts : application->publish(*publication))
        outcome.channels.push_back({counts.channel, counts.receivers});
    return outcome;
}

} // namespace castdeck::engine
