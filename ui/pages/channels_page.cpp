#include "ui/pages/channels_page.h"

#include "ui/models/channels_model.h"
#include "ui/pages/channel_detail.h"
#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"

#include <QtGui/QAction>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

constexpr int detailWidth = 540;

} // namespace

ChannelsPage::ChannelsPage(QWidget* parent)
    : QWidget{parent}
    , m_model{new ChannelsModel{this}}
    , m_filter{new QLineEdit}
    , m_count{makeLabel({}, TextKind::Hint)}
    , m_table{new DataTable{QStringLiteral("channels.tree"), tr("Channels")}}
    , m_empty{new EmptyState{QStringLiteral("channels.empty.action")}}
    , m_stack{new QStackedWidget}
    , m_detail{new ChannelDetail}
{
    setObjectName(QStringLiteral("page.channels"));
    m_table->setColumnWidths({0, 96, 140, 96, 88});
    m_table->setModel(m_model);
    m_table->setColumnHidden(ChannelsModel::App, true);
    setFocusProxy(m_table);
    m_table->hideBelow(480, ChannelsModel::Members);
    m_detail->setMaximumWidth(detailWidth);
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildList(), 1);
    layout->addWidget(m_detail, 1);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_model->setFilter(text);
        refreshEmptyState();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ChannelsPage::showSelected);
    connect(m_detail, &ChannelDetail::sendToRequested, this, &ChannelsPage::sendToRequested);
    connect(m_table, &DataTable::doubleClicked, this, [this](const QModelIndex& index) {
        const ChannelRow& row = m_model->rowAt(index.row());
        Q_EMIT sendToRequested(toQt(row.appId), toQt(row.name));
    });
    connect(m_empty->button(), &QPushButton::clicked, this, [this] {
        if (m_snapshot && m_snapshot->server.state != engine::ServerState::Running)
            Q_EMIT startRequested();
        else if (m_model->total() > 0)
            m_filter->clear();
        else
            Q_EMIT copyCodeRequested();
    });
    refreshEmptyState();
}

QWidget* ChannelsPage::buildList()
{
    m_filter->setObjectName(QStringLiteral("channels.filter"));
    m_filter->setAccessibleName(tr("Filter channels"));
    m_filter->setPlaceholderText(tr("Filter channels by name"));
    m_filter->addAction(icon(QStringLiteral("search"), Tone::Faint), QLineEdit::LeadingPosition);
    m_filter->setClearButtonEnabled(true);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);

    auto* title = new QHBoxLayout;
    title->addWidget(makeLabel(tr("Channels"), TextKind::Title));
    title->addStretch();
    title->addWidget(m_count);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(metrics::page, metrics::page, metrics::page, metrics::medium);
    top->setSpacing(metrics::medium);
    top->addLayout(title);
    top->addWidget(m_filter);
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

void ChannelsPage::showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot)
{
    m_snapshot = std::move(snapshot);
    refresh();
}

void ChannelsPage::refresh()
{
    if (!isVisible() || !m_snapshot)
        return;
    m_model->setSnapshot(*m_snapshot);
    m_table->setColumnHidden(ChannelsModel::App, m_snapshot->apps.size() < 2);
    m_count->setText(m_snapshot->channelCount > m_model->total()
                         ? tr("%1 of %2 listed").arg(shownCount(m_model->total()), shownCount(m_snapshot->channelCount))
                         : tr("%1 occupied").arg(shownCount(m_snapshot->channelCount)));
    refreshEmptyState();
    showSelected();
}

void ChannelsPage::refreshEmptyState()
{
    const bool isEmpty = m_model->rowCount() == 0;
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
    m_detail->setVisible(!isEmpty);
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
                             tr("A channel exists while somebody is subscribed."), tr("Copy listening code")});
}

void ChannelsPage::showSelected()
{
    if (m_table->currentIndex().isValid() || m_model->rowCount() == 0) {
        const QModelIndex index = m_table->currentIndex();
        if (index.isValid() && m_snapshot)
            m_detail->showChannel(*m_snapshot, m_model->rowAt(index.row()).appId, m_model->rowAt(index.row()).name);
        return;
    }
    m_table->selectRow(0);
}

void ChannelsPage::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

void ChannelsPage::selectChannel(const std::string& appId, const std::string& name)
{
    const int row = m_model->find(std::pair<std::string_view, std::string_view>{appId, name});
    if (row >= 0)
        m_table->selectRow(row);
}

void ChannelsPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

} // namespace castdeck::ui
