#pragma once

#include "ui/widgets/plot.h"

#include <QtCore/QAbstractTableModel>

namespace castdeck::ui {

/// The numbers of a plot, newest first when they are over time.
class PlotTable : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void setData(PlotData data);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::size_t pointAt(int row) const;

    PlotData m_data;
};

} // namespace castdeck::ui
