#pragma once

#include "ui/theme/theme.h"
#include "ui/workspace.h"

#include <QtWidgets/QMainWindow>

#include <functional>
#include <string>
#include <vector>

class QStackedWidget;

namespace castdeck::ui {

class NavBar;
class StatusStrip;

/// The frame: navigation, status bar, and the live workspaces, one of which is shown.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    using Page = Workspace::Page;
    using enum Workspace::Page;

    explicit MainWindow(Theme& theme, QWidget* parent = nullptr);

    /// The first one is shown at once. The window owns it; `controls` must outlive it.
    Workspace* addWorkspace(const Workspace::Controls& controls, const WindowSettings& settings,
                            const Profile& profile);
    /// Another one is shown in its place if it was the one.
    void removeWorkspace(const std::string& profileId);
    void showWorkspace(const std::string& profileId);
    Workspace* workspace() const noexcept { return m_current; } ///< The shown one; null while there is none.
    Workspace* workspace(const std::string& profileId) const;   ///< Null when it is not live.
    const std::vector<Workspace*>& workspaces() const noexcept { return m_workspaces; }

    void showPage(int page);
    int currentPage() const;

    // Of the shown workspace, which there must be.
    SendPage* sendPage() const { return m_current->sendPage(); }
    LogPage* logPage() const { return m_current->logPage(); }
    ChannelsPage* channelsPage() const { return m_current->channelsPage(); }
    AuthorizationPage* authorizationPage() const { return m_current->authorizationPage(); }
    LogModel* logModel() const { return m_current->logModel(); }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildFrame();
    void connectStatus();
    void connectWorkspace(Workspace* workspace);
    void addShortcuts();
    void addShortcut(const QKeySequence& keys, std::function<void()> action);
    void showCurrent(Workspace* workspace);
    void refresh();
    void refreshSnapshot();
    void refreshLogCounts();
    void cycleTheme();

    Theme& m_theme;
    NavBar* m_nav;
    QStackedWidget* m_stack;
    StatusStrip* m_status;
    std::vector<Workspace*> m_workspaces;
    Workspace* m_current = nullptr;
};

} // namespace castdeck::ui
