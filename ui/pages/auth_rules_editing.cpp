#include "core/engine/rule_list.h"
#include "ui/bridge/rule_control.h"
#include "ui/models/rules_model.h"
#include "ui/pages/auth_rule_form.h"
#include "ui/pages/auth_rules_tab.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/data_table.h"

#include <QtCore/QFile>
#include <QtCore/QSaveFile>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

#include <algorithm>

/// How the rules are changed: every step writes them, so that what is shown is what decides.
namespace castdeck::ui {

namespace {

constexpr qint64 maxFileBytes = qint64{5} << 20U;

} // namespace

QWidget* AuthRulesTab::buildActions()
{
    QPushButton* add = makeButton(QStringLiteral("auth.rules.add"), tr("New rule"), {}, ButtonKind::Small);
    QPushButton* import = makeButton(QStringLiteral("auth.rules.import"), tr("Import rules"), {}, ButtonKind::Small);
    QPushButton* save = makeButton(QStringLiteral("auth.rules.export"), tr("Export"), {}, ButtonKind::Small);
    m_said->setObjectName(QStringLiteral("auth.rules.said"));
    m_said->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // A long path makes no window wider.
    auto* layout = new QHBoxLayout{m_actions};
    layout->setContentsMargins(metrics::page, 0, metrics::page, metrics::small);
    layout->setSpacing(metrics::small);
    for (QPushButton* button : {add, m_edit, m_up, m_down, m_remove})
        layout->addWidget(button);
    layout->addWidget(m_said, 1);
    layout->addWidget(import);
    layout->addWidget(save);
    connect(add, &QPushButton::clicked, this, &AuthRulesTab::addRule);
    connect(m_edit, &QPushButton::clicked, this, &AuthRulesTab::editRule);
    connect(m_remove, &QPushButton::clicked, this, &AuthRulesTab::removeRule);
    connect(m_up, &QPushButton::clicked, this, [this] { moveRule(-1); });
    connect(m_down, &QPushButton::clicked, this, [this] { moveRule(1); });
    connect(import, &QPushButton::clicked, this, [this] { chooseFile(false); });
    connect(save, &QPushButton::clicked, this, [this] { chooseFile(true); });
    return m_actions;
}

void AuthRulesTab::setControl(RuleControl* control)
{
    m_control = control;
    m_actions->setVisible(control != nullptr);
    setConfiguration(m_config);
}

int AuthRulesTab::chosenRow() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : rows.front().row();
}

void AuthRulesTab::showActions()
{
    const int row = chosenRow();
    // A rule that replaced another stands once in the list and twice in the file: then only the file tells which is
    // which.
    const bool isSame = m_control != nullptr && static_cast<int>(m_control->rules().size()) == m_rules->rowCount();
    m_edit->setEnabled(row >= 0 && isSame);
    m_remove->setEnabled(row >= 0 && isSame);
    m_up->setEnabled(row > 0 && isSame);
    m_down->setEnabled(row >= 0 && isSame && row + 1 < m_rules->rowCount());
}

void AuthRulesTab::addRule()
{
    m_edited = -1;
    m_form->show();
    auth::RuleForm form;
    form.pattern = toStd(m_channel->text().trimmed()); // What somebody tries is most likely what the rule is for.
    m_form->edit(tr("New rule"), form);
}

void AuthRulesTab::editRule()
{
    const int row = chosenRow();
    if (!m_edit->isEnabled() || row < 0)
        return;
    const auto form = auth::ruleFormOf(m_control->rules()[static_cast<std::size_t>(row)]);
    if (!form)
        return say(shownText(form.error().detail, 400));
    m_edited = row;
    m_form->show();
    m_form->edit(tr("Rule %1").arg(row + 1), *form);
}

void AuthRulesTab::saveRule(const std::string& rule)
{
    std::vector<std::string> rules = m_control->rules();
    const bool isNew = m_edited < 0 || m_edited >= static_cast<int>(rules.size());
    if (isNew)
        rules.push_back(rule);
    else
        rules[static_cast<std::size_t>(m_edited)] = rule;
    if (keep(rules, isNew ? static_cast<int>(rules.size()) - 1 : m_edited))
        m_form->hide();
}

void AuthRulesTab::removeRule()
{
    std::vector<std::string> rules = m_control->rules();
    const int row = chosenRow();
    if (row < 0 || row >= static_cast<int>(rules.size()))
        return;
    rules.erase(rules.begin() + row);
    keep(rules, std::min(row, static_cast<int>(rules.size()) - 1));
}

void AuthRulesTab::moveRule(int by)
{
    std::vector<std::string> rules = m_control->rules();
    const int from = chosenRow();
    const int to = from + by;
    if (from < 0 || to < 0 || std::max(from, to) >= static_cast<int>(rules.size()))
        return;
    std::swap(rules[static_cast<std::size_t>(from)], rules[static_cast<std::size_t>(to)]);
    keep(rules, to);
}

bool AuthRulesTab::keep(const std::vector<std::string>& rules, int chosen)
{
    const QString problem = m_control->save(rules);
    if (!problem.isEmpty()) {
        say(problem);
        if (m_form->isVisible())
            m_form->showProblem(problem);
        return false;
    }
    say({});
    if (chosen >= 0)
        m_table->selectRow(chosen);
    return true;
}

void AuthRulesTab::say(const QString& sentence)
{
    m_said->setText(sentence);
    m_said->setToolTip(plainTip(sentence));
}

void AuthRulesTab::chooseFile(bool isSave)
{
    auto* dialog = new QFileDialog{this, isSave ? tr("Export rules") : tr("Import rules")};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(isSave ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(isSave ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    if (isSave)
        dialog->selectFile(QStringLiteral("rules.json"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, isSave](const QString& path) {
        if (isSave)
            exportTo(path);
        else
            importFrom(path);
    });
    dialog->open();
}

bool AuthRulesTab::importFrom(const QString& path)
{
    QFile file{path};
    if (!file.open(QIODevice::ReadOnly)) {
        say(tr("%1 could not be read: %2").arg(path, file.errorString()));
        return false;
    }
    const auto found = engine::rulesIn(file.read(maxFileBytes).toStdString());
    if (!found) {
        say(shownText(found.error().detail, 400));
        return false;
    }
    std::vector<std::string> rules = m_control->rules();
    rules.insert(rules.end(), found->begin(), found->end());
    if (!keep(rules, static_cast<int>(rules.size()) - 1))
        return false;
    say(tr("%n rules added after the others.", nullptr, static_cast<int>(found->size())));
    return true;
}

bool AuthRulesTab::exportTo(const QString& path)
{
    std::string text = "[";
    for (const std::string& rule : m_control->rules())
        text += (text.size() == 1 ? "\n  " : ",\n  ") + rule;
    text += "\n]\n";
    QSaveFile file{path};
    const bool isWritten = file.open(QIODevice::WriteOnly) &&
                           file.write(text.data(), static_cast<qint64>(text.size())) >= 0 && file.commit();
    say(isWritten ? tr("Written: %1").arg(path) : tr("%1 could not be written: %2").arg(path, file.errorString()));
    return isWritten;
}

} // namespace castdeck::ui
