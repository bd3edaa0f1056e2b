#pragma once

#include "core/engine/authorization.h"

#include <QtWidgets/QWidget>

class QFormLayout;
class QLabel;
class QStackedWidget;

namespace castdeck::ui {

class Chip;
class PayloadView;
class ValueText;

/// One decision in full: the verdict, the sentence that explains it, who decided about whom, and the answer if there
/// was one to see.
class DecisionView : public QWidget {
    Q_OBJECT

public:
    explicit DecisionView(QWidget* parent = nullptr);

    void showNothing(const QString& sentence);
    void showDecision(const engine::Decision& decision);
    void showVerdict(const engine::AuthorizationVerdict& verdict);

private:
    void show(const engine::Decision& decision);
    void addField(const QString& name, const QString& value);

    QStackedWidget* m_stack;
    QLabel* m_nothing;
    Chip* m_verdict;
    QLabel* m_status;
    ValueText* m_explanation;
    QFormLayout* m_fields;
    QWidget* m_answerHead;
    PayloadView* m_answer;
};

/// A body for the screen: the key of an encrypted channel is masked.
std::string shownAnswer(std::string body);

} // namespace castdeck::ui
