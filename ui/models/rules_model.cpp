#include "ui/models/rules_model.h"

#include "core/auth/condition_words.h"
#include "ui/models/roles.h"
#include "ui/text/shown_text.h"
#include "ui/theme/colors.h"

namespace castdeck::ui {

namespace {

QString kindWords(const auth::Rule& rule)
{
    if (rule.kinds.empty())
        return RulesModel::tr("all kinds");
    QStringList kinds;
    for (const auth::Kind kind : rule.kinds)
        kinds << toQt(auth::toText(kind));
    return kinds.join(QStringLiteral(", "));
}

/// The condition, and by which ways of finding the actor it counts.
QString whoWords(const auth::Rule& rule)
{
    const QString words = shownText(auth::inWords(rule), 600);
    if (rule.guards.empty())
        return words;
    QStringList sources;
    for (const auth::IdentitySource source : rule.guards)
        sources << toQt(auth::toText(source));
    return RulesModel::tr("%1, known by %2").arg(words, sources.join(QStringLiteral(", ")));
}

QString remarkWords(const auth::RuleSet::Unreachable& rule)
{
    if (rule.hiddenBy)
        return RulesModel::tr("never asked: rule %1 decides before").arg(*rule.hiddenBy + 1);
    return RulesModel::tr("never asked: no channel of these kinds has such a name");
}

} // namespace

void RulesModel::setRules(const auth::RuleSet& rules)
{
    beginResetModel(); // Once for each configuration: there is no selection to keep.
    m_rows.clear();
    for (const auth::Rule& rule : rules.rules())
        m_rows.push_back(
            {shownText(rule.pattern.text(), 256), whoWords(rule), kindWords(rule), shownText(rule.note, 256), {}});
    for (const auth::RuleSet::Unreachable& rule : rules.unreachable())
        m_rows[rule.index].remark = remarkWords(rule);
    endResetModel();
}

int RulesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RulesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RulesModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        switch (column) {
        case Number: return QString::number(index.row() + 1);
        case Pattern: return row.pattern;
        case Who: return row.remark.isEmpty() ? row.who : row.remark;
        case Kinds: return row.kinds;
        case Note: return row.note;
        default: return {};
        }
    case IconRole: return column == Who && !row.remark.isEmpty() ? QStringLiteral("warning") : QVariant{};
    case CodeRole: return column == Pattern;
    case ToneRole:
        if (column == Who && !row.remark.isEmpty())
            return static_cast<int>(Tone::Warning);
        return static_cast<int>(column == Number || column == Kinds || column == Note ? Tone::Muted : Tone::Text);
    default: return {};
    }
}

QVariant RulesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number: return tr("#", "number of a rule");
    case Pattern: return tr("Channels");
    case Who: return tr("Who may");
    case Kinds: return tr("Kinds");
    case Note: return tr("Note");
    default: return {};
    }
}

} // namespace castdeck::ui
