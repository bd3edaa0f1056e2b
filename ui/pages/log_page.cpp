#include "ui/pages/log_page.h"

#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/log_table.h"
#include "ui/widgets/type_chips.h"

#include <QtGui/QAction>
#include <QtGui/QShortcut>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <chrono>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

constexpr auto typingPause = 150ms;
constexpr auto undoOffer = 10s;

} // namespace

LogPage::LogPage(LogModel* model, QWidget* parent)
    : QWidget{parent}
    , m_model{model}
    , m_pause{makeButton(QStringLiteral("log.pause"), tr("Pause"), QStringLiteral("pause"))}
    , m_follow{makeButton(QStringLiteral("log.follow"), tr("Follow"), QStringLiteral("follow"))}
    , m_clear{makeButton(QStringLiteral("log.clear"), tr("Clear"), QStringLiteral("clear"))}
    , m_filter{new QLineEdit}
    , m_filterState{makeLabel({}, TextKind::Hint)}
    , m_types{new TypeChips}
    , m_stack{new QStackedWidget}
    , m_table{new LogTable}
    , m_empty{new EmptyState{QStringLiteral("log.empty.action")}}
    , m_newChip{makeButton(QStringLiteral("log.newchip"), {}, QStringLiteral("follow"), ButtonKind::Primary)}
{
    setObjectName(QStringLiteral("page.log"));
    m_table->setModel(m_model);
    setFocusProxy(m_table);
    build();
    connectAll();
    refresh();
}

void LogPage::build()
{
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_follow->setToolTip(tr("Stay at the newest row (End)"));
    m_pause->setCheckable(true);
    m_pause->setToolTip(tr("Hold the view; everything is still recorded (Ctrl+. or Space)"));
    m_clear->setToolTip(tr("Empty the view (Ctrl+L)"));
    m_filter->setObjectName(QStringLiteral("log.filter"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setPlaceholderText(tr("Filter: words, channel:orders.*, type:api, -user:ana, size:>500"));
    m_filter->addAction(icon(QStringLiteral("search"), Tone::Faint), QLineEdit::LeadingPosition);
    m_filter->setClearButtonEnabled(true);
    m_filterState->setWordWrap(true);
    m_filterDelay.setSingleShot(true);
    m_undoTime.setSingleShot(true);

    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);
    m_newChip->setParent(m_stack);
    m_newChip->setProperty("kind", QStringLiteral("newchip"));
    m_newChip->hide();

    auto* top = new QVBoxLayout;
    top->setContentsMargins(metrics::page, metrics::page, metrics::page, metrics::medium);
    top->setSpacing(metrics::medium);
    top->addWidget(buildHead());
    top->addWidget(m_filter);
    top->addWidget(m_filterState);
    top->addWidget(m_types);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(makeArea("line"));
    auto* inset = new QHBoxLayout;
    inset->setContentsMargins(metrics::medium, 0, metrics::medium, 0);
    inset->addWidget(m_stack);
    layout->addLayout(inset, 1);
}

QWidget* LogPage::buildHead()
{
    auto* head = new QWidget;
    auto* layout = new QHBoxLayout{head};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addWidget(makeLabel(tr("Live log"), TextKind::Title));
    layout->addStretch();
    layout->addWidget(m_follow);
    layout->addWidget(m_pause);
    layout->addWidget(m_clear);
    return head;
}

void LogPage::connectAll()
{
    connect(m_pause, &QPushButton::clicked, this, &LogPage::setPaused);
    connect(m_follow, &QPushButton::clicked, m_table, &LogTable::setFollowing);
    connect(m_clear, &QPushButton::clicked, this, &LogPage::clear);
    connect(m_newChip, &QPushButton::clicked, this, [this] { m_table->setFollowing(true); });
    connect(m_table, &LogTable::pausePressed, this, &LogPage::togglePause);
    connect(m_table, &LogTable::followingChanged, this, [this](bool isFollowing) {
        m_seenRows = m_model->store().total();
        m_follow->setChecked(isFollowing);
        refresh();
    });
    connect(m_filter, &QLineEdit::textChanged, this, [this] { m_filterDelay.start(typingPause); });
    connect(m_filter, &QLineEdit::returnPressed, this, &LogPage::applyFilter);
    connect(&m_filterDelay, &QTimer::timeout, this, &LogPage::applyFilter);
    connect(&m_undoTime, &QTimer::timeout, this, &LogPage::refresh);
    connect(m_types, &TypeChips::kindsChanged, m_model, &LogModel::setKinds);
    connect(m_model, &LogModel::changed, this, &LogPage::refresh);
    connect(m_model, &LogModel::refiltered, this, [this] {
        if (m_selected && m_model->rowOf(*m_selected) >= 0)
            m_table->selectRow(m_model->rowOf(*m_selected));
        refresh();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &LogPage::reportSelection);
    connect(m_table, &QTableView::clicked, this, &LogPage::inspectorRequested);
    connect(m_table, &QTableView::activated, this, &LogPage::inspectorRequested);
    connect(m_empty->button(), &QPushButton::clicked, this, [this] {
        if (!m_isServerRunning)
            Q_EMIT startRequested();
        else if (m_model->isFiltered() && m_model->rowsSinceClear() > 0)
            clearFilter();
        else
            Q_EMIT sendRequested();
    });
    auto* leave = new QShortcut{Qt::Key_Escape, m_filter};
    leave->setContext(Qt::WidgetShortcut);
    connect(leave, &QShortcut::activated, this,
            [this] { m_filter->text().isEmpty() ? m_table->setFocus() : clearFilter(); });
}

void LogPage::applyFilter()
{
    m_filterDelay.stop();
    LogFilter::Parsed parsed = LogFilter::parse(m_filter->text());
    const bool isGood = parsed.filter.has_value();
    setStyleProperty(m_filter, "state", isGood ? QString{} : QStringLiteral("wrong"));
    setStyleProperty(m_filterState, "textKind", isGood ? QStringLiteral("hint") : QStringLiteral("error"));
    m_filterState->setText(isGood ? QString{} : tr("%1 The last filter stays on.").arg(parsed.mistake.sentence));
    if (isGood)
        m_model->setFilter(std::move(*parsed.filter));
    refresh();
}

void LogPage::setFilterText(const QString& text)
{
    m_filter->setText(text);
    applyFilter();
}

void LogPage::clearFilter()
{
    m_filter->clear();
    m_types->setKinds(0);
    m_model->setKinds(0);
    applyFilter();
}

void LogPage::setPaused(bool isPaused)
{
    m_pause->setChecked(isPaused);
    m_model->setPaused(isPaused);
    m_pause->setText(isPaused ? tr("Resume") : tr("Pause"));
    m_pause->setIcon(
        icon(isPaused ? QStringLiteral("play") : QStringLiteral("pause"), isPaused ? Tone::Accent : Tone::Muted));
    m_pause->setAccessibleName(m_pause->text());
}

void LogPage::togglePause()
{
    setPaused(!m_model->isPaused());
}

void LogPage::clear()
{
    if (m_undoTime.isActive()) {
        m_undoTime.stop();
        m_model->undoClear();
    } else if (m_model->rowsSinceClear() > 0) {
        m_model->clear();
        m_undoTime.start(undoOffer);
    }
    refresh();
}

void LogPage::showErrors()
{
    m_filter->clear();
    applyFilter();
    using engine::EventKind;
    std::uint32_t errors = 0;
    for (const auto kind : {EventKind::Error, EventKind::ApiError, EventKind::ClientError, EventKind::WebhookFailed})
        errors |= 1U << static_cast<unsigned>(kind);
    m_types->setKinds(errors);
    m_model->setKinds(errors);
}

void LogPage::focusFilter()
{
    m_filter->setFocus();
    m_filter->selectAll();
}

void LogPage::selectRow(int row)
{
    m_table->setFollowing(false);
    m_table->selectRow(row);
}

void LogPage::setServerRunning(bool isRunning)
{
    if (m_isServerRunning == isRunning)
        return;
    m_isServerRunning = isRunning;
    refresh();
}

void LogPage::refresh()
{
    if (!isVisible())
        return;
    m_types->setCounts(m_model->countsSinceClear());
    if (m_model->isFiltered() && m_filterState->property("textKind") != QStringLiteral("error"))
        m_filterState->setText(
            tr("%1 of %2 rows")
                .arg(shownCount(static_cast<std::size_t>(m_model->rowCount())), shownCount(m_model->rowsSinceClear())));
    m_filterState->setVisible(!m_filterState->text().isEmpty() && !m_filter->text().isEmpty());
    const bool offersUndo = m_undoTime.isActive();
    m_clear->setText(offersUndo ? tr("Undo clear") : tr("Clear"));
    m_clear->setAccessibleName(m_clear->text());
    m_clear->setIcon(icon(offersUndo ? QStringLiteral("undo") : QStringLiteral("clear")));
    m_clear->setEnabled(offersUndo || m_model->rowsSinceClear() > 0);
    refreshEmptyState();

    const std::size_t fresh = m_model->store().total() - std::min(m_seenRows, m_model->store().total());
    const bool isBehind = !m_table->isFollowing() && !m_model->isPaused() && fresh > 0;
    m_newChip->setVisible(isBehind);
    if (isBehind) {
        m_newChip->setText(tr("%1 new").arg(shownCount(fresh)));
        m_newChip->setAccessibleName(m_newChip->text());
        placeNewChip();
    }
}

void LogPage::refreshEmptyState()
{
    const bool isEmpty = m_model->rowCount() == 0;
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
    if (!isEmpty)
        return;
    if (m_model->isFiltered() && m_model->rowsSinceClear() > 0)
        m_empty->setContent(
            {QStringLiteral("search"), tr("0 of %1 rows match").arg(shownCount(m_model->rowsSinceClear())),
             m_filter->text().isEmpty() ? tr("No row has one of the chosen types.") : tr("Nothing fits the filter."),
             tr("Clear filter")});
    else if (!m_isServerRunning)
        m_empty->setContent({QStringLiteral("stop"), tr("The local server is stopped"),
                             tr("Rows appear here while it runs."), tr("Start")});
    else
        m_empty->setContent(
            {QStringLiteral("log"),
             m_model->store().total() == 0 ? tr("Nothing has happened yet") : tr("Nothing since the log was cleared"),
             tr("Events, subscriptions and errors of your apps appear here."), tr("Send a test event")});
}

void LogPage::placeNewChip()
{
    m_newChip->adjustSize();
    m_newChip->move((m_stack->width() - m_newChip->width()) / 2,
                    m_stack->height() - m_newChip->height() - metrics::large);
    m_newChip->raise();
}

void LogPage::reportSelection()
{
    const QModelIndexList selected = m_table->selectionModel()->selectedRows();
    const engine::Event* event = selected.isEmpty() ? nullptr : m_model->eventAt(selected.constFirst().row());
    if (event == nullptr)
        return;
    m_selected = m_model->sequenceAt(selected.constFirst().row());
    Q_EMIT rowSelected(*event);
}

void LogPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeNewChip();
}

void LogPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

} // namespace castdeck::ui
