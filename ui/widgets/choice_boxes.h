#pragma once

#include "core/hub/app_config.h"
#include "ui/models/connection_choices.h"

#include <vector>

class QComboBox;

namespace castdeck::ui {

// Both tell nobody; what was chosen stays so while it is there.

/// Fills a box with the applications by name; its data are their ids.
void showApps(QComboBox& box, const std::vector<hub::AppConfig>& apps);

/// Fills a box with the connections; its data are their names. The preferred one takes the place of one that is gone.
void showConnections(QComboBox& box, const ConnectionChoices& choices);

} // namespace castdeck::ui
