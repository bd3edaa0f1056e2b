#pragma once

namespace castdeck::ui {

class Preferences;
class SettingsPage;

/// The rows of all preferences, each in its group. The preferences outlive the page.
void addPreferenceSettings(SettingsPage& page, Preferences& preferences);

} // namespace castdeck::ui
