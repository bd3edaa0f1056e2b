#include "ui/pages/auth_decisions_tab.h"

#include "ui/models/decisions_model.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/decision_view.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/first_focus.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

constexpr int detailWidth = 340;

} // namespace

AuthDecisionsTab::AuthDecisionsTab(QWidget* parent)
    : QWidget{parent}
    , m_decisions{new DecisionsModel{this}}
    , m_table{new DataTable{QStringLiteral("auth.decisions.table"), tr("Decisions")}}
    , m_count{makeLabel({}, TextKind::Hint)}
    , m_stack{new QStackedWidget}
    , m_detail{new DecisionView}
{
    setObjectName(QStringLiteral("auth.decisions"));
    setFirstFocus(*this, {m_table});
    auto* empty = new EmptyState{QStringLiteral("auth.empty.action")};
    empty->setContent({QStringLiteral("private"),
                       tr("Nothing was decided yet"),
                       tr("Each time a client asks for a private or presence channel, the decision appears here."),
                       {}});
    m_stack->addWidget(empty);
    m_stack->addWidget(buildList());
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    m_detail->showNothing(tr("Choose a decision to see why it was made."));
}

QWidget* AuthDecisionsTab::buildList()
{
    m_table->setColumnWidths({78, 108, 0, 164, 130, 320});
    m_table->setModel(m_decisions);
    m_table->hideBelow(1'000, DecisionsModel::Why);
    m_table->hideBelow(640, DecisionsModel::Decider);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &AuthDecisionsTab::showSelected);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(metrics::page, metrics::small, metrics::page, 0);
    head->addWidget(makeLabel(tr("Newest first"), TextKind::Hint));
    head->addStretch();
    head->addWidget(m_count);
    auto* inset = new QHBoxLayout;
    inset->setContentsMargins(metrics::medium, 0, metrics::medium, 0);
    inset->addWidget(m_table);
    auto* left = new QVBoxLayout;
    left->setSpacing(0);
    left->addLayout(head);
    left->addLayout(inset, 1);
    QFrame* panel = makeArea("panel");
    panel->setFixedWidth(detailWidth);
    auto* panelLayout = new QVBoxLayout{panel};
    panelLayout->setContentsMargins(metrics::page, metrics::large, metrics::page, metrics::large);
    panelLayout->addWidget(m_detail);
    auto* list = new QWidget;
    auto* layout = new QHBoxLayout{list};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(left, 1);
    layout->addWidget(panel);
    return list;
}

void AuthDecisionsTab::addDecisions(std::vector<engine::Decision> decisions, std::size_t dropped)
{
    if (decisions.empty() && dropped == 0)
        return;
    m_decisions->append(std::move(decisions), dropped);
    m_stack->setCurrentIndex(m_decisions->rowCount() > 0 ? 1 : 0);
    showCount();
}

void AuthDecisionsTab::showCount()
{
    const auto listed = static_cast<std::size_t>(m_decisions->rowCount());
    m_count->setText(m_decisions->total() > listed
                         ? tr("last %1 of %2").arg(shownCount(listed), shownCount(m_decisions->total()))
                         : tr("%1 so far").arg(shownCount(listed)));
}

void AuthDecisionsTab::showSelected()
{
    if (const QModelIndex index = m_table->currentIndex(); index.isValid())
        m_detail->showDecision(m_decisions->at(index.row()));
}

} // namespace castdeck::ui
