#include "ui/main_window.h"

#include "ui/actions/action_list.h"
#include "ui/actions/window_actions.h"
#include "ui/frame/frame_bars.h"
#include "ui/frame/frame_words.h"
#include "ui/frame/lock_question.h"
#include "ui/frame/palette_commands.h"
#include "ui/frame/panes.h"
#include "ui/frame/window_layout.h"
#include "ui/frame/workspace_preferences.h"
#include "ui/models/preferences.h"
#include "ui/models/profile_words.h"
#include "ui/models/server_words.h"
#include "ui/models/virtual_subscribers_model.h"
#include "ui/pages/help_page.h"
#include "ui/pages/home_page.h"
#include "ui/pages/preference_settings.h"
#include "ui/pages/send_page.h"
#include "ui/pages/settings_page.h"
#include "ui/pages/shortcut_settings.h"
#include "ui/pages/subscribers_panel.h"
#include "ui/theme/curtain.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
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
#include <QtGui/QCloseEvent>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QMenu>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <iterator>
#include <utility>

namespace castdeck::ui {

namespace {

constexpr QSize firstSize{1280, 800};
constexpr QSize smallestSize{960, 600};
constexpr int veryNarrow = 1000;

} // namespace

MainWindow::MainWindow(Theme& theme, Documents& documents, QWidget* parent)
    : QMainWindow{parent}
    , m_actions{new ActionList{this, &documents}}
    , m_bars{new FrameBars{*this, theme}}
    , m_layout{new WindowLayout{theme, documents, this}}
    , m_lockQuestion{new LockQuestion}
    , m_quitQuestion{new ConfirmBar{QStringLiteral("quit.notice"), ConfirmBar::Shape::Line}}
    , m_notices{new NoticeBar}
    , m_stack{new QStackedWidget}
    , m_home{new HomePage}
    , m_help{new HelpPage}
    , m_preferences{new Preferences{documents, this}}
    , m_settings{new SettingsPage{theme}}
    , m_toast{new Toast{this}}
    , m_palette{new CommandPalette{[this] { return paletteCommands(*this); }, this}}
{
    addShortcutSettings(*m_settings, *m_actions);
    addPreferenceSettings(*m_settings, *m_preferences);
    buildFrame();
    m_bars->connectAll();
    connectPages();
    bindWindowActions(*m_actions, *this, theme);
    m_home->showArrangement(arrangement());
    m_settings->showArrangement(arrangement());
    theme.dress(*this);
}

MainWindow::~MainWindow()
{
    keepLayout();
    Curtain::instance().setDrawn(false); // What hid secrets goes with its window; the next one decides for itself.
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
    m_bars->toolBar()->setMainMenu(menu);
    m_stack->setProperty("area", QStringLiteral("page"));
    for (QWidget* page : std::initializer_list<QWidget*>{m_home, m_help, m_settings})
        m_stack->addWidget(page);
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_bars->navigation());
    row->addWidget(m_stack, 1);
    auto* center = new QWidget;
    auto* layout = new QVBoxLayout{center};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bars->toolBar());
    layout->addWidget(m_bars->strip());
    layout->addWidget(m_lockQuestion);
    layout->addWidget(m_quitQuestion);
    layout->addWidget(m_notices);
    layout->addLayout(row, 1);
    setCentralWidget(center);
    setStatusBar(m_bars->status());
}

void MainWindow::connectPages()
{
    connect(m_home, &HomePage::tryRequested, this, &MainWindow::startTrial);
    connect(m_home, &HomePage::connectRequested, this, &MainWindow::connectRequested);
    connect(m_home, &HomePage::profileEdited, this, &MainWindow::profileEditRequested);
    connect(m_home, &HomePage::learnRequested, this, [this] { showHelp(QStringLiteral("first-event")); });
    connect(m_home, &HomePage::profileChosen, this, [this](const std::string& id) {
        if (workspace(id) == nullptr) {
            Q_EMIT profileRequested(id);
            return;
        }
        showWorkspace(id);
        m_current->arrange(arrangement());
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
    connect(&Curtain::instance(), &Curtain::changed, this, &MainWindow::refresh);
    connect(m_settings, &SettingsPage::told, this, &MainWindow::tell);
    connect(m_preferences, &Preferences::changed, this, [this] {
        for (Workspace* live : m_workspaces)
            applyPreferences(*m_preferences, *live);
    });
    connect(m_settings, &SettingsPage::layoutReset, this, &MainWindow::resetLayout);
    connect(m_settings, &SettingsPage::serverRequested, this, [this] {
        if (workspace(Profile::localId) != nullptr)
            showWorkspace(Profile::localId);
        showPage(Apps);
    });
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

void MainWindow::showServer()
{
    if (m_current != nullptr)
        showPage(m_current->hasPage(Apps) ? Apps : Server);
}

void MainWindow::showSettings(const QString& group)
{
    showPage(Settings);
    m_settings->showGroup(group);
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

Arrangement MainWindow::arrangement() const
{
    return m_layout->arrangement();
}

void MainWindow::arrange(Arrangement arrangement)
{
    keepLayout();
    m_layout->choose(arrangement);
    for (Workspace* live : m_workspaces)
        live->arrange(arrangement);
    applyLayout();
    m_home->showArrangement(arrangement);
    m_settings->showArrangement(arrangement);
}

void MainWindow::keepLayout()
{
    if (m_current != nullptr)
        m_layout->keep(*m_current);
}

void MainWindow::applyLayout()
{
    for (Workspace* live : m_workspaces)
        m_layout->apply(*live);
    fit();
}

void MainWindow::resetLayout()
{
    m_layout->reset();
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
    if (m_current != nullptr)
        m_lockQuestion->turnLock(*m_current);
}

void MainWindow::copyAddress()
{
    const Profile& profile = m_current->profile();
    QGuiApplication::clipboard()->setText(
        profile.kind == Profile::Kind::Embedded ? webSocketAddress(m_current->snapshot()->server) : addressOf(profile));
}

void MainWindow::toggleNavigation()
{
    m_layout->toggleIconsOnly();
    fit();
}

void MainWindow::focusNextPane(bool isForward)
{
    std::vector<QWidget*> panes{m_bars->toolBar(), m_bars->navigation()};
    if (m_current != nullptr && m_stack->currentWidget() == m_current)
        std::ranges::copy(m_current->panes(), std::back_inserter(panes));
    else
        panes.push_back(m_stack);
    panes.push_back(m_bars->status());
    ui::focusNextPane(panes, isForward);
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
    auto* sheet = new ShortcutSheet{*m_actions, this};
    sheet->show();
}

void MainWindow::refresh()
{
    m_bars->showPage(currentPage());
    if (m_current == nullptr)
        return;
    m_bars->showPages(*m_current);
    m_bars->showSnapshot(*m_current);
    m_bars->showLog(*m_current);
    m_bars->showLock(*m_current);
    refreshProfiles();
}

void MainWindow::fit()
{
    m_bars->fit(width(), m_layout->wantsIconsOnly());
    if (m_current != nullptr)
        m_current->setNarrow(width() < veryNarrow);
}

/// The action Quit, the window's cross and the desktop's word all come here.
void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_quitNotice.isEmpty())
        return QMainWindow::closeEvent(event);
    event->ignore();
    const auto quit = [this] {
        m_quitNotice.clear();
        close();
    };
    m_quitQuestion->ask(m_quitNotice, tr("Close the window"), quit, ConfirmBar::Focus::Confirm);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    fit();
}

} // namespace castdeck::ui
