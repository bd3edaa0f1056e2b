#pragma once

namespace castdeck::ui {

class Preferences;
class SettingsPage;

/// How much of the log and of what was sent stays on disk. The preferences outlive the page.
void addKeepingSettings(SettingsPage& page, Preferences& preferences);

} // namespace castdeck::ui
