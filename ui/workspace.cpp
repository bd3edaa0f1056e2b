#include "ui/workspace.h"

#include "ui/bridge/archive_bridge.h"
#include "ui/models/log_model.h"
#include "ui/pages/apps_page.h"
#include "ui/pages/authorization_page.h"
#include "ui/pages/board_pane.h"
#include "ui/pages/channels_page.h"
#include "ui/pages/composer_dock.h"
#include "ui/pages/connections_page.h"
#include "ui/pages/log_page.h"
#include "ui/pages/send_page.h"
#include "ui/pages/server_page.h"
#include "ui/pages/stats_page.h"
#include "ui/pages/subscribers_panel.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/first_focus.h"
#include "ui/widgets/inspector.h"
#include "ui/widgets/log_strip.h"
#include "ui/widgets/tab_pages.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <utility>

namespace castdeck::ui {

namespace {

constexpr int leastForStrip = 600; ///< Height of the pages.
constexpr int leastForComposer = 640;
constexpr int smallestPage = 560;
constexpr int lowestPage = 280;

constexpr auto lockRefresh = std::chrono::seconds{1};

std::size_t errorsIn(const LogStore::Counts& counts)
{
    using engine::EventKind;
    std::size_t sum = 0;
    for (const auto kind : {EventKind::Error, EventKind::ApiError, EventKind::ClientError, EventKind::WebhookFailed})
        sum += counts[static_cast<std::size_t>(kind)];
    return sum;
}

} // namespace

Profile localProfile()
{
    Profile profile;
    profile.id = Profile::localId;
    profile.name = Workspace::tr("This computer");
    profile.kind = Profile::Kind::Embedded;
    return profile;
}

const Clock& Workspace::systemClock()
{
    static const SystemClock clock;
    return clock;
}

Workspace::Workspace(const Controls& controls, const WindowSettings& settings, Profile profile, QWidget* parent)
    : QWidget{parent}
    , m_server{controls.server}
    , m_archive{controls.archive}
    , m_endpoint{controls.endpoint}
    , m_appConfigs{settings.apps}
    , m_profile{std::move(profile)}
    , m_snapshot{std::make_shared<engine::Snapshot>()}
    , m_logModel{new LogModel{this}}
    , m_lock{controls.clock, m_profile.isProduction ? SendingLock::Nature::Locked : SendingLock::Nature::Open}
    , m_split{new QSplitter{this}}
    , m_main{new QWidget{m_split}}
    , m_column{new QSplitter{Qt::Vertical, m_main}}
    , m_pages{new QStackedWidget{m_column}}
    , m_send{new SendPage{controls.server, controls.connections, controls.documents, settings, m_profile, m_pages}}
    , m_log{new LogPage{m_logModel, &controls.documents, QString::fromStdString(m_profile.id), m_pages}}
    , m_channels{new ChannelsPage{controls.connections, settings, m_pages}}
    , m_connections{new ConnectionsPage}
    , m_authorization{new AuthorizationPage{controls.server, settings.apps, settings.authorization, &controls.documents,
                                            m_pages}}
    , m_subscribers{new SubscribersPanel{
          m_authorization->personaBook(),
          [this](const std::string& appId, QString& why) { return findTarget(appId, why); }}}
    , m_connectionTabs{makeTabs(QStringLiteral("connections.kinds"), tr("Kinds of connections"))}
    , m_stats{new StatsPage{m_pages}}
    , m_apps{new AppsPage{controls.server, settings.apps, this}}
    , m_inspector{new Inspector{m_logModel->store(), m_split}}
    , m_dock{new ComposerDock{*m_send, *m_column, *this}}
    , m_strip{new LogStrip{*m_logModel, m_main}}
    , m_inspectorWidth{usualInspectorWidth}
{
    build();
    connectLog();
    connectChannels();
    connectConnections();
    connectSend();
    connectInspector();
    m_channels->setControl(controls.occupancy);
    m_connections->setControl(controls.occupancy);
    if (m_profile.kind != Profile::Kind::Embedded)
        m_connections->setRemote();
    if (controls.remote != nullptr)
        connectRemote(*controls.remote);
    m_send->setArchive(m_archive);
    m_log->setArchive(m_archive);
    if (m_archive != nullptr)
        connect(m_archive, &ArchiveBridge::troubled, this, &Workspace::showTrouble);
    applyLock();
}

void Workspace::build()
{
    m_pages->setProperty("area", QStringLiteral("page"));
    addPage(Send, m_send);
    addPage(Log, m_log);
    addPage(Channels, m_channels);
    addPage(Connections, buildConnections());
    addPage(Authorization, m_authorization);
    addPage(Stats, m_stats);
    if (m_profile.kind == Profile::Kind::Embedded)
        addPage(Apps, m_apps);
    else
        m_apps->hide(); // It has code to copy, and nothing to start.
    auto* column = new QVBoxLayout{m_main};
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_column, 1);
    m_column->setStretchFactor(0, 1);
    m_column->setChildrenCollapsible(false);
    column->addWidget(m_strip);
    // Beside the inspector a page folds its tools; what it would like to have is not what it needs.
    m_pages->setMinimumWidth(smallestPage);
    m_pages->setMinimumHeight(lowestPage); // Else the highest of all pages would leave the composer no room.
    m_main->setMinimumWidth(smallestPage);
    m_split->addWidget(m_main);
    m_split->addWidget(m_inspector);
    m_split->setStretchFactor(0, 1);
    m_split->setChildrenCollapsible(false);
    m_split->setSizes({QWIDGETSIZE_MAX, m_inspectorWidth});
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_split);
    connect(m_split, &QSplitter::splitterMoved, this, [this] { m_inspectorWidth = m_inspector->width(); });
    connect(m_strip, &LogStrip::logRequested, this, [this] { showPage(Log); });
    connect(&m_lockTime, &QTimer::timeout, this, &Workspace::showLock);
    connect(m_dock, &ComposerDock::pageRequested, this, [this] { showPage(Send); });
    placeInspector();
    placeStrip();
    placeComposer();
}

void Workspace::addPage(Page page, QWidget* widget)
{
    m_pages->addWidget(widget);
    m_pageWidgets[page] = widget;
}

bool Workspace::hasPage(int page) const
{
    return m_pageWidgets.contains(page);
}

void Workspace::showPage(int page)
{
    if (!hasPage(page))
        return;
    m_pages->setCurrentWidget(m_pageWidgets.at(page));
    placeInspector();
    placeStrip();
    placeComposer();
    m_pages->currentWidget()->setFocus();
    countLog();
    Q_EMIT pageShown(page);
}

int Workspace::currentPage() const
{
    for (const auto& [page, widget] : m_pageWidgets) {
        if (widget == m_pages->currentWidget())
            return page;
    }
    return Send;
}

void Workspace::focusFilter()
{
    switch (currentPage()) {
    case Channels: m_channels->focusFilter(); return;
    case Connections: m_connections->focusFilter(); return;
    case Send: m_send->showHistory(); return;
    default: break;
    }
    showPage(Log);
    m_log->focusFilter();
}

void Workspace::showChannel(const std::string& appId, const std::string& name)
{
    showPage(Channels);
    m_channels->selectChannel(appId, name);
}

void Workspace::showErrors()
{
    m_seenErrors = errorsIn(m_logModel->store().counts());
    showPage(Log);
    m_log->showErrors();
}

void Workspace::setInspectorWanted(bool isWanted)
{
    m_wantsInspector = isWanted;
    placeInspector();
}

void Workspace::placeInspector()
{
    // What would lie over the page has to be worth it.
    const bool isShown = currentPage() == Log && m_wantsInspector && !(m_isNarrow && m_inspector->isEmpty());
    if (m_isNarrow && m_inspector->parentWidget() != this) {
        m_inspector->setParent(this);
    } else if (!m_isNarrow && m_inspector->parentWidget() == this) {
        m_split->addWidget(m_inspector);
        m_split->setSizes({std::max(0, width() - m_inspectorWidth), m_inspectorWidth});
    }
    const bool appears = isShown && m_inspector->isHidden();
    m_inspector->setVisible(isShown);
    // The splitter knows no width of what it has not shown yet.
    if (appears && !m_isNarrow)
        m_split->setSizes({std::max(0, width() - m_inspectorWidth), m_inspectorWidth});
    if (!m_isNarrow || !isShown)
        return;
    m_inspector->setGeometry(width() - m_inspectorWidth, 0, m_inspectorWidth, height());
    m_inspector->raise();
}

void Workspace::placeStrip()
{
    // In a low window the composer needs the height.
    m_strip->setVisible(m_arrangement == Arrangement::Operator && currentPage() == Send && height() >= leastForStrip);
}

void Workspace::placeComposer()
{
    m_dock->showBeside(currentPage() == Log && height() >= leastForComposer, currentPage() == Send);
}

void Workspace::showComposer()
{
    if (!m_dock->isVisible())
        showPage(Send);
    m_dock->enter();
}

void Workspace::toggleComposer()
{
    ComposerDock::Place place = m_dock->place();
    place.isWanted = !place.isWanted;
    place.isFloating = false;
    if (place.isWanted)
        showPage(Log);
    m_dock->setPlace(place);
}

std::vector<QWidget*> Workspace::panes() const
{
    std::vector<QWidget*> shown{m_pages};
    for (QWidget* each : {static_cast<QWidget*>(m_dock), static_cast<QWidget*>(m_inspector)}) {
        if (each->isVisible())
            shown.push_back(each);
    }
    return shown;
}

void Workspace::setNarrow(bool isNarrow)
{
    m_isNarrow = isNarrow;
    placeInspector();
}

void Workspace::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeInspector();
    placeComposer();
    placeStrip();
}

int Workspace::inspectorWidth() const
{
    return m_inspectorWidth;
}

void Workspace::setInspectorWidth(int pixels)
{
    m_inspectorWidth = std::max(pixels, m_inspector->minimumWidth());
    if (!m_isNarrow)
        m_split->setSizes({std::max(0, width() - m_inspectorWidth), m_inspectorWidth});
}

void Workspace::arrange(Arrangement arrangement)
{
    m_arrangement = arrangement;
    switch (arrangement) {
    case Arrangement::Operator:
        showPage(Send);
        if (m_send->board()->templates().rowCount() > 0)
            m_send->focusBoard(); // A digit opens an alert at once.
        break;
    case Arrangement::Developer: showPage(Log); break;
    case Arrangement::Presenter: showPage(Channels); break;
    }
}

void Workspace::showLock()
{
    if (m_lock.timeLeft())
        m_lockTime.start(lockRefresh);
    else
        m_lockTime.stop();
    Q_EMIT lockShown();
}

void Workspace::setSettings(const WindowSettings& settings)
{
    m_appConfigs = settings.apps;
    m_send->setSettings(settings);
    m_channels->setSettings(settings);
    m_authorization->setApps(settings.apps);
    m_authorization->setConfiguration(settings.authorization);
    m_apps->setApps(settings.apps);
}

void Workspace::setNotice(const QString& sentences)
{
    m_apps->setNotice(sentences);
}

void Workspace::setWantedPort(std::uint16_t port)
{
    m_apps->setWantedPort(port);
}

void Workspace::setStateWords(const QString& words)
{
    if (m_stateWords == words)
        return;
    m_stateWords = words;
    if (m_serverPage != nullptr)
        m_serverPage->showState(words);
    Q_EMIT snapshotShown();
}

std::size_t Workspace::unseenRows() const
{
    return m_logModel->store().total() - m_seenRows;
}

std::size_t Workspace::unseenErrors() const
{
    return errorsIn(m_logModel->store().counts()) - m_seenErrors;
}

void Workspace::countLog()
{
    if (currentPage() == Log)
        m_seenRows = m_logModel->store().total();
    Q_EMIT logCounted();
}

void Workspace::showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot)
{
    m_snapshot = snapshot;
    m_rate.add(*snapshot);
    m_log->setServerRunning(snapshot->server.state == engine::ServerState::Running);
    m_send->showSnapshot(snapshot);
    m_channels->showSnapshot(snapshot);
    m_connections->showSnapshot(snapshot);
    m_authorization->showSnapshot(*snapshot);
    m_stats->showSnapshot(*snapshot);
    m_inspector->showSnapshot(snapshot);
    m_apps->showSnapshot(std::move(snapshot));
    Q_EMIT snapshotShown();
}

void Workspace::addEvents(std::vector<engine::Event> events, std::size_t dropped)
{
    if (m_archive != nullptr)
        m_archive->addEvents(events);
    m_stats->addEvents(events);
    m_send->showEvents(events);
    m_logModel->append(std::move(events), dropped);
}

/// The sentence below goes by itself; the row is counted among the errors until somebody looks at them.
void Workspace::showTrouble(const QString& sentence)
{
    engine::Event row;
    row.kind = engine::EventKind::Error;
    row.at = std::chrono::system_clock::now();
    row.detail = sentence.toStdString();
    std::vector<engine::Event> rows;
    rows.push_back(std::move(row));
    m_logModel->append(std::move(rows), 0);
    Q_EMIT troubled(sentence);
}

void Workspace::showOutcome(const engine::PublishOutcome& outcome)
{
    m_send->showOutcome(outcome);
}

void Workspace::showReport(std::uint64_t id, const broadcast::Report& report)
{
    m_send->showReport(id, report);
}

void Workspace::showChannels(std::uint64_t id, ChannelListing listing)
{
    m_channels->showChannels(id, std::move(listing));
}

void Workspace::showMembers(std::uint64_t id, MemberListing listing)
{
    m_channels->showMembers(id, std::move(listing));
}

void Workspace::addDecisions(std::vector<engine::Decision> decisions, std::size_t dropped)
{
    m_authorization->addDecisions(std::move(decisions), dropped);
}

void Workspace::showVerdict(const engine::AuthorizationVerdict& verdict)
{
    m_authorization->showVerdict(verdict);
}

} // namespace castdeck::ui
