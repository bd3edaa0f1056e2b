#include "ui/pages/channels_page.h"

#include "ui/models/channels_model.h"
#include "ui/models/persona.h"
#include "ui/models/remote_channels.h"
#include "ui/pages/channel_detail.h"
#include "ui/pages/remote_channel_detail.h"
#include "ui/pages/remote_channel_list.h"
#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/choice_boxes.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/first_focus.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/tree_table.h"
#include "ui/widgets/watch_bar.h"

#include <QtGui/QAction>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFrame>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

constexpr int detailWidth = 540;

} // namespace

ChannelsPage::ChannelsPage(ConnectionControl& connections, const WindowSettings& settings, QWidget* parent)
    : QWidget{parent}
    , m_connectionControl{connections}
    , m_model{new ChannelsModel{this}}
    , m_filter{new QLineEdit}
    , m_count{makeLabel({}, TextKind::Hint)}
    , m_table{new TreeTable{QStringLiteral("channels.tree"), tr("Channels")}}
    , m_shape{new Segmented{
          {{QStringLiteral("channels.shape.tree"), tr("Tree")}, {QStringLiteral("channels.shape.list"), tr("List")}}}}
    , m_empty{new EmptyState{QStringLiteral("channels.empty.action")}}
    , m_stack{new QStackedWidget}
    , m_detail{new ChannelDetail}
    , m_group{new EmptyState{QStringLiteral("channels.group.action")}}
    , m_side{new QStackedWidget}
    , m_choices{connectionChoices(settings.connections, connections.defaultConnection())}
    , m_connection{new QComboBox{this}} // It is shown before the layout has it.
    , m_again{makeIconButton(QStringLiteral("channels.refresh"), QStringLiteral("refresh"), tr("Ask again (F5)"))}
    , m_addWatch{makeIconButton(QStringLiteral("channels.watch.open"), QStringLiteral("eye"),
                                tr("Add a channel to watch"))}
    , m_watch{new WatchBar}
    , m_remote{new RemoteChannels{connections, std::chrono::seconds{5}, this}}
    , m_remoteList{new RemoteChannelList{*m_remote}}
    , m_remoteDetail{new RemoteChannelDetail{*m_remote}}
{
    setObjectName(QStringLiteral("page.channels"));
    m_table->setColumnWidths({0, 96, 140, 96, 80});
    m_table->setModel(m_model);
    m_table->setColumnHidden(ChannelsModel::App, true);
    setFirstFocus(*this, {m_table, m_remoteList, m_empty->button(), m_filter});
    m_table->hideBelow(480, ChannelsModel::Members);
    m_table->hideBelow(380, ChannelsModel::Kind);
    m_group->setContent({QStringLiteral("channels"), {}, {}, tr("Show its channels")});
    QFrame* groupPanel = makeArea("panel");
    (new QVBoxLayout{groupPanel})->addWidget(m_group);
    m_side->addWidget(m_detail);
    m_side->addWidget(groupPanel);
    m_side->setMaximumWidth(detailWidth);
    m_remoteDetail->setMaximumWidth(detailWidth);
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildList(), 1);
    layout->addWidget(m_side, 1);
    layout->addWidget(m_remoteDetail, 1);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_model->setFilter(text);
        m_remote->setPrefix(toStd(text.trimmed()));
        refreshEmptyState();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ChannelsPage::showSelected);
    connect(m_detail, &ChannelDetail::sendToRequested, this, &ChannelsPage::sendToRequested);
    connect(m_detail, &ChannelDetail::subscribeRequested, this, &ChannelsPage::subscribeRequested);
    connect(m_detail, &ChannelDetail::followRequested, this, &ChannelsPage::followRequested);
    connect(m_detail, &ChannelDetail::connectionRequested, this, &ChannelsPage::connectionRequested);
    connect(m_table, &TreeTable::toggleRequested, this, &ChannelsPage::toggle);
    connect(m_table, &TreeTable::rowActivated, this, [this](int row) {
        const ChannelRow& channel = m_model->rowAt(row).channel;
        Q_EMIT sendToRequested(toQt(channel.appId), toQt(channel.name));
    });
    connect(m_group->button(), &QPushButton::clicked, this, &ChannelsPage::toggleShown);
    connect(m_shape, &Segmented::chosen, this, [this](int index) { setTree(index == 0); });
    connect(m_empty->button(), &QPushButton::clicked, this, [this] {
        if (m_snapshot && m_snapshot->server.state != engine::ServerState::Running)
            Q_EMIT startRequested();
        else if (m_model->total() > 0)
            m_filter->clear();
        else
            subscribeGuest();
    });
    connect(m_empty->secondButton(), &QPushButton::clicked, this, &ChannelsPage::copyCodeRequested);
    connectRemote();
    showChoice();
}

QWidget* ChannelsPage::buildList()
{
    m_filter->setObjectName(QStringLiteral("channels.filter"));
    m_filter->setAccessibleName(tr("Filter channels"));
    m_filter->setMaxLength(256);
    m_filter->addAction(icon(QStringLiteral("search"), Tone::Faint), QLineEdit::LeadingPosition);
    m_filter->setClearButtonEnabled(true);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_remoteList);
    m_again->setShortcut(Qt::Key_F5);

    auto* filter = new QHBoxLayout;
    filter->setSpacing(metrics::small);
    filter->addWidget(m_filter, 1);
    m_shape->setTall();
    filter->addWidget(m_shape);
    m_addWatch->hide();
    filter->addWidget(m_addWatch);
    filter->addWidget(m_again);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(metrics::page, metrics::page, metrics::page, metrics::medium);
    top->setSpacing(metrics::medium);
    top->addLayout(buildHead());
    top->addLayout(filter);
    auto* inset = new QHBoxLayout;
    inset->setContentsMargins(metrics::medium, 0, metrics::medium, 0);
    inset->addWidget(m_stack);

    auto* list = new QWidget;
    auto* layout = new QVBoxLayout{list};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_watch);
    layout->addWidget(makeArea("line"));
    layout->addLayout(inset, 1);
    return list;
}

/// The choice of connections is there for engines elsewhere; most configurations have none.
QLayout* ChannelsPage::buildHead()
{
    m_connection->setObjectName(QStringLiteral("channels.connection"));
    m_connection->setAccessibleName(tr("Channels of"));
    m_connection->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_connection->setMinimumContentsLength(18);
    showConnectionBox();
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::medium);
    head->addWidget(makeLabel(tr("Channels"), TextKind::Title));
    head->addStretch();
    head->addWidget(m_count);
    head->addWidget(m_connection);
    return head;
}

void ChannelsPage::setSettings(const WindowSettings& settings)
{
    m_choices = connectionChoices(settings.connections, m_connectionControl.defaultConnection());
    showConnectionBox();
    showChoice();
}

bool ChannelsPage::isRemote() const
{
    return !m_choices.list[static_cast<std::size_t>(m_connection->currentIndex())].isEmbedded;
}

void ChannelsPage::showChoice()
{
    const ConnectionChoice& choice = m_choices.list[static_cast<std::size_t>(m_connection->currentIndex())];
    m_connection->setToolTip(plainTip(choice.origin));
    m_filter->setPlaceholderText(choice.isEmbedded ? tr("Filter channels by name")
                                                   : tr("Filter channels by how the name starts"));
    m_again->setVisible(!choice.isEmbedded);
    if (choice.isEmbedded)
        m_remote->leave();
    else
        m_remote->choose(choice);
    refreshEmptyState();
    refresh();
}

void ChannelsPage::showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot)
{
    m_snapshot = std::move(snapshot);
    refresh();
}

void ChannelsPage::refresh()
{
    if (!isVisible() || !m_snapshot || isRemote())
        return;
    m_model->setSnapshot(*m_snapshot);
    m_table->setColumnHidden(ChannelsModel::App, m_snapshot->apps.size() < 2);
    m_count->setText(m_snapshot->channelCount > m_model->total()
                         ? tr("%1 of %2 listed").arg(shownCount(m_model->total()), shownCount(m_snapshot->channelCount))
                         : tr("%1 occupied").arg(shownCount(m_snapshot->channelCount)));
    refreshEmptyState();
    keepSelection();
}

void ChannelsPage::setControl(OccupancyControl* control)
{
    m_detail->setControl(control);
}

void ChannelsPage::setTree(bool isTree)
{
    const auto selected = m_selected;
    m_model->setTree(isTree);
    m_remoteList->setTree(isTree);
    m_shape->setCurrent(isTree ? 0 : 1);
    m_selected = selected;
    if (!isRemote())
        keepSelection();
}

void ChannelsPage::refreshEmptyState()
{
    if (isRemote())
        return showRemote();
    const QString guest = guestName();
    const bool isEmpty = m_model->rowCount() == 0;
    m_stack->setCurrentIndex(isEmpty ? Empty : Table);
    m_side->setVisible(!isEmpty);
    m_remoteDetail->setVisible(false);
    if (!isEmpty)
        return;
    if (m_snapshot && m_snapshot->server.state != engine::ServerState::Running)
        m_empty->setContent({QStringLiteral("stop"), tr("The local server is stopped"),
                             tr("Channels appear here while it runs."), tr("Start")});
    else if (m_model->total() > 0)
        m_empty->setContent({QStringLiteral("search"), tr("0 of %1 channels match").arg(shownCount(m_model->total())),
                             tr("No name contains the filter text."), tr("Clear filter")});
    else
        m_empty->setContent({QStringLiteral("channels"), tr("No channel is occupied"),
                             tr("A channel exists while somebody is subscribed."),
                             guest.isEmpty() ? QString{} : tr("Subscribe as %1").arg(guest),
                             tr("Copy listening code")});
}

void ChannelsPage::showSelected()
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid() || !m_snapshot)
        return;
    const ChannelTreeRow& row = m_model->rowAt(index.row());
    m_selected = {row.channel.appId, row.channel.name};
    m_side->setCurrentIndex(row.isGroup() ? 1 : 0);
    if (row.isGroup())
        showGroup(row);
    else
        m_detail->showChannel(*m_snapshot, row.channel.appId, row.channel.name);
}

void ChannelsPage::toggle(int row)
{
    m_model->toggle(row);
    showSelected();
}

void ChannelsPage::showGroup(const ChannelTreeRow& group)
{
    const QString count = shownCount(group.channels);
    const auto& subscriptions = group.channel.subscriptions;
    m_group->setContent(
        {QStringLiteral("channels"), shownText(group.channel.name, 128) + QLatin1Char{'*'},
         subscriptions
             ? tr("%1 channels begin like this, with %2 subscriptions in all.").arg(count, shownCount(*subscriptions))
             : tr("%1 channels begin like this.").arg(count),
         !m_filter->text().trimmed().isEmpty() ? QString{}
         : group.isOpen                        ? tr("Close the group")
                                               : tr("Show its channels")});
}

/// What was selected stays so, also when its row has come and gone; else the first channel is.
void ChannelsPage::keepSelection()
{
    if (m_table->currentIndex().isValid())
        return showSelected();
    for (const bool isGroup : {false, true}) {
        const std::tuple<std::string_view, std::string_view, bool> key{m_selected.first, m_selected.second, isGroup};
        if (const int row = m_model->find(key); row >= 0)
            return m_table->selectRow(row);
    }
    int row = 0;
    while (row + 1 < m_model->rowCount() && m_model->rowAt(row).isGroup())
        ++row;
    if (row < m_model->rowCount())
        m_table->selectRow(m_model->rowAt(row).isGroup() ? 0 : row);
}

void ChannelsPage::setPersonas(const PersonaBook& personas)
{
    m_personas = &personas;
    m_detail->setPersonas(personas);
    if (m_remoteControl != nullptr)
        m_remoteDetail->setPersonas(personas);
    connect(&personas, &PersonaBook::changed, this, &ChannelsPage::showGuest);
    showGuest();
}

void ChannelsPage::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

void ChannelsPage::selectChannel(const std::string& appId, const std::string& name)
{
    if (const int row = m_model->reveal(appId, name); row >= 0)
        m_table->selectRow(row);
}

void ChannelsPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_remote->setActive(true);
    refresh();
}

void ChannelsPage::hideEvent(QHideEvent* event)
{
    m_remote->setActive(false);
    QWidget::hideEvent(event);
}

} // namespace castdeck::ui
