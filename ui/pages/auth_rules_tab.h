#pragma once

#include "core/remote/builtin_endpoint.h"
#include "ui/models/persona.h"

#include <QtWidgets/QWidget>

#include <memory>

class QLabel;
class QLineEdit;

namespace castdeck::ui {

class Chip;
class DataTable;
class EmptyState;
class PersonaBox;
class RulesModel;

/// The rules of the built-in endpoint in their order, and a line that says while one types which of them decides.
class AuthRulesTab : public QWidget {
    Q_OBJECT

public:
    explicit AuthRulesTab(PersonaBook& book, QWidget* parent = nullptr);

    void setConfiguration(const auth::AuthorizationConfig& config);
    void setWarning(const QString& warning); ///< Empty for none.
    void ask(const std::string& personaId, const QString& channel);

private:
    QWidget* buildHead();
    QWidget* buildTestLine();
    void rebuild();
    void decide();
    void showDecision(const auth::AuthorizationStatus& status);

    PersonaBook& m_book;
    auth::AuthorizationConfig m_config;
    std::unique_ptr<const remote::BuiltinEndpoint> m_endpoint;
    RulesModel* m_rules;
    DataTable* m_table;
    EmptyState* m_empty;
    QLabel* m_meaning;
    QLabel* m_warning;
    PersonaBox* m_persona;
    QLineEdit* m_channel;
    Chip* m_verdict;
    QLabel* m_words;
};

} // namespace castdeck::ui
