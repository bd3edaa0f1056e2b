#include "ui/widgets/plot_table.h"

#include "ui/models/roles.h"

namespace castdeck::ui {

void PlotTable::setData(PlotData data)
{
    const bool isOtherShape = data.labels.size() != m_data.labels.size() || data.series.size() != m_data.series.size();
    if (isOtherShape)
        beginResetModel();
    m_data = std::move(data);
    if (isOtherShape)
        endResetModel();
    else if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int PlotTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_data.labels.size());
}

int PlotTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : 1 + static_cast<int>(m_data.series.size());
}

std::size_t PlotTable::pointAt(int row) const
{
    const auto point = static_cast<std::size_t>(row);
    return m_data.kind == PlotData::Kind::Lines ? m_data.labels.size() - 1 - point : point;
}

QVariant PlotTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: {
        const std::size_t point = pointAt(index.row());
        if (index.column() == 0)
            return m_data.labels[point];
        return m_data.words(m_data.series[static_cast<std::size_t>(index.column() - 1)].values[point]);
    }
    case ToneRole: return static_cast<int>(index.column() == 0 ? Tone::Muted : Tone::Text);
    case CodeRole: return true;
    default: return {};
    }
}

QVariant PlotTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == 0 ? m_data.labelHead : m_data.series[static_cast<std::size_t>(section - 1)].name;
}

} // namespace castdeck::ui
