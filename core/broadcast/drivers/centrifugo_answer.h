#pragma once

#include "core/base/json.h"
#include "core/broadcast/driver.h"
#include "core/broadcast/drivers/split_delivery.h"
#include "core/broadcast/http_transport.h"

#include <string>

/// Reading what Centrifugo answers. Decisions are made on its error numbers, never on its texts, which differ between
/// versions.
namespace castdeck::broadcast {

/// `{"code":102,"message":"unknown channel"}`; `number` becomes the code.
Failure readError(const json::Value& error, int& number);

/// An HTTP status other than 200: an error lifted there (`number` becomes its code), or one of HTTP's own.
Failure statusFailure(const http::Answer& answer, int& number);

/// The `responses` of a broadcast: one for each accepted channel, in their order.
void readResponses(const std::string& result, SplitDelivery& split);

Listing<ChannelInfo> readChannels(const std::string& result);
/// Rows are client connections; they are grouped by user.
Listing<MemberInfo> readMembers(const std::string& result);

} // namespace castdeck::broadcast
