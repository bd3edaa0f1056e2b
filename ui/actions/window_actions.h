#pragma once

namespace castdeck::ui {

class ActionList;
class MainWindow;
class Theme;

/// Binds the actions of the whole window to what the window does.
void bindWindowActions(ActionList& actions, MainWindow& window, Theme& theme);

} // namespace castdeck::ui
