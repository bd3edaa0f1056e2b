#include "ui/frame/frame_bars.h"

#include "ui/actions/action_list.h"
#include "ui/frame/frame_words.h"
#include "ui/main_window.h"
#include "ui/models/log_model.h"
#include "ui/models/server_words.h"
#include "ui/pages/log_page.h"
#include "ui/text/shown_text.h"
#include "ui/widgets/environment_strip.h"
#include "ui/widgets/nav_bar.h"
#include "ui/widgets/status_strip.h"

namespace castdeck::ui {

namespace {

constexpr int narrow = 1100;
constexpr std::size_t longestNumber = 999;

} // namespace

QString stateOf(const Workspace& workspace)
{
    return workspace.stateWords().isEmpty() ? lookOf(workspace.snapshot()->server.state).word : workspace.stateWords();
}

FrameBars::FrameBars(MainWindow& window, Theme& theme)
    : QObject{&window}
    , m_window{window}
    , m_theme{theme}
    , m_toolBar{new ToolBar}
    , m_strip{new EnvironmentStrip}
    , m_navigation{new NavBar{navigationPages()}}
    , m_status{new StatusStrip}
{
}

void FrameBars::connectAll()
{
    m_status->showTheme(m_theme.choice());
    connectToolBar();
    connectStatus();
    connect(m_navigation, &NavBar::chosen, &m_window, &MainWindow::showPage);
}

void FrameBars::connectToolBar()
{
    connect(m_toolBar, &ToolBar::profileChosen, &m_window, &MainWindow::showWorkspace);
    connect(m_toolBar, &ToolBar::profileClosed, &m_window, &MainWindow::profileCloseRequested);
    connect(m_toolBar, &ToolBar::profileEdited, &m_window, &MainWindow::profileEditRequested);
    connect(m_toolBar, &ToolBar::connectRequested, &m_window, &MainWindow::connectRequested);
    connect(m_toolBar, &ToolBar::startRequested, this, [this] { m_window.workspace()->server().startServer(); });
    connect(m_toolBar, &ToolBar::stopRequested, this, [this] { m_window.workspace()->server().stopServer(); });
    connect(m_toolBar, &ToolBar::addressRequested, &m_window, &MainWindow::copyAddress);
    connect(m_toolBar, &ToolBar::serverPageRequested, this, [this] { m_window.showPage(MainWindow::Apps); });
    connect(m_toolBar, &ToolBar::newEventRequested, this, [this] { m_window.actions().run("send.new"); });
    connect(m_toolBar, &ToolBar::pauseRequested, this, [this] { m_window.actions().run("log.pause"); });
    connect(m_toolBar, &ToolBar::paletteRequested, &m_window, &MainWindow::openPalette);
    connect(m_toolBar, &ToolBar::lockRequested, &m_window, &MainWindow::turnLock);
}

void FrameBars::connectStatus()
{
    connect(m_status, &StatusStrip::connectionRequested, this, [this] {
        if (m_window.workspace()->hasPage(MainWindow::Apps))
            m_window.showPage(MainWindow::Apps);
        else
            Q_EMIT m_window.profileCheckRequested(m_window.workspace()->profile().id);
    });
    connect(m_status, &StatusStrip::startRequested, this, [this] { m_window.workspace()->server().startServer(); });
    connect(m_status, &StatusStrip::stopRequested, this, [this] { m_window.workspace()->server().stopServer(); });
    connect(m_status, &StatusStrip::appsRequested, this, [this] {
        if (m_window.workspace()->hasPage(MainWindow::Apps))
            m_window.showPage(MainWindow::Apps);
        else
            Q_EMIT m_window.profileEditRequested(m_window.workspace()->profile().id);
    });
    connect(m_status, &StatusStrip::connectionsRequested, this, [this] { m_window.showPage(MainWindow::Connections); });
    connect(m_status, &StatusStrip::channelsRequested, this, [this] { m_window.showPage(MainWindow::Channels); });
    connect(m_status, &StatusStrip::ratesRequested, this, [this] { m_window.showPage(MainWindow::Stats); });
    connect(m_status, &StatusStrip::logRequested, this, [this] { m_window.showSettings(QStringLiteral("log")); });
    connect(m_status, &StatusStrip::resumeRequested, this, [this] { m_window.logPage()->setPaused(false); });
    connect(m_status, &StatusStrip::errorsRequested, this, [this] { m_window.actions().run("log.errors"); });
    connect(m_status, &StatusStrip::themeRequested, this, [this] {
        const int next = (static_cast<int>(m_theme.choice()) + 1) % 3;
        m_theme.setChoice(static_cast<Theme::Choice>(next));
    });
    connect(&m_theme, &Theme::changed, this, [this] { m_status->showTheme(m_theme.choice()); });
}

void FrameBars::showPage(int page)
{
    m_navigation->setCurrent(page < MainWindow::PageCount ? page : -1);
}

void FrameBars::showPages(const Workspace& shown)
{
    for (int page = MainWindow::Send; page < MainWindow::PageCount; ++page)
        m_navigation->setPageVisible(page, shown.hasPage(page));
    m_strip->showProfile(shown.profile());
}

void FrameBars::showSnapshot(const Workspace& shown)
{
    const engine::Snapshot& snapshot = *shown.snapshot();
    m_status->showServer(snapshot.server, shown.profile().kind, shown.stateWords());
    m_status->showSnapshot(snapshot);
    m_status->showRates(shown.rate());
    m_toolBar->showServer(snapshot.server, shown.profile().kind, shown.stateWords());
    m_navigation->setNumber(MainWindow::Channels,
                            snapshot.channelCount == 0 ? QString{} : shownCount(snapshot.channelCount));
}

void FrameBars::showLog(const Workspace& shown)
{
    const LogModel& log = *shown.logModel();
    const LogStore& store = log.store();
    const std::size_t unseen = shown.unseenRows();
    m_navigation->setNumber(MainWindow::Log, unseen == 0              ? QString{}
                                             : unseen > longestNumber ? tr("999+")
                                                                      : shownCount(unseen));
    m_status->showLog(store.size(), store.bytes(), store.dropped());
    m_status->showPaused(log.isPaused(), log.heldBack());
    m_status->showErrors(shown.unseenErrors());
    m_toolBar->showPaused(log.isPaused());
}

void FrameBars::showLock(Workspace& shown)
{
    m_toolBar->showLock({shown.lock().isLocked(), shown.lock().timeLeft()});
}

void FrameBars::showProfiles(const std::vector<Workspace*>& live, const Workspace* shown)
{
    std::vector<ToolBar::LiveProfile> profiles;
    for (const Workspace* each : live) {
        const Profile& profile = each->profile();
        profiles.push_back(
            {profile.id, profile.name, profile.color, stateOf(*each), each->unseenErrors(), each == shown});
    }
    m_toolBar->showProfiles(std::move(profiles));
}

void FrameBars::fit(int width, bool wantsIconsOnly)
{
    m_navigation->setCompact(width < narrow || wantsIconsOnly);
    m_toolBar->setCompact(width < narrow);
}

} // namespace castdeck::ui
