#include "ui/pages/channel_detail.h"

#include "ui/models/event_words.h"
#include "ui/models/people_models.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/figure.h"
#include "ui/widgets/value_text.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace castdeck::ui {

namespace {

constexpr int cellPadding = 8;  ///< Of tables: text beside them starts where their cells do.
constexpr int membersShown = 8; ///< Without scrolling.

} // namespace

ChannelDetail::ChannelDetail(QWidget* parent)
    : QFrame{parent}
    , m_name{new ValueText{bodyFont(metrics::headText, QFont::DemiBold)}}
    , m_kind{new Chip{Chip::Use::Information}}
    , m_meaning{makeLabel({}, TextKind::Muted)}
    , m_sendTo{makeButton(QStringLiteral("channels.sendto"), tr("Send to"), QStringLiteral("send"))}
    , m_copy{makeButton(QStringLiteral("channels.copyname"), tr("Copy name"), QStringLiteral("copy"))}
    , m_subscribers{new Figure{tr("Subscribers")}}
    , m_memberCount{new Figure{tr("Members")}}
    , m_cache{new Figure{tr("Last event")}}
    , m_members{new MembersModel{this}}
    , m_sockets{new SubscribersModel{this}}
    , m_membersHead{makeLabel(tr("Members"), TextKind::Label)}
    , m_membersTable{new DataTable{QStringLiteral("channels.members"), tr("Members")}}
    , m_socketsTable{new DataTable{QStringLiteral("channels.subscribers"), tr("Subscribed sockets")}}
{
    setObjectName(QStringLiteral("channels.detail"));
    setProperty("area", QStringLiteral("panel"));
    build();
    connect(m_sendTo, &QPushButton::clicked, this, [this] { Q_EMIT sendToRequested(toQt(m_appId), toQt(m_channel)); });
    connect(m_copy, &QPushButton::clicked, this, [this] { copyWithNotice(m_copy, toQt(m_channel)); });
}

void ChannelDetail::build()
{
    m_meaning->setWordWrap(true);
    m_membersTable->setColumnWidths({110, 0, 246});
    m_membersTable->setModel(m_members);
    m_membersTable->hideBelow(430, MembersModel::Info);
    m_socketsTable->setColumnWidths({0, 90, 100, 84, 84});
    m_socketsTable->setModel(m_sockets);
    m_socketsTable->hideBelow(600, SubscribersModel::Peer);

    auto* title = new QHBoxLayout;
    title->setSpacing(metrics::small);
    title->addWidget(m_name, 1);
    title->addWidget(m_kind, 0, Qt::AlignTop);
    auto* actions = new QHBoxLayout;
    actions->setSpacing(metrics::small);
    actions->addWidget(m_sendTo);
    actions->addWidget(m_copy);
    actions->addStretch();
    auto* figures = new QHBoxLayout;
    figures->setSpacing(metrics::medium);
    for (Figure* figure : {m_subscribers, m_memberCount, m_cache})
        figures->addWidget(figure, 1);

    auto* head = new QVBoxLayout;
    head->setContentsMargins(cellPadding, 0, cellPadding, 0);
    head->setSpacing(metrics::medium);
    head->addLayout(title);
    head->addWidget(m_meaning);
    head->addLayout(actions);
    head->addLayout(figures);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::page - cellPadding, metrics::page + 2, metrics::page - cellPadding,
                               metrics::medium);
    layout->setSpacing(metrics::large);
    layout->addLayout(head);
    layout->addWidget(buildTables(), 1);
}

QWidget* ChannelDetail::buildTables()
{
    auto* tables = new QWidget;
    auto* layout = new QVBoxLayout{tables};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    QLabel* socketsHead = makeLabel(tr("Subscribed sockets"), TextKind::Label);
    for (QLabel* head : {m_membersHead, socketsHead})
        head->setContentsMargins(cellPadding, 0, 0, 0);
    layout->addWidget(m_membersHead);
    layout->addWidget(m_membersTable);
    layout->addSpacing(metrics::medium);
    layout->addWidget(socketsHead);
    layout->addWidget(m_socketsTable, 1);
    return tables;
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
    const ChannelLook look = lookOf(channel->kind);
    m_name->setText(shownText(name, 1'024));
    m_kind->setText(look.word);
    m_kind->setLook(look.icon, look.tone);
    m_meaning->setText(look.meaning);

    const bool isPresence =
        channel->kind == pusher::ChannelKind::Presence || channel->kind == pusher::ChannelKind::PresenceCache;
    const bool isCache = look.word.contains(QStringLiteral("cache"));
    m_subscribers->setText(shownCount(channel->subscriptions));
    m_memberCount->setText(shownCount(channel->members.size()));
    m_memberCount->setVisible(isPresence);
    m_cache->setText(channel->hasCachedEvent ? tr("kept") : tr("none"));
    m_cache->setVisible(isCache);
    m_membersHead->setVisible(isPresence);
    m_membersTable->setVisible(isPresence);
    m_members->setMembers(channel->members);
    m_membersTable->setFixedHeight(metrics::control + std::min(m_members->rowCount(), membersShown) * metrics::row);
    m_sockets->setChannel(snapshot, appId, name);
}

} // namespace castdeck::ui
