#pragma once

#include "core/auth/authorization_config.h"
#include "core/engine/snapshot.h"
#include "core/hub/app_config.h"
#include "ui/bridge/documents.h"
#include "ui/bridge/server_view.h"

#include <QtWidgets/QWidget>

class QStackedWidget;
class QTabBar;

namespace castdeck::ui {

class AuthDecisionsTab;
class AuthMatrixTab;
class AuthPersonasTab;
class AuthRulesTab;
class Chip;
class PersonaBook;
class TrialPanel;

/// Who may use which channel: the rules, one request with its twelve checks, a matrix of personas and channels, the
/// personas, and what was decided.
class AuthorizationPage : public QWidget {
    Q_OBJECT

public:
    enum Tab { Rules, Try, Matrix, Personas, Decisions };

    /// Without documents, personas and expectations are kept for this run only. They outlive the page.
    AuthorizationPage(ServerControl& server, const std::vector<hub::AppConfig>& apps,
                      const auth::AuthorizationConfig& config, Documents* documents = nullptr,
                      QWidget* parent = nullptr);

    TrialPanel* trial() const { return m_trial; }
    AuthRulesTab* rules() const { return m_rules; }
    AuthMatrixTab* matrix() const { return m_matrix; }
    AuthPersonasTab* personas() const { return m_personas; }
    PersonaBook& personaBook() const { return *m_book; }
    Tab tab() const;

    /// When the configuration has been read again.
    void setApps(const std::vector<hub::AppConfig>& apps);
    void setConfiguration(const auth::AuthorizationConfig& config);
    void showSnapshot(const engine::Snapshot& snapshot);
    void addDecisions(std::vector<engine::Decision> decisions, std::size_t dropped);
    void showVerdict(const engine::AuthorizationVerdict& verdict);

public Q_SLOTS:
    void showTab(castdeck::ui::AuthorizationPage::Tab tab);
    void run(); ///< The matrix when it is shown, else the try.
    void runAll();
    void runChanged();

private:
    QWidget* buildHead();
    void showPolicy();

    MemoryDocuments m_memory;
    PersonaBook* m_book;
    auth::AuthorizationConfig m_config;
    Chip* m_policy;
    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    AuthRulesTab* m_rules;
    TrialPanel* m_trial;
    AuthMatrixTab* m_matrix;
    AuthPersonasTab* m_personas;
    AuthDecisionsTab* m_decisions;
};

} // namespace castdeck::ui
