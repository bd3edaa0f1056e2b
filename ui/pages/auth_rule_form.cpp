#include "ui/pages/auth_rule_form.h"

#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/form_fields.h"
#include "ui/widgets/segmented.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFrame>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

using Who = auth::RuleForm::Who;

constexpr int formWidth = 340;
constexpr int asItWas = -1; ///< Several kinds at once, which the box keeps and does not make.

} // namespace

AuthRuleForm::AuthRuleForm(QWidget* parent)
    : QWidget{parent}
    , m_title{makeLabel({}, TextKind::Head)}
    , m_pattern{makeField("auth.rule.pattern", tr("Channels"), QStringLiteral("private-orders.{id}"))}
    , m_who{new QComboBox}
    , m_valueCaption{nullptr}
    , m_value{makeField("auth.rule.value", tr("Which"))}
    , m_result{new Segmented{
          {{QStringLiteral("auth.rule.allow"), tr("Allow")}, {QStringLiteral("auth.rule.deny"), tr("Deny")}}}}
    , m_kinds{new QComboBox}
    , m_member{makeField("auth.rule.member", tr("Presence info"), QStringLiteral(R"({"name": "{actor.name}"})"))}
    , m_note{makeField("auth.rule.note", tr("Note"))}
    , m_problem{makeLabel({}, TextKind::Error)}
{
    setObjectName(QStringLiteral("auth.rule"));
    auto* fields = new QWidget;
    auto* column = new QVBoxLayout{fields};
    build(*column);
    auto* scroll = new QScrollArea;
    scroll->setWidget(fields);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    QFrame* panel = makeArea("panel");
    auto* inner = new QVBoxLayout{panel};
    inner->setContentsMargins(1, 0, 0, 0);
    inner->addWidget(scroll);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(panel);
    setFixedWidth(formWidth);
    setFocusProxy(m_pattern);
    connect(m_who, &QComboBox::currentIndexChanged, this, &AuthRuleForm::showWho);
    for (const QLineEdit* field : {m_pattern, m_value, m_member})
        connect(field, &QLineEdit::textChanged, this, &AuthRuleForm::changed);
    for (const QComboBox* choice : {m_who, m_kinds})
        connect(choice, &QComboBox::currentIndexChanged, this, &AuthRuleForm::changed);
    connect(m_result, &Segmented::chosen, this, &AuthRuleForm::changed);
}

void AuthRuleForm::build(QVBoxLayout& column)
{
    m_who->setObjectName(QStringLiteral("auth.rule.who"));
    m_who->setAccessibleName(tr("Who"));
    m_who->addItems({tr("Everybody, anonymous too"), tr("Anyone signed in"), tr("Who has a role"), tr("Some users"),
                     tr("The user in the channel's name"), tr("A condition in JSON")});
    m_kinds->setObjectName(QStringLiteral("auth.rule.kinds"));
    m_kinds->setAccessibleName(tr("Kinds"));
    column.setContentsMargins(metrics::page, metrics::large, metrics::page, metrics::large);
    column.setSpacing(metrics::tiny);
    column.addWidget(m_title);
    column.addSpacing(metrics::small);
    addField(&column, tr("Channels"), m_pattern);
    addField(&column, tr("Who"), m_who);
    m_valueCaption = addField(&column, {}, m_value);
    addField(&column, tr("Result"), m_result);
    addField(&column, tr("Kinds of channels"), m_kinds);
    addField(&column, tr("Presence info, as JSON"), m_member);
    addField(&column, tr("Note"), m_note);
    m_problem->setObjectName(QStringLiteral("auth.rule.problem"));
    m_problem->setWordWrap(true);
    column.addWidget(m_problem);
    QPushButton* save = makeButton(QStringLiteral("auth.rule.save"), tr("Save"), {}, ButtonKind::Primary);
    QPushButton* cancel = makeButton(QStringLiteral("auth.rule.cancel"), tr("Cancel"));
    connect(save, &QPushButton::clicked, this, &AuthRuleForm::save);
    connect(cancel, &QPushButton::clicked, this, &AuthRuleForm::cancelled);
    for (QLineEdit* field : {m_pattern, m_value, m_member, m_note})
        connect(field, &QLineEdit::returnPressed, this, &AuthRuleForm::save);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(metrics::small);
    buttons->addWidget(save);
    buttons->addWidget(cancel);
    buttons->addStretch();
    column.addLayout(buttons);
    column.addStretch();
}

void AuthRuleForm::edit(const QString& title, const auth::RuleForm& form)
{
    m_form = form;
    m_title->setText(title);
    m_pattern->setText(toQt(form.pattern));
    m_value->setText(toQt(form.value));
    m_value->setCursorPosition(0); // A long condition is read from its beginning.
    m_who->setCurrentIndex(static_cast<int>(form.who));
    m_result->setCurrent(form.isDenied ? 1 : 0);
    m_member->setText(toQt(form.member));
    m_note->setText(toQt(form.note));
    showKinds(form.kinds);
    showWho();
    showProblem({});
    m_pattern->setFocus();
}

void AuthRuleForm::showKinds(const std::vector<auth::Kind>& kinds)
{
    m_kinds->clear();
    m_kinds->addItem(tr("All"));
    for (const auth::Kind kind : auth::allKinds)
        m_kinds->addItem(toQt(auth::toText(kind)), static_cast<int>(kind));
    if (kinds.size() == 1) {
        m_kinds->setCurrentIndex(m_kinds->findData(static_cast<int>(kinds.front())));
    } else if (!kinds.empty()) {
        QStringList words;
        for (const auth::Kind kind : kinds)
            words << toQt(auth::toText(kind));
        m_kinds->addItem(words.join(QStringLiteral(", ")), asItWas);
        m_kinds->setCurrentIndex(m_kinds->count() - 1);
    }
}

void AuthRuleForm::showWho()
{
    const auto who = static_cast<Who>(m_who->currentIndex());
    struct Words {
        QString caption;
        QString example;
    };
    const auto words = [who]() -> Words {
        switch (who) {
        case Who::Role: return {tr("Role"), QStringLiteral("admin")};
        case Who::Users: return {tr("User ids, with commas between"), QStringLiteral("1, 2")};
        case Who::UserNamed: return {tr("Part of the name that is the user id"), QStringLiteral("id")};
        case Who::Condition:
            return {tr("Condition"), QStringLiteral(R"({"value": "actor.name", "is": "equals", "to": "Ada"})")};
        case Who::Everybody:
        case Who::SignedIn: break;
        }
        return {};
    }();
    m_valueCaption->setText(words.caption);
    m_value->setAccessibleName(words.caption);
    m_value->setPlaceholderText(words.example);
    m_valueCaption->setVisible(!words.caption.isEmpty());
    m_value->setVisible(!words.caption.isEmpty());
}

auth::RuleForm AuthRuleForm::form() const
{
    auth::RuleForm form = m_form; // With what is not shown.
    form.pattern = toStd(m_pattern->text().trimmed());
    form.who = static_cast<Who>(m_who->currentIndex());
    form.value = toStd(m_value->text());
    form.isDenied = m_result->current() == 1;
    const QVariant kind = m_kinds->currentData();
    if (!kind.isValid())
        form.kinds.clear();
    else if (kind.toInt() != asItWas)
        form.kinds = {static_cast<auth::Kind>(kind.toInt())};
    form.member = toStd(m_member->text());
    form.note = toStd(m_note->text().trimmed());
    return form;
}

Result<std::string> AuthRuleForm::rule() const
{
    return auth::ruleText(form());
}

void AuthRuleForm::save()
{
    const auto text = rule();
    if (!text) {
        showProblem(shownText(text.error().detail, 400));
        return;
    }
    Q_EMIT saveRequested(*text);
}

void AuthRuleForm::showProblem(const QString& sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

void AuthRuleForm::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT cancelled();
    else
        QWidget::keyPressEvent(event);
}

} // namespace castdeck::ui
