#pragma once

#include "core/base/http.h"
#include "core/hub/application.h"
#include "core/pusher/signature.h"
#include "core/rest/publish_request.h"

#include <span>
#include <string>

/// The read side of the HTTP API, and how counts are written.
namespace castdeck::rest {

http::Response listChannels(const hub::Application& application, const pusher::QueryParameters& query);
http::Response describeChannel(const hub::Application& application, const std::string& channel,
                               const pusher::QueryParameters& query);
http::Response listUsers(const hub::Application& application, const std::string& channel);

/// `{}` or `{"subscription_count":5}`: the wanted attributes that apply to the channel.
std::string countsObject(const hub::ChannelCounts& counts, const WantedInfo& wanted);
/// `{"channels":{NAME:{...},...}}`
std::string channelsObject(std::span<const hub::ChannelCounts> channels, const WantedInfo& wanted);

http::Response jsonResponse(std::string body);

} // namespace castdeck::rest
