#include "ui/main_window.h"

#include "ui/actions/action_list.h"
#include "ui/actions/window_actions.h"
#include "ui/models/log_model.h"
#include "ui/models/profile_words.h"
#include "ui/models/server_words.h"
#include "ui/models/virtual_subscribers_model.h"
#include "ui/pages/help_page.h"
#include "ui/pages/home_page.h"
#include "ui/pages/log_page.h"
#include "ui/pages/send_page.h"
#include "ui/pages/settings_page.h"
#include "ui/pages/subscribers_panel.h"
#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/confirm_bar.h"
#include "ui/widgets/environment_strip.h"
#include "ui/widgets/nav_bar.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/shortcut_sheet.h"
#include "ui/widgets/status_strip.h"
#include "ui/widgets/toast.h"
#include "ui/widgets/tool_bar.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <utility>

namespace castdeck::ui {

namespace {

constexpr QSize firstSize{1280, 800};
constexpr QSize smallestSize{960, 600};
constexpr int narrow = 1100;
constexpr int veryNarrow = 1000;
constexpr int presenterZoom = 130;
const QString inspectorKey = QStringLiteral("inspector");
const QString inspectorWidthKey = QStringLiteral("inspectorWidth");
const QString iconsOnlyKey = QStringLiteral("iconsOnly");

std::vector<NavBar::Page> navigationPages()
{
    const auto tr = [](const char* text) { return MainWindow::tr(text); };
    return {
        {QStringLiteral("home"), tr("Home"), QStringLiteral("home"), QStringLiteral("Ctrl+1")},
        {QStringLiteral("send"), tr("Send"), QStringLiteral("send"), QStringLiteral("Ctrl+2")},
        {QStringLiteral("log"), tr("Live log"), QStringLiteral("log"), QStringLiteral("Ctrl+3")},
        {QStringLiteral("channels"), tr("Channels"), QStringLiteral("channels"), QStringLiteral("Ctrl+4")},
        {QStringLiteral("connections"), tr("Connections"), QStringLiteral("connection"), QStringLiteral("Ctrl+5")},
        {QStringLiteral("auth"), tr("Auth lab"), QStringLiteral("private"), QStringLiteral("Ctrl+6")},
        {QStringLiteral("stats"), tr("Stats"), QStringLiteral("stats"), QStringLiteral("Ctrl+8")},
        {QStringLiteral("apps"), tr("Apps"), QStringLiteral("apps"), QStringLiteral("Ctrl+9")},
    };
}

QString iconOf(ActionMenu menu)
{
    switch (menu) {
    case ActionMenu::File: return QStringLiteral("menu");
    case ActionMenu::Go: return QStringLiteral("arrow-out");
    case ActionMenu::Send: return QStringLiteral("send");
    case ActionMenu::Log: return QStringLiteral("log");
    case ActionMenu::Channels: return QStringLiteral("channels");
    case ActionMenu::Server: return QStringLiteral("server");
    case ActionMenu::View: return QStringLiteral("layout");
    case ActionMenu::Help: return QStringLiteral("help");
    }
    return {};
}

QString helpTopicOf(int page)
{
    switch (page) {
    case Workspace::Send: return QStringLiteral("alerts");
    case Workspace::Log: return QStringLiteral("log");
    case Workspace::Channels:
    case Workspace::Connections: return QStringLiteral("channels");
    case Workspace::Authorization: return QStringLiteral("rules");
    case Workspace::Connect: return QStringLiteral("connect");
    default: return QStringLiteral("first-event");
    }
}

} // namespace

MainWindow::MainWindow(Theme& theme, Documents& documents, QWidget* parent)
    : QMainWindow{parent}
    , m_theme{theme}
    , m_memory{documents}
    , m_actions{new ActionList{this}}
    , m_toolBar{new ToolBar}
    , m_strip{new EnvironmentStrip}
    , m_lockQuestion{new ConfirmBar{QStringLiteral("lock.question"), ConfirmBar::Shape::Line}}
    , m_notices{new NoticeBar}
    , m_nav{new NavBar{navigationPages()}}
    , m_stack{new QStackedWidget}
    , m_home{new HomePage}
    , m_help{new HelpPage}
    , m_settings{new SettingsPage{theme}}
    , m_status{new StatusStrip}
    , m_toast{new Toast{this}}
    , m_palette{new CommandPalette{[this] { return commands(); }, this}}
{
    buildFrame();
    connectToolBar();
    connectStatus();
    connectPages();
    bindWindowActions(*m_actions, *this, m_theme);
    m_arrangement = m_memory.arrangement().value_or(Arrangement::Developer);
    m_theme.setZoom(m_arrangement == Arrangement::Presenter ? std::max(presenterZoom, m_memory.zoom())
                                                            : m_memory.zoom());
    m_home->showArrangement(m_arrangement);
    m_settings->showArrangement(m_arrangement);
}

MainWindow::~MainWindow()
{
    keepLayout();
}

void MainWindow::buildFrame()
{
    setObjectName(QStringLiteral("window.main"));
    setWindowTitle(tr("Castdeck"));
    setWindowIcon(icon(QStringLiteral("castdeck")));
    setMinimumSize(smallestSize);
    resize(firstSize);
    auto* menu = new QMenu;
    for (const ActionMenu part : actionMenus())
        menu->addMenu(m_actions->makeMenu(part, menu));
    m_toolBar->setMainMenu(menu);
    m_stack->setProperty("area", QStringLiteral("page"));
    for (QWidget* page : std::initializer_list<QWidget*>{m_home, m_help, m_settings})
        m_stack->addWidget(page);
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_nav);
    row->addWidget(m_stack, 1);
    auto* center = new QWidget;
    auto* layout = new QVBoxLayout{center};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_toolBar);
    layout->addWidget(m_strip);
    layout->addWidget(m_lockQuestion);
    layout->addWidget(m_notices);
    layout->addLayout(row, 1);
    setCentralWidget(center);
    setStatusBar(m_status);
    m_status->showTheme(m_theme.choice());
}

void MainWindow::connectToolBar()
{
    connect(m_toolBar, &ToolBar::profileChosen, this, &MainWindow::showWorkspace);
    connect(m_toolBar, &ToolBar::profileClosed, this, &MainWindow::profileCloseRequested);
    connect(m_toolBar, &ToolBar::connectRequested, this, &MainWindow::connectRequested);
    connect(m_toolBar, &ToolBar::startRequested, this, [this] { m_current->server().startServer(); });
    connect(m_toolBar, &ToolBar::stopRequested, this, [this] { m_current->server().stopServer(); });
    connect(m_toolBar, &ToolBar::addressRequested, this, &MainWindow::copyAddress);
    connect(m_toolBar, &ToolBar::serverPageRequested, this, [this] { showPage(Apps); });
    connect(m_toolBar, &ToolBar::newEventRequested, this, [this] { m_actions->run("send.new"); });
    connect(m_toolBar, &ToolBar::pauseRequested, this, [this] { m_actions->run("log.pause"); });
    connect(m_toolBar, &ToolBar::paletteRequested, this, &MainWindow::openPalette);
    connect(m_toolBar, &ToolBar::lockRequested, this, &MainWindow::turnLock);
}

void MainWindow::connectStatus()
{
    connect(m_status, &StatusStrip::connectionRequested, this, [this] {
        if (m_current->hasPage(Apps))
            showPage(Apps);
        else
            Q_EMIT profileCheckRequested(m_current->profile().id);
    });
    connect(m_status, &StatusStrip::startRequested, this, [this] { m_current->server().startServer(); });
    connect(m_status, &StatusStrip::stopRequested, this, [this] { m_current->server().stopServer(); });
    connect(m_status, &StatusStrip::appsRequested, this, [this] {
        if (m_current->hasPage(Apps))
            showPage(Apps);
        else
            Q_EMIT profileEditRequested(m_current->profile().id);
    });
    connect(m_status, &StatusStrip::channelsRequested, this, [this] { showPage(Channels); });
    connect(m_status, &StatusStrip::logRequested, this, [this] { showPage(Log); });
    connect(m_status, &StatusStrip::resumeRequested, this, [this] { logPage()->setPaused(false); });
    connect(m_status, &StatusStrip::errorsRequested, this, [this] { m_actions->run("log.errors"); });
    connect(m_status, &StatusStrip::themeRequested, this, [this] {
        const int next = (static_cast<int>(m_theme.choice()) + 1) % 3;
        m_theme.setChoice(static_cast<Theme::Choice>(next));
    });
    connect(&m_theme, &Theme::changed, this, [this] {
        m_status->showTheme(m_theme.choice());
        if (m_arrangement != Arrangement::Presenter)
            m_memory.setZoom(m_theme.zoom());
    });
}

void MainWindow::connectPages()
{
    connect(m_nav, &NavBar::chosen, this, &MainWindow::showPage);
    connect(m_home, &HomePage::tryRequested, this, &MainWindow::startTrial);
    connect(m_home, &HomePage::connectRequested, this, &MainWindow::connectRequested);
    connect(m_home, &HomePage::learnRequested, this, [this] { showHelp(QStringLiteral("first-event")); });
    connect(m_home, &HomePage::profileChosen, this, [this](const std::string& id) {
        if (workspace(id) == nullptr) {
            Q_EMIT profileRequested(id);
            return;
        }
        showWorkspace(id);
        m_current->arrange(m_arrangement);
    });
    // Home asks what somebody does most; that is no wish to leave it.
    connect(m_home, &HomePage::arrangementChosen, this, [this](Arrangement chosen) {
        arrange(chosen);
        showPage(Home);
    });
    connect(m_settings, &SettingsPage::arrangementChosen, this, [this](Arrangement chosen) {
        arrange(chosen);
        showPage(Settings);
    });
    connect(m_settings, &SettingsPage::layoutReset, this, &MainWindow::resetLayout);
}

Workspace* MainWindow::addWorkspace(const Workspace::Controls& controls, const WindowSettings& settings,
                                    const Profile& profile)
{
    auto* added = new Workspace{controls, settings, profile, m_stack};
    m_workspaces.push_back(added);
    m_stack->addWidget(added);
    connectWorkspace(added);
    added->arrange(m_arrangement);
    if (m_current != nullptr) {
        added->setInspectorWidth(m_current->inspectorWidth());
        added->setInspectorWanted(m_current->wantsInspector());
        refreshProfiles();
        return added;
    }
    m_current = added;
    applyLayout();
    if (m_memory.arrangement())
        showCurrent(added);
    else
        showPage(Home);
    refreshProfiles();
    return added;
}

void MainWindow::connectWorkspace(Workspace* workspace)
{
    const auto whenShown = [this, workspace](void (MainWindow::*refreshPart)()) {
        return [this, workspace, refreshPart] {
            if (workspace == m_current)
                (this->*refreshPart)();
        };
    };
    connect(workspace, &Workspace::pageShown, this, [this, workspace] {
        if (workspace != m_current)
            return;
        m_stack->setCurrentWidget(workspace);
        refresh();
    });
    connect(workspace, &Workspace::snapshotShown, this, whenShown(&MainWindow::refreshSnapshot));
    connect(workspace, &Workspace::logCounted, this, whenShown(&MainWindow::refreshLogCounts));
    connect(workspace, &Workspace::troubled, this, &MainWindow::tell);
    // A hint to send has done its work.
    connect(workspace->sendPage()->composer(), &Composer::sendRequested, m_toast, &QWidget::hide);
    connect(workspace, &Workspace::unlockRequested, this, &MainWindow::turnLock);
    connect(workspace, &Workspace::lockShown, this, whenShown(&MainWindow::refreshLock));
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
    m_current->setNarrow(width() < veryNarrow);
    workspace->showPage(workspace->hasPage(page) ? page : workspace->currentPage());
    refreshProfiles();
}

void MainWindow::showPage(int page)
{
    const std::pair<int, QWidget*> own[] = {
        {Home, m_home}, {Help, m_help}, {Settings, m_settings}, {Connect, m_connect}};
    for (const auto& [ownPage, widget] : own) {
        if (ownPage != page || widget == nullptr)
            continue;
        m_stack->setCurrentWidget(widget);
        widget->setFocus();
        refresh();
        return;
    }
    if (m_current != nullptr)
        m_current->showPage(page);
}

int MainWindow::currentPage() const
{
    const QWidget* shown = m_stack->currentWidget();
    return shown == m_home                              ? Home
           : shown == m_help                            ? Help
           : shown == m_settings                        ? Settings
           : m_connect != nullptr && shown == m_connect ? Connect
                                                        : m_current->currentPage();
}

void MainWindow::showHelp(const QString& topic)
{
    m_help->showTopic(topic);
    showPage(Help);
}

void MainWindow::showHelpForPage()
{
    showHelp(helpTopicOf(currentPage()));
}

void MainWindow::arrange(Arrangement arrangement)
{
    keepLayout();
    const bool wasPresenter = m_arrangement == Arrangement::Presenter;
    m_arrangement = arrangement;
    m_memory.setArrangement(arrangement);
    if (arrangement == Arrangement::Presenter)
        m_theme.setZoom(std::max(presenterZoom, m_memory.zoom()));
    else if (wasPresenter)
        m_theme.setZoom(m_memory.zoom());
    for (Workspace* live : m_workspaces)
        live->arrange(arrangement);
    applyLayout();
    m_home->showArrangement(arrangement);
    m_settings->showArrangement(arrangement);
}

void MainWindow::keepLayout()
{
    if (m_current == nullptr)
        return;
    m_memory.setLayout(m_arrangement, {{inspectorKey, m_current->wantsInspector()},
                                       {inspectorWidthKey, m_current->inspectorWidth()},
                                       {iconsOnlyKey, m_wantsIconsOnly}});
}

void MainWindow::applyLayout()
{
    const QJsonObject layout = m_memory.layout(m_arrangement);
    m_wantsIconsOnly = layout.value(iconsOnlyKey).toBool(m_arrangement == Arrangement::Presenter);
    for (Workspace* live : m_workspaces) {
        live->setInspectorWidth(layout.value(inspectorWidthKey).toInt(Workspace::usualInspectorWidth));
        live->setInspectorWanted(layout.value(inspectorKey).toBool(m_arrangement == Arrangement::Developer));
    }
    placeNavigation();
}

void MainWindow::resetLayout()
{
    m_memory.setLayout(m_arrangement, {});
    applyLayout();
}

void MainWindow::setDataFolder(const QString& folder)
{
    m_settings->setDataFolder(folder);
}

void MainWindow::setConnectPage(QWidget* page)
{
    if (m_connect != nullptr && m_stack->currentWidget() == m_connect)
        showPage(Home);
    delete m_connect;
    m_connect = page;
    if (page != nullptr)
        m_stack->addWidget(page);
}

void MainWindow::tell(const QString& sentence)
{
    m_toast->tell(sentence);
}

void MainWindow::startTrial()
{
    if (workspace(Profile::localId) != nullptr)
        showWorkspace(Profile::localId);
    if (m_current == nullptr)
        return;
    const engine::ServerState state = m_current->snapshot()->server.state;
    if (state == engine::ServerState::Stopped || state == engine::ServerState::Failed)
        m_current->server().startServer();
    showPage(Send);
    Composer& composer = *sendPage()->composer();
    composer.setDraft({QStringLiteral("demo"), QStringLiteral("hello"), R"({"text":"Hello"})", PayloadMode::Json});
    if (auto* send = sendPage()->findChild<QWidget*>(QStringLiteral("composer.send")))
        send->setFocus();
    // So that the first event reaches somebody.
    SubscribersPanel& listeners = *m_current->subscribersPanel();
    if (state == engine::ServerState::Running && listeners.subscribers().count() == 0)
        listeners.subscribeAs("ana", {}, "demo");
    tell(tr("Press Ctrl+Enter to send. Ana is listening."));
}

void MainWindow::turnLock()
{
    if (m_current == nullptr)
        return;
    SendingLock& lock = m_current->lock();
    if (!lock.isLocked()) {
        lock.lock();
        m_current->showLock();
        return;
    }
    if (!m_current->profile().isProduction) {
        lock.unlock();
        m_current->showLock();
        return;
    }
    m_lockQuestion->ask(
        tr("%1 is a production server. Unlock sending for 10 minutes?").arg(m_current->profile().name),
        tr("Unlock for 10 minutes"),
        [live = m_current] {
            live->lock().unlock();
            live->showLock();
        },
        ConfirmBar::Focus::Confirm);
}

void MainWindow::copyAddress()
{
    const Profile& profile = m_current->profile();
    QGuiApplication::clipboard()->setText(
        profile.kind == Profile::Kind::Embedded ? webSocketAddress(m_current->snapshot()->server) : addressOf(profile));
}

void MainWindow::toggleNavigation()
{
    m_wantsIconsOnly = !m_wantsIconsOnly;
    placeNavigation();
}

void MainWindow::focusNextPane(bool isForward)
{
    std::vector<QWidget*> panes{m_toolBar, m_nav, m_stack, m_status};
    const auto it = std::ranges::find_if(
        panes, [](const QWidget* pane) { return pane->focusWidget() != nullptr && pane->focusWidget()->hasFocus(); });
    const std::size_t count = panes.size();
    const std::size_t at = it == panes.end() ? 0 : static_cast<std::size_t>(it - panes.begin());
    QWidget* next = panes[(at + (isForward ? 1 : count - 1)) % count];
    const auto inside = next->findChildren<QWidget*>();
    for (QWidget* widget : inside) {
        if (widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) != 0) {
            widget->setFocus(Qt::ShortcutFocusReason);
            return;
        }
    }
}

void MainWindow::openPalette()
{
    m_palette->open();
}

void MainWindow::openShortcuts()
{
    if (auto* open = findChild<ShortcutSheet*>()) {
        open->activateWindow();
        return;
    }
    auto* sheet = new ShortcutSheet{this};
    sheet->show();
}

std::vector<Command> MainWindow::commands() const
{
    std::vector<Command> all;
    for (const ActionSpec& spec : actionSpecs()) {
        if (m_actions->canRun(spec.id) && spec.id != "palette")
            all.push_back({iconOf(spec.menu), textOf(spec), titleOf(spec.menu), shownKeys(spec),
                           [list = m_actions, id = spec.id] { list->run(id); }});
    }
    auto* self = const_cast<MainWindow*>(this);
    for (const Profile& profile : m_known) {
        if (workspace(profile.id) == nullptr)
            all.push_back({QStringLiteral("server"),
                           tr("Connect to %1").arg(profile.name),
                           tr("Profile"),
                           {},
                           [self, id = profile.id] { Q_EMIT self->profileRequested(id); }});
    }
    for (const Workspace* live : m_workspaces) {
        if (live != m_current)
            all.push_back({QStringLiteral("server"),
                           tr("Show %1").arg(live->profile().name),
                           tr("Live profile"),
                           {},
                           [self, id = live->profile().id] { self->showWorkspace(id); }});
    }
    if (m_current == nullptr)
        return all;
    for (const engine::ChannelSnapshot& channel : m_current->snapshot()->channels)
        all.push_back({QStringLiteral("channels"),
                       shownText(channel.name, 200),
                       tr("Channel"),
                       {},
                       [self, app = channel.appId, name = channel.name] { self->m_current->showChannel(app, name); }});
    return all;
}

void MainWindow::refresh()
{
    const int page = currentPage();
    m_nav->setCurrent(page < PageCount ? page : -1);
    if (m_current == nullptr)
        return;
    for (int i = Send; i < PageCount; ++i)
        m_nav->setPageVisible(i, m_current->hasPage(i));
    m_strip->showProfile(m_current->profile());
    refreshSnapshot();
    refreshLogCounts();
    refreshLock();
}

void MainWindow::refreshSnapshot()
{
    const engine::Snapshot& snapshot = *m_current->snapshot();
    m_status->showServer(snapshot.server, m_current->profile().kind, m_current->stateWords());
    m_status->showSnapshot(snapshot);
    m_status->showRates(m_current->rate());
    m_toolBar->showServer(snapshot.server, m_current->profile().kind, m_current->stateWords());
    m_nav->setNumber(Channels, snapshot.channelCount == 0 ? QString{} : shownCount(snapshot.channelCount));
    refreshProfiles();
}

void MainWindow::refreshLogCounts()
{
    const LogModel& log = *logModel();
    const LogStore& store = log.store();
    const std::size_t unseen = m_current->unseenRows();
    m_nav->setNumber(Log, unseen == 0 ? QString{} : unseen > 999 ? tr("999+") : shownCount(unseen));
    m_status->showLog(store.size(), store.bytes(), store.dropped());
    m_status->showPaused(log.isPaused(), log.heldBack());
    m_status->showErrors(m_current->unseenErrors());
    m_toolBar->showPaused(log.isPaused());
}

void MainWindow::refreshLock()
{
    m_toolBar->showLock({m_current->lock().isLocked(), m_current->lock().timeLeft()});
}

void MainWindow::refreshProfiles()
{
    std::vector<ToolBar::LiveProfile> live;
    std::vector<HomePage::Line> lines;
    for (const Workspace* workspace : m_workspaces) {
        const Profile& profile = workspace->profile();
        const QString state = workspace->stateWords().isEmpty() ? lookOf(workspace->snapshot()->server.state).word
                                                                : workspace->stateWords();
        live.push_back(
            {profile.id, profile.name, profile.color, state, workspace->unseenErrors(), workspace == m_current});
        lines.push_back({profile.id, profile.name, addressOf(profile), state, profile.color});
    }
    for (const Profile& profile : m_known) {
        if (workspace(profile.id) == nullptr)
            lines.push_back({profile.id, profile.name, addressOf(profile), {}, profile.color});
    }
    m_toolBar->showProfiles(std::move(live));
    m_home->showProfiles(lines);
}

void MainWindow::placeNavigation()
{
    m_nav->setCompact(width() < narrow || m_wantsIconsOnly);
    m_toolBar->setCompact(width() < narrow);
    if (m_current != nullptr)
        m_current->setNarrow(width() < veryNarrow);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    placeNavigation();
}

} // namespace castdeck::ui
