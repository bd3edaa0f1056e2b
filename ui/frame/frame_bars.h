#pragma once

#include "ui/models/profile.h"
#include "ui/widgets/tool_bar.h"

#include <QtCore/QObject>

#include <vector>

class QWidget;

namespace castdeck::ui {

class EnvironmentStrip;
class MainWindow;
class NavBar;
class StatusStrip;
class Theme;
class Workspace;

/// How it is with the server of a workspace, in a word or two.
QString stateOf(const Workspace& workspace);

/// What stands around the pages: toolbar, strip of the environment, navigation and status bar. Says there what the
/// shown workspace tells, and hands what is pressed there to the window.
///
/// Thread: GUI. Ownership: the widgets belong to the window as soon as it has put them in their places.
class FrameBars : public QObject {
    Q_OBJECT

public:
    FrameBars(MainWindow& window, Theme& theme);

    ToolBar* toolBar() const { return m_toolBar; }
    EnvironmentStrip* strip() const { return m_strip; }
    NavBar* navigation() const { return m_navigation; }
    StatusStrip* status() const { return m_status; }

    void connectAll(); ///< Once the window has its actions and pages.
    void showPage(int page);
    void showPages(const Workspace& shown);
    void showSnapshot(const Workspace& shown);
    void showLog(const Workspace& shown);
    void showLock(Workspace& shown);
    void showProfiles(const std::vector<Workspace*>& live, const Workspace* shown);
    /// `wantsIconsOnly` leaves the navigation its icons in a wide window, too.
    void fit(int width, bool wantsIconsOnly);

private:
    void connectToolBar();
    void connectStatus();

    MainWindow& m_window;
    Theme& m_theme;
    ToolBar* m_toolBar;
    EnvironmentStrip* m_strip;
    NavBar* m_navigation;
    StatusStrip* m_status;
};

} // namespace castdeck::ui
