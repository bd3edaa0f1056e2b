#pragma once

#include "core/engine/event.h"

#include <QtCore/QAbstractTableModel>

#include <chrono>
#include <string>
#include <vector>

namespace castdeck::ui {

struct ReachedRow {
    engine::DeliveryTrace::Reached reached;
    std::string who; ///< The user, else the client's library; empty when the connection is gone.
};

/// The sockets that an event was handed to, in the order of the deliveries.
class ReachedModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Socket, Who, Delay, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void assign(std::vector<ReachedRow> rows);
    const ReachedRow& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<ReachedRow> m_rows;
};

/// "0.3 ms", "12 ms"
QString shownDelay(std::chrono::microseconds delay);

} // namespace castdeck::ui
