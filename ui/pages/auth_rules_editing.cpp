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
    const bool isTold = m_control != nullptr && static_cast<int>(rowTexts().size()) == m_rules->rowCount();
    const bool isChosen = row >= 0 && isTold;
    const QString why = !isTold   ? tr("Patterns in the file are alike only when its variables are filled in: edit "
                                         "authorize.topics in broadcasting.json.")
                        : row < 0 ? tr("Select a rule first.")
                                  : QString{};
    const auto offer = [&](QPushButton* button, bool isPossible, const QString& otherwise) {
        button->setEnabled(isPossible);
        button->setToolTip(isPossible ? QString{} : why.isEmpty() ? otherwise : why);
    };
    if (m_control != nullptr && !isTold)
        say(why);
    offer(m_edit, isChosen, {});
    offer(m_remove, isChosen, {});
    offer(m_up, isChosen && row > 0, tr("It is asked first."));
    offer(m_down, isChosen && row + 1 < m_rules->rowCount(), tr("It is asked last."));
}

AuthRulesTab::RowTexts AuthRulesTab::rowTexts() const
{
    RowTexts rows;
    std::vector<std::string> patterns;
    for (const std::string& text : m_control->rules()) {
        const auto form = auth::ruleFormOf(text);
        if (!form)
            return {};
        const auto known = std::ranges::find(patterns, form->pattern);
        if (known == patterns.end()) {
            patterns.push_back(form->pattern);
            rows.push_back({text});
        } else {
            rows[static_cast<std::size_t>(known - patterns.begin())].push_back(text);
        }
    }
    return rows;
}

void AuthRulesTab::showForm(bool isShown)
{
    m_form->setVisible(isShown);
    rebuild();
}

void AuthRulesTab::addRule()
{
    m_edited = -1;
    auth::RuleForm form;
    form.pattern = toStd(m_channel->text().trimmed()); // What somebody tries is most likely what the rule is for.
    m_form->edit(tr("New rule"), form);
    showForm(true);
}

void AuthRulesTab::editRule()
{
    const int row = chosenRow();
    if (!m_edit->isEnabled() || row < 0)
        return;
    const std::vector<std::string> texts = rowTexts()[static_cast<std::size_t>(row)];
    const auto form = auth::ruleFormOf(texts.back());
    if (!form)
        return say(shownText(form.error().detail, 400));
    m_edited = row;
    m_form->edit(tr("Rule %1").arg(row + 1), *form);
    showForm(true);
    say(texts.size() == 1 ? QString{}
                          : tr("%1 rules in the file have this pattern. The last one counts: that one is in the form.")
                                .arg(texts.size()));
}

void AuthRulesTab::saveRule(const std::string& rule)
{
    RowTexts rows = rowTexts();
    if (m_edited < 0)
        rows = {m_control->rules(), {rule}};
    else if (m_edited < static_cast<int>(rows.size()))
        rows[static_cast<std::size_t>(m_edited)].back() = rule;
    else
        return m_form->showProblem(tr("The file has changed, and this rule is not in it. Save it as a new one."));
    if (keep(rows, m_edited < 0 ? m_rules->rowCount() : m_edited))
        showForm(false);
}

void AuthRulesTab::removeRule()
{
    RowTexts rows = rowTexts();
    const int row = chosenRow();
    if (row < 0 || row >= static_cast<int>(rows.size()))
        return;
    rows.erase(rows.begin() + row);
    keep(rows, std::min(row, static_cast<int>(rows.size()) - 1));
}

void AuthRulesTab::moveRule(int by)
{
    RowTexts rows = rowTexts();
    const int from = chosenRow();
    const int to = from + by;
    if (from < 0 || to < 0 || std::max(from, to) >= static_cast<int>(rows.size()))
        return;
    std::swap(rows[static_cast<std::size_t>(from)], rows[static_cast<std::size_t>(to)]);
    keep(rows, to);
}

bool AuthRulesTab::keep(const RowTexts& rows, int chosen)
{
    std::vector<std::string> rules;
    for (const std::vector<std::string>& texts : rows)
        rules.insert(rules.end(), texts.begin(), texts.end());
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
    RowTexts rows{m_control->rules()};
    rows.push_back(*found);
    if (!keep(rows, m_rules->rowCount()))
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
