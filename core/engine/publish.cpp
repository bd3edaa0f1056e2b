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
        return Error{ErrorKind::TooLarge, "The payload has " + std::to_string(command.data.size()) +
                                              " bytes, at most " + std::to_string(limits.maxEventDataBytes) +
                                              " are allowed"};
    return {};
}

Result<std::vector<pusher::ChannelName>> channelsOf(const PublishCommand& command, const hub::AppLimits& limits,
                                                    ChannelBound bound)
{
    const bool isBounded = bound == ChannelBound::OfHttp;
    if (command.channels.empty() || (isBounded && command.channels.size() > limits.maxChannelsPerPublish))
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

Result<hub::Publication> publicationOf(const PublishCommand& command, const hub::AppLimits& limits, ChannelBound bound)
{
    if (auto checked = checkEvent(command, limits); !checked)
        return checked.error();
    auto channels = channelsOf(command, limits, bound);
    if (!channels)
        return channels.error();
    if (!command.excludeSocketId.empty() && !pusher::SocketId::isWellFormed(command.excludeSocketId))
        return invalid("The excluded socket id must be two numbers joined by a dot");
    return hub::Publication{command.event, std::move(*channels), json::toString(command.data),
                            pusher::SocketId::parse(command.excludeSocketId)};
}

} // namespace

Result<std::shared_ptr<hub::Application>> findApplication(const hub::Hub& hub, const std::string& id)
{
    if (id.empty()) {
        if (const auto all = hub.applications(); !all.empty())
            return all.front();
        return Error{ErrorKind::NotFound, "There is no application"};
    }
    if (auto application = hub.findById(id))
        return application;
    return Error{ErrorKind::NotFound, "No application has the id " + id};
}

Published publish(const hub::Hub& hub, const PublishCommand& command, ChannelBound bound)
{
    const auto application = findApplication(hub, command.appId);
    if (!application)
        return application.error();
    const auto publication = publicationOf(command, (*application)->settings()->config.limits, bound);
    if (!publication)
        return publication.error();
    return (*application)->publish(*publication);
}

PublishOutcome outcomeOf(const Published& published)
{
    PublishOutcome outcome;
    if (!published) {
        outcome.error = published.error().detail;
        return outcome;
    }
    outcome.isAccepted = true;
    for (const hub::ChannelCounts& counts : *published)
        outcome.channels.push_back({counts.channel, counts.receivers});
    return outcome;
}

} // namespace castdeck::engine
