#include "ui/pages/remote_channel_detail.h"

#include "ui/models/channels_model.h"
#include "ui/models/remote_channels.h"
#include "ui/models/remote_members.h"
#include "ui/models/remote_words.h"
#include "ui/pages/channel_head.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/figure.h"
#include "ui/widgets/persona_menu.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

constexpr int cellPadding = 8; ///< Of tables: text beside them starts where their cells do.

} // namespace

RemoteChannelDetail::RemoteChannelDetail(RemoteChannels& remote, QWidget* parent)
    : QFrame{parent}
    , m_remote{remote}
    , m_head{new ChannelHead{QStringLiteral("channels.remote")}}
    , m_subscribers{m_head->addFigure(tr("Subscribers"))}
    , m_memberCount{m_head->addFigure(tr("Members"))}
    , m_watchState{new QWidget}
    , m_watchText{makeLabel({}, TextKind::Hint)}
    , m_watch{makeButton(QStringLiteral("channels.remote.watch"), {}, {}, ButtonKind::Small)}
    , m_membersHead{makeLabel(tr("Members"), TextKind::Label)}
    , m_table{new DataTable{QStringLiteral("channels.remote.members"), tr("Members")}}
    , m_empty{new EmptyState{QStringLiteral("channels.remote.members.again")}}
    , m_stack{new QStackedWidget}
{
    setObjectName(QStringLiteral("channels.remote.detail"));
    setProperty("area", QStringLiteral("panel"));
    build();
    connect(&m_remote, &RemoteChannels::channelsChanged, this, &RemoteChannelDetail::showChannel);
    connect(&m_remote, &RemoteChannels::membersChanged, this, &RemoteChannelDetail::showChannel);
    connect(m_watch, &QPushButton::clicked, this,
            [this] { Q_EMIT watchRequested(toQt(m_remote.channel()), !m_remote.isWatched(m_remote.channel())); });
    connect(m_head, &ChannelHead::sendToRequested, this, &RemoteChannelDetail::sendToRequested);
    connect(m_empty->button(), &QPushButton::clicked, &m_remote, &RemoteChannels::refresh);
}

void RemoteChannelDetail::build()
{
    m_table->setColumnWidths({130, 0, 96});
    m_table->setModel(m_remote.members());
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_head->setContentsMargins(cellPadding, 0, cellPadding, 0);
    m_membersHead->setContentsMargins(cellPadding, 0, 0, 0);

    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(metrics::page - cellPadding, metrics::page + 2, metrics::page - cellPadding,
                               metrics::medium);
    layout->setSpacing(metrics::large);
    layout->addWidget(m_head);
    layout->addWidget(buildWatch());
    auto* members = new QVBoxLayout;
    members->setSpacing(0);
    members->addWidget(m_membersHead);
    members->addWidget(m_stack, 1);
    layout->addLayout(members, 1);
}

QWidget* RemoteChannelDetail::buildWatch()
{
    m_watchText->setWordWrap(true);
    auto* layout = new QHBoxLayout{m_watchState};
    layout->setContentsMargins(cellPadding, 0, cellPadding, 0);
    layout->setSpacing(metrics::small);
    layout->addWidget(m_watchText, 1);
    layout->addWidget(m_watch);
    m_watchState->hide();
    return m_watchState;
}

void RemoteChannelDetail::showChannel()
{
    const ChannelRow* const channel = m_remote.channels()->channel(m_remote.channel());
    if (channel == nullptr)
        return; // Hidden then.
    m_head->setChannel(channel->name, channel->kind);
    m_subscribers->setVisible(channel->subscriptions.has_value());
    m_subscribers->setText(shownCount(channel->subscriptions.value_or(0)));
    showWatch();
    showMembers();
}

void RemoteChannelDetail::setPersonas(const PersonaBook& personas)
{
    m_head->setSubscribeMenu(makePersonaMenu(personas, m_head, [this](const std::string& id) {
        Q_EMIT subscribeRequested(toQt(id), toQt(m_remote.channel()));
    }));
}

void RemoteChannelDetail::setWatchable()
{
    m_isWatchable = true;
    showWatch();
}

void RemoteChannelDetail::showWatch()
{
    const bool isWatched = m_remote.isWatched(m_remote.channel());
    m_watchState->setVisible(m_isWatchable);
    m_watchText->setText(isWatched ? tr("The console listens: events of this channel are in the log.")
                                   : tr("The console does not listen to this channel."));
    m_watch->setText(isWatched ? tr("Stop") : tr("Watch"));
    m_watch->setAccessibleName(isWatched ? tr("Stop listening") : tr("Watch this channel"));
}

void RemoteChannelDetail::showMembers()
{
    using Answer = RemoteChannels::Answer;
    const RemoteChannels::Known& known = m_remote.membersKnown();
    const auto count = static_cast<std::size_t>(m_remote.members()->rowCount());
    const bool isListed = known.answer == Answer::Listed;
    m_memberCount->setVisible(isListed);
    m_memberCount->setText(known.hasMore ? tr("over %1").arg(shownCount(count)) : shownCount(count));
    m_membersHead->setVisible(isListed && count > 0);
    m_stack->setCurrentIndex(isListed && count > 0 ? 0 : 1);
    m_table->setColumnHidden(RemoteMembersModel::Connections,
                             !m_remote.members()->tells(RemoteMembersModel::Connections));
    if (!m_remote.mayHaveMembers())
        return showWords(tr("Only presence- channels have members"), {});
    if (isListed)
        return showWords(tr("Nobody is here"), tr("The last subscriber has left."));
    if (known.answer == Answer::Awaited)
        return showWords(tr("Asking who is here"), {});
    const RemoteWords words = membersWords(m_remote.connection(), m_remote.driver(), m_remote.channel(), known.failure);
    showWords(words.title, words.sentence);
}

void RemoteChannelDetail::showWords(const QString& title, const QString& sentence)
{
    const bool isFailed = m_remote.membersKnown().answer == RemoteChannels::Answer::Failed;
    m_empty->setContent({QStringLiteral("user"), title, sentence, isFailed ? tr("Ask again") : QString{}});
}

} // namespace castdeck::ui
