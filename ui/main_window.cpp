#include "ui/main_window.h"

#include "ui/models/log_model.h"
#include "ui/pages/apps_page.h"
#include "ui/pages/authorization_page.h"
#include "ui/pages/channels_page.h"
#include "ui/pages/log_page.h"
#include "ui/pages/send_page.h"
#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/inspector.h"
#include "ui/widgets/nav_bar.h"
#include "ui/widgets/status_strip.h"

#include <QtGui/QShortcut>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QStackedWidget>

namespace castdeck::ui {

namespace {

constexpr QSize firstSize{1280, 800};
constexpr QSize smallestSize{960, 600};
constexpr int narrow = 1100;
constexpr int inspectorWidth = 350;

std::size_t errorsIn(const LogStore::Counts& counts)
{
    using engine::EventKind;
    std::size_t sum = 0;
    for (const auto kind : {EventKind::Error, EventKind::ApiError, EventKind::ClientError, EventKind::WebhookFailed})
        sum += counts[static_cast<std::size_t>(kind)];
    return sum;
}

} // namespace

MainWindow::MainWindow(ServerControl& server, ConnectionControl& connections, Theme& theme,
                       const WindowSettings& settings, QWidget* parent)
    : QMainWindow{parent}
    , m_server{server}
    , m_theme{theme}
    , m_logModel{new LogModel{this}}
    , m_nav{new NavBar{{{QStringLiteral("send"), tr("Send"), QStringLiteral("send")},
                        {QStringLiteral("log"), tr("Live log"), QStringLiteral("log")},
                        {QStringLiteral("channels"), tr("Channels"), QStringLiteral("channels")},
                        {QStringLiteral("auth"), tr("Authorization"), QStringLiteral("private")},
                        {QStringLiteral("apps"), tr("Apps"), QStringLiteral("apps")}}}}
    , m_pages{new QStackedWidget}
    , m_send{new SendPage{server, connections, settings}}
    , m_log{new LogPage{m_logModel}}
    , m_channels{new ChannelsPage{connections, settings}}
    , m_authorization{new AuthorizationPage{server, settings.apps, settings.authorization}}
    , m_apps{new AppsPage{server, settings.apps}}
    , m_inspector{new Inspector}
    , m_status{new StatusStrip}
{
    buildFrame();
    connectPages();
    connectStatus();
    addShortcuts();
    showPage(Send);
}

void MainWindow::buildFrame()
{
    setObjectName(QStringLiteral("window.main"));
    setWindowTitle(tr("Castdeck"));
    setWindowIcon(icon(QStringLiteral("castdeck")));
    setMinimumSize(smallestSize);
    resize(firstSize);
    m_pages->setProperty("area", QStringLiteral("page"));
    for (QWidget* page :
         {static_cast<QWidget*>(m_send), static_cast<QWidget*>(m_log), static_cast<QWidget*>(m_channels),
          static_cast<QWidget*>(m_authorization), static_cast<QWidget*>(m_apps)})
        m_pages->addWidget(page);
    auto* center = new QWidget;
    auto* layout = new QHBoxLayout{center};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_nav);
    layout->addWidget(m_pages, 1);
    setCentralWidget(center);
    addDockWidget(Qt::RightDockWidgetArea, m_inspector);
    resizeDocks({m_inspector}, {inspectorWidth}, Qt::Horizontal);
    setStatusBar(m_status);
    m_status->showTheme(m_theme.choice());
}

void MainWindow::connectPages()
{
    connect(m_nav, &NavBar::chosen, this, &MainWindow::showPage);
    connect(m_log, &LogPage::rowSelected, this, [this](const std::optional<engine::Event>& event) {
        m_inspector->setEvent(event);
        setInspectorWanted(true);
    });
    connect(m_log, &LogPage::inspectorRequested, this, [this] { setInspectorWanted(true); });
    connect(m_inspector, &Inspector::closeRequested, this, [this] { setInspectorWanted(false); });
    connect(m_log, &LogPage::sendRequested, this, [this] { showPage(Send); });
    connect(m_log, &LogPage::startRequested, this, [this] { m_server.startServer(); });
    connect(m_channels, &ChannelsPage::startRequested, this, [this] { m_server.startServer(); });
    connect(m_channels, &ChannelsPage::copyCodeRequested, m_apps, &AppsPage::copyListeningCode);
    connect(m_channels, &ChannelsPage::sendToRequested, this, [this](const QString& appId, const QString& channel) {
        showPage(Send);
        m_send->composer()->sendTo(appId, channel);
    });
    connect(m_channels, &ChannelsPage::sendThroughRequested, this,
            [this](const QString& connection, const QString& channel) {
                showPage(Send);
                m_send->setConnection(connection);
                m_send->composer()->sendTo({}, channel);
            });
    connect(m_logModel, &LogModel::changed, this, &MainWindow::refreshLogCounts);
    connect(&m_theme, &Theme::changed, this, [this] { m_status->showTheme(m_theme.choice()); });
}

void MainWindow::connectStatus()
{
    connect(m_status, &StatusStrip::appsRequested, this, [this] { showPage(Apps); });
    connect(m_status, &StatusStrip::channelsRequested, this, [this] { showPage(Channels); });
    connect(m_status, &StatusStrip::logRequested, this, [this] { showPage(Log); });
    connect(m_status, &StatusStrip::resumeRequested, this, [this] { m_log->setPaused(false); });
    connect(m_status, &StatusStrip::errorsRequested, this, &MainWindow::showErrors);
    connect(m_status, &StatusStrip::themeRequested, this, &MainWindow::cycleTheme);
}

void MainWindow::addShortcuts()
{
    for (int page = 0; page < PageCount; ++page)
        addShortcut(QKeySequence{Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + page)}, [this, page] { showPage(page); });
    addShortcut(QKeySequence{Qt::CTRL | Qt::Key_N}, [this] { showPage(Send); });
    addShortcut(QKeySequence{Qt::CTRL | Qt::Key_Period}, [this] { m_log->togglePause(); });
    addShortcut(QKeySequence{Qt::CTRL | Qt::Key_L}, [this] { m_log->clear(); });
    addShortcut(QKeySequence{Qt::CTRL | Qt::Key_F}, [this] { focusFilter(); });
    addShortcut(QKeySequence{Qt::Key_F9}, [this] { setInspectorWanted(!m_wantsInspector); });
    addShortcut(QKeySequence{Qt::CTRL | Qt::Key_Q}, [this] { close(); });
}

void MainWindow::addShortcut(const QKeySequence& keys, std::function<void()> action)
{
    auto* shortcut = new QShortcut{keys, this};
    connect(shortcut, &QShortcut::activated, this, std::move(action));
}

void MainWindow::showPage(int page)
{
    m_pages->setCurrentIndex(page);
    m_nav->setCurrent(page);
    m_pages->currentWidget()->setFocus();
    placeInspector();
    refreshLogCounts();
}

int MainWindow::currentPage() const
{
    return m_pages->currentIndex();
}

void MainWindow::setNotice(const QString& sentences)
{
    m_apps->setNotice(sentences);
}

void MainWindow::setWantedPort(std::uint16_t port)
{
    m_apps->setWantedPort(port);
}

void MainWindow::focusFilter()
{
    if (currentPage() == Channels) {
        m_channels->focusFilter();
        return;
    }
    showPage(Log);
    m_log->focusFilter();
}

void MainWindow::showErrors()
{
    m_seenErrors = errorsIn(m_logModel->store().counts());
    showPage(Log);
    m_log->showErrors();
    refreshLogCounts();
}

void MainWindow::showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot)
{
    m_status->showSnapshot(*snapshot);
    m_nav->setNumber(Channels, snapshot->channelCount == 0 ? QString{} : shownCount(snapshot->channelCount));
    m_log->setServerRunning(snapshot->server.state == engine::ServerState::Running);
    m_send->showSnapshot(snapshot);
    m_channels->showSnapshot(snapshot);
    m_authorization->showSnapshot(*snapshot);
    m_apps->showSnapshot(snapshot);
}

void MainWindow::addEvents(std::vector<engine::Event> events, std::size_t dropped)
{
    m_logModel->append(std::move(events), dropped);
}

void MainWindow::showOutcome(const engine::PublishOutcome& outcome)
{
    m_send->showOutcome(outcome);
}

void MainWindow::showReport(std::uint64_t id, const broadcast::Report& report)
{
    m_send->showReport(id, report);
}

void MainWindow::showChannels(std::uint64_t id, ChannelListing listing)
{
    m_channels->showChannels(id, std::move(listing));
}

void MainWindow::showMembers(std::uint64_t id, MemberListing listing)
{
    m_channels->showMembers(id, std::move(listing));
}

void MainWindow::addDecisions(std::vector<engine::Decision> decisions, std::size_t dropped)
{
    m_authorization->addDecisions(std::move(decisions), dropped);
}

void MainWindow::showVerdict(const engine::AuthorizationVerdict& verdict)
{
    m_authorization->showVerdict(verdict);
}

void MainWindow::refreshLogCounts()
{
    const LogStore& store = m_logModel->store();
    if (currentPage() == Log)
        m_seenRows = store.total();
    const std::size_t unseen = store.total() - m_seenRows;
    m_nav->setNumber(Log, unseen == 0 ? QString{} : unseen > 999 ? tr("999+") : shownCount(unseen));
    m_status->showLog(store.size(), store.bytes(), store.dropped());
    m_status->showPaused(m_logModel->isPaused(), m_logModel->heldBack());
    m_status->showErrors(errorsIn(store.counts()) - m_seenErrors);
}

void MainWindow::setInspectorWanted(bool isWanted)
{
    m_wantsInspector = isWanted;
    placeInspector();
}

void MainWindow::placeInspector()
{
    m_inspector->setVisible(currentPage() == Log && m_wantsInspector);
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
