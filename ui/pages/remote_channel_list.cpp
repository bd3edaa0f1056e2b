#include "ui/pages/remote_channel_list.h"

#include "ui/models/capability_words.h"
#include "ui/models/channels_model.h"
#include "ui/models/remote_channels.h"
#include "ui/models/remote_words.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/first_focus.h"
#include "ui/widgets/tree_table.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

using Answer = RemoteChannels::Answer;
using broadcast::Code;

RemoteChannelList::RemoteChannelList(RemoteChannels& remote, QWidget* parent)
    : QWidget{parent}
    , m_remote{remote}
    , m_table{new TreeTable{QStringLiteral("channels.remote.tree"), tr("Channels")}}
    , m_note{makeLabel({}, TextKind::Hint)}
    , m_empty{new EmptyState{QStringLiteral("channels.remote.empty.action")}}
    , m_stack{new QStackedWidget}
{
    setObjectName(QStringLiteral("channels.remote"));
    setFirstFocus(*this, {m_table, m_empty->button()});
    m_note->setObjectName(QStringLiteral("channels.remote.note"));
    m_note->setWordWrap(true);
    m_note->setContentsMargins(metrics::small, metrics::small, metrics::small, metrics::small);
    m_table->setColumnWidths({0, 96, 140, 96, 80});
    m_table->setModel(m_remote.channels());
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_note);
    layout->addWidget(m_stack, 1);
    connect(&m_remote, &RemoteChannels::channelsChanged, this, &RemoteChannelList::refresh);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &RemoteChannelList::keepSelection);
    connect(m_table, &TreeTable::toggleRequested, this, &RemoteChannelList::toggle);
    connect(m_table, &TreeTable::rowActivated, this, &RemoteChannelList::sendToRequested);
    connect(m_empty->button(), &QPushButton::clicked, this, [this] { carryOut(m_offer); });
    connect(m_empty->secondButton(), &QPushButton::clicked, this, [this] { carryOut(m_second); });
    refresh();
}

void RemoteChannelList::select(const std::string& channel)
{
    if (const int row = m_remote.channels()->reveal({}, channel); row >= 0)
        m_table->selectRow(row);
}

int RemoteChannelList::current() const
{
    return m_table->currentIndex().isValid() ? m_table->currentIndex().row() : -1;
}

const ChannelTreeRow* RemoteChannelList::selectedGroup() const
{
    if (current() < 0)
        return nullptr;
    const ChannelTreeRow& row = m_remote.channels()->rowAt(current());
    return row.isGroup() ? &row : nullptr;
}

void RemoteChannelList::toggleSelected()
{
    if (current() >= 0)
        toggle(current());
}

void RemoteChannelList::toggle(int row)
{
    m_remote.channels()->toggle(row);
    Q_EMIT selectionChanged();
}

void RemoteChannelList::setTree(bool isTree)
{
    const std::string selected = m_remote.channel();
    m_remote.channels()->setTree(isTree);
    if (!selected.empty())
        select(selected);
    selectFirst();
}

void RemoteChannelList::setFacts(const std::vector<remote::Capability>& capabilities)
{
    m_isProfile = true;
    m_capabilities = capabilities;
    refresh();
}

void RemoteChannelList::setGuest(const QString& name)
{
    m_guest = name;
    refresh();
}

void RemoteChannelList::refresh()
{
    const bool isEmpty = m_remote.channels()->rowCount() == 0;
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
    showNote();
    showColumns();
    if (isEmpty)
        showWords();
    else
        selectFirst();
}

void RemoteChannelList::showNote()
{
    const RemoteChannels::Known& known = m_remote.channelsKnown();
    QString note;
    if (known.hasMore)
        note = tr("More than %1 channels, which is too costly for the server to ask for again and again. Filter by "
                  "how the name starts.")
                   .arg(shownCount(maxListed));
    else if (known.answer == Answer::Failed && m_remote.channels()->rowCount() > 0)
        note = tr("Only channels the console listens to: %1")
                   .arg(channelsWords(m_remote.connection(), m_remote.driver(), known.failure).sentence);
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

/// A column without a single word in it is left out.
void RemoteChannelList::showColumns()
{
    const ChannelsModel& model = *m_remote.channels();
    m_table->setColumnHidden(ChannelsModel::App, true);
    for (const auto column : {ChannelsModel::Kind, ChannelsModel::Subscribers, ChannelsModel::Members})
        m_table->setColumnHidden(column, !model.tells(column));
}

/// A channel rather than a group: that one has members to show.
void RemoteChannelList::selectFirst()
{
    if (current() >= 0)
        return;
    const ChannelsModel& model = *m_remote.channels();
    int row = 0;
    while (row + 1 < model.rowCount() && model.rowAt(row).isGroup())
        ++row;
    m_table->selectRow(model.rowAt(row).isGroup() ? 0 : row);
}

void RemoteChannelList::keepSelection()
{
    const bool isChannel = current() >= 0 && selectedGroup() == nullptr;
    m_remote.selectChannel(isChannel ? m_remote.channels()->rowAt(current()).channel.name : std::string{});
    Q_EMIT selectionChanged();
}

void RemoteChannelList::showWords()
{
    m_offer = m_second = Offer::Nothing;
    const RemoteChannels::Known& known = m_remote.channelsKnown();
    if (known.answer == Answer::Failed)
        return showFailure();
    if (known.answer == Answer::Awaited) {
        const QString name = shownText(m_remote.connection(), 64);
        return m_empty->setContent({QStringLiteral("channels"), tr("Asking %1 for its channels").arg(name), {}, {}});
    }
    if (!m_remote.prefix().empty()) {
        m_offer = Offer::ClearFilter;
        return m_empty->setContent({QStringLiteral("search"), tr("No channel matches"),
                                    tr("No occupied channel has a name that starts with the filter text."),
                                    tr("Clear filter")});
    }
    const bool hasGuest = m_isProfile && !m_guest.isEmpty();
    m_offer = hasGuest ? Offer::Guest : Offer::Nothing;
    m_second = m_isProfile ? Offer::Watch : Offer::Nothing;
    m_empty->setContent({QStringLiteral("channels"), tr("No channel is occupied"),
                         tr("A channel exists while somebody is subscribed."),
                         hasGuest ? tr("Subscribe as %1").arg(m_guest) : QString{},
                         m_isProfile ? tr("Add a channel to watch") : QString{}});
}

void RemoteChannelList::showFailure()
{
    const broadcast::Failure& failure = m_remote.channelsKnown().failure;
    const RemoteWords words = channelsWords(m_remote.connection(), m_remote.driver(), failure);
    const bool isLacking = m_isProfile && failure.code == Code::NotSupported;
    if (!isLacking) {
        m_offer = Offer::AskAgain;
        return m_empty->setContent({QStringLiteral("channels"), words.title, words.sentence, tr("Ask again")});
    }
    const QString why = whyMissing(m_capabilities, remote::Capability::Topic::Channels);
    m_offer = Offer::Watch;
    m_second = Offer::Help;
    m_empty->setContent({QStringLiteral("channels"), words.title, why.isEmpty() ? words.sentence : why,
                         tr("Add a channel to watch"), tr("How to enable")});
}

void RemoteChannelList::carryOut(Offer offer)
{
    switch (offer) {
    case Offer::AskAgain: m_remote.refresh(); break;
    case Offer::ClearFilter: Q_EMIT clearFilterRequested(); break;
    case Offer::Watch: Q_EMIT watchRequested(); break;
    case Offer::Guest: Q_EMIT guestRequested(); break;
    case Offer::Help: Q_EMIT helpRequested(); break;
    case Offer::Nothing: break;
    }
}

} // namespace castdeck::ui
