#include "ui/pages/connections_page.h"

#include "ui/models/capability_words.h"
#include "ui/models/connections_model.h"
#include "ui/pages/connection_detail.h"
#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/first_focus.h"
#include "ui/widgets/occupant_actions.h"

#include <QtGui/QAction>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace castdeck::ui {

namespace {

constexpr int detailWidth = 540;

} // namespace

ConnectionsPage::ConnectionsPage(QWidget* parent)
    : QWidget{parent}
    , m_model{new ConnectionsModel{this}}
    , m_filter{new QLineEdit}
    , m_count{makeLabel({}, TextKind::Hint)}
    , m_table{new DataTable{QStringLiteral("connections.table"), tr("Connections")}}
    , m_empty{new EmptyState{QStringLiteral("connections.empty.action")}}
    , m_stack{new QStackedWidget}
    , m_detail{new ConnectionDetail}
{
    setObjectName(QStringLiteral("page.connections"));
    m_table->setColumnWidths({172, 96, 0, 120, 130, 84, 84});
    m_table->setModel(m_model);
    m_table->setColumnHidden(ConnectionsModel::App, true);
    m_table->hideBelow(680, ConnectionsModel::Peer);
    m_table->hideBelow(530, ConnectionsModel::Client);
    m_table->hideBelow(440, ConnectionsModel::Channels);
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionsClickable(true);
    header->setSortIndicator(ConnectionsModel::Since, Qt::DescendingOrder);
    header->setSortIndicatorShown(true);
    setFirstFocus(*this, {m_table, m_empty->button(), m_filter});
    m_detail->setMaximumWidth(detailWidth);
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildList(), 1);
    layout->addWidget(m_detail, 1);
    connectAll();
    refreshEmptyState();
}

QWidget* ConnectionsPage::buildList()
{
    m_filter->setObjectName(QStringLiteral("connections.filter"));
    m_filter->setAccessibleName(tr("Filter connections"));
    m_filter->setPlaceholderText(tr("Filter by socket, user, client, address or channel"));
    m_filter->setMaxLength(256);
    m_filter->addAction(icon(QStringLiteral("search"), Tone::Faint), QLineEdit::LeadingPosition);
    m_filter->setClearButtonEnabled(true);
    m_count->setObjectName(QStringLiteral("connections.count"));
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);

    auto* top = new QHBoxLayout;
    top->setContentsMargins(metrics::page, metrics::large, metrics::page, metrics::medium);
    top->setSpacing(metrics::medium);
    top->addWidget(m_filter, 1);
    top->addWidget(m_count);
    auto* inset = new QHBoxLayout;
    inset->setContentsMargins(metrics::medium, 0, metrics::medium, 0);
    inset->addWidget(m_stack);
    auto* list = new QWidget;
    auto* layout = new QVBoxLayout{list};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(makeArea("line"));
    layout->addLayout(inset, 1);
    return list;
}

void ConnectionsPage::connectAll()
{
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_isUpdating = true;
        m_model->setFilter(text);
        m_isUpdating = false;
        refreshEmptyState();
        keepSelection();
    });
    connect(m_table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this,
            [this](int column, Qt::SortOrder order) {
                m_isUpdating = true;
                m_model->sortBy(column, order);
                m_isUpdating = false;
                keepSelection();
            });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ConnectionsPage::showSelected);
    connect(m_detail, &ConnectionDetail::followRequested, this, &ConnectionsPage::followRequested);
    connect(m_detail, &ConnectionDetail::channelRequested, this, &ConnectionsPage::channelRequested);
    connect(m_empty->button(), &QPushButton::clicked, this, &ConnectionsPage::carryOut);
    connect(m_empty->secondButton(), &QPushButton::clicked, this, &ConnectionsPage::capabilitiesRequested);
}

void ConnectionsPage::setControl(OccupancyControl* control)
{
    m_detail->setControl(control);
}

void ConnectionsPage::setRemote()
{
    m_isRemote = true;
    m_filter->hide();
    refreshEmptyState();
}

void ConnectionsPage::showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot)
{
    m_snapshot = std::move(snapshot);
    refresh();
}

void ConnectionsPage::refresh()
{
    if (!isVisible() || !m_snapshot)
        return;
    if (m_isRemote)
        return refreshEmptyState();
    m_isUpdating = true; // Taking rows away moves the selection, which nobody has chosen.
    m_model->setSnapshot(m_snapshot);
    m_isUpdating = false;
    m_table->setColumnHidden(ConnectionsModel::App, m_snapshot->apps.size() < 2);
    m_count->setText(
        m_snapshot->connectionCount > m_model->total()
            ? tr("%1 of %2 listed").arg(shownCount(m_model->total()), shownCount(m_snapshot->connectionCount))
            : tr("%1 open").arg(shownCount(m_snapshot->connectionCount)));
    refreshEmptyState();
    keepSelection();
}

void ConnectionsPage::offer(Offer offer, const QString& icon, const QString& title, const QString& sentence,
                            const QString& button)
{
    m_offer = offer;
    m_empty->setContent({icon, title, sentence, button});
}

void ConnectionsPage::refreshEmptyState()
{
    const bool isEmpty = m_isRemote || m_model->rowCount() == 0;
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
    m_detail->setVisible(!isEmpty);
    m_count->setVisible(!m_isRemote);
    if (!isEmpty)
        return;
    if (m_isRemote)
        return showRemote();
    if (m_snapshot && m_snapshot->server.state != engine::ServerState::Running)
        offer(Offer::Start, QStringLiteral("stop"), tr("The local server is stopped"),
              tr("Connections appear here while it runs."), tr("Start"));
    else if (m_model->total() > 0)
        offer(Offer::ClearFilter, QStringLiteral("search"),
              tr("0 of %1 connections match").arg(shownCount(m_model->total())),
              tr("Nothing that a connection has told contains the filter text."), tr("Clear filter"));
    else
        offer(Offer::CopyCode, QStringLiteral("connection"), tr("Nobody is connected"),
              tr("Each open socket appears here with what it said in the handshake."), tr("Copy listening code"));
}

void ConnectionsPage::showFacts(const RemoteFacts& facts)
{
    m_capabilities = facts.capabilities;
    refreshEmptyState();
}

/// What stands in place of a list: at most the number is told.
void ConnectionsPage::showRemote()
{
    using Topic = remote::Capability::Topic;
    const remote::Capability* const number = findCapability(m_capabilities, Topic::Connections);
    const bool isTold = number != nullptr && number->state == remote::Capability::State::Told;
    const QString told = isTold ? tr("This server tells how many there are: %1.")
                                      .arg(shownCount(m_snapshot ? m_snapshot->connectionCount : 0))
                                : whyMissing(m_capabilities, Topic::Connections);
    const QString what = tr("A virtual subscriber shows what a client of this server gets.");
    m_offer = Offer::Subscriber;
    m_empty->setContent({QStringLiteral("connection"), tr("Connections are visible on the embedded server only"),
                         told.isEmpty() ? what : told + QLatin1Char{' '} + what, tr("Open a virtual subscriber"),
                         tr("What it tells")});
}

void ConnectionsPage::carryOut()
{
    switch (m_offer) {
    case Offer::Start: Q_EMIT startRequested(); break;
    case Offer::ClearFilter: m_filter->clear(); break;
    case Offer::CopyCode: Q_EMIT copyCodeRequested(); break;
    case Offer::Subscriber: Q_EMIT subscriberRequested(); break;
    }
}

void ConnectionsPage::showSelected()
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid() || !m_snapshot || m_isUpdating)
        return;
    const ConnectionRow& row = m_model->rowAt(index.row());
    m_selected = {row.appId, row.socketId};
    if (const engine::ConnectionSnapshot* const connection = selectedConnection())
        m_detail->showConnection(*connection);
}

/// Null when it has closed.
const engine::ConnectionSnapshot* ConnectionsPage::selectedConnection() const
{
    if (!m_snapshot)
        return nullptr;
    const auto it = std::ranges::find_if(m_snapshot->connections, [&](const engine::ConnectionSnapshot& each) {
        return each.appId == m_selected.first && each.socketId == m_selected.second;
    });
    return it == m_snapshot->connections.end() ? nullptr : &*it;
}

/// What was selected stays so wherever its row has gone. When it has closed its details stay to be read, until another
/// one is selected.
void ConnectionsPage::keepSelection()
{
    const int row = m_model->findSocket(m_selected.first, m_selected.second);
    if (row >= 0 && row == m_table->currentIndex().row())
        return showSelected();
    if (row >= 0)
        return m_table->selectRow(row);
    const bool isFilteredOut = selectedConnection() != nullptr;
    if (!m_selected.second.empty() && !isFilteredOut) {
        m_table->setCurrentIndex({});
        return m_detail->showGone();
    }
    if (m_model->rowCount() > 0)
        m_table->selectRow(0);
    showSelected(); // It may have been the current row while nobody looked.
}

void ConnectionsPage::selectConnection(const std::string& appId, const std::string& socketId)
{
    if (m_snapshot)
        m_model->setSnapshot(m_snapshot);
    if (m_model->findSocket(appId, socketId) < 0)
        m_filter->clear();
    if (const int row = m_model->findSocket(appId, socketId); row >= 0) {
        m_selected = {appId, socketId};
        m_table->selectRow(row);
        m_table->scrollTo(m_model->index(row, 0));
    }
}

void ConnectionsPage::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

void ConnectionsPage::closeSelected()
{
    m_detail->actions()->askToClose();
}

void ConnectionsPage::disconnectSelected()
{
    m_detail->actions()->askToDisconnect();
}

void ConnectionsPage::followSelected()
{
    m_detail->actions()->follow();
}

void ConnectionsPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

} // namespace castdeck::ui
