#pragma once

#include "ui/text/json_difference.h"

#include <QtCore/QAbstractTableModel>

namespace castdeck::ui {

/// Where two payloads differ, one place a row.
class DifferencesModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Kind, Path, A, B, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setDifferences(std::vector<JsonDifference> differences);
    const JsonDifference& at(int row) const { return m_differences[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<JsonDifference> m_differences;
};

} // namespace castdeck::ui
