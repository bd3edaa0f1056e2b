#include "ui/main_window.h"

#include "ui/models/log_model.h"
#include "ui/pages/log_page.h"
#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"
#include "ui/widgets/nav_bar.h"
#include "ui/widgets/status_strip.h"

#include <QtGui/QShortcut>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QStackedWidget>

#include <algorithm>

namespace castdeck::ui {

namespace {

constexpr QSize firstSize{1280, 800};
constexpr QSize smallestSize{960, 600};
constexpr int narrow = 1100;

} // namespace

MainWindow::MainWindow(Theme& theme, QWidget* parent)
    : QMainWindow{parent}
    , m_theme{theme}
    , m_nav{new NavBar{{{QStringLiteral("send"), tr("Send"), QStringLiteral("send")},
                        {QStringLiteral("log"), tr("Live log"), QStringLiteral("log")},
                        {QStringLiteral("channels"), tr("Channels"), QStringLiteral("channels")},
                        {QStringLiteral("auth"), tr("Authorization"), QStringLiteral("private")},
                        {QStringLiteral("apps"), tr("Apps"), QStringLiteral("apps")}}}}
    , m_stack{new QStackedWidget}
    , m_status{new StatusStrip}
{
    buildFrame();
    connectStatus();
    addShortcuts();
}

void MainWindow::buildFrame()
{
    setObjectName(QStringLiteral("window.main"));
    setWindowTitle(tr("Castdeck"));
    setWindowIcon(icon(QStringLiteral("castdeck")));
    setMinimumSize(smallestSize);
    resize(firstSize);
    auto* center = new QWidget;
    auto* layout = new QHBoxLayout{center};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_nav);
    layout->addWidget(m_stack, 1);
    setCentralWidget(center);
    setStatusBar(m_status);
    m_status->showTheme(m_theme.choice());
    connect(m_nav, &NavBar::chosen, this, &MainWindow::showPage);
    connect(&m_theme, &Theme::changed, this, [this] { m_status->showTheme(m_theme.choice()); });
}

void MainWindow::connectStatus()
{
    connect(m_status, &StatusStrip::appsRequested, this, [this] { showPage(Apps); });
    connect(m_status, &StatusStrip::channelsRequested, this, [this] { showPage(Channels); });
    connect(m_status, &StatusStrip::logRequested, this, [this] { showPage(Log); });
    connect(m_status, &StatusStrip::resumeRequested, this, [this] { logPage()->setPaused(false); });
    connect(m_status, &StatusStrip::errorsRequested, this, [this] { m_current->showErrors(); });
    connect(m_status, &StatusStrip::themeRequested, this, &MainWindow::cycleTheme);
}

void MainWindow::addShortcuts()
{
    for (int page = 0; page < PageCount; ++page)
        addShortcut(QKeySequence{Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + page)}, [this, page] { showPage(page); });
    addShortcut(QKeySequence{Qt::CTRL | Qt::Key_N}, [this] { showPage(Send); });
    addShortcut(QKeySequence{Qt::CTRL | Qt::Key_Period}, [this] { logPage()->togglePause(); });
    addShortcut(QKeySequence{Qt::CTRL | Qt::Key_L}, [this] { logPage()->clear(); });
    addShortcut(QKeySequence{Qt::CTRL | Qt::Key_F}, [this] { m_current->focusFilter(); });
    addShortcut(QKeySequence{Qt::Key_F9}, [this] { m_current->setInspectorWanted(!m_current->wantsInspector()); });
    addShortcut(QKeySequence{Qt::CTRL | Qt::Key_Q}, [this] { close(); });
}

void MainWindow::addShortcut(const QKeySequence& keys, std::function<void()> action)
{
    auto* shortcut = new QShortcut{keys, this};
    connect(shortcut, &QShortcut::activated, this, std::move(action));
}

Workspace* MainWindow::addWorkspace(const Workspace::Controls& controls, const WindowSettings& settings,
                                    const Profile& profile)
{
    auto* added = new Workspace{controls, settings, profile};
    m_workspaces.push_back(added);
    m_stack->addWidget(added);
    connectWorkspace(added);
    if (m_current == nullptr)
        showCurrent(added);
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
    connect(workspace, &Workspace::pageShown, this, whenShown(&MainWindow::refresh));
    connect(workspace, &Workspace::snapshotShown, this, whenShown(&MainWindow::refreshSnapshot));
    connect(workspace, &Workspace::logCounted, this, whenShown(&MainWindow::refreshLogCounts));
}

void MainWindow::removeWorkspace(const std::string& profileId)
{
    Workspace* gone = workspace(profileId);
    if (gone == nullptr)
        return;
    std::erase(m_workspaces, gone);
    if (gone == m_current) {
        m_current = nullptr;
        if (!m_workspaces.empty())
            showCurrent(m_workspaces.front());
    }
    delete gone; // At once: its controls may end right after.
}

void MainWindow::showWorkspace(const std::string& profileId)
{
    if (Workspace* wanted = workspace(profileId))
        showCurrent(wanted);
}

Workspace* MainWindow::workspace(const std::string& profileId) const
{
    const auto it =
        std::ranges::find(m_workspaces, profileId, [](const Workspace* live) { return live->profile().id; });
    return it == m_workspaces.end() ? nullptr : *it;
}

void MainWindow::showCurrent(Workspace* workspace)
{
    m_current = workspace;
    m_stack->setCurrentWidget(workspace);
    workspace->showPage(workspace->currentPage());
}

void MainWindow::showPage(int page)
{
    if (m_current != nullptr)
        m_current->showPage(page);
}

int MainWindow::currentPage() const
{
    return m_current->currentPage();
}

void MainWindow::refresh()
{
    m_nav->setCurrent(currentPage());
    refreshSnapshot();
    refreshLogCounts();
}

void MainWindow::refreshSnapshot()
{
    const engine::Snapshot& snapshot = *m_current->snapshot();
    m_status->showSnapshot(snapshot);
    m_status->showRates(m_current->rate());
    m_nav->setNumber(Channels, snapshot.channelCount == 0 ? QString{} : shownCount(snapshot.channelCount));
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
}

void MainWindow::cycleTheme()
{
    switch (m_theme.choice()) {
    case Theme::Choice::System: m_theme.setChoice(Theme::Choice::Light); break;
    case Theme::Choice::Light: m_theme.setChoice(Theme::Choice::Dark); break;
    case Theme::Choice::Dark: m_theme.setChoice(Theme::Choice::System); break;
    }
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    m_nav->setCompact(width() < narrow);
}

} // namespace castdeck::ui
