#pragma once

#include "core/broadcast/connections_config.h"
#include "core/engine/snapshot.h"
#include "core/hub/app_config.h"
#include "ui/models/profile.h"
#include "ui/text/copy_as.h"
#include "ui/text/draft.h"

#include <optional>

/// Where code that is copied finds the server.
namespace castdeck::ui {

/// Of the server in this program, for one of its applications.
CopyEndpoint copyEndpointOf(const engine::ServerSnapshot& server, const hub::AppConfig& app);
/// Of a profile of another server.
CopyEndpoint copyEndpointOf(const Profile& profile);
/// Of a connection of the configuration; nothing unless it speaks the Pusher protocol and can be read.
std::optional<CopyEndpoint> copyEndpointOf(const broadcast::ConnectionConfig& connection);

/// A draft as copyAs() takes it.
CopyMessage copyMessageOf(const Draft& draft);

} // namespace castdeck::ui
