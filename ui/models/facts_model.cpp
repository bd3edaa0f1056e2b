#include "ui/models/facts_model.h"

#include "ui/models/roles.h"

namespace castdeck::ui {

void FactsModel::setFacts(std::vector<FactRow> facts)
{
    for (std::size_t i = 0; i < facts.size(); ++i)
        facts[i].place = static_cast<int>(i);
    assign(std::move(facts));
}

int FactsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FactsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const FactRow& row = rowAt(index.row());
    const bool isName = index.column() == Name;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return isName ? row.name : row.value;
    case ToneRole: return static_cast<int>(isName ? (row.isHead ? Tone::Text : Tone::Muted) : row.tone);
    case StrongRole: return row.isHead;
    case CodeRole: return !isName && row.isCode;
    default: return {};
    }
}

QVariant FactsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Field") : tr("Value");
}

} // namespace castdeck::ui
