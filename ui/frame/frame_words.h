#pragma once

#include "ui/actions/action_list.h"
#include "ui/widgets/nav_bar.h"

#include <QtCore/QString>

#include <vector>

/// What the frame's parts say and show.
namespace castdeck::ui {

/// In the order of Workspace::Page.
std::vector<NavBar::Page> navigationPages();
QString iconOf(ActionMenu menu);
/// The page of the handbook that belongs to a page of the window, one of Workspace::Page.
QString helpTopicOf(int page);

} // namespace castdeck::ui
