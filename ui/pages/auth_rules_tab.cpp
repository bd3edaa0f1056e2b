#include "ui/pages/auth_rules_tab.h"

#include "ui/models/rules_model.h"
#include "ui/pages/auth_persona_box.h"
#include "ui/pages/auth_rule_form.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/empty_state.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <utility>

namespace castdeck::ui {

namespace {

constexpr const char* someSocket = "1234.5678"; ///< Nothing is signed for anybody.
constexpr int personaWidth = 190;

QString policyMeaning(auth::Policy policy)
{
    switch (policy) {
    case auth::Policy::Open:
        return AuthRulesTab::tr("Where no rule matches, private channels are everybody's, and presence channels every "
                                "known actor's.");
    case auth::Policy::Closed: return AuthRulesTab::tr("Where no rule matches, only public channels may be used.");
    case auth::Policy::Strict:
        return AuthRulesTab::tr("Where no rule matches, nothing may be used, public channels included.");
    }
    return {};
}

QString capitalized(QString sentence)
{
    if (!sentence.isEmpty())
        sentence[0] = sentence[0].toUpper();
    return sentence;
}

} // namespace

AuthRulesTab::AuthRulesTab(PersonaBook& book, QWidget* parent)
    : QWidget{parent}
    , m_book{book}
    , m_rules{new RulesModel{this}}
    , m_table{new DataTable{QStringLiteral("auth.rules.table"), tr("Rules")}}
    , m_empty{new EmptyState{QStringLiteral("auth.rules.empty")}}
    , m_meaning{makeLabel({}, TextKind::Muted)}
    , m_warning{makeLabel({}, TextKind::Error)}
    , m_persona{new PersonaBox{book, QStringLiteral("auth.rules.persona"), tr("Who asks")}}
    , m_channel{new QLineEdit}
    , m_verdict{new Chip{Chip::Use::Information}}
    , m_words{makeLabel()}
    , m_actions{new QWidget}
    , m_edit{makeButton(QStringLiteral("auth.rules.edit"), tr("Edit"), {}, ButtonKind::Small)}
    , m_up{makeButton(QStringLiteral("auth.rules.up"), tr("Up"), {}, ButtonKind::Small)}
    , m_down{makeButton(QStringLiteral("auth.rules.down"), tr("Down"), {}, ButtonKind::Small)}
    , m_remove{makeButton(QStringLiteral("auth.rules.remove"), tr("Remove"), {}, ButtonKind::Small)}
    , m_said{makeLabel({}, TextKind::Hint)}
    , m_form{new AuthRuleForm}
{
    setObjectName(QStringLiteral("auth.rules"));
    m_table->setColumnWidths({40, 250, 0, 110, 160});
    m_table->setModel(m_rules);
    m_table->hideBelow(860, RulesModel::Note);
    m_table->hideBelow(560, RulesModel::Kinds);
    auto* inset = new QHBoxLayout;
    inset->setContentsMargins(metrics::medium, 0, metrics::medium, 0);
    inset->addWidget(m_table);
    inset->addWidget(m_empty);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(buildActions());
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addLayout(inset, 1);
    middle->addWidget(m_form);
    layout->addLayout(middle, 1);
    layout->addWidget(makeArea("line"));
    layout->addWidget(buildTestLine());
    m_form->hide();
    setFocusProxy(m_channel);
    connect(m_persona, &QComboBox::currentIndexChanged, this, &AuthRulesTab::decide);
    connect(m_channel, &QLineEdit::textChanged, this, &AuthRulesTab::decide);
    connect(&m_book, &PersonaBook::changed, this, &AuthRulesTab::rebuild);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AuthRulesTab::showActions);
    connect(m_table, &QTableView::doubleClicked, this, &AuthRulesTab::editRule);
    connect(m_form, &AuthRuleForm::saveRequested, this, &AuthRulesTab::saveRule);
    connect(m_form, &AuthRuleForm::changed, this, &AuthRulesTab::rebuild);
    connect(m_form, &AuthRuleForm::cancelled, this, [this] { showForm(false); });
    connect(m_empty->button(), &QPushButton::clicked, this,
            [this] { keep({{R"({"pattern":"private-*","when":{"value":"actor","is":"exists"}})"}}, 0); });
    setControl(nullptr);
}

QWidget* AuthRulesTab::buildHead()
{
    m_meaning->setWordWrap(true);
    m_warning->setWordWrap(true);
    m_warning->setObjectName(QStringLiteral("auth.warning"));
    m_warning->hide();
    auto* head = new QWidget;
    auto* layout = new QVBoxLayout{head};
    layout->setContentsMargins(metrics::page, metrics::medium, metrics::page, metrics::small);
    layout->setSpacing(metrics::tiny);
    layout->addWidget(m_meaning);
    layout->addWidget(m_warning);
    return head;
}

QWidget* AuthRulesTab::buildTestLine()
{
    m_persona->setFixedWidth(personaWidth);
    m_channel->setObjectName(QStringLiteral("auth.rules.channel"));
    m_channel->setAccessibleName(tr("Channel"));
    m_channel->setPlaceholderText(tr("private-orders.5"));
    m_channel->setClearButtonEnabled(true);
    m_words->setObjectName(QStringLiteral("auth.rules.words"));
    m_words->setWordWrap(true);
    auto* fields = new QHBoxLayout;
    fields->setSpacing(metrics::small);
    fields->addWidget(makeLabel(tr("Which rule decides?"), TextKind::Label));
    fields->addSpacing(metrics::tiny);
    fields->addWidget(m_persona);
    fields->addWidget(makeLabel(tr("asks for"), TextKind::Muted));
    fields->addWidget(m_channel, 1);
    auto* answer = new QHBoxLayout;
    answer->setSpacing(metrics::small);
    answer->addWidget(m_verdict, 0, Qt::AlignTop);
    answer->addWidget(m_words, 1);
    auto* line = new QWidget;
    auto* layout = new QVBoxLayout{line};
    layout->setContentsMargins(metrics::page, metrics::medium, metrics::page, metrics::large);
    layout->setSpacing(metrics::small);
    layout->addLayout(fields);
    layout->addLayout(answer);
    m_words->setMinimumHeight(2 * m_words->fontMetrics().lineSpacing()); // So that typing moves nothing.
    m_words->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    return line;
}

void AuthRulesTab::setConfiguration(const auth::AuthorizationConfig& config)
{
    m_config = config;
    m_rules->setRules(auth::RuleSet{config.rules});
    const bool hasRules = m_rules->rowCount() > 0;
    const bool isOpen = config.guard.policy == auth::Policy::Open;
    m_meaning->setText(
        config.forwardUrl.empty()
            ? policyMeaning(config.guard.policy)
            : tr("Another application decides for private and presence channels; these rules do for the others."));
    m_empty->setContent({QStringLiteral("private"),
                         isOpen ? tr("No rules: private channels are open") : tr("No rules: everything is denied"),
                         tr("Rules are in authorize.topics of broadcasting.json; the first whose pattern matches "
                            "a channel decides."),
                         m_control != nullptr ? tr("Add 'signed-in users may join private-*'") : QString{}});
    m_empty->setVisible(!hasRules);
    m_table->setVisible(hasRules);
    rebuild();
    showActions();
}

void AuthRulesTab::setWarning(const QString& warning)
{
    m_warning->setText(warning);
    m_warning->setVisible(!warning.isEmpty());
}

void AuthRulesTab::ask(const std::string& personaId, const QString& channel)
{
    m_persona->choose(personaId);
    m_channel->setText(channel);
}

void AuthRulesTab::rebuild()
{
    m_endpoint = std::make_unique<const remote::BuiltinEndpoint>(configurationToTest(), std::vector<hub::AppConfig>{},
                                                                 m_book.personas());
    decide();
}

/// With the rule in the form, unless that has a mistake.
auth::AuthorizationConfig AuthRulesTab::configurationToTest()
{
    m_formRemark.clear();
    if (m_form->isHidden())
        return m_config;
    const auto text = m_form->rule();
    const auto rule = text ? auth::ruleFrom(*text) : Result<auth::Rule>{text.error()};
    if (!rule) {
        m_formRemark = tr("Without the rule in the form. %1").arg(shownText(rule.error().detail, 400));
        return m_config;
    }
    m_formRemark = tr("With the rule as it stands in the form.");
    auth::AuthorizationConfig config = m_config;
    config.rules.clear();
    for (std::size_t i = 0; i < m_config.rules.size(); ++i)
        auth::addOrReplace(config.rules, static_cast<int>(i) == m_edited ? *rule : m_config.rules[i]);
    if (m_edited < 0)
        auth::addOrReplace(config.rules, *rule);
    return config;
}

void AuthRulesTab::decide()
{
    if (!m_endpoint)
        return;
    const std::string channel = toStd(m_channel->text().trimmed());
    m_verdict->setVisible(!channel.empty());
    if (channel.empty()) {
        if (std::exchange(m_isMarked, false)) // What somebody has selected stays.
            m_table->clearSelection();
        m_words->setText(tr("Type a channel, and the rule that decides is told and marked above. Nothing is asked of "
                            "the server."));
        setStyleProperty(m_words, "textKind", QStringLiteral("hint"));
        return;
    }
    setStyleProperty(m_words, "textKind", {});
    const Persona persona = m_persona->persona();
    remote::EndpointTarget target;
    target.headers = persona.requestHeaders();
    showDecision(m_endpoint->decide(target, {channel, someSocket}, persona));
}

void AuthRulesTab::showDecision(const auth::AuthorizationStatus& status)
{
    const bool isError = status.reason == auth::Reason::RuleError || status.reason == auth::Reason::BadChannel;
    m_verdict->setText(status.allowed ? tr("Allow") : isError ? tr("Error") : tr("Deny"));
    m_verdict->setLook(status.allowed ? QStringLiteral("check")
                       : isError      ? QStringLiteral("warning")
                                      : QStringLiteral("deny"),
                       status.allowed ? Tone::Success : Tone::Danger);
    m_isMarked = true;
    const QString words = capitalized(shownText(status.explanation, 1'000)) + u'.';
    m_words->setText(m_formRemark.isEmpty() ? words : m_formRemark + u' ' + words);
    if (status.ruleIndex > 0 && static_cast<int>(status.ruleIndex) <= m_rules->rowCount())
        m_table->selectRow(static_cast<int>(status.ruleIndex) - 1);
    else
        m_table->clearSelection();
}

} // namespace castdeck::ui
