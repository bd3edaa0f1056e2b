#include "ui/pages/auth_matrix_tab.h"

#include "ui/models/matrix_channels.h"
#include "ui/models/matrix_model.h"
#include "ui/pages/auth_matrix_table.h"
#include "ui/text/shown_text.h"
#include "ui/theme/curtain.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/first_focus.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace castdeck::ui {

using remote::MatrixCell;
using remote::PermissionMatrix;

namespace {

constexpr const char* documentId = "matrix";

/// What the store keeps: personas are documents of their own.
PermissionMatrix withoutHeaders(PermissionMatrix matrix)
{
    for (Persona& persona : matrix.personas) {
        persona.headers.clear();
        persona.cookies.clear();
    }
    return matrix;
}

/// What went wrong may name the key of an application.
QString explanationOf(const remote::MatrixResult& result)
{
    const QString words = shownText(result.explanation, 1'000);
    return result.outcome == remote::EndpointOutcome::Error ? behindCurtain(words) : words;
}

} // namespace

AuthMatrixTab::AuthMatrixTab(const std::vector<hub::AppConfig>& apps, PersonaBook& book, Documents& documents,
                             QWidget* parent)
    : QWidget{parent}
    , m_apps{apps}
    , m_book{book}
    , m_documents{documents}
    , m_model{new MatrixModel{this}}
    , m_table{new MatrixTable{m_model}}
    , m_stack{new QStackedWidget}
    , m_detail{buildDetail()}
    , m_endpoint{new QLineEdit}
    , m_channel{new QLineEdit}
    , m_remove{makeButton(QStringLiteral("auth.matrix.remove"), tr("Remove channel"), {}, ButtonKind::Flat)}
    , m_runAll{makeButton(QStringLiteral("auth.matrix.run"), tr("Run all"), QStringLiteral("play"),
                          ButtonKind::Primary)}
    , m_runChanged{makeButton(QStringLiteral("auth.matrix.changed"), tr("Run changed"))}
    , m_cancel{makeButton(QStringLiteral("auth.matrix.cancel"), tr("Cancel"))}
    , m_export{buildExport()}
    , m_compare{new Chip{Chip::Use::Switch}}
{
    setObjectName(QStringLiteral("auth.matrix"));
    build();
    connect(&m_run, &remote::MatrixRun::cellDone, m_model, &MatrixModel::setResult);
    connect(&m_run, &remote::MatrixRun::finished, this, [this] {
        m_model->endRun();
        showState();
        showCell(m_table->currentIndex());
        Q_EMIT finished();
    });
    connect(m_model, &MatrixModel::expectationChanged, this, [this] {
        keep();
        showState();
    });
    connect(m_table, &MatrixTable::currentCellChanged, this, &AuthMatrixTab::showCell);
    connect(&m_book, &PersonaBook::changed, this, &AuthMatrixTab::followPersonas);
    load();
}

void AuthMatrixTab::build()
{
    auto* empty = new EmptyState{QStringLiteral("auth.matrix.fill")};
    empty->setContent({QStringLiteral("matrix"), tr("List who should get in where"),
                       tr("Every persona is asked for every channel, and compared with what you expect."),
                       tr("Fill from rules and live channels")});
    connect(empty->button(), &QPushButton::clicked, this, &AuthMatrixTab::fill);
    auto* inset = new QWidget;
    auto* insetLayout = new QVBoxLayout{inset};
    insetLayout->setContentsMargins(metrics::medium, 0, metrics::medium, 0);
    insetLayout->addWidget(m_table);
    m_stack->addWidget(empty);
    m_stack->addWidget(inset);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(buildActions());
    layout->addLayout(buildChannels());
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_detail);
    setFirstFocus(*this, {m_table, m_channel});
}

QLayout* AuthMatrixTab::buildActions()
{
    m_endpoint->setObjectName(QStringLiteral("auth.matrix.url"));
    m_endpoint->setAccessibleName(tr("Endpoint"));
    m_endpoint->setPlaceholderText(tr("Built-in endpoint, or the URL of yours"));
    m_endpoint->setClearButtonEnabled(true);
    m_endpoint->setMaximumWidth(360);
    connect(m_endpoint, &QLineEdit::editingFinished, this, [this] {
        const std::string url = toStd(m_endpoint->text().trimmed());
        if (url == m_model->matrix().url)
            return;
        m_model->setEndpoint(url, m_model->matrix().appId);
        keep();
        showState();
    });
    m_runAll->setToolTip(tr("Ask for every cell, ten at a time (F5)"));
    connect(m_runAll, &QPushButton::clicked, this, &AuthMatrixTab::runAll);
    connect(m_runChanged, &QPushButton::clicked, this, &AuthMatrixTab::runChanged);
    connect(m_cancel, &QPushButton::clicked, this, &AuthMatrixTab::cancel);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(metrics::page, metrics::medium, metrics::page, metrics::small);
    row->setSpacing(metrics::small);
    row->addWidget(m_endpoint, 1);
    row->addStretch();
    row->addWidget(m_export);
    row->addWidget(m_cancel);
    row->addWidget(m_runChanged);
    row->addWidget(m_runAll);
    return row;
}

QLayout* AuthMatrixTab::buildChannels()
{
    m_channel->setObjectName(QStringLiteral("auth.matrix.channel"));
    m_channel->setAccessibleName(tr("Channel to add"));
    m_channel->setPlaceholderText(tr("Add a channel"));
    m_channel->setFixedWidth(200);
    connect(m_channel, &QLineEdit::returnPressed, this, [this] {
        addChannel(m_channel->text());
        m_channel->clear();
    });
    m_refill =
        makeButton(QStringLiteral("auth.matrix.refill"), tr("Fill from rules and live channels"), {}, ButtonKind::Flat);
    connect(m_refill, &QPushButton::clicked, this, &AuthMatrixTab::fill);
    connect(m_remove, &QPushButton::clicked, this, &AuthMatrixTab::removeChannel);
    m_compare->setObjectName(QStringLiteral("auth.matrix.compare"));
    m_compare->setText(tr("Compare with the last run"));
    m_compare->setAccessibleName(m_compare->text());
    m_compare->setLook({}, Tone::Info);
    m_compare->setChecked(true);
    connect(m_compare, &QAbstractButton::toggled, m_model, &MatrixModel::setCompares);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(metrics::page, 0, metrics::page, metrics::small);
    row->setSpacing(metrics::tiny);
    row->addWidget(m_channel);
    row->addWidget(m_refill);
    row->addWidget(m_remove);
    row->addStretch();
    row->addWidget(m_compare);
    return row;
}

QWidget* AuthMatrixTab::buildDetail()
{
    m_cell = makeLabel({}, TextKind::Muted);
    m_cell->setObjectName(QStringLiteral("auth.matrix.cell"));
    m_cell->setWordWrap(true);
    m_cell->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_cell->setMinimumHeight(2 * m_cell->fontMetrics().lineSpacing() + 2);
    m_command = makeLabel({}, TextKind::Hint);
    m_command->setObjectName(QStringLiteral("auth.matrix.command"));
    m_command->setFont(codeFont());
    m_command->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_command->setMinimumWidth(40);
    m_copy =
        makeButton(QStringLiteral("auth.matrix.copy"), tr("Copy command"), QStringLiteral("copy"), ButtonKind::Small);
    connect(m_copy, &QPushButton::clicked, this, [this] { copyWithNotice(m_copy, commandLine()); });
    auto* command = new QHBoxLayout;
    command->setSpacing(metrics::small);
    command->addWidget(m_command, 1);
    command->addWidget(m_copy);
    m_summary = makeLabel({}, TextKind::Label);
    m_summary->setObjectName(QStringLiteral("auth.matrix.summary"));
    auto* detail = new QWidget;
    auto* outer = new QVBoxLayout{detail};
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(makeArea("line"));
    auto* layout = new QVBoxLayout;
    outer->addLayout(layout);
    layout->setContentsMargins(metrics::page, metrics::small, metrics::page, metrics::medium);
    layout->setSpacing(metrics::small);
    layout->addWidget(m_summary);
    layout->addWidget(m_cell);
    layout->addLayout(command);
    return detail;
}

void AuthMatrixTab::setConfiguration(const auth::AuthorizationConfig& config)
{
    m_config = config;
    m_model->markAllStale();
    showState();
}

void AuthMatrixTab::showSnapshot(const engine::Snapshot& snapshot)
{
    m_live.clear();
    for (const engine::ChannelSnapshot& channel : snapshot.channels) {
        if (m_live.size() < maxSuggested && channel.kind != pusher::ChannelKind::Public)
            m_live.push_back(channel.name);
    }
}

void AuthMatrixTab::setMatrix(PermissionMatrix matrix)
{
    m_run.cancel();
    m_model->setMatrix(std::move(matrix));
    keep();
    showState();
    showCell({});
}

void AuthMatrixTab::fill()
{
    PermissionMatrix matrix = m_model->matrix();
    matrix.personas = m_book.personas();
    for (const std::string& channel : suggestedChannels(m_config, m_live, m_book.personas())) {
        if (std::ranges::find(matrix.channels, channel) == matrix.channels.end())
            matrix.channels.push_back(channel);
    }
    setMatrix(std::move(matrix));
    m_table->setCurrentIndex(m_model->index(0, 0));
    m_table->setFocus();
}

void AuthMatrixTab::addChannel(const QString& channel)
{
    const std::string name = toStd(channel.trimmed());
    PermissionMatrix matrix = m_model->matrix();
    if (name.empty() || std::ranges::find(matrix.channels, name) != matrix.channels.end())
        return;
    matrix.personas = m_book.personas();
    matrix.channels.push_back(name);
    setMatrix(std::move(matrix));
}

void AuthMatrixTab::removeChannel()
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid())
        return;
    PermissionMatrix matrix = m_model->matrix();
    const auto gone = matrix.channels.begin() + index.column();
    std::erase_if(matrix.expectations, [&](const auto& entry) { return entry.first.second == *gone; });
    matrix.channels.erase(gone);
    setMatrix(std::move(matrix));
}

void AuthMatrixTab::followPersonas()
{
    PermissionMatrix matrix = m_model->matrix();
    std::vector<std::string> changed;
    for (const Persona& persona : m_book.personas()) {
        const auto old = std::ranges::find(matrix.personas, persona.id, &Persona::id);
        if (old == matrix.personas.end() || toJson(*old) != toJson(persona))
            changed.push_back(persona.id);
    }
    matrix.personas = m_book.personas();
    std::erase_if(matrix.expectations, [&](const auto& entry) { return m_book.find(entry.first.first) == nullptr; });
    setMatrix(std::move(matrix));
    m_model->markStale(changed);
}

void AuthMatrixTab::load()
{
    PermissionMatrix matrix;
    if (const auto document = m_documents.find(collection, documentId)) {
        if (auto read = remote::readMatrix(*document))
            matrix = std::move(*read);
    }
    matrix.personas = m_book.personas();
    std::erase_if(matrix.expectations, [&](const auto& entry) { return m_book.find(entry.first.first) == nullptr; });
    m_endpoint->setText(toQt(matrix.url));
    m_model->setMatrix(std::move(matrix));
    showState();
    showCell({});
}

void AuthMatrixTab::keep()
{
    m_documents.put(collection, documentId, remote::matrixDocument(withoutHeaders(m_model->matrix())));
}

void AuthMatrixTab::runAll()
{
    run(m_model->matrix().cells());
}

void AuthMatrixTab::runChanged()
{
    std::vector<MatrixCell> cells = m_model->staleCells();
    for (const auto& [cell, result] : m_model->results()) {
        const bool isIn = std::ranges::find(cells, cell) != cells.end();
        if (!isIn && !isAsExpected(m_model->matrix().expected(cell), result.outcome))
            cells.push_back(cell);
    }
    run(std::move(cells));
}

void AuthMatrixTab::run(std::vector<MatrixCell> cells)
{
    if (cells.empty() || m_run.isRunning())
        return;
    const PermissionMatrix& matrix = m_model->matrix();
    m_model->beginRun(cells);
    m_run.start(matrix, std::move(cells),
                {.builtIn = std::make_shared<const remote::BuiltinEndpoint>(m_config, m_apps, matrix.personas),
                 .apps = remote::knownApps(m_apps, matrix.appId)});
    showState();
}

void AuthMatrixTab::cancel()
{
    m_run.cancel();
    m_model->endRun();
    showState();
}

void AuthMatrixTab::showState()
{
    const PermissionMatrix& matrix = m_model->matrix();
    const bool isEmpty = matrix.channels.empty() || matrix.personas.empty();
    m_stack->setCurrentIndex(isEmpty ? 0 : 1);
    m_detail->setVisible(!isEmpty);
    m_remove->setVisible(!isEmpty);
    m_refill->setVisible(!isEmpty);
    m_compare->setVisible(!isEmpty);
    m_runAll->setEnabled(!isEmpty && !m_run.isRunning());
    m_runChanged->setEnabled(!isEmpty && !m_run.isRunning());
    m_cancel->setVisible(m_run.isRunning());
    m_command->setText(commandLine());
    const std::size_t asked = m_model->results().size();
    const std::size_t different = countDifferent(matrix, m_model->results());
    QStringList words{tr("%1 cells").arg(matrix.cells().size())};
    if (asked > 0) {
        words << (different == 0 ? tr("all as expected") : tr("%1 not as expected").arg(different));
        if (const std::size_t changed = m_model->changedCount(); changed > 0)
            words << tr("%1 changed since the last run").arg(changed);
    }
    if (!m_config.forwardUrl.empty() && matrix.url.empty())
        words << tr("another application decides in truth (authorize.forward_url)");
    m_summary->setText(words.join(QStringLiteral("  ·  ")));
}

void AuthMatrixTab::showCell(const QModelIndex& index)
{
    if (!index.isValid()) {
        m_cell->setText(tr("Click a cell to say what you expect: Allow, Deny, nothing. Keys: A, D, Delete."));
        return;
    }
    const auto cell = MatrixModel::cellAt(index);
    const remote::MatrixResult* const result = m_model->resultAt(index);
    const QString who = tr("%1, %2: ")
                            .arg(nameOf(m_model->matrix().personas[cell.persona]),
                                 shownText(m_model->matrix().channels[cell.channel], 200));
    m_cell->setText(who + (result != nullptr ? explanationOf(*result) : tr("not run yet.")));
}

} // namespace castdeck::ui
