#pragma once

namespace castdeck::ui {

class ActionList;
class SettingsPage;

/// A row for every action that has keys or may get some, with what to change them by. The actions outlive the page.
void addShortcutSettings(SettingsPage& page, ActionList& actions);

} // namespace castdeck::ui
