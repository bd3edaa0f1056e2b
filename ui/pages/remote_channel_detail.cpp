#include "ui/pages/remote_channel_detail.h"

#include "ui/models/event_words.h"
#include "ui/models/remote_channels.h"
#include "ui/models/remote_models.h"
#include "ui/models/remote_words.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/figure.h"
#include "ui/widgets/value_text.h"

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
    , m_name{new ValueText{bodyFont(metrics::headText, QFont::DemiBold)}}
    , m_kind{new Chip{Chip::Use::Information}}
    , m_meaning{makeLabel({}, TextKind::Muted)}
    , m_sendTo{makeButton(QStringLiteral("channels.remote.sendto"), tr("Send to"), QStringLiteral("send"))}
    , m_copy{makeButton(QStringLiteral("channels.remote.copyname"), tr("Copy name"), QStringLiteral("copy"))}
    , m_subscribers{new Figure{tr("Subscribers")}}
    , m_memberCount{new Figure{tr("Members")}}
    , m_head{makeLabel(tr("Members"), TextKind::Label)}
    , m_table{new DataTable{QStringLiteral("channels.remote.members"), tr("Members")}}
    , m_empty{new EmptyState{QStringLiteral("channels.remote.members.again")}}
    , m_stack{new QStackedWidget}
{
    setObjectName(QStringLiteral("channels.remote.detail"));
    setProperty("area", QStringLiteral("panel"));
    build();
    connect(&m_remote, &RemoteChannels::channelsChanged, this, &RemoteChannelDetail::showChannel);
    connect(&m_remote, &RemoteChannels::membersChanged, this, &RemoteChannelDetail::showChannel);
    connect(m_sendTo, &QPushButton::clicked, this, &RemoteChannelDetail::sendToRequested);
    connect(m_copy, &QPushButton::clicked, this, [this] { copyWithNotice(m_copy, toQt(m_remote.channel())); });
    connect(m_empty->button(), &QPushButton::clicked, &m_remote, &RemoteChannels::refresh);
}

void RemoteChannelDetail::build()
{
    m_meaning->setWordWrap(true);
    m_table->setColumnWidths({130, 0, 96});
    m_table->setModel(m_remote.members());
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_head->setContentsMargins(cellPadding, 0, 0, 0);

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
    figures->addWidget(m_subscribers, 1);
    figures->addWidget(m_memberCount, 1);

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
    auto* members = new QVBoxLayout;
    members->setSpacing(0);
    members->addWidget(m_head);
    members->addWidget(m_stack, 1);
    layout->addLayout(members, 1);
}

void RemoteChannelDetail::showChannel()
{
    const int row = m_remote.channels()->find(std::string_view{m_remote.channel()});
    if (row < 0)
        return; // Hidden then.
    const RemoteChannelRow& channel = m_remote.channels()->rowAt(row);
    m_name->setText(shownText(channel.name, 1'024));
    m_kind->setVisible(channel.kind.has_value());
    m_meaning->setVisible(channel.kind.has_value());
    if (channel.kind) {
        const ChannelLook look = lookOf(*channel.kind);
        m_kind->setText(look.word);
        m_kind->setLook(look.icon, look.tone);
        m_meaning->setText(look.meaning);
    }
    m_subscribers->setVisible(channel.subscriptions.has_value());
    m_subscribers->setText(shownCount(static_cast<std::size_t>(channel.subscriptions.value_or(0))));
    showMembers();
}

void RemoteChannelDetail::showMembers()
{
    using Answer = RemoteChannels::Answer;
    const RemoteChannels::Known& known = m_remote.membersKnown();
    const auto count = static_cast<std::size_t>(m_remote.members()->rowCount());
    const bool isListed = known.answer == Answer::Listed;
    m_memberCount->setVisible(isListed);
    m_memberCount->setText(known.hasMore ? tr("over %1").arg(shownCount(count)) : shownCount(count));
    m_head->setVisible(isListed && count > 0);
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
