#pragma once

#include "ui/theme/theme.h"
#include "ui/workspace.h"

#include <QtWidgets/QMainWindow>

#include <optional>
#include <string>
#include <vector>

class QStackedWidget;

namespace castdeck::ui {

class ActionList;
class CommandPalette;
class ConfirmBar;
class FrameBars;
class HelpPage;
class HomePage;
class LockQuestion;
class NoticeBar;
class Preferences;
class SettingsPage;
class Toast;
class WindowLayout;

/// The frame: the bars around the pages, the pages that belong to no server, and the live workspaces, one of which is
/// shown. Who opens and closes profiles listens to its signals.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    using Page = Workspace::Page;
    using enum Workspace::Page;

    /// `theme` and `documents` must outlive it.
    MainWindow(Theme& theme, Documents& documents, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// The first one is shown at once. The window owns it; `controls` must outlive it.
    Workspace* addWorkspace(const Workspace::Controls& controls, const WindowSettings& settings,
                            const Profile& profile);
    /// Another one is shown in its place if it was the one.
    void removeWorkspace(const std::string& profileId);
    void showWorkspace(const std::string& profileId);
    void showNextWorkspace();
    /// Of a live profile that somebody has renamed or coloured.
    void showLook(const std::string& profileId, const QString& name, Profile::Color color);
    Workspace* workspace() const noexcept { return m_current; } ///< The shown one; null while there is none.
    Workspace* workspace(const std::string& profileId) const;   ///< Null when it is not live.
    const std::vector<Workspace*>& workspaces() const noexcept { return m_workspaces; }
    /// Those that are not live are offered on Home and in the command palette.
    void setKnownProfiles(std::vector<Profile> profiles);
    const std::vector<Profile>& knownProfiles() const noexcept { return m_known; }

    void showPage(int page);
    int currentPage() const;
    void showServer();                       ///< Its apps, or what a server elsewhere tells.
    void showSettings(const QString& group); ///< "log".
    void showHelp(const QString& topic);
    void showHelpForPage();
    void arrange(Arrangement arrangement);
    Arrangement arrangement() const;
    void resetLayout();
    void setDataFolder(const QString& folder);
    /// Where a server is entered; the window owns it, and forgets it for null.
    void setConnectPage(QWidget* page);
    /// What somebody should know before the window closes, who then may stay; empty for nothing.
    void setQuitNotice(const QString& sentences) { m_quitNotice = sentences; }
    /// One sentence, for some seconds.
    void tell(const QString& sentence);
    /// What goes on until somebody does something about it.
    NoticeBar& notices() const { return *m_notices; }

    ActionList& actions() const { return *m_actions; }
    Preferences& preferences() const { return *m_preferences; }
    SettingsPage* settingsPage() const { return m_settings; }
    HomePage* homePage() const { return m_home; }

    // What actions do.
    void startTrial(); ///< The server runs, and a first event waits to be sent.
    void turnLock();
    void copyAddress();
    void toggleNavigation();
    void focusNextPane(bool isForward);
    void openPalette();
    void openShortcuts();

    // Of the shown workspace, which there must be.
    SendPage* sendPage() const { return m_current->sendPage(); }
    LogPage* logPage() const { return m_current->logPage(); }
    ChannelsPage* channelsPage() const { return m_current->channelsPage(); }
    AuthorizationPage* authorizationPage() const { return m_current->authorizationPage(); }
    LogModel* logModel() const { return m_current->logModel(); }

Q_SIGNALS:
    void connectRequested(); ///< To a server that has no profile.
    void profileRequested(const std::string& id);
    void profileCloseRequested(const std::string& id);
    void profileEditRequested(const std::string& id);
    void reloadRequested();                            ///< Of the configuration.
    void profileCheckRequested(const std::string& id); ///< Why it is connected, or is not.

protected:
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void buildFrame();
    void connectPages();
    void connectWorkspace(Workspace* workspace);
    void showCurrent(Workspace* workspace);
    void refresh();
    void refreshProfiles();
    void keepLayout();
    void applyLayout();
    void fit(); ///< The parts to the width.

    ActionList* m_actions;
    FrameBars* m_bars;
    WindowLayout* m_layout;
    LockQuestion* m_lockQuestion;
    ConfirmBar* m_quitQuestion;
    NoticeBar* m_notices;
    QStackedWidget* m_stack;
    HomePage* m_home;
    HelpPage* m_help;
    Preferences* m_preferences;
    SettingsPage* m_settings;
    QWidget* m_connect = nullptr;
    Toast* m_toast;
    CommandPalette* m_palette;
    std::vector<Workspace*> m_workspaces;
    std::vector<Profile> m_known;
    Workspace* m_current = nullptr;
    QString m_quitNotice;
};

} // namespace castdeck::ui
