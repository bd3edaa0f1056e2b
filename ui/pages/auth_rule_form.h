#pragma once

#include "core/auth/rule_form.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QVBoxLayout;

namespace castdeck::ui {

class Segmented;

/// One authorization rule to fill in: for which channels, who, with which result.
class AuthRuleForm : public QWidget {
    Q_OBJECT

public:
    explicit AuthRuleForm(QWidget* parent = nullptr);

    /// `title` says what is being done.
    void edit(const QString& title, const auth::RuleForm& form);
    /// Under the fields; the form stays.
    void showProblem(const QString& sentence);
    /// The rule in JSON, or what is wrong with it.
    Result<std::string> rule() const;

Q_SIGNALS:
    void changed();                              ///< By whoever fills it in.
    void saveRequested(const std::string& rule); ///< In JSON, whole and correct.
    void cancelled();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void build(QVBoxLayout& column);
    auth::RuleForm form() const;
    void showWho();
    void showKinds(const std::vector<auth::Kind>& kinds);
    void save();

    auth::RuleForm m_form; ///< As it was.
    QLabel* m_title;
    QLineEdit* m_pattern;
    QComboBox* m_who;
    QLabel* m_valueCaption;
    QLineEdit* m_value;
    Segmented* m_result;
    QComboBox* m_kinds;
    QLineEdit* m_member;
    QLineEdit* m_note;
    QLabel* m_problem;
};

} // namespace castdeck::ui
