#include "ui/pages/authorization_page.h"

#include "core/base/loopback.h"
#include "ui/models/persona.h"
#include "ui/pages/auth_decisions_tab.h"
#include "ui/pages/auth_matrix_tab.h"
#include "ui/pages/auth_personas_tab.h"
#include "ui/pages/auth_rules_tab.h"
#include "ui/pages/trial_panel.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/first_focus.h"

#include <QtGui/QShortcut>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

AuthorizationPage::AuthorizationPage(ServerControl& server, const std::vector<hub::AppConfig>& apps,
                                     const auth::AuthorizationConfig& config, Documents* documents, QWidget* parent)
    : QWidget{parent}
    , m_book{new PersonaBook{documents != nullptr ? *documents : m_memory, config.actors, this}}
    , m_policy{new Chip{Chip::Use::Information}}
    , m_tabs{new QTabBar}
    , m_pages{new QStackedWidget}
    , m_rules{new AuthRulesTab{*m_book}}
    , m_trial{new TrialPanel{server, apps, *m_book}}
    , m_matrix{new AuthMatrixTab{apps, *m_book, documents != nullptr ? *documents : m_memory}}
    , m_personas{new AuthPersonasTab{*m_book}}
    , m_decisions{new AuthDecisionsTab}
{
    setObjectName(QStringLiteral("page.auth"));
    for (QWidget* page : std::initializer_list<QWidget*>{m_rules, m_trial, m_matrix, m_personas, m_decisions})
        m_pages->addWidget(page);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(makeArea("line"));
    layout->addWidget(m_pages, 1);
    setFirstFocus(*this, {m_rules, m_trial, m_matrix, m_personas, m_decisions, m_tabs});
    m_tabs->setCurrentIndex(Try); // What most come for.
    auto* key = new QShortcut{QKeySequence{Qt::Key_F5}, this};
    key->setContext(Qt::WidgetWithChildrenShortcut);
    connect(key, &QShortcut::activated, this, &AuthorizationPage::run);
    connect(m_trial, &TrialPanel::started, this, [this] { showTab(Try); });
    setConfiguration(config);
}

QWidget* AuthorizationPage::buildHead()
{
    m_tabs->setObjectName(QStringLiteral("auth.tabs"));
    m_tabs->setAccessibleName(tr("Parts of the auth lab"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    for (const QString& title : {tr("Rules"), tr("Try"), tr("Matrix"), tr("Personas"), tr("Decisions")})
        m_tabs->addTab(title);
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    auto* head = new QWidget;
    auto* layout = new QHBoxLayout{head};
    layout->setContentsMargins(metrics::page, metrics::medium, metrics::page, 0);
    layout->setSpacing(metrics::page + metrics::tiny);
    layout->addWidget(makeLabel(tr("Auth lab"), TextKind::Title), 0, Qt::AlignVCenter);
    layout->addWidget(m_tabs, 0, Qt::AlignBottom);
    layout->addStretch();
    layout->addWidget(m_policy, 0, Qt::AlignVCenter);
    return head;
}

AuthorizationPage::Tab AuthorizationPage::tab() const
{
    return static_cast<Tab>(m_tabs->currentIndex());
}

void AuthorizationPage::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
    m_pages->currentWidget()->setFocus();
}

void AuthorizationPage::run()
{
    if (tab() == Matrix)
        m_matrix->runAll();
    else
        m_trial->run();
}

void AuthorizationPage::runAll()
{
    showTab(Matrix);
    m_matrix->runAll();
}

void AuthorizationPage::runChanged()
{
    showTab(Matrix);
    m_matrix->runChanged();
}

void AuthorizationPage::setApps(const std::vector<hub::AppConfig>& apps)
{
    m_trial->setApps(apps);
    m_matrix->setApps(apps);
}

void AuthorizationPage::setConfiguration(const auth::AuthorizationConfig& config)
{
    m_config = config;
    m_rules->setConfiguration(config);
    m_trial->setConfiguration(config);
    m_matrix->setConfiguration(config);
    showPolicy();
}

void AuthorizationPage::showPolicy()
{
    const bool isOpen = m_config.guard.policy == auth::Policy::Open;
    m_policy->setText(isOpen ? tr("Without a rule: allow") : tr("Without a rule: deny"));
    m_policy->setToolTip(tr("What is decided for private and presence channels that no rule names (authorize.policy)"));
    m_policy->setLook(isOpen ? QStringLiteral("public") : QStringLiteral("private"),
                      isOpen ? Tone::Warning : Tone::Success);
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
    m_rules->setWarning(warning);
    m_trial->showSnapshot(snapshot);
    m_matrix->showSnapshot(snapshot);
}

void AuthorizationPage::addDecisions(std::vector<engine::Decision> decisions, std::size_t dropped)
{
    m_decisions->addDecisions(std::move(decisions), dropped);
}

void AuthorizationPage::showVerdict(const engine::AuthorizationVerdict& verdict)
{
    m_trial->showVerdict(verdict);
}

} // namespace castdeck::ui
