#include "ui/main_window.h"

#include "ui/frame/frame_bars.h"
#include "ui/frame/lock_question.h"
#include "ui/frame/window_layout.h"
#include "ui/frame/workspace_preferences.h"
#include "ui/models/preferences.h"
#include "ui/models/profile_words.h"
#include "ui/pages/composer_dock.h"
#include "ui/pages/home_page.h"
#include "ui/pages/send_page.h"
#include "ui/theme/curtain.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/toast.h"

#include <QtWidgets/QStackedWidget>

#include <algorithm>
#include <utility>

// The live profiles of the window: which there are, and which is shown.
namespace castdeck::ui {

Workspace* MainWindow::addWorkspace(const Workspace::Controls& controls, const WindowSettings& settings,
                                    const Profile& profile)
{
    auto* added = new Workspace{controls, settings, profile, m_stack};
    m_workspaces.push_back(added);
    m_stack->addWidget(added);
    connectWorkspace(added);
    applyPreferences(*m_preferences, *added);
    added->arrange(arrangement());
    if (m_current != nullptr) {
        added->setInspectorWidth(m_current->inspectorWidth());
        added->setInspectorWanted(m_current->wantsInspector());
        added->composerDock()->setPlace(m_current->composerDock()->place());
        refreshProfiles();
        return added;
    }
    m_current = added;
    applyLayout();
    if (m_layout->isChosen())
        showCurrent(added);
    else
        showPage(Home);
    refreshProfiles();
    return added;
}

void MainWindow::connectWorkspace(Workspace* workspace)
{
    const auto whenShown = [this, workspace](auto refreshPart) {
        return [this, workspace, refreshPart] {
            if (workspace == m_current)
                refreshPart();
        };
    };
    connect(workspace, &Workspace::pageShown, this, [this, workspace] {
        if (workspace != m_current)
            return;
        m_stack->setCurrentWidget(workspace);
        refresh();
    });
    connect(workspace, &Workspace::snapshotShown, this, whenShown([this] {
                m_bars->showSnapshot(*m_current);
                refreshProfiles();
            }));
    connect(workspace, &Workspace::logCounted, this, whenShown([this] { m_bars->showLog(*m_current); }));
    connect(workspace, &Workspace::troubled, this, &MainWindow::tell);
    const std::string id = workspace->profile().id;
    connect(workspace, &Workspace::helpRequested, this, &MainWindow::showHelp);
    connect(workspace, &Workspace::checkRequested, this, [this, id] { Q_EMIT profileCheckRequested(id); });
    connect(workspace, &Workspace::editRequested, this, [this, id] { Q_EMIT profileEditRequested(id); });
    // A hint to send has done its work.
    connect(workspace->sendPage()->composer(), &Composer::sendRequested, m_toast, &QWidget::hide);
    connect(workspace, &Workspace::unlockRequested, this, &MainWindow::turnLock);
    connect(workspace, &Workspace::lockShown, this, whenShown([this] { m_bars->showLock(*m_current); }));
}

void MainWindow::removeWorkspace(const std::string& profileId)
{
    Workspace* gone = workspace(profileId);
    if (gone == nullptr)
        return;
    std::erase(m_workspaces, gone);
    if (gone == m_current) {
        m_lockQuestion->cancel();
        m_current = nullptr;
        if (!m_workspaces.empty())
            showCurrent(m_workspaces.front());
    }
    delete gone; // At once: its controls may end right after.
    refreshProfiles();
}

void MainWindow::showWorkspace(const std::string& profileId)
{
    if (Workspace* wanted = workspace(profileId))
        showCurrent(wanted);
}

void MainWindow::showLook(const std::string& profileId, const QString& name, Profile::Color color)
{
    Workspace* live = workspace(profileId);
    if (live == nullptr)
        return;
    live->setLook(name, color);
    refresh();
    refreshProfiles();
}

void MainWindow::showNextWorkspace()
{
    const auto it = std::ranges::find(m_workspaces, m_current);
    if (it != m_workspaces.end())
        showCurrent(std::next(it) == m_workspaces.end() ? m_workspaces.front() : *std::next(it));
}

Workspace* MainWindow::workspace(const std::string& profileId) const
{
    const auto it =
        std::ranges::find(m_workspaces, profileId, [](const Workspace* live) { return live->profile().id; });
    return it == m_workspaces.end() ? nullptr : *it;
}

void MainWindow::setKnownProfiles(std::vector<Profile> profiles)
{
    m_known = std::move(profiles);
    refreshProfiles();
}

void MainWindow::showCurrent(Workspace* workspace)
{
    m_lockQuestion->cancel(); // It was about the other one.
    // Who goes from one server to the next stays where he is.
    const int page = m_current != nullptr ? m_current->currentPage() : workspace->currentPage();
    m_current = workspace;
    fit();
    workspace->showPage(workspace->hasPage(page) ? page : workspace->currentPage());
    refreshProfiles();
}

void MainWindow::refreshProfiles()
{
    std::vector<HomePage::Line> lines;
    for (const Workspace* live : m_workspaces) {
        const Profile& profile = live->profile();
        const bool isKept = std::ranges::find(m_known, profile.id, &Profile::id) != m_known.end();
        lines.push_back(
            {profile.id, profile.name, behindCurtain(addressOf(profile)), stateOf(*live), profile.color, isKept});
    }
    for (const Profile& profile : m_known) {
        if (workspace(profile.id) == nullptr)
            lines.push_back({profile.id, profile.name, behindCurtain(addressOf(profile)), {}, profile.color, true});
    }
    m_bars->showProfiles(m_workspaces, m_current);
    m_home->showProfiles(lines);
}

} // namespace castdeck::ui
