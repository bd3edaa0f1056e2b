#pragma once

#include <functional>
#include <string>
#include <vector>

namespace castdeck::remote {
class SecretVault;
} // namespace castdeck::remote

namespace castdeck::ui {

class SettingsPage;

/// The row that says where secrets are kept and lets somebody choose again. `profileIds` names whose secrets there may
/// be; `ask` shows the question. The page outlives the vault or goes with it.
void addSecretSettings(SettingsPage& page, remote::SecretVault& vault,
                       std::function<std::vector<std::string>()> profileIds, std::function<void()> ask);

} // namespace castdeck::ui
