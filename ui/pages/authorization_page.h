#pragma once

#include "core/auth/authorization_config.h"
#include "core/engine/snapshot.h"
#include "core/hub/app_config.h"
#include "ui/bridge/server_view.h"

#include <QtWidgets/QWidget>

class QLabel;
class QStackedWidget;

namespace castdeck::ui {

class TrialPanel;
class Chip;
class DataTable;
class DecisionsModel;
class EmptyState;
class RulesModel;

/// Who may use which channel: the rules in their order, a try-out, and what was decided.
class AuthorizationPage : public QWidget {
    Q_OBJECT

public:
    AuthorizationPage(ServerControl& server, const std::vector<hub::AppConfig>& apps,
                      const auth::AuthorizationConfig& config, QWidget* parent = nullptr);

    TrialPanel* trial() const { return m_trial; }
    void showSnapshot(const engine::Snapshot& snapshot);
    void addDecisions(std::vector<engine::Decision> decisions, std::size_t dropped);
    void showVerdict(const engine::AuthorizationVerdict& verdict);

private:
    QWidget* buildMain();
    QLayout* buildHead();
    QWidget* buildRules();
    QWidget* buildDecisions();
    void showPolicy();
    void showCount();
    void showSelected();

    const auth::AuthorizationConfig m_config;
    RulesModel* m_rules;
    DecisionsModel* m_decisions;
    Chip* m_policy;
    QLabel* m_meaning;
    QLabel* m_warning;
    DataTable* m_rulesTable;
    DataTable* m_decisionsTable;
    QLabel* m_count;
    QStackedWidget* m_decisionsStack;
    TrialPanel* m_trial;
};

} // namespace castdeck::ui
