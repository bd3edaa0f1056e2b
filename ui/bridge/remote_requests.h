#pragma once

#include "core/broadcast/connections_config.h"
#include "core/engine/engine.h"
#include "core/remote/pusher_client.h"
#include "core/remote/pusher_endpoint.h"
#include "ui/models/profile.h"

#include <string>
#include <vector>

/// What a profile of a server elsewhere means to those who talk to it.
namespace castdeck::ui {

/// The name of the one connection that there is.
inline constexpr const char* remoteConnectionName = "remote";

remote::ClientOptions clientOptionsOf(const Profile& profile, const remote::PusherEndpoint& endpoint,
                                      const remote::ClientTimes& times);
broadcast::ConnectionsConfig connectionConfigOf(const remote::PusherEndpoint& endpoint, const std::string& secret);
std::string publishBodyOf(const engine::PublishCommand& command, bool wantsCounts);
/// What the server tells of the channels of one event; 0 where it does not.
std::vector<engine::PublishOutcome::ChannelOutcome> receiversIn(const std::string& body,
                                                                const std::vector<std::string>& channels);

} // namespace castdeck::ui
