#include "ui/pages/remote_channel_list.h"

#include "ui/models/remote_channels.h"
#include "ui/models/remote_models.h"
#include "ui/models/remote_words.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/first_focus.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

using Answer = RemoteChannels::Answer;

RemoteChannelList::RemoteChannelList(RemoteChannels& remote, QWidget* parent)
    : QWidget{parent}
    , m_remote{remote}
    , m_table{new DataTable{QStringLiteral("channels.remote.tree"), tr("Channels")}}
    , m_note{makeLabel({}, TextKind::Hint)}
    , m_empty{new EmptyState{QStringLiteral("channels.remote.empty.action")}}
    , m_stack{new QStackedWidget}
{
    setObjectName(QStringLiteral("channels.remote"));
    setFirstFocus(*this, {m_table, m_empty->button()});
    m_note->setObjectName(QStringLiteral("channels.remote.note"));
    m_note->setWordWrap(true);
    m_note->setContentsMargins(metrics::small, metrics::small, metrics::small, metrics::small);
    m_table->setColumnWidths({0, 150, 96, 80});
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
    connect(m_table, &DataTable::doubleClicked, this, &RemoteChannelList::sendToRequested);
    connect(m_empty->button(), &QPushButton::clicked, this, [this] {
        if (m_remote.channelsKnown().answer == Answer::Listed)
            Q_EMIT clearFilterRequested();
        else
            m_remote.refresh();
    });
    refresh();
}

void RemoteChannelList::select(const std::string& channel)
{
    if (const int row = m_remote.channels()->find(std::string_view{channel}); row >= 0)
        m_table->selectRow(row);
}

void RemoteChannelList::refresh()
{
    const bool isEmpty = m_remote.channels()->rowCount() == 0;
    m_note->setVisible(m_remote.channelsKnown().hasMore);
    m_note->setText(
        tr("More than %1 channels, which is too costly for the server to ask for again and again. Filter by "
           "how the name starts.")
            .arg(shownCount(maxListed)));
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
    showColumns();
    if (isEmpty)
        showWords();
    else if (!m_table->currentIndex().isValid())
        m_table->selectRow(0);
}

/// A column without a single word in it is left out.
void RemoteChannelList::showColumns()
{
    const RemoteChannelsModel& model = *m_remote.channels();
    for (const auto column : {RemoteChannelsModel::Kind, RemoteChannelsModel::Subscribers, RemoteChannelsModel::Users})
        m_table->setColumnHidden(column, !model.tells(column));
}

void RemoteChannelList::keepSelection()
{
    const QModelIndex index = m_table->currentIndex();
    m_remote.selectChannel(index.isValid() ? m_remote.channels()->rowAt(index.row()).name : std::string{});
}

void RemoteChannelList::showWords()
{
    const RemoteChannels::Known& known = m_remote.channelsKnown();
    if (known.answer == Answer::Awaited) {
        const QString name = shownText(m_remote.connection(), 64);
        return m_empty->setContent({QStringLiteral("channels"), tr("Asking %1 for its channels").arg(name), {}, {}});
    }
    if (known.answer == Answer::Failed) {
        const RemoteWords words = channelsWords(m_remote.connection(), m_remote.driver(), known.failure);
        return m_empty->setContent({QStringLiteral("channels"), words.title, words.sentence, tr("Ask again")});
    }
    if (!m_remote.prefix().empty())
        return m_empty->setContent({QStringLiteral("search"), tr("No channel matches"),
                                    tr("No occupied channel has a name that starts with the filter text."),
                                    tr("Clear filter")});
    m_empty->setContent({QStringLiteral("channels"),
                         tr("No channel is occupied"),
                         tr("A channel exists while somebody is subscribed."),
                         {}});
}

} // namespace castdeck::ui
