#pragma once

#include "core/broadcast/driver.h"
#include "ui/models/difference_model.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace castdeck::ui {

struct RemoteMemberRow {
    std::string id; ///< Empty for all who gave no name.
    std::string info;
    std::size_t connections = 0; ///< 0 when the engine does not tell.

    std::string_view key() const { return id; }
    bool operator==(const RemoteMemberRow&) const = default;
};

/// Who an engine elsewhere says is in a channel, one row for each user.
class RemoteMembersModel : public DifferenceModel<RemoteMemberRow> {
    Q_OBJECT

public:
    enum Column { User, Info, Connections, ColumnCount };

    explicit RemoteMembersModel(QObject* parent = nullptr) : DifferenceModel{parent} {}

    /// Rows of one user are added up.
    void setMembers(const std::vector<broadcast::MemberInfo>& members);
    bool tells(Column column) const; ///< For any row.

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

} // namespace castdeck::ui
