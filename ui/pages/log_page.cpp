#include "ui/pages/log_page.h"

#include "ui/actions/key_words.h"
#include "ui/models/event_words.h"
#include "ui/text/shown_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/export_panel.h"
#include "ui/widgets/filter_bar.h"
#include "ui/widgets/filter_chips.h"
#include "ui/widgets/filter_line.h"
#include "ui/widgets/first_focus.h"
#include "ui/widgets/log_row_delegate.h"
#include "ui/widgets/older_rows.h"
#include "ui/widgets/top_talkers.h"
#include "ui/widgets/type_chips.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <chrono>

namespace castdeck::ui {

using namespace std::chrono_literals;

namespace {

constexpr auto undoOffer = 10s;
constexpr int smallestHead = 480;
const std::string settings = "settings";

} // namespace

LogPage::LogPage(LogModel* model, Documents* documents, const QString& profileId, QWidget* parent)
    : QWidget{parent}
    , m_ownDocuments{documents == nullptr ? std::make_unique<MemoryDocuments>() : nullptr}
    , m_documents{documents == nullptr ? *m_ownDocuments : *documents}
    , m_columnsId{"log.columns." + toStd(profileId)}
    , m_model{model}
    , m_seeker{new LogSeeker{*model, this}}
    , m_pause{makeButton(QStringLiteral("log.pause"), tr("Pause"), QStringLiteral("pause"))}
    , m_follow{makeButton(QStringLiteral("log.follow"), tr("Follow"), QStringLiteral("follow"))}
    , m_clear{makeButton(QStringLiteral("log.clear"), tr("Clear"), QStringLiteral("clear"))}
    , m_columns{makeButton(QStringLiteral("log.columns"), tr("Columns"), QStringLiteral("columns"))}
    , m_exportButton{makeButton(QStringLiteral("log.export"), tr("Export"), QStringLiteral("export"))}
    , m_talkersButton{makeButton(QStringLiteral("log.talkers.fold"), tr("Top talkers"), QStringLiteral("chart"))}
    , m_filter{new FilterBar{m_documents}}
    , m_types{new TypeChips}
    , m_talkers{new TopTalkers{*model}}
    , m_export{new ExportPanel{*model}}
    , m_thinning{makeLabel({}, TextKind::Hint)}
    , m_stack{new QStackedWidget}
    , m_table{new LogTable}
    , m_older{new OlderRows{*model}}
    , m_empty{new EmptyState{QStringLiteral("log.empty.action")}}
    , m_newChip{makeButton(QStringLiteral("log.newchip"), {}, QStringLiteral("follow"), ButtonKind::Primary)}
{
    setObjectName(QStringLiteral("page.log"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new LogRowDelegate{m_colors, *m_model, m_table});
    m_model->setSeen(this, false);
    setFirstFocus(*this, {m_table, m_empty->button(), m_filter->line()});
    build();
    if (const auto columns = m_documents.find(settings, m_columnsId))
        m_table->setColumns(*columns);
    connectAll();
    connectTable();
    applyFilter();
}

LogPage::~LogPage() = default;

void LogPage::build()
{
    m_types->setParent(this);
    m_talkers->hide();
    m_export->hide();
    m_thinning->setObjectName(QStringLiteral("log.thinning"));
    m_thinning->hide();
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
    top->addWidget(m_types);
    top->addWidget(m_export);
    top->addWidget(m_talkers);
    top->addWidget(m_thinning);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(makeArea("line"));
    layout->addWidget(m_older);
    auto* inset = new QHBoxLayout;
    inset->setContentsMargins(metrics::medium, 0, metrics::medium, 0);
    inset->addWidget(m_stack);
    layout->addLayout(inset, 1);
}

QWidget* LogPage::buildHead()
{
    m_follow->setCheckable(true);
    m_follow->setChecked(true);
    m_follow->setToolTip(tr("Stay at the newest row (End)"));
    m_pause->setCheckable(true);
    setKeyTip(m_pause, tr("Hold the view, in the list by Space; everything is still recorded"), "log.pause");
    setKeyTip(m_clear, tr("Empty the view"), "log.clear");
    m_columns->setToolTip(tr("Choose columns; drag their heads to move them"));
    setKeyTip(m_exportButton, tr("Save the rows that are shown"), "log.export");
    m_exportButton->setCheckable(true);
    m_talkersButton->setCheckable(true);
    m_talkersButton->setToolTip(tr("The busiest channels, sockets and events"));
    auto* head = new QWidget;
    head->setMinimumWidth(smallestHead); // Words give way first, see fitHead().
    auto* layout = new QHBoxLayout{head};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addWidget(makeLabel(tr("Live log"), TextKind::Title));
    layout->addStretch();
    for (QPushButton* button : {m_follow, m_pause, m_clear, m_talkersButton, m_columns, m_exportButton})
        layout->addWidget(button);
    return head;
}

void LogPage::connectAll()
{
    connect(m_pause, &QPushButton::clicked, this, &LogPage::setPaused);
    connect(m_follow, &QPushButton::clicked, m_table, &LogTable::setFollowing);
    connect(m_clear, &QPushButton::clicked, this, &LogPage::clear);
    connect(m_columns, &QPushButton::clicked, this, &LogPage::showColumnMenu);
    connect(m_exportButton, &QPushButton::clicked, m_export, &QWidget::setVisible);
    connect(m_talkersButton, &QPushButton::clicked, m_talkers, &QWidget::setVisible);
    connect(m_newChip, &QPushButton::clicked, this, &LogPage::follow);
    connect(m_filter, &FilterBar::filterChanged, this, &LogPage::applyFilter);
    connect(m_filter, &FilterBar::left, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_talkers, &TopTalkers::chosen, this,
            [this](const QString& key, const QString& name) { m_filter->addTerm(filterTerm(key, name)); });
    connect(&m_undoTime, &QTimer::timeout, this, &LogPage::refresh);
    connect(m_types, &TypeChips::kindsChanged, this, &LogPage::applyKinds);
    connect(m_model, &LogModel::changed, this, &LogPage::refresh);
    connect(m_model, &LogModel::refiltered, this, [this] {
        if (m_selected && m_model->rowOf(*m_selected) >= 0)
            m_table->selectRow(m_model->rowOf(*m_selected));
        refresh();
    });
    connect(m_seeker, &LogSeeker::hidden, this, [this] {
        clearFilter();
        setPaused(false);
    });
    connect(m_seeker, &LogSeeker::found, this, [this](const engine::Event& event) { Q_EMIT rowSelected(event); });
    connect(m_seeker, &LogSeeker::shown, this, &LogPage::selectRow);
    connect(m_empty->button(), &QPushButton::clicked, this, [this] {
        if (!m_isServerRunning && m_model->rowsSinceClear() == 0)
            Q_EMIT startRequested();
        else if (m_model->isFiltered() && m_model->rowsSinceClear() > 0)
            clearFilter();
        else
            Q_EMIT sendRequested();
    });
    connect(m_empty->secondButton(), &QPushButton::clicked, this, [this] {
        if (m_model->isFiltered() && m_model->rowsSinceClear() > 0)
            focusFilter();
        else
            Q_EMIT watchRequested();
    });
}

void LogPage::connectTable()
{
    connect(m_table, &LogTable::requested, this, &LogPage::answer);
    connect(m_table, &LogTable::topReached, m_older, &OlderRows::load);
    connect(m_table, &LogTable::columnsChanged, this,
            [this] { m_documents.put(settings, m_columnsId, m_table->columns()); });
    connect(m_table, &LogTable::followingChanged, this, [this](bool isFollowing) {
        m_seenRows = m_model->store().total();
        m_follow->setChecked(isFollowing);
        if (isFollowing)
            m_older->letGo();
        refresh();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &LogPage::reportSelection);
    connect(m_table, &QTableView::clicked, this, &LogPage::inspectorRequested);
    connect(m_table, &QTableView::doubleClicked, this, &LogPage::inspectorRequested);
    connect(m_table, &QWidget::customContextMenuRequested, this, &LogPage::showMenu);
}

void LogPage::reveal(LogSeeker::Wanted wanted)
{
    m_seeker->seek(std::move(wanted));
}

void LogPage::setArchive(LogArchive* archive)
{
    m_older->setArchive(archive);
}

void LogPage::applyFilter()
{
    m_older->letGo(); // Those were let through by the filter before.
    m_model->setFilter(m_filter->filter());
    refresh();
}

void LogPage::applyKinds(std::uint32_t kinds)
{
    m_older->letGo();
    m_model->setKinds(kinds);
    refresh();
}

void LogPage::setFilterText(const QString& text)
{
    m_filter->setText(text);
}

void LogPage::clearFilter()
{
    m_types->setKinds(0);
    applyKinds(0);
    m_filter->clear();
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
        m_older->letGo();
        m_model->clear();
        m_undoTime.start(undoOffer);
    }
    refresh();
}

void LogPage::showErrors()
{
    m_filter->clear();
    m_types->setKinds(errorKinds());
    applyKinds(errorKinds());
}

void LogPage::focusFilter()
{
    m_filter->line()->setFocus();
    m_filter->line()->selectAll();
}

void LogPage::follow()
{
    m_table->setFollowing(true);
}

void LogPage::toggleExport()
{
    m_export->setVisible(!m_export->isVisible());
    m_exportButton->setChecked(m_export->isVisible());
}

void LogPage::toggleTalkers()
{
    m_talkers->setVisible(!m_talkers->isVisible());
    m_talkersButton->setChecked(m_talkers->isVisible());
}

void LogPage::showColumnMenu()
{
    auto* menu = new QMenu{this};
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("log.columns.menu"));
    m_table->fillColumnMenu(*menu);
    menu->popup(m_columns->mapToGlobal(m_columns->rect().bottomLeft()));
}

void LogPage::searchStored()
{
    focusFilter();
    m_filter->applyNow();
    m_older->search();
}

void LogPage::selectRow(int row)
{
    m_table->goTo(row);
}

void LogPage::setServerRunning(bool isRunning)
{
    if (m_isServerRunning == isRunning)
        return;
    m_isServerRunning = isRunning;
    refresh();
}

void LogPage::reportSelection()
{
    const int row = m_table->currentRow();
    const engine::Event* event = m_model->eventAt(row);
    if (event == nullptr)
        return;
    if (m_selected != m_model->sequenceAt(row))
        m_seeker->giveUp(); // Somebody looks at another row.
    m_selected = m_model->sequenceAt(row);
    Q_EMIT rowSelected(*event);
}

void LogPage::keyPressEvent(QKeyEvent* event)
{
    const bool isFiltered = !m_filter->isEmpty() || m_model->kinds() != 0;
    if (event->key() == Qt::Key_Escape && isFiltered)
        clearFilter();
    else
        QWidget::keyPressEvent(event);
}

void LogPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitHead();
    placeNewChip();
}

void LogPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_model->setSeen(this, true);
    refresh();
}

void LogPage::hideEvent(QHideEvent* event)
{
    m_model->setSeen(this, false);
    QWidget::hideEvent(event);
}

} // namespace castdeck::ui
