#pragma once

#include "core/remote/pusher_endpoint.h"
#include "core/remote/pusher_rest_client.h"

namespace castdeck::remote {

/// What keeps an event from being sent to all its channels, whatever the server says; code None when nothing does.
ChannelReport checkEvent(const OutgoingEvent& event, const PusherEndpoint& endpoint);
/// What is wrong with sending `event` to this channel; code None when nothing is. Only what has been encrypted already
/// may go to a private-encrypted- channel: in clear it would reach the server, and no subscriber could read it.
ChannelReport checkChannel(const std::string& channel, const OutgoingEvent& event);

/// The channels once each, the first occurrence kept.
std::vector<std::string> withoutRepeats(const std::vector<std::string>& channels);

} // namespace castdeck::remote
