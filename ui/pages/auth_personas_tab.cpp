#include "ui/pages/auth_personas_tab.h"

#include "core/base/json.h"
#include "ui/models/persona_model.h"
#include "ui/text/header_lines.h"
#include "ui/text/shown_text.h"
#include "ui/theme/curtain.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/form_fields.h"

#include <QtCore/QScopedValueRollback>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

#include <array>
#include <utility>

namespace castdeck::ui {

namespace {

constexpr int formWidth = 400;

constexpr std::array<const char*, personaColors.size()> colorNames{
    QT_TRANSLATE_NOOP("castdeck::ui::AuthPersonasTab", "Blue"),
    QT_TRANSLATE_NOOP("castdeck::ui::AuthPersonasTab", "Teal"),
    QT_TRANSLATE_NOOP("castdeck::ui::AuthPersonasTab", "Violet"),
    QT_TRANSLATE_NOOP("castdeck::ui::AuthPersonasTab", "Amber"),
    QT_TRANSLATE_NOOP("castdeck::ui::AuthPersonasTab", "Green"),
    QT_TRANSLATE_NOOP("castdeck::ui::AuthPersonasTab", "Red")};

} // namespace

AuthPersonasTab::AuthPersonasTab(PersonaBook& book, QWidget* parent)
    : QWidget{parent}
    , m_book{book}
    , m_model{new PersonaModel{book, this}}
    , m_table{new DataTable{QStringLiteral("auth.personas.table"), tr("Personas")}}
    , m_remove{makeButton(QStringLiteral("auth.personas.remove"), tr("Remove"), QStringLiteral("clear"))}
    , m_name{makeField("auth.personas.name", tr("Name"))}
    , m_id{makeField("auth.personas.id", tr("User id"))}
    , m_roles{makeField("auth.personas.roles", tr("Roles"), tr("staff, lead"))}
    , m_color{new QComboBox}
    , m_info{makeLines("auth.personas.info", tr("User info"), tr("{\"name\": \"Ana\"}"), 4)}
    , m_headers{makeLines("auth.personas.headers", tr("Headers"), tr("Authorization: Bearer …"), 3)}
    , m_cookies{makeField("auth.personas.cookies", tr("Cookies"), tr("laravel_session=…"))}
    , m_problem{makeLabel({}, TextKind::Error)}
{
    setObjectName(QStringLiteral("auth.personas"));
    for (QWidget* hidden : std::initializer_list<QWidget*>{m_headers, m_cookies})
        hideBehindCurtain(hidden);
    setFocusProxy(m_table);
    m_color->setObjectName(QStringLiteral("auth.personas.color"));
    m_color->setAccessibleName(tr("Colour"));
    for (std::size_t i = 0; i < personaColors.size(); ++i)
        m_color->addItem(icon(QStringLiteral("disc"), personaColors[i].tone), tr(colorNames[i]),
                         QString::fromLatin1(personaColors[i].id));
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildList(), 1);
    layout->addWidget(buildForm());
    for (QLineEdit* field : {m_name, m_id, m_roles, m_cookies})
        connect(field, &QLineEdit::textEdited, this, &AuthPersonasTab::keep);
    for (QPlainTextEdit* text : {m_info, m_headers})
        connect(text, &QPlainTextEdit::textChanged, this, &AuthPersonasTab::keep);
    connect(m_color, &QComboBox::activated, this, &AuthPersonasTab::keep);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &AuthPersonasTab::showChosen);
    m_table->selectRow(0);
}

QWidget* AuthPersonasTab::buildList()
{
    m_table->setColumnWidths({180, 150, 0});
    m_table->setModel(m_model);
    QPushButton* add = makeButton(QStringLiteral("auth.personas.add"), tr("New persona"), QStringLiteral("user"));
    connect(add, &QPushButton::clicked, this, &AuthPersonasTab::addPersona);
    connect(m_remove, &QPushButton::clicked, this, &AuthPersonasTab::removeChosen);
    QLabel* hint =
        makeLabel(tr("A persona is somebody to try things as. At the built-in endpoint the id and the roles count; at "
                     "others, headers and cookies."),
                  TextKind::Muted);
    hint->setWordWrap(true);
    auto* head = new QVBoxLayout;
    head->setContentsMargins(metrics::page, metrics::medium, metrics::page, metrics::small);
    head->addWidget(hint);
    auto* inset = new QHBoxLayout;
    inset->setContentsMargins(metrics::medium, 0, metrics::medium, 0);
    inset->addWidget(m_table);
    auto* actions = new QHBoxLayout;
    actions->setContentsMargins(metrics::page, metrics::medium, metrics::page, metrics::medium);
    actions->setSpacing(metrics::small);
    actions->addWidget(add);
    actions->addWidget(m_remove);
    actions->addStretch();
    auto* list = new QWidget;
    auto* layout = new QVBoxLayout{list};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addLayout(inset, 1);
    layout->addWidget(makeArea("line"));
    layout->addLayout(actions);
    return list;
}

QWidget* AuthPersonasTab::buildForm()
{
    auto* form = new QWidget;
    auto* layout = new QVBoxLayout{form};
    layout->setContentsMargins(metrics::page, metrics::large, metrics::page, metrics::large);
    layout->setSpacing(metrics::tiny);
    addField(layout, tr("Name"), m_name);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::medium);
    auto* left = new QVBoxLayout;
    auto* right = new QVBoxLayout;
    left->setSpacing(metrics::tiny);
    right->setSpacing(metrics::tiny);
    addField(left, tr("User id"), m_id);
    addField(right, tr("Colour"), m_color);
    row->addLayout(left, 3);
    row->addLayout(right, 2);
    layout->addLayout(row);
    addField(layout, tr("Roles"), m_roles);
    addField(layout, tr("User info, as members of presence channels see it"), m_info);
    addField(layout, tr("Headers"), m_headers);
    addField(layout, tr("Cookies"), m_cookies);
    m_problem->setWordWrap(true);
    m_problem->setObjectName(QStringLiteral("auth.personas.problem"));
    layout->addWidget(m_problem);
    layout->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidget(form);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    QFrame* panel = makeArea("panel");
    panel->setFixedWidth(formWidth);
    auto* panelLayout = new QVBoxLayout{panel};
    panelLayout->setContentsMargins(1, 0, 0, 0);
    panelLayout->addWidget(scroll);
    return panel;
}

void AuthPersonasTab::choose(const std::string& id)
{
    if (const int row = m_book.indexOf(id); row >= 0)
        m_table->selectRow(row);
}

void AuthPersonasTab::addPersona()
{
    const Persona persona = m_book.fresh();
    m_book.put(persona);
    choose(persona.id);
    m_name->setFocus();
    m_name->selectAll();
}

void AuthPersonasTab::removeChosen()
{
    const int row = m_book.indexOf(m_chosen);
    m_book.remove(m_chosen);
    m_table->selectRow(std::min(row, m_model->rowCount() - 1));
}

void AuthPersonasTab::showChosen()
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid() || static_cast<std::size_t>(index.row()) >= m_book.personas().size())
        return;
    const QScopedValueRollback showing{m_isShowing, true};
    const Persona& persona = m_book.personas()[static_cast<std::size_t>(index.row())];
    m_chosen = persona.id;
    m_name->setText(toQt(persona.name));
    m_id->setText(toQt(persona.id));
    QStringList roles;
    for (const std::string& role : persona.roles)
        roles << toQt(role);
    m_roles->setText(roles.join(QStringLiteral(", ")));
    m_color->setCurrentIndex(std::max(0, m_color->findData(toQt(persona.color))));
    m_info->setPlainText(toQt(persona.userInfo));
    QStringList headers;
    for (const http::Header& header : persona.headers)
        headers << toQt(header.name + ": " + header.value);
    m_headers->setPlainText(headers.join(u'\n'));
    m_cookies->setText(toQt(persona.cookies));
    for (QWidget* field : std::initializer_list<QWidget*>{m_id, m_roles, m_color, m_info})
        field->setEnabled(!persona.isAnonymous);
    m_remove->setEnabled(m_book.personas().size() > 1);
    m_problem->clear();
}

bool AuthPersonasTab::read(Persona& persona)
{
    const std::string id = toStd(m_id->text().trimmed());
    const HeaderLines lines = parseHeaderLines(m_headers->toPlainText());
    persona.name = toStd(m_name->text().trimmed());
    persona.color = toStd(m_color->currentData().toString());
    persona.userInfo = toStd(m_info->toPlainText().trimmed());
    persona.headers = lines.headers;
    persona.cookies = toStd(m_cookies->text().trimmed());
    persona.roles.clear();
    for (const QString& role : m_roles->text().split(u',', Qt::SkipEmptyParts))
        persona.roles.push_back(toStd(role.trimmed()));
    std::erase(persona.roles, std::string{});
    const bool isIdTaken = id != m_chosen && m_book.find(id) != nullptr;
    const auto info = json::Value::parse(persona.userInfo);
    QString problem = lines.problem;
    if (id.empty())
        problem = tr("A persona needs a user id.");
    else if (isIdTaken)
        problem = tr("Another persona has this id.");
    else if (!persona.isAnonymous && (!info || !info->is(json::Kind::Object)))
        problem = tr("The user info is a JSON object, such as {\"name\": \"Ana\"}.");
    persona.id = id;
    m_problem->setText(problem);
    return problem.isEmpty();
}

void AuthPersonasTab::keep()
{
    const Persona* const old = m_book.find(m_chosen);
    if (m_isShowing || old == nullptr)
        return;
    Persona persona = *old;
    if (!read(persona))
        return;
    const std::string replaced = std::exchange(m_chosen, persona.id);
    m_book.put(persona, replaced);
}

} // namespace castdeck::ui
