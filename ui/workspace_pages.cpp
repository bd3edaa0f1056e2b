// What leads from one page of a workspace to another.
#include "ui/workspace.h"

#include "ui/actions/key_words.h"
#include "ui/bridge/subscriber_target.h"
#include "ui/models/client_events.h"
#include "ui/models/log_model.h"
#include "ui/models/sealed_payload.h"
#include "ui/models/send_desk.h"
#include "ui/pages/apps_page.h"
#include "ui/pages/authorization_page.h"
#include "ui/pages/channels_page.h"
#include "ui/pages/connections_page.h"
#include "ui/pages/log_page.h"
#include "ui/pages/send_page.h"
#include "ui/pages/subscribers_panel.h"
#include "ui/text/json_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/first_focus.h"
#include "ui/widgets/inspector.h"
#include "ui/widgets/receipt.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace castdeck::ui {

void Workspace::connectLog()
{
    connect(m_log, &LogPage::rowSelected, this, [this](const std::optional<engine::Event>& event) {
        m_inspector->setEvent(event);
        setInspectorWanted(true);
    });
    connect(m_log, &LogPage::inspectorRequested, this, [this] { setInspectorWanted(true); });
    connect(m_log, &LogPage::sendRequested, this, &Workspace::showComposer);
    connect(m_log, &LogPage::startRequested, this, [this] { m_server.startServer(); });
    connect(m_logModel, &LogModel::changed, this, &Workspace::countLog);
}

void Workspace::connectInspector()
{
    m_inspector->setReader([this](const engine::Event& event) {
        const auto app = std::ranges::find(m_appConfigs, event.appId, &hub::AppConfig::id);
        return readPayload(event.channel, event.payload, app == m_appConfigs.end() ? nullptr : &*app);
    });
    connect(m_inspector, &Inspector::closeRequested, this, [this] { setInspectorWanted(false); });
    connect(m_inspector, &Inspector::socketRequested, this,
            [this](const QString& socket) { follow(QStringLiteral("socket:") + socket); });
    connect(m_logModel, &LogModel::marksChanged, this, [this] {
        m_inspector->setSides(m_logModel->marked(LogModel::Mark::A), m_logModel->marked(LogModel::Mark::B));
    });
    connect(m_log, &LogPage::compareRequested, this, [this] { showInspector(Inspector::Compare); });
    connect(m_log, &LogPage::whoGotThisRequested, this, [this](const engine::Event& event) {
        m_inspector->setEvent(event);
        showInspector(Inspector::Delivery);
    });
    connect(m_log, &LogPage::howToListenRequested, this, [this](const engine::Event& event) {
        m_inspector->setEvent(event);
        showInspector(Inspector::Code);
    });
}

void Workspace::showInspector(int tab)
{
    setInspectorWanted(true);
    m_inspector->showTab(static_cast<Inspector::Tab>(tab));
}

void Workspace::connectSend()
{
    connect(m_send, &SendPage::whoGotThisRequested, this, &Workspace::showDelivery);
    connect(m_send, &SendPage::clientEventRequested, this, [this](const QString& appId, const Draft& draft) {
        m_subscribers->clientEvents().send(appId.toStdString(), draft);
    });
    connect(&m_subscribers->clientEvents(), &ClientEvents::told, this, [this](const QString& sentence, bool isProblem) {
        isProblem ? m_send->receipt().showRefusal(sentence) : m_send->receipt().showNotice(sentence);
    });
    connect(m_send, &SendPage::unlockRequested, this, &Workspace::unlockRequested);
    connect(this, &Workspace::lockShown, this, &Workspace::applyLock);
    connect(&KeyWords::instance(), &KeyWords::changed, this, &Workspace::applyLock);
    connect(m_log, &LogPage::editAndSendRequested, this, &Workspace::edit);
    connect(m_log, &LogPage::sendAgainRequested, this, [this](const engine::Event& event) {
        showComposer();
        m_send->sendAgain(draftOf(event), QString::fromStdString(event.appId));
    });
    connect(m_log, &LogPage::saveAsTemplateRequested, this, [this](const engine::Event& event) {
        showPage(Send); // The sheet of the alert stands on the board.
        edit(event);
        m_send->saveAsTemplate();
    });
    connect(m_log, &LogPage::copyAsRequested, this, &Workspace::copyAs);
}

void Workspace::applyLock()
{
    const QString keys = KeyWords::instance().of("profile.lock");
    m_send->setLocked(m_lock.isLocked(),
                      keys.isEmpty() ? tr("%1 is read-only. Unlock it at the top of the window.").arg(m_profile.name)
                                     : tr("%1 is read-only. Unlock it with %2.").arg(m_profile.name, keys));
}

/// What was sent, in clear where the key is known.
Draft Workspace::draftOf(const engine::Event& event) const
{
    const auto app = std::ranges::find(m_appConfigs, event.appId, &hub::AppConfig::id);
    const std::string sent = event.payload ? *event.payload : std::string{};
    const std::string payload = app == m_appConfigs.end() ? sent : openedPayload(event.channel, sent, *app);
    const PayloadMode mode = findJsonMistake(payload) ? PayloadMode::Text : PayloadMode::Json;
    return {QString::fromStdString(event.channel), QString::fromStdString(event.event), payload, mode};
}

void Workspace::edit(const engine::Event& event)
{
    showComposer();
    m_send->composer()->setApp(QString::fromStdString(event.appId));
    m_send->composer()->setDraft(draftOf(event));
}

void Workspace::copyAs(CopyKind kind, const engine::Event& event)
{
    const std::optional<CopyEndpoint> endpoint = m_send->copyEndpoint();
    if (!endpoint)
        return;
    const CopyMessage message{{event.channel}, event.event, event.payload ? *event.payload : std::string{}};
    QGuiApplication::clipboard()->setText(ui::copyAs(kind, message, *endpoint));
}

/// The row of the log about a message that was sent, with those who got it.
void Workspace::showDelivery(const SentMessage& message)
{
    showPage(Log);
    const auto channels = channelNamesOf(message.draft);
    if (!channels.empty())
        m_log->reveal({.appId = message.appId.toStdString(),
                       .channel = channels.front(),
                       .event = message.draft.event.toStdString(),
                       .since = sentAt(message)});
    showInspector(Inspector::Delivery);
}

void Workspace::follow(const QString& filter)
{
    showPage(Log);
    m_log->setFilterText(filter);
}

QWidget* Workspace::buildConnections()
{
    auto* page = new QWidget{m_pages};
    auto* layout = new QVBoxLayout{page};
    layout->setContentsMargins(0, metrics::medium, 0, 0);
    layout->addWidget(m_connectionTabs);
    auto* title = makeLabel(tr("Connections"), TextKind::Title);
    title->setContentsMargins(metrics::page, 0, 0, 0);
    m_connectionTabs->setCornerWidget(title, Qt::TopLeftCorner);
    auto* subscribers = new QWidget;
    m_connectionTabs->addTab(m_connections, tr("Sockets"));
    m_connectionTabs->addTab(subscribers, tr("Virtual subscribers"));
    auto* margin = new QVBoxLayout{subscribers};
    margin->setContentsMargins(metrics::page, metrics::large, metrics::page, metrics::page);
    margin->addWidget(m_subscribers);
    m_connectionTabs->setProperty("look", QStringLiteral("page"));
    setFirstFocus(*page, {m_connections, m_subscribers});
    return page;
}

std::optional<SubscriberTarget> Workspace::findTarget(const std::string& appId, QString& why) const
{
    if (m_endpoint)
        return SubscriberTarget{*m_endpoint, std::nullopt};
    return embeddedTarget(m_snapshot->server, m_appConfigs, appId, why);
}

void Workspace::showSubscribers()
{
    showPage(Connections);
    m_connectionTabs->setCurrentIndex(1);
    if (auto* persona = m_subscribers->findChild<QWidget*>(QStringLiteral("subscribers.persona")))
        persona->setFocus();
}

void Workspace::connectConnections()
{
    connect(m_connections, &ConnectionsPage::subscriberRequested, this, &Workspace::showSubscribers);
    connect(m_subscribers, &SubscribersPanel::socketRequested, this,
            [this](const QString& socket) { follow(QStringLiteral("socket:") + socket); });
    connect(m_connections, &ConnectionsPage::followRequested, this, &Workspace::follow);
    connect(m_connections, &ConnectionsPage::channelRequested, this,
            [this](const QString& app, const QString& name) { showChannel(app.toStdString(), name.toStdString()); });
    connect(m_connections, &ConnectionsPage::startRequested, this, [this] { m_server.startServer(); });
    connect(m_connections, &ConnectionsPage::copyCodeRequested, m_apps, &AppsPage::copyListeningCode);
    connect(m_channels, &ChannelsPage::followRequested, this, &Workspace::follow);
    connect(m_channels, &ChannelsPage::connectionRequested, this, [this](const QString& app, const QString& socket) {
        showPage(Connections);
        m_connectionTabs->setCurrentIndex(0);
        m_connections->selectConnection(app.toStdString(), socket.toStdString());
    });
}

void Workspace::connectChannels()
{
    m_channels->setPersonas(m_authorization->personaBook());
    connect(m_channels, &ChannelsPage::subscribeRequested, this,
            [this](const QString& personaId, const QString& app, const QString& channel) {
                const QString why =
                    m_subscribers->subscribeAs(personaId.toStdString(), app.toStdString(), channel.toStdString());
                if (!why.isEmpty())
                    Q_EMIT troubled(why);
            });
    connect(m_channels, &ChannelsPage::startRequested, this, [this] { m_server.startServer(); });
    connect(m_channels, &ChannelsPage::copyCodeRequested, m_apps, &AppsPage::copyListeningCode);
    connect(m_channels, &ChannelsPage::sendToRequested, this, [this](const QString& appId, const QString& channel) {
        showComposer();
        m_send->composer()->sendTo(appId, channel);
    });
    connect(m_channels, &ChannelsPage::sendThroughRequested, this,
            [this](const QString& connection, const QString& channel) {
                showComposer();
                m_send->setConnection(connection);
                m_send->composer()->sendTo({}, channel);
            });
}

} // namespace castdeck::ui
