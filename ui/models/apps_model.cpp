#include "ui/models/apps_model.h"

#include "ui/models/roles.h"
#include "ui/text/shown_text.h"
#include "ui/theme/colors.h"

namespace castdeck::ui {

void AppsModel::setSnapshot(const engine::Snapshot& snapshot)
{
    std::vector<AppRow> rows;
    for (const engine::AppSnapshot& app : snapshot.apps)
        rows.push_back({app.id, app.name.empty() ? app.id : app.name, app.connections, app.isEnabled});
    std::ranges::sort(rows, {}, &AppRow::key);
    assign(std::move(rows));
}

int AppsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AppsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const AppRow& row = rowAt(index.row());
    const bool isName = index.column() == Name;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        if (!isName)
            return shownCount(row.connections);
        return row.isEnabled ? shownText(row.name, 128) : tr("%1 (off)").arg(shownText(row.name, 128));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((isName ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case ToneRole: return static_cast<int>(isName && row.isEnabled ? Tone::Text : Tone::Muted);
    case StrongRole: return isName;
    default: return {};
    }
}

QVariant AppsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((section == Name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("App") : tr("Connections");
}

} // namespace castdeck::ui
