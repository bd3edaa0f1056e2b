#pragma once

#include "core/remote/endpoint_probe.h"

#include <QtWidgets/QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace castdeck::ui {

class AuthCheckList;
class Chip;
class EmptyState;
class PayloadView;

/// What one request to an authorization endpoint told: the verdict, and the tabs Steps, Request, Answer and Signature.
class AuthResultView : public QWidget {
    Q_OBJECT

public:
    enum Tab { Steps, Request, Answer, Signature };

    explicit AuthResultView(QWidget* parent = nullptr);

    void showNothing(const QString& title, const QString& sentence);
    void showTrial(const remote::EndpointTrial& trial);
    void showTab(Tab tab);

private:
    QWidget* buildContent();
    QLayout* buildHead();
    QWidget* buildTabs();
    QWidget* buildAnswer();
    QWidget* buildSignature();
    void showVerdict(const remote::EndpointTrial& trial);
    void showSignature(const remote::EndpointReport& report);

    QStackedWidget* m_stack;
    EmptyState* m_nothing;
    Chip* m_verdict;
    QLabel* m_status;
    QPushButton* m_copy;
    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    AuthCheckList* m_checks;
    QPlainTextEdit* m_request;
    QPlainTextEdit* m_answerHead;
    PayloadView* m_answer;
    QLabel* m_guess;
    QPlainTextEdit* m_text;
    QPlainTextEdit* m_signatures;
    QString m_report;
};

} // namespace castdeck::ui
