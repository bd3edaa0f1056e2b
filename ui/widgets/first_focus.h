#pragma once

#include <initializer_list>

class QWidget;

namespace castdeck::ui {

/// Where the focus goes when `area` gets it: to the first of `candidates` that can be seen and used. Unlike a focus
/// proxy, which takes the focus even while an empty state hides it, and then holds Tab fast.
///
/// Thread: GUI. The candidates live at least as long as the area; a second call replaces the first.
void setFirstFocus(QWidget& area, std::initializer_list<QWidget*> candidates);

} // namespace castdeck::ui
