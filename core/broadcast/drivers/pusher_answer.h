#pragma once

#include "core/base/clock.h"
#include "core/broadcast/driver.h"
#include "core/broadcast/http_transport.h"

#include <string>

/// Reading what a Pusher-compatible server answers.
namespace castdeck::broadcast {

/// Why an answer that came is no success; code None when it is one, and then its body is a JSON object.
Failure pusherFailure(const http::Answer& answer, WallTime now);

Listing<ChannelInfo> readPusherChannels(const std::string& body);
/// The counts of a batch that asked for them, in the order of its items, without names. Empty when there are none.
std::vector<ChannelInfo> readPusherBatchCounts(const std::string& body);
Listing<MemberInfo> readPusherMembers(const std::string& body);

} // namespace castdeck::broadcast
