#pragma once

#include "core/engine/snapshot.h"
#include "ui/models/difference_model.h"

#include <QtCore/QString>

#include <memory>
#include <string>
#include <tuple>

namespace castdeck::ui {

struct ConnectionRow {
    std::string appId;
    std::string socketId;
    std::string userId;
    std::string client;
    std::string peer;
    std::size_t channels = 0;
    WallTime since{};
    QString sortText{}; ///< By what the table is sorted; filled in by the model.
    long long sortNumber = 0;

    std::tuple<long long, const QString&, std::string_view, std::string_view> key() const
    {
        return {sortNumber, sortText, appId, socketId};
    }
    bool operator==(const ConnectionRow&) const = default;
};

/// The open sockets of the embedded server, those in which the filter text occurs anywhere, channels included.
class ConnectionsModel : public DifferenceModel<ConnectionRow> {
    Q_OBJECT

public:
    enum Column { Socket, App, User, Client, Peer, Channels, Since, ColumnCount };

    explicit ConnectionsModel(QObject* parent = nullptr) : DifferenceModel{parent} {}

    void setSnapshot(std::shared_ptr<const engine::Snapshot> snapshot);
    void setFilter(const QString& text);
    /// Takes all rows out and in again: who holds a selection has to find it again.
    void sortBy(int column, Qt::SortOrder order);
    std::size_t total() const;                                                   ///< Without the filter.
    int findSocket(const std::string& appId, const std::string& socketId) const; ///< -1 when it is not there.

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void refresh();
    void setSortKey(ConnectionRow& row) const;

    std::shared_ptr<const engine::Snapshot> m_snapshot; ///< Null at first.
    QString m_filter;
    int m_column = Since;
    Qt::SortOrder m_order = Qt::DescendingOrder;
};

} // namespace castdeck::ui
