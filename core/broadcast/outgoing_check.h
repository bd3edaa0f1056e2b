#pragma once

#include "core/broadcast/driver.h"

#include <cstddef>

/// What keeps something from being sent, found before any network use. Code None when nothing does.
namespace castdeck::broadcast {

/// The name and the excluded socket of an event: the same rules for every driver but `null`.
Failure checkEvent(const OutgoingEvent& event);
Failure checkPayload(const std::string& data, std::size_t maxBytes);
/// For engines that speak the Pusher protocol.
Failure checkPusherChannel(const std::string& channel);

/// What the sender should know about a good event, added to every entry: the prefix of client events.
void addEventNotes(const OutgoingEvent& event, Delivery& delivery);

} // namespace castdeck::broadcast
