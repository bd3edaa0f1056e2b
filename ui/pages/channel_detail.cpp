#include "ui/pages/channel_detail.h"

#include "ui/models/facts_model.h"
#include "ui/models/happenings_model.h"
#include "ui/models/occupancy_words.h"
#include "ui/models/people_models.h"
#include "ui/pages/cache_view.h"
#include "ui/pages/channel_head.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/figure.h"
#include "ui/widgets/occupant_actions.h"
#include "ui/widgets/persona_menu.h"
#include "ui/widgets/tab_pages.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <utility>

namespace castdeck::ui {

namespace {

constexpr int cellPadding = 8; ///< Of tables: text beside them starts where their cells do.

QLabel* note(const char* name, TextKind kind)
{
    QLabel* label = makeLabel({}, kind);
    label->setObjectName(QString::fromLatin1(name));
    label->setWordWrap(true);
    label->setContentsMargins(cellPadding, metrics::small, cellPadding, 0);
    label->hide();
    return label;
}

void say(QLabel* label, const QString& sentence)
{
    label->setText(sentence);
    label->setVisible(!sentence.isEmpty());
}

QString conflictWords(std::size_t users)
{
    if (users == 0)
        return {};
    return users == 1 ? ChannelDetail::tr("One user id came with different user info: two people may share it. Others "
                                          "see only the first.")
                      : ChannelDetail::tr("%1 user ids came with different user info: people may share them. Others "
                                          "see only the first of each.")
                            .arg(users);
}

bool isMessage(const engine::Happening& happening)
{
    return happening.kind == engine::EventKind::ApiMessage || happening.kind == engine::EventKind::ClientEvent;
}

} // namespace

ChannelDetail::ChannelDetail(QWidget* parent)
    : QFrame{parent}
    , m_head{new ChannelHead{QStringLiteral("channels")}}
    , m_subscribers{m_head->addFigure(tr("Subscribers"))}
    , m_memberCount{m_head->addFigure(tr("Members"))}
    , m_cacheState{m_head->addFigure(tr("Last event"))}
    , m_tabs{makeTabs(QStringLiteral("channels.tabs"), tr("Details of the channel"))}
    , m_members{new MembersModel{this}}
    , m_sockets{new SubscribersModel{this}}
    , m_happenings{new HappeningsModel{this}}
    , m_limits{new FactsModel{this}}
    , m_membersTable{new DataTable{QStringLiteral("channels.members"), tr("Members")}}
    , m_socketsTable{new DataTable{QStringLiteral("channels.subscribers"), tr("Subscribed sockets")}}
    , m_membersStack{new QStackedWidget}
    , m_noMembers{new EmptyState{QStringLiteral("channels.members.action")}}
    , m_membersNote{note("channels.members.note", TextKind::Hint)}
    , m_conflictNote{note("channels.members.conflict", TextKind::Error)}
    , m_subscribersNote{note("channels.subscribers.note", TextKind::Hint)}
    , m_memberActions{new OccupantActions{QStringLiteral("channels.member"), OccupantActions::Place::Channel}}
    , m_socketActions{new OccupantActions{QStringLiteral("channels.socket"), OccupantActions::Place::Channel}}
    , m_cache{new CacheView}
    , m_code{new CodeView}
{
    m_code->setObjectName(QStringLiteral("channels.code"));
    m_code->setContentsMargins(cellPadding, 0, cellPadding, 0);
    setObjectName(QStringLiteral("channels.detail"));
    setProperty("area", QStringLiteral("panel"));
    build();
    connectAll();
}

void ChannelDetail::build()
{
    auto* happenings = new DataTable{QStringLiteral("channels.recent"), tr("Recent events")};
    happenings->setColumnWidths({108, 122, 100, 120, 0});
    happenings->setModel(m_happenings);
    happenings->setColumnHidden(HappeningsModel::Channel, true);
    auto* limits = new DataTable{QStringLiteral("channels.limits"), tr("Limits")};
    limits->setColumnWidths({190, 0});
    limits->setModel(m_limits);
    auto* code = new QScrollArea;
    code->setFrameShape(QFrame::NoFrame);
    code->setWidgetResizable(true);
    code->setWidget(m_code);

    m_tabs->addTab(buildMembers(), tr("Members"));
    m_tabs->addTab(buildSubscribers(), tr("Subscribers"));
    m_tabs->addTab(happenings, tr("Recent"));
    m_tabs->addTab(m_cache, tr("Cache"));
    m_tabs->addTab(limits, tr("Limits"));
    m_tabs->addTab(code, tr("Code"));
    m_head->setContentsMargins(cellPadding, 0, cellPadding, 0);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::page - cellPadding, metrics::page + 2, metrics::page - cellPadding,
                               metrics::medium);
    layout->setSpacing(metrics::medium);
    layout->addWidget(m_head);
    m_tabs->setProperty("look", QStringLiteral("detail"));
    layout->addWidget(m_tabs, 1);
}

QWidget* ChannelDetail::buildMembers()
{
    m_membersTable->setColumnWidths({170, 0, 80});
    m_membersTable->setModel(m_members);
    m_membersTable->hideBelow(300, MembersModel::Since);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout{page};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_conflictNote);
    layout->addWidget(m_membersNote);
    layout->addWidget(m_membersTable, 1);
    layout->addSpacing(metrics::small);
    m_memberActions->setContentsMargins(cellPadding, 0, cellPadding, 0);
    layout->addWidget(m_memberActions);
    m_membersStack->addWidget(page);
    m_membersStack->addWidget(m_noMembers);
    m_noMembers->setContent(
        {QStringLiteral("presence"), tr("Only presence- channels have members"), {}, tr("Show subscribers")});
    return m_membersStack;
}

QWidget* ChannelDetail::buildSubscribers()
{
    m_socketsTable->setColumnWidths({0, 96, 100, 128, 76});
    m_socketsTable->setModel(m_sockets);
    m_socketsTable->hideBelow(520, SubscribersModel::Peer);
    m_socketsTable->hideBelow(400, SubscribersModel::Client);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout{page};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_subscribersNote);
    layout->addWidget(m_socketsTable, 1);
    layout->addSpacing(metrics::small);
    m_socketActions->setContentsMargins(cellPadding, 0, cellPadding, 0);
    layout->addWidget(m_socketActions);
    return page;
}

void ChannelDetail::setPersonas(const PersonaBook& personas)
{
    m_head->setSubscribeMenu(makePersonaMenu(personas, m_head, [this](const std::string& id) {
        Q_EMIT subscribeRequested(toQt(id), toQt(m_appId), toQt(m_channel));
    }));
}

void ChannelDetail::connectAll()
{
    connect(m_head, &ChannelHead::sendToRequested, this,
            [this] { Q_EMIT sendToRequested(toQt(m_appId), toQt(m_channel)); });
    connect(m_noMembers->button(), &QPushButton::clicked, this, [this] { showTab(Subscribers); });
    connect(&m_feed, &DetailsFeed::arrived, this, [this](const engine::Details& details) {
        if (details.channel)
            showDetails(*details.channel);
    });
    connect(m_membersTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ChannelDetail::targetMember);
    connect(m_socketsTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ChannelDetail::targetSubscriber);
    connect(m_memberActions, &OccupantActions::followRequested, this, &ChannelDetail::followRequested);
    connect(m_socketActions, &OccupantActions::followRequested, this, &ChannelDetail::followRequested);
    connect(m_socketsTable, &DataTable::doubleClicked, this, [this](const QModelIndex& index) {
        Q_EMIT connectionRequested(toQt(m_appId), toQt(m_sockets->rowAt(index.row()).socketId));
    });
    connect(m_membersTable, &DataTable::doubleClicked, this, [this](const QModelIndex& index) {
        if (const MemberRow& row = m_members->rowAt(index.row()); !row.isUser())
            Q_EMIT connectionRequested(toQt(m_appId), toQt(row.socketId));
    });
}

void ChannelDetail::setControl(OccupancyControl* control)
{
    m_feed.setControl(control);
    m_memberActions->setControl(control);
    m_socketActions->setControl(control);
}

void ChannelDetail::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
}

void ChannelDetail::showChannel(const engine::Snapshot& snapshot, const std::string& appId, const std::string& name)
{
    const auto channel = std::ranges::find_if(snapshot.channels, [&](const engine::ChannelSnapshot& candidate) {
        return candidate.appId == appId && candidate.name == name;
    });
    if (channel == snapshot.channels.end())
        return;
    m_appId = appId;
    m_channel = name;
    showHead(*channel);
    m_feed.look({appId, {}, name});
    if (!m_feed.isAnswered())
        showDetails(detailsFrom(snapshot, *channel));
}

void ChannelDetail::showHead(const engine::ChannelSnapshot& channel)
{
    m_head->setChannel(channel.name, channel.kind);
    m_subscribers->setText(shownCount(channel.subscriptions));
    m_memberCount->setText(shownCount(channel.members.size()));
    m_memberCount->setVisible(isPresence(channel.kind));
    m_cacheState->setText(channel.hasCachedEvent ? tr("kept") : tr("none"));
    m_cacheState->setVisible(keepsLastEvent(channel.kind));
}

void ChannelDetail::showDetails(const engine::ChannelDetails& details)
{
    showMembers(details);
    showSubscribers(details);
    m_happenings->setHappenings(details.recent);
    m_cache->setCached(details.kind, details.cached);
    m_limits->setFacts(limitFacts(details));
    showCode(details);
}

void ChannelDetail::showMembers(const engine::ChannelDetails& details)
{
    m_membersStack->setCurrentIndex(isPresence(details.kind) ? 0 : 1);
    m_members->setMembers(details.members);
    say(m_conflictNote, conflictWords(m_members->usersInConflict()));
    say(m_membersNote, m_members->usersWithSeveralSockets() == 0
                           ? QString{}
                           : tr("A user with several sockets is one member: only the first one announces a join, only "
                                "the last one a leave."));
    targetMember();
}

void ChannelDetail::showSubscribers(const engine::ChannelDetails& details)
{
    m_sockets->setSubscribers(details.subscribers);
    say(m_subscribersNote, details.subscriberCount > details.subscribers.size()
                               ? tr("%1 of %2 sockets are listed.")
                                     .arg(shownCount(details.subscribers.size()), shownCount(details.subscriberCount))
                               : QString{});
    targetSubscriber();
}

void ChannelDetail::showCode(const engine::ChannelDetails& details)
{
    const auto last = std::find_if(details.recent.rbegin(), details.recent.rend(), isMessage);
    const std::string event = last != details.recent.rend() ? last->event
                              : details.cached              ? details.cached->event
                                                            : std::string{"my-event"};
    if (std::exchange(m_codeFor, {details.name, event}) != std::pair{details.name, event})
        m_code->setListening(details.name, event);
}

void ChannelDetail::targetMember()
{
    const QModelIndex index = m_membersTable->currentIndex();
    if (!index.isValid())
        return m_memberActions->setTarget(std::nullopt);
    const MemberRow& row = m_members->rowAt(index.row());
    Occupant target{
        .appId = m_appId, .channel = m_channel, .userId = row.userId, .sockets = {}, .isUser = row.isUser()};
    for (int i = 0; i < m_members->rowCount(); ++i) {
        const MemberRow& socket = m_members->rowAt(i);
        const bool isMeant = row.isUser() ? socket.userId == row.userId : i == index.row();
        if (!socket.isUser() && isMeant)
            target.sockets.push_back({socket.socketId, socket.isSignedIn});
    }
    m_memberActions->setTarget(target);
}

void ChannelDetail::targetSubscriber()
{
    const QModelIndex index = m_socketsTable->currentIndex();
    if (!index.isValid())
        return m_socketActions->setTarget(std::nullopt);
    const SubscriberRow& row = m_sockets->rowAt(index.row());
    m_socketActions->setTarget(Occupant{.appId = m_appId,
                                        .channel = m_channel,
                                        .userId = row.userId,
                                        .sockets = {{row.socketId, row.isSignedIn}},
                                        .isUser = false});
}

} // namespace castdeck::ui
