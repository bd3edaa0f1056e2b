#include "ui/pages/auth_result_view.h"

#include "ui/pages/auth_check_list.h"
#include "ui/text/shown_text.h"
#include "ui/theme/curtain.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/payload_view.h"

#include <QtGui/QTextBlock>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <memory>

namespace castdeck::ui {

using remote::EndpointOutcome;

namespace {

constexpr std::size_t maxShownBytes = 32'768;

QPlainTextEdit* makeCode(const char* name, const QString& accessibleName)
{
    auto* text = new QPlainTextEdit;
    text->setObjectName(QLatin1String{name});
    hideBehindCurtain(text);
    text->setAccessibleName(accessibleName);
    text->setReadOnly(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setProperty("look", QStringLiteral("code"));
    text->setFont(codeFont());
    text->setTabChangesFocus(true);
    text->setWordWrapMode(QTextOption::WrapAnywhere);
    text->document()->setDocumentMargin(metrics::small);
    return text;
}

void showLines(QPlainTextEdit* text, int lines)
{
    text->setFixedHeight(lines * text->fontMetrics().lineSpacing() + 2 * metrics::small + 4);
}

} // namespace

AuthResultView::AuthResultView(QWidget* parent)
    : QWidget{parent}
    , m_stack{new QStackedWidget}
    , m_nothing{new EmptyState{QStringLiteral("auth.result.empty.action")}}
    , m_verdict{new Chip{Chip::Use::Information}}
    , m_status{makeLabel({}, TextKind::Muted)}
    , m_copy{makeButton(QStringLiteral("auth.result.copy"), tr("Copy report"), QStringLiteral("copy"),
                        ButtonKind::Small)}
    , m_tabs{new QTabBar}
    , m_pages{new QStackedWidget}
    , m_checks{new AuthCheckList}
    , m_request{makeCode("auth.result.request", tr("Request"))}
    , m_answerHead{makeCode("auth.result.head", tr("Head of the answer"))}
    , m_answer{new PayloadView{QStringLiteral("auth.answer")}}
    , m_guess{makeLabel()}
    , m_text{makeCode("auth.result.text", tr("String to sign"))}
    , m_signatures{makeCode("auth.result.signatures", tr("Signatures"))}
{
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(buildContent());
    auto* outer = new QVBoxLayout{this};
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);
    connect(m_copy, &QPushButton::clicked, this, [this] { copyWithNotice(m_copy, m_report); });
}

QWidget* AuthResultView::buildContent()
{
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout{content};
    layout->setContentsMargins(0, metrics::medium, 0, 0);
    layout->setSpacing(metrics::small);
    layout->addLayout(buildHead());
    layout->addWidget(buildTabs());
    layout->addWidget(m_pages, 1);
    return content;
}

QLayout* AuthResultView::buildHead()
{
    m_status->setObjectName(QStringLiteral("auth.result.status"));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(metrics::page, 0, metrics::page, 0);
    head->setSpacing(metrics::small);
    head->addWidget(m_verdict);
    head->addWidget(m_status, 1);
    head->addWidget(m_copy);
    return head;
}

QWidget* AuthResultView::buildTabs()
{
    m_tabs->setObjectName(QStringLiteral("auth.result.tabs"));
    m_tabs->setAccessibleName(tr("Parts of the result"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    for (const QString& title : {tr("Steps"), tr("Request"), tr("Answer"), tr("Signature")})
        m_tabs->addTab(title);
    auto* steps = new QScrollArea;
    auto* inset = new QWidget;
    auto* insetLayout = new QVBoxLayout{inset};
    insetLayout->setContentsMargins(metrics::medium, metrics::small, metrics::medium, metrics::medium);
    insetLayout->addWidget(m_checks);
    steps->setWidget(inset);
    steps->setWidgetResizable(true);
    steps->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    steps->setFocusPolicy(Qt::NoFocus);
    auto* request = new QWidget;
    auto* requestLayout = new QVBoxLayout{request};
    requestLayout->setContentsMargins(metrics::page, metrics::medium, metrics::page, metrics::page);
    requestLayout->addWidget(m_request);
    for (QWidget* page : {static_cast<QWidget*>(steps), request, buildAnswer(), buildSignature()})
        m_pages->addWidget(page);
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    auto* bar = new QWidget;
    auto* layout = new QVBoxLayout{bar};
    layout->setContentsMargins(metrics::page, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_tabs);
    return bar;
}

QWidget* AuthResultView::buildAnswer()
{
    auto* answer = new QWidget;
    auto* layout = new QVBoxLayout{answer};
    layout->setContentsMargins(metrics::page, metrics::medium, metrics::page, metrics::page);
    layout->setSpacing(metrics::small);
    layout->addWidget(makeLabel(tr("Status and headers"), TextKind::Label));
    layout->addWidget(m_answerHead);
    layout->addWidget(makeLabel(tr("Body"), TextKind::Label));
    layout->addWidget(m_answer, 1);
    return answer;
}

QWidget* AuthResultView::buildSignature()
{
    m_guess->setObjectName(QStringLiteral("auth.result.guess"));
    m_guess->setWordWrap(true);
    hideBehindCurtain(m_guess); // It may name a key.
    m_guess->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* signature = new QWidget;
    auto* layout = new QVBoxLayout{signature};
    layout->setContentsMargins(metrics::page, metrics::medium, metrics::page, metrics::page);
    layout->setSpacing(metrics::small);
    layout->addWidget(m_guess);
    layout->addWidget(makeLabel(tr("String to sign"), TextKind::Label));
    layout->addWidget(m_text);
    layout->addWidget(makeLabel(tr("HMAC-SHA256 with the app's secret"), TextKind::Label));
    layout->addWidget(m_signatures);
    layout->addStretch();
    return signature;
}

void AuthResultView::showNothing(const QString& title, const QString& sentence)
{
    m_nothing->setContent({QStringLiteral("private"), title, sentence, {}});
    m_stack->setCurrentIndex(0);
}

void AuthResultView::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
}

void AuthResultView::showTrial(const remote::EndpointTrial& trial)
{
    showVerdict(trial);
    m_checks->showReport(trial.report);
    m_request->setPlainText(shownText(trial.request, maxShownBytes, LineEnds::Keep));
    m_answerHead->setPlainText(trial.answerHead.empty()
                                   ? tr("There was no answer.")
                                   : shownText(trial.answerHead, maxShownBytes, LineEnds::Keep).trimmed());
    showLines(m_answerHead, std::clamp(m_answerHead->document()->blockCount(), 1, 8));
    m_answer->setPayload(trial.answerHead.empty() ? nullptr : std::make_shared<const std::string>(trial.answerBody));
    showSignature(trial.report);
    m_report = toQt(reportText(trial));
    m_stack->setCurrentIndex(1);
}

void AuthResultView::showVerdict(const remote::EndpointTrial& trial)
{
    const auto failed = trial.report.firstFailed();
    const EndpointOutcome outcome = trial.report.outcome();
    m_verdict->setText(outcome == EndpointOutcome::Allowed  ? tr("Allow")
                       : outcome == EndpointOutcome::Denied ? tr("Deny")
                                                            : tr("Error"));
    m_verdict->setLook(outcome == EndpointOutcome::Allowed  ? QStringLiteral("check")
                       : outcome == EndpointOutcome::Denied ? QStringLiteral("deny")
                                                            : QStringLiteral("warning"),
                       outcome == EndpointOutcome::Allowed ? Tone::Success : Tone::Danger);
    QStringList words;
    if (failed)
        words << tr("check %1 of 12 failed").arg(static_cast<int>(*failed) + 1);
    else
        words << tr("a client gets in");
    if (trial.httpStatus > 0)
        words << tr("HTTP %1").arg(trial.httpStatus);
    words << tr("%1 ms").arg(trial.time.count() / 1'000);
    m_status->setText(words.join(QStringLiteral("  ·  ")));
}

void AuthResultView::showSignature(const remote::EndpointReport& report)
{
    const remote::SignatureDetail& detail = report.detail;
    const bool hasDetail = !detail.text.empty();
    m_text->setPlainText(hasDetail ? shownText(detail.text) : tr("None was compared."));
    if (!detail.signedText.empty())
        m_text->appendPlainText(tr("signed in its place:\n%1").arg(shownText(detail.signedText)));
    showLines(m_text, detail.signedText.empty() ? 2 : 5);
    const QString reason = shownText(report.at(remote::Check::Signature).sentence, 1'000);
    m_guess->setText(reason.isEmpty() ? tr("No check reached the signature.") : reason);
    if (!hasDetail) {
        m_signatures->setPlainText({});
        showLines(m_signatures, 2);
        return;
    }
    QStringList lines{tr("expected"), toQt(detail.expected), tr("received"), shownText(detail.received, 200)};
    if (detail.firstDifference)
        lines << QString{static_cast<int>(*detail.firstDifference), u' '} +
                     tr("^ first difference, character %1").arg(*detail.firstDifference + 1);
    m_signatures->setWordWrapMode(QTextOption::NoWrap);
    m_signatures->setPlainText(lines.join(u'\n'));
    showLines(m_signatures, 6);
    QList<QTextEdit::ExtraSelection> marks;
    for (const int line : {1, 3}) {
        if (!detail.firstDifference)
            break;
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor{m_signatures->document()->findBlockByNumber(line)};
        mark.cursor.movePosition(QTextCursor::Right, QTextCursor::MoveAnchor,
                                 static_cast<int>(*detail.firstDifference));
        mark.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        mark.format.setForeground(Theme::colors().danger);
        mark.format.setBackground(Theme::colors().soft(Tone::Danger));
        marks << mark;
    }
    m_signatures->setExtraSelections(marks);
}

} // namespace castdeck::ui
