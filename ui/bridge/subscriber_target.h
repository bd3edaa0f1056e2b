#pragma once

#include "core/engine/snapshot.h"
#include "core/hub/app_config.h"
#include "ui/bridge/virtual_subscriber.h"

#include <QtCore/QString>

#include <optional>
#include <string>
#include <vector>

namespace castdeck::ui {

/// Where a virtual subscriber of the embedded server goes: the application with that id, "" for the first one. Nothing
/// while the server does not run, or when there is no such application; `why` says so in a sentence.
std::optional<SubscriberTarget> embeddedTarget(const engine::ServerSnapshot& server,
                                               const std::vector<hub::AppConfig>& apps, const std::string& appId,
                                               QString& why);

} // namespace castdeck::ui
