#pragma once

#include <QtCore/QString>

namespace castdeck::ui {
class MainWindow;
class Theme;
} // namespace castdeck::ui

namespace castdeck::app {

/// Size, place and theme of the window, kept in `window.ini` of the configuration folder, apart from the configuration.
void restoreWindow(const QString& folder, ui::MainWindow& window, ui::Theme& theme);
void saveWindow(const QString& folder, const ui::MainWindow& window, const ui::Theme& theme);

} // namespace castdeck::app
