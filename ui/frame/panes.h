#pragma once

#include <vector>

class QWidget;

namespace castdeck::ui {

/// Gives the focus to the part of the window after the one that has it, or before it; round at the ends.
void focusNextPane(const std::vector<QWidget*>& panes, bool isForward);

} // namespace castdeck::ui
