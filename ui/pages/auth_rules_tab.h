#pragma once

#include "core/remote/builtin_endpoint.h"
#include "ui/models/persona.h"

#include <QtWidgets/QWidget>

#include <memory>

class QLabel;
class QLineEdit;
class QPushButton;

namespace castdeck::ui {

class AuthRuleForm;
class Chip;
class DataTable;
class EmptyState;
class PersonaBox;
class RuleControl;
class RulesModel;

/// The rules of the built-in endpoint in their order, a form to change them, and a line that says while one types which
/// of them decides, the one in the form as it stands there.
class AuthRulesTab : public QWidget {
    Q_OBJECT

public:
    explicit AuthRulesTab(PersonaBook& book, QWidget* parent = nullptr);

    void setConfiguration(const auth::AuthorizationConfig& config);
    void setWarning(const QString& warning); ///< Empty for none.
    void ask(const std::string& personaId, const QString& channel);
    /// Where rules are changed; null: nowhere. It must outlive the page.
    void setControl(RuleControl* control);

    /// False when that could not be done; what is wrong is said.
    bool importFrom(const QString& path);
    bool exportTo(const QString& path);

private:
    /// The rules of the file by the row of the table that shows them. Of several with one pattern, which stand in one
    /// row, the last one counts. Empty when the file does not tell which is which.
    using RowTexts = std::vector<std::vector<std::string>>;

    QWidget* buildHead();
    QWidget* buildTestLine();
    QWidget* buildActions();
    void addRule();
    void editRule();
    void removeRule();
    void moveRule(int by);
    void saveRule(const std::string& rule);
    bool keep(const RowTexts& rows, int chosen);
    RowTexts rowTexts() const;
    void showForm(bool isShown);
    void say(const QString& sentence);
    void showActions();
    int chosenRow() const; ///< -1 when there is none.
    void chooseFile(bool isSave);
    void rebuild();
    auth::AuthorizationConfig configurationToTest();
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
    RuleControl* m_control = nullptr;
    QWidget* m_actions;
    QPushButton* m_edit;
    QPushButton* m_up;
    QPushButton* m_down;
    QPushButton* m_remove;
    QLabel* m_said;
    AuthRuleForm* m_form;
    bool m_isMarked = false; ///< What is selected is what decides.
    QString m_formRemark;    ///< How the line takes the rule in the form; empty without one.
    int m_edited = -1;       ///< The row in the form; -1: a rule that is added.
};

} // namespace castdeck::ui
