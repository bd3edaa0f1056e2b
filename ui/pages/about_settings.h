#pragma once

namespace castdeck::ui {

class SettingsPage;
class Theme;

/// The rows of the group About: versions, licences, and what to tell with a problem. The theme outlives the page.
void addAboutSettings(SettingsPage& page, const Theme& theme);

} // namespace castdeck::ui
