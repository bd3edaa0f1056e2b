#include "ui/widgets/delivery_view.h"

#include "ui/models/log_store.h"
#include "ui/models/reached_model.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QToolButton>

#include <algorithm>
#include <map>

namespace castdeck::ui {

namespace {

using engine::Event;
using engine::EventKind;

constexpr std::size_t maxRowsRead = 50'000;
constexpr int shownReachedRows = 8;

bool isMessage(const std::optional<Event>& event)
{
    return event && (event->kind == EventKind::ApiMessage || event->kind == EventKind::ClientEvent);
}

std::string whoOf(const engine::ConnectionSnapshot& connection)
{
    return connection.userId.empty() ? connection.client : connection.userId;
}

QWidget* buildMiss(const NearMiss& miss)
{
    auto* row = new QWidget;
    auto* layout = new QVBoxLayout{row};
    layout->setContentsMargins(0, metrics::tiny, 0, metrics::tiny);
    layout->setSpacing(2);
    QLabel* socket = makeLabel(shownText(miss.socketId, 64));
    socket->setFont(codeFont());
    socket->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QLabel* reason = makeLabel(miss.reason, TextKind::Muted);
    reason->setWordWrap(true);
    layout->addWidget(socket);
    layout->addWidget(reason);
    return row;
}

} // namespace

DeliveryView::DeliveryView(const LogStore& log, QWidget* parent)
    : QWidget{parent}
    , m_log{log}
    , m_reached{new ReachedModel{this}}
    , m_stack{new QStackedWidget}
    , m_empty{new EmptyState{QString{}}}
    , m_reachedHead{makeLabel({}, TextKind::Head)}
    , m_reachedTable{new DataTable{QStringLiteral("delivery.reached"), tr("Sockets reached")}}
    , m_missesHead{makeLabel({}, TextKind::Label)}
    , m_misses{new QWidget}
    , m_hint{makeLabel({}, TextKind::Hint)}
{
    setObjectName(QStringLiteral("inspector.delivery"));
    m_stack->addWidget(m_empty);
    m_stack->addWidget(buildContent());
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    setEvent(std::nullopt);
}

QWidget* DeliveryView::buildReached()
{
    m_reachedTable->setModel(m_reached);
    m_reachedTable->setColumnWidths({156, 0, 76});
    connect(m_reachedTable, &QTableView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT socketRequested(toQt(m_reached->at(index.row()).reached.socketId));
    });
    return m_reachedTable;
}

QWidget* DeliveryView::buildContent()
{
    auto* again = makeIconButton(QStringLiteral("delivery.refresh"), QStringLiteral("refresh"), tr("Look again"));
    connect(again, &QToolButton::clicked, this, &DeliveryView::refresh);
    m_reachedHead->setObjectName(QStringLiteral("delivery.summary"));
    m_reachedHead->setWordWrap(true);
    m_hint->setObjectName(QStringLiteral("delivery.hint"));
    m_hint->setWordWrap(true);
    m_misses->setObjectName(QStringLiteral("delivery.misses"));
    auto* misses = new QVBoxLayout{m_misses};
    misses->setContentsMargins(0, 0, 0, 0);
    misses->setSpacing(metrics::tiny);

    auto* head = new QHBoxLayout;
    head->addWidget(m_reachedHead, 1);
    head->addWidget(again, 0, Qt::AlignTop);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout{content};
    layout->setContentsMargins(0, metrics::medium, 0, 0);
    layout->setSpacing(metrics::medium);
    layout->addLayout(head);
    layout->addWidget(buildReached());
    layout->addWidget(m_hint);
    layout->addWidget(m_missesHead);
    layout->addWidget(m_misses);
    layout->addStretch(1);

    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    return scroll;
}

void DeliveryView::showNothing(const QString& title, const QString& sentence)
{
    m_empty->setContent({QStringLiteral("send"), title, sentence, {}});
    m_stack->setCurrentIndex(0);
}

void DeliveryView::setEvent(const std::optional<Event>& event)
{
    m_event = event;
    m_isStale = true;
    if (isVisible() || !isMessage(event))
        refresh();
}

void DeliveryView::showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot)
{
    m_snapshot = std::move(snapshot);
    if (isVisible() && m_isStale)
        refresh();
}

void DeliveryView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_isStale)
        refresh();
}

void DeliveryView::refresh()
{
    if (!isMessage(m_event))
        return showNothing(tr("No message selected"), tr("Select an API message or a client event in the log."));
    if (m_event->receivers > 0 && !m_event->trace)
        return showNothing(
            tr("The subscribers were not kept"),
            tr("%1 received this message. Their names are kept for the server in this program only, for up to 100 "
               "messages a second with up to 1,000 subscribers each.")
                .arg(m_event->receivers == 1 ? tr("1 subscriber")
                                             : tr("%1 subscribers").arg(shownCount(m_event->receivers))));
    if (!m_snapshot)
        return showNothing(tr("Waiting for the server"), tr("Who is connected is not known yet."));
    m_isStale = false;
    showReached();
    showMisses();
    m_stack->setCurrentIndex(1);
}

void DeliveryView::showReached()
{
    std::map<std::string_view, const engine::ConnectionSnapshot*> connections;
    for (const engine::ConnectionSnapshot& connection : m_snapshot->connections)
        connections.emplace(connection.socketId, &connection);
    std::vector<ReachedRow> rows;
    std::chrono::microseconds last{0};
    if (m_event->trace) {
        for (auto& reached : m_event->trace->reached()) {
            const auto found = connections.find(reached.socketId);
            last = std::max(last, reached.delay);
            rows.push_back({std::move(reached), found == connections.end() ? std::string{} : whoOf(*found->second)});
        }
    }
    const auto count = static_cast<int>(rows.size());
    m_reachedHead->setText(
        count == 0 ? tr("Nobody got it: nobody else was subscribed to %1.").arg(shownText(m_event->channel, 200))
                   : (count == 1 ? tr("1 socket reached, after %1.").arg(shownDelay(last))
                                 : tr("%1 sockets reached, the last after %2.").arg(count).arg(shownDelay(last))));
    m_reached->assign(std::move(rows));
    m_reachedTable->setVisible(count > 0);
    m_reachedTable->setFixedHeight(metrics::control + std::clamp(count, 1, shownReachedRows) * metrics::row + 2);
    m_hint->setText(
        tr("A client that was reached and shows nothing listens for another event name: see the tab Code."));
    m_hint->setVisible(count > 0);
}

std::vector<const Event*> DeliveryView::logAround() const
{
    std::vector<const Event*> rows;
    const LogStore::Sequence from = m_log.end() - std::min<std::size_t>(m_log.size(), maxRowsRead);
    for (LogStore::Sequence row = from; row < m_log.end(); ++row)
        rows.push_back(&m_log.at(row));
    return rows;
}

void DeliveryView::showMisses()
{
    const NearMisses misses = nearMisses(*m_event, *m_snapshot, logAround());
    qDeleteAll(m_misses->findChildren<QWidget*>(QString{}, Qt::FindDirectChildrenOnly));
    for (const NearMiss& miss : misses.list)
        m_misses->layout()->addWidget(buildMiss(miss));
    const auto count = static_cast<int>(misses.list.size() + misses.more);
    m_missesHead->setText(count == 0 ? tr("No near misses: no other connection comes close to this channel.")
                                     : (count == 1 ? tr("1 near miss") : tr("%1 near misses").arg(count)));
    if (misses.more > 0)
        m_misses->layout()->addWidget(makeLabel(tr("and %1 more").arg(shownCount(misses.more)), TextKind::Hint));
}

} // namespace castdeck::ui
