#include "core/broadcast/outgoing_check.h"

#include "core/base/ascii.h"
#include "core/pusher/channel_name.h"
#include "core/pusher/socket_id.h"

namespace castdeck::broadcast {

namespace {

constexpr std::size_t maxEventNameCharacters = 200;

} // namespace

Failure checkEvent(const OutgoingEvent& event)
{
    if (!isValidUtf8(event.name))
        return {Code::BadEvent, "the event name is not valid UTF-8"};
    if (event.name.empty() || characterCount(event.name) > maxEventNameCharacters)
        return {Code::BadEvent, "the event name must have 1 to 200 characters"};
    if (event.name.starts_with("pusher:") || event.name.starts_with("pusher_internal:"))
        return {Code::BadEvent, "event names that start with pusher: or pusher_internal: are reserved"};
    if (!event.exceptSocketId.empty() && !pusher::SocketId::isWellFormed(event.exceptSocketId))
        return {Code::BadOption, "the excluded socket id must look like 1234.5678"};
    return {};
}

Failure checkPayload(const std::string& data, std::size_t maxBytes)
{
    if (!isValidUtf8(data))
        return {Code::NotJson, "the payload is not valid UTF-8"};
    if (data.size() > maxBytes)
        return {Code::PayloadTooLarge, "the payload has " + std::to_string(data.size()) + " bytes, at most " +
                                           std::to_string(maxBytes) + " are allowed"};
    return {};
}

Failure checkPusherChannel(const std::string& channel)
{
    const auto name = pusher::ChannelName::parse(channel);
    return name ? Failure{} : Failure{Code::BadChannel, name.error().detail};
}

void addEventNotes(const OutgoingEvent& event, Delivery& delivery)
{
    if (!event.name.starts_with("client-"))
        return;
    for (Entry& entry : delivery.entries)
        entry.notes.emplace_back("the prefix client- belongs to clients");
}

} // namespace castdeck::broadcast
