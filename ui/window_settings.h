#pragma once

#include "core/auth/authorization_config.h"
#include "core/broadcast/connections_config.h"
#include "core/hub/app_config.h"

#include <vector>

namespace castdeck::ui {

/// What the window knows of the configuration. A plain value.
struct WindowSettings {
    std::vector<hub::AppConfig> apps;
    auth::AuthorizationConfig authorization;
    broadcast::ConnectionsConfig connections;
};

} // namespace castdeck::ui
