#pragma once

namespace castdeck::ui {
class MainWindow;
} // namespace castdeck::ui

namespace castdeck::app {

class StoredState;

/// Lets the window tell of trouble with the file in which things are kept, and offer the copy of a damaged one. Both
/// live as long as the program. Thread: GUI.
void tellOfState(StoredState& state, ui::MainWindow& window);

} // namespace castdeck::app
