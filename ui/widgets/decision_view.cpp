#include "ui/widgets/decision_view.h"

#include "ui/models/decision_words.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/payload_view.h"
#include "ui/widgets/value_text.h"

#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

QString ruleWords(const engine::Decision& decision)
{
    if (decision.ruleIndex == 0)
        return deciderOf(decision);
    return DecisionView::tr("rule %1, %2").arg(decision.ruleIndex).arg(shownText(decision.rule, 256));
}

QString parameterWords(const engine::AuthorizationVerdict& verdict)
{
    QStringList words;
    for (const auto& [name, value] : verdict.params)
        words << DecisionView::tr("%1 = %2").arg(shownText(name, 64), shownText(value, 200));
    return words.join(QStringLiteral(", "));
}

} // namespace

std::string shownAnswer(std::string body)
{
    constexpr std::string_view key = R"("shared_secret":")";
    const std::size_t start = body.find(key);
    if (start == std::string::npos)
        return body;
    const std::size_t value = start + key.size();
    return body.replace(value, body.find('"', value) - value, "••••");
}

DecisionView::DecisionView(QWidget* parent)
    : QWidget{parent}
    , m_stack{new QStackedWidget}
    , m_nothing{makeLabel({}, TextKind::Hint)}
    , m_verdict{new Chip{Chip::Use::Information}}
    , m_status{makeLabel({}, TextKind::Muted)}
    , m_explanation{new ValueText{bodyFont()}}
    , m_fields{new QFormLayout}
    , m_answerHead{makeLabel(tr("Answer"), TextKind::Label)}
    , m_answer{new PayloadView{QStringLiteral("auth.decision.answer")}}
{
    m_nothing->setWordWrap(true);
    m_nothing->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_explanation->setObjectName(QStringLiteral("auth.explanation"));
    m_status->setObjectName(QStringLiteral("auth.status"));
    m_fields->setContentsMargins(0, 0, 0, 0);
    m_fields->setHorizontalSpacing(metrics::large);
    m_fields->setVerticalSpacing(6);
    m_fields->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);

    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::small);
    head->addWidget(m_verdict);
    head->addWidget(m_status, 1);
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout{content};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::medium);
    layout->addLayout(head);
    layout->addWidget(m_explanation);
    layout->addLayout(m_fields);
    layout->addWidget(m_answerHead);
    layout->addWidget(m_answer, 1);
    layout->addStretch(0);
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(content);
    auto* outer = new QVBoxLayout{this};
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);
}

void DecisionView::showNothing(const QString& sentence)
{
    m_nothing->setText(sentence);
    m_stack->setCurrentIndex(0);
}

void DecisionView::show(const engine::Decision& decision)
{
    while (m_fields->rowCount() > 0)
        m_fields->removeRow(0);
    const VerdictLook look = lookOf(decision);
    m_verdict->setText(look.word);
    m_verdict->setLook(look.icon, look.tone);
    m_status->setText(decision.httpStatus == 0 ? QString{} : tr("HTTP %1").arg(decision.httpStatus));
    m_explanation->setText(shownText(decision.explanation, 2'048));
    addField(tr("Channel"), decision.channel.empty() ? tr("none: who is asking") : shownText(decision.channel, 256));
    addField(tr("Decided by"), ruleWords(decision));
    addField(tr("Who"), actorAndSourceWords(decision));
    m_stack->setCurrentIndex(1);
}

void DecisionView::addField(const QString& name, const QString& value)
{
    if (value.isEmpty())
        return;
    auto* text = new ValueText{bodyFont()};
    text->setText(value);
    QLabel* label = makeLabel(name, TextKind::Hint);
    label->setFixedWidth(84);
    m_fields->addRow(label, text);
}

void DecisionView::showDecision(const engine::Decision& decision)
{
    show(decision);
    addField(tr("Socket"), shownText(decision.socketId, 64));
    addField(tr("From"), shownText(decision.remoteIp, 64));
    addField(tr("Request"), shownText(decision.method + " " + decision.path, 256));
    m_answerHead->hide();
    m_answer->hide();
}

void DecisionView::showVerdict(const engine::AuthorizationVerdict& verdict)
{
    show(verdict.decision);
    addField(tr("Parameters"), parameterWords(verdict));
    if (verdict.decision.isAllowed)
        addField(tr("Signature"), verdict.isSignatureRight ? tr("right") : tr("none: this answer needs no signature"));
    m_answer->setPayload(std::make_shared<const std::string>(shownAnswer(verdict.body)));
    m_answerHead->show();
    m_answer->show();
}

} // namespace castdeck::ui
