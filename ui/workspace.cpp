#include "ui/workspace.h"

#include "ui/models/log_model.h"
#include "ui/pages/apps_page.h"
#include "ui/pages/authorization_page.h"
#include "ui/pages/channels_page.h"
#include "ui/pages/log_page.h"
#include "ui/pages/send_page.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/inspector.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>

#include <utility>

namespace castdeck::ui {

namespace {

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

Profile localProfile()
{
    Profile profile;
    profile.id = Profile::localId;
    profile.name = Workspace::tr("This computer");
    profile.kind = Profile::Kind::Embedded;
    return profile;
}

Workspace::Workspace(const Controls& controls, const WindowSettings& settings, Profile profile, QWidget* parent)
    : QWidget{parent}
    , m_server{controls.server}
    , m_profile{std::move(profile)}
    , m_snapshot{std::make_shared<engine::Snapshot>()}
    , m_logModel{new LogModel{this}}
    , m_split{new QSplitter}
    , m_pages{new QStackedWidget}
    , m_send{new SendPage{controls.server, controls.connections, controls.documents, settings, m_profile}}
    , m_log{new LogPage{m_logModel}}
    , m_channels{new ChannelsPage{controls.connections, settings}}
    , m_authorization{new AuthorizationPage{controls.server, settings.apps, settings.authorization}}
    , m_apps{new AppsPage{controls.server, settings.apps}}
    , m_inspector{new Inspector}
{
    build();
    connectLog();
    connectChannels();
}

void Workspace::build()
{
    m_pages->setProperty("area", QStringLiteral("page"));
    for (QWidget* page : std::initializer_list<QWidget*>{m_send, m_log, m_channels, m_authorization, m_apps})
        m_pages->addWidget(page);
    m_split->addWidget(m_pages);
    m_split->addWidget(m_inspector);
    m_split->setStretchFactor(0, 1);
    m_split->setChildrenCollapsible(false);
    m_split->setSizes({QWIDGETSIZE_MAX, inspectorWidth});
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_split);
    placeInspector();
}

void Workspace::connectLog()
{
    connect(m_log, &LogPage::rowSelected, this, [this](const std::optional<engine::Event>& event) {
        m_inspector->setEvent(event);
        setInspectorWanted(true);
    });
    connect(m_log, &LogPage::inspectorRequested, this, [this] { setInspectorWanted(true); });
    connect(m_inspector, &Inspector::closeRequested, this, [this] { setInspectorWanted(false); });
    connect(m_log, &LogPage::sendRequested, this, [this] { showPage(Send); });
    connect(m_log, &LogPage::startRequested, this, [this] { m_server.startServer(); });
    connect(m_logModel, &LogModel::changed, this, &Workspace::countLog);
}

void Workspace::connectChannels()
{
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
}

void Workspace::showPage(int page)
{
    m_pages->setCurrentIndex(page);
    m_pages->currentWidget()->setFocus();
    placeInspector();
    countLog();
    Q_EMIT pageShown(page);
}

int Workspace::currentPage() const
{
    return m_pages->currentIndex();
}

void Workspace::focusFilter()
{
    if (currentPage() == Channels) {
        m_channels->focusFilter();
        return;
    }
    showPage(Log);
    m_log->focusFilter();
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
    m_inspector->setVisible(currentPage() == Log && m_wantsInspector);
}

void Workspace::setNotice(const QString& sentences)
{
    m_apps->setNotice(sentences);
}

void Workspace::setWantedPort(std::uint16_t port)
{
    m_apps->setWantedPort(port);
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
    m_authorization->showSnapshot(*snapshot);
    m_apps->showSnapshot(std::move(snapshot));
    Q_EMIT snapshotShown();
}

void Workspace::addEvents(std::vector<engine::Event> events, std::size_t dropped)
{
    m_logModel->append(std::move(events), dropped);
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
