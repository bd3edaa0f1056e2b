#include "ui/pages/authorization_page.h"

#include "core/base/loopback.h"
#include "ui/models/decisions_model.h"
#include "ui/models/rules_model.h"
#include "ui/pages/trial_panel.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"

#include <QtGui/QShortcut>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace castdeck::ui {

namespace {

constexpr int trialWidth = 400;
constexpr int rulesShown = 7; ///< Without scrolling.

QString policyMeaning(auth::Policy policy)
{
    switch (policy) {
    case auth::Policy::Open:
        return AuthorizationPage::tr("Where no rule matches, private channels are everybody's, and presence channels "
                                     "every known actor's.");
    case auth::Policy::Closed: return AuthorizationPage::tr("Where no rule matches, only public channels may be used.");
    case auth::Policy::Strict:
        return AuthorizationPage::tr("Where no rule matches, nothing may be used, public channels included.");
    }
    return {};
}

} // namespace

AuthorizationPage::AuthorizationPage(ServerControl& server, const std::vector<hub::AppConfig>& apps,
                                     const auth::AuthorizationConfig& config, QWidget* parent)
    : QWidget{parent}
    , m_config{config}
    , m_rules{new RulesModel{this}}
    , m_decisions{new DecisionsModel{this}}
    , m_policy{new Chip{Chip::Use::Information}}
    , m_meaning{makeLabel({}, TextKind::Muted)}
    , m_warning{makeLabel({}, TextKind::Error)}
    , m_rulesTable{new DataTable{QStringLiteral("auth.rules"), tr("Rules")}}
    , m_decisionsTable{new DataTable{QStringLiteral("auth.decisions"), tr("Decisions")}}
    , m_count{makeLabel({}, TextKind::Hint)}
    , m_decisionsStack{new QStackedWidget}
    , m_trial{new TrialPanel{server, apps, config.actors}}
{
    setObjectName(QStringLiteral("page.auth"));
    setFocusProxy(m_trial);
    m_rules->setRules(auth::RuleSet{config.rules});
    m_trial->setFixedWidth(trialWidth);
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildMain(), 1);
    layout->addWidget(m_trial);
    showPolicy();
    showCount();
    auto* run = new QShortcut{QKeySequence{Qt::Key_F5}, this};
    run->setContext(Qt::WidgetWithChildrenShortcut);
    connect(run, &QShortcut::activated, m_trial, &TrialPanel::run);
}

QWidget* AuthorizationPage::buildMain()
{
    auto* main = new QWidget;
    auto* layout = new QVBoxLayout{main};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(buildHead());
    layout->addWidget(makeArea("line"));
    layout->addWidget(buildRules());
    layout->addWidget(makeArea("line"));
    layout->addWidget(buildDecisions(), 1);
    return main;
}

QLayout* AuthorizationPage::buildHead()
{
    m_meaning->setWordWrap(true);
    m_warning->setWordWrap(true);
    m_warning->setObjectName(QStringLiteral("auth.warning"));
    m_warning->hide();
    auto* title = new QHBoxLayout;
    title->addWidget(makeLabel(tr("Authorization"), TextKind::Title));
    title->addStretch();
    title->addWidget(m_policy);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(metrics::page, metrics::page, metrics::page, metrics::medium);
    head->setSpacing(metrics::small);
    head->addLayout(title);
    head->addWidget(m_meaning);
    head->addWidget(m_warning);
    return head;
}

QWidget* AuthorizationPage::buildRules()
{
    m_rulesTable->setColumnWidths({32, 240, 0, 96});
    m_rulesTable->setModel(m_rules);
    m_rulesTable->hideBelow(560, RulesModel::Kinds);
    const int rows = std::min(m_rules->rowCount(), rulesShown);
    m_rulesTable->setFixedHeight(metrics::control + rows * metrics::row + metrics::tiny);

    QLabel* none = makeLabel(tr("There is no rule. Rules stand under authorize.topics in broadcasting.json; the first "
                                "whose pattern matches a channel decides."),
                             TextKind::Hint);
    none->setWordWrap(true);
    none->setContentsMargins(metrics::small, metrics::medium, metrics::small, metrics::medium);
    const bool hasRules = m_rules->rowCount() > 0;
    none->setVisible(!hasRules);
    m_rulesTable->setVisible(hasRules);
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout{box};
    layout->setContentsMargins(metrics::medium, 0, metrics::medium, 0);
    layout->setSpacing(0);
    layout->addWidget(m_rulesTable);
    layout->addWidget(none);
    return box;
}

QWidget* AuthorizationPage::buildDecisions()
{
    m_decisionsTable->setColumnWidths({78, 108, 0, 164, 130, 320});
    m_decisionsTable->setModel(m_decisions);
    m_decisionsTable->hideBelow(900, DecisionsModel::Why);
    m_decisionsTable->hideBelow(500, DecisionsModel::Decider);
    connect(m_decisionsTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &AuthorizationPage::showSelected);
    auto* empty = new EmptyState{QStringLiteral("auth.empty.action")};
    empty->setContent({QStringLiteral("private"),
                       tr("Nothing was decided yet"),
                       tr("Each time a client asks for a private or presence channel, the decision appears here."),
                       {}});
    m_decisionsStack->addWidget(empty);
    m_decisionsStack->addWidget(m_decisionsTable);

    auto* head = new QHBoxLayout;
    head->setContentsMargins(metrics::page, metrics::medium, metrics::page, metrics::tiny);
    head->addWidget(makeLabel(tr("Decisions"), TextKind::Label));
    head->addStretch();
    head->addWidget(m_count);
    auto* inset = new QHBoxLayout;
    inset->setContentsMargins(metrics::medium, 0, metrics::medium, 0);
    inset->addWidget(m_decisionsStack);
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout{box};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addLayout(inset, 1);
    return box;
}

void AuthorizationPage::showPolicy()
{
    const auth::Policy policy = m_config.guard.policy;
    const bool isOpen = policy == auth::Policy::Open;
    m_policy->setText(tr("policy %1").arg(toQt(auth::toText(policy))));
    m_policy->setLook(isOpen ? QStringLiteral("public") : QStringLiteral("private"),
                      isOpen ? Tone::Warning : Tone::Success);
    m_meaning->setText(
        m_config.forwardUrl.empty()
            ? policyMeaning(policy)
            : tr("Another application decides for private and presence channels; these rules do for the others."));
}

void AuthorizationPage::showSnapshot(const engine::Snapshot& snapshot)
{
    const bool isRunning = snapshot.server.state == engine::ServerState::Running;
    const bool isReachable = isRunning && !isLoopbackHost(snapshot.server.address);
    QString warning;
    if (isReachable && m_config.isExposed && m_config.guard.policy == auth::Policy::Open)
        warning = tr("The server can be reached from the network, and the policy is open: everybody there may use "
                     "every private channel that no rule protects.");
    else if (isReachable && !m_config.isExposed)
        warning = tr("The server can be reached from the network, so its authorization endpoint is off until "
                     "authorize.expose is set.");
    m_warning->setText(warning);
    m_warning->setVisible(!warning.isEmpty());
}

void AuthorizationPage::addDecisions(std::vector<engine::Decision> decisions, std::size_t dropped)
{
    if (decisions.empty() && dropped == 0)
        return;
    m_decisions->append(std::move(decisions), dropped);
    m_decisionsStack->setCurrentIndex(m_decisions->rowCount() > 0 ? 1 : 0);
    showCount();
}

void AuthorizationPage::showCount()
{
    const auto listed = static_cast<std::size_t>(m_decisions->rowCount());
    m_count->setText(m_decisions->total() > listed
                         ? tr("last %1 of %2").arg(shownCount(listed), shownCount(m_decisions->total()))
                         : tr("%1 so far").arg(shownCount(listed)));
}

void AuthorizationPage::showSelected()
{
    if (const QModelIndex index = m_decisionsTable->currentIndex(); index.isValid())
        m_trial->showDecision(m_decisions->at(index.row()));
}

void AuthorizationPage::showVerdict(const engine::AuthorizationVerdict& verdict)
{
    m_trial->showVerdict(verdict);
}

} // namespace castdeck::ui
