#pragma once

#include "ui/widgets/command_palette.h"

#include <vector>

namespace castdeck::ui {

class MainWindow;

/// What the command palette of the window finds at the moment: actions, profiles, and of the shown profile the alerts
/// and channels. The commands are run, if at all, while the window lives.
std::vector<Command> paletteCommands(MainWindow& window);

} // namespace castdeck::ui
