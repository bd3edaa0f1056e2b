#include "ui/pages/connection_detail.h"

#include "ui/models/facts_model.h"
#include "ui/models/happenings_model.h"
#include "ui/models/occupancy_words.h"
#include "ui/models/subscriptions_model.h"
#include "ui/text/shown_text.h"
#include "ui/text/shown_time.h"
#include "ui/theme/curtain.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/figure.h"
#include "ui/widgets/occupant_actions.h"
#include "ui/widgets/tab_pages.h"
#include "ui/widgets/value_text.h"

#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

constexpr int cellPadding = 8; ///< Of tables: text beside them starts where their cells do.

DataTable* factsTable(const char* name, const QString& accessibleName, FactsModel* model)
{
    auto* table = new DataTable{QString::fromLatin1(name), accessibleName};
    table->setColumnWidths({150, 0});
    table->setModel(model);
    return table;
}

EmptyState* emptyState(const char* name, const EmptyState::Content& content)
{
    auto* empty = new EmptyState{QString::fromLatin1(name)};
    empty->setContent(content);
    return empty;
}

} // namespace

ConnectionDetail::ConnectionDetail(QWidget* parent)
    : QFrame{parent}
    , m_name{new ValueText{bodyFont(metrics::headText, QFont::DemiBold)}}
    , m_state{new Chip{Chip::Use::Information}}
    , m_who{makeLabel({}, TextKind::Muted)}
    , m_copy{makeButton(QStringLiteral("connections.copy"), tr("Copy socket id"), QStringLiteral("copy"))}
    , m_tabs{makeTabs(QStringLiteral("connections.tabs"), tr("Details of the connection"))}
    , m_handshake{new FactsModel{this}}
    , m_subscriptions{new SubscriptionsModel{this}}
    , m_timeline{new HappeningsModel{this}}
    , m_pings{new FactsModel{this}}
    , m_subscriptionsStack{new QStackedWidget}
    , m_subscriptionsNote{makeLabel({}, TextKind::Hint)}
    , m_trafficStack{new QStackedWidget}
    , m_messagesIn{new Figure{tr("Messages in")}}
    , m_messagesOut{new Figure{tr("Messages out")}}
    , m_bytesIn{new Figure{tr("Bytes in")}}
    , m_bytesOut{new Figure{tr("Bytes out")}}
    , m_actions{new OccupantActions{QStringLiteral("connections"), OccupantActions::Place::Connection}}
{
    setObjectName(QStringLiteral("connections.detail"));
    setProperty("area", QStringLiteral("panel"));
    build();
    connect(m_copy, &QPushButton::clicked, this, [this] { copyWithNotice(m_copy, toQt(m_socketId)); });
    connect(m_actions, &OccupantActions::followRequested, this, &ConnectionDetail::followRequested);
    connect(&m_feed, &DetailsFeed::arrived, this, [this](const engine::Details& details) {
        if (details.connection)
            showDetails(*details.connection);
    });
}

void ConnectionDetail::build()
{
    m_who->setWordWrap(true);
    auto* title = new QHBoxLayout;
    title->setSpacing(metrics::small);
    title->addWidget(m_name, 1);
    title->addWidget(m_state, 0, Qt::AlignTop);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_copy);
    buttons->addStretch();
    auto* head = new QVBoxLayout;
    head->setContentsMargins(cellPadding, 0, cellPadding, 0);
    head->setSpacing(metrics::medium);
    head->addLayout(title);
    head->addWidget(m_who);
    head->addLayout(buttons);

    auto* timeline = new DataTable{QStringLiteral("connections.timeline"), tr("Timeline")};
    timeline->setColumnWidths({108, 122, 130, 110, 0});
    timeline->setModel(m_timeline);
    timeline->hideBelow(520, HappeningsModel::Event);
    timeline->hideBelow(420, HappeningsModel::Channel);
    m_tabs->addTab(factsTable("connections.handshake", tr("Handshake"), m_handshake), tr("Handshake"));
    m_tabs->addTab(buildSubscriptions(), tr("Subscriptions"));
    m_tabs->addTab(timeline, tr("Timeline"));
    m_tabs->addTab(buildTraffic(), tr("Traffic"));
    m_actions->setContentsMargins(cellPadding, 0, cellPadding, 0);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::page - cellPadding, metrics::page + 2, metrics::page - cellPadding,
                               metrics::medium);
    layout->setSpacing(metrics::medium);
    layout->addLayout(head);
    m_tabs->setProperty("look", QStringLiteral("detail"));
    layout->addWidget(m_tabs, 1);
    layout->addWidget(m_actions);
}

QWidget* ConnectionDetail::buildSubscriptions()
{
    auto* table = new DataTable{QStringLiteral("connections.subscriptions"), tr("Subscriptions")};
    table->setColumnWidths({0, 140, 90, 76});
    table->setModel(m_subscriptions);
    table->hideBelow(440, SubscriptionsModel::As);
    connect(table, &DataTable::doubleClicked, this, [this](const QModelIndex& index) {
        Q_EMIT channelRequested(toQt(m_appId), toQt(m_subscriptions->rowAt(index.row()).subscription.channel));
    });
    m_subscriptionsNote->setContentsMargins(cellPadding, metrics::small, cellPadding, 0);
    m_subscriptionsNote->setWordWrap(true);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout{page};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_subscriptionsNote);
    layout->addWidget(table, 1);
    m_subscriptionsStack->addWidget(page);
    m_subscriptionsStack->addWidget(emptyState(
        "connections.subscriptions.action",
        {QStringLiteral("channels"), tr("Subscribed to nothing"), tr("It is connected, and gets no events yet."), {}}));
    return m_subscriptionsStack;
}

QWidget* ConnectionDetail::buildTraffic()
{
    auto* figures = new QGridLayout;
    figures->setContentsMargins(cellPadding, metrics::medium, cellPadding, metrics::small);
    figures->setSpacing(metrics::medium);
    figures->addWidget(m_messagesIn, 0, 0);
    figures->addWidget(m_messagesOut, 0, 1);
    figures->addWidget(m_bytesIn, 1, 0);
    figures->addWidget(m_bytesOut, 1, 1);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout{page};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(figures);
    layout->addWidget(factsTable("connections.pings", tr("Pings"), m_pings), 1);
    m_trafficStack->addWidget(page);
    m_trafficStack->addWidget(emptyState("connections.traffic.action", {QStringLiteral("connection"),
                                                                        tr("Traffic is not counted here"),
                                                                        tr("A server without a window keeps no count."),
                                                                        {}}));
    return m_trafficStack;
}

void ConnectionDetail::setControl(OccupancyControl* control)
{
    m_feed.setControl(control);
    m_actions->setControl(control);
}

void ConnectionDetail::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
}

void ConnectionDetail::showConnection(const engine::ConnectionSnapshot& connection)
{
    m_appId = connection.appId;
    m_socketId = connection.socketId;
    m_state->setText(tr("open"));
    m_state->setLook(QStringLiteral("connection"), Tone::Success);
    m_actions->setTarget(Occupant{.appId = connection.appId,
                                  .channel = {},
                                  .userId = connection.userId,
                                  .sockets = {{connection.socketId, !connection.userId.empty()}},
                                  .isUser = false});
    m_feed.look({m_appId, m_socketId, {}});
    if (!m_feed.isAnswered())
        showDetails(detailsFrom(connection));
}

void ConnectionDetail::showGone()
{
    m_state->setText(tr("closed"));
    m_state->setLook(QStringLiteral("disconnection"), Tone::Muted);
    m_actions->setTarget(std::nullopt);
}

void ConnectionDetail::showDetails(const engine::ConnectionDetails& details)
{
    m_name->setText(shownText(details.socketId, 64));
    const QString library =
        details.client.empty() ? tr("a client that does not say its name") : shownClient(details.client);
    const QString address = behindCurtain(shownText(details.peer, 64));
    m_who->setText(details.userId.empty()
                       ? tr("%1, from %2").arg(library, address)
                       : tr("%1, from %2, signed in as %3").arg(library, address, shownText(details.userId, 128)));
    m_handshake->setFacts(handshakeFacts(details));
    m_subscriptions->setSubscriptions(details.subscriptions);
    m_subscriptionsStack->setCurrentIndex(details.subscriptions.empty() ? 1 : 0);
    m_subscriptionsNote->setVisible(details.subscriptionCount > details.subscriptions.size());
    m_subscriptionsNote->setText(
        tr("%1 of %2 subscriptions are listed.")
            .arg(shownCount(details.subscriptions.size()), shownCount(details.subscriptionCount)));
    m_timeline->setHappenings(details.timeline);
    showTraffic(details);
}

void ConnectionDetail::showTraffic(const engine::ConnectionDetails& details)
{
    m_trafficStack->setCurrentIndex(details.traffic ? 0 : 1);
    if (!details.traffic)
        return;
    const engine::TrafficDetails& traffic = *details.traffic;
    m_messagesIn->setText(shownCount(traffic.messagesIn));
    m_messagesOut->setText(shownCount(traffic.messagesOut));
    m_bytesIn->setText(shownSize(traffic.bytesIn));
    m_bytesOut->setText(shownSize(traffic.bytesOut));
    m_pings->setFacts(pingFacts(traffic));
}

} // namespace castdeck::ui
