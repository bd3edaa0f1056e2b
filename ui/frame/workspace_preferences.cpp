#include "ui/frame/workspace_preferences.h"

#include "ui/models/log_model.h"
#include "ui/models/preferences.h"
#include "ui/pages/compose_pane.h"
#include "ui/pages/send_page.h"
#include "ui/workspace.h"

namespace castdeck::ui {

void applyPreferences(const Preferences& preferences, Workspace& workspace)
{
    constexpr std::size_t thousand = 1'000;
    workspace.logModel()->setMaxRows(thousand * static_cast<std::size_t>(preferences.value(Preference::MemoryRows)));
    workspace.lock().setUnlockTime(std::chrono::minutes{preferences.value(Preference::UnlockMinutes)});
    workspace.sendPage()->pane().setAskRule(static_cast<AskRule>(preferences.value(Preference::AskRule)));
}

} // namespace castdeck::ui
