#pragma once

#include "core/engine/details.h"
#include "ui/models/difference_model.h"

#include <utility>

namespace castdeck::ui {

struct HappeningRow {
    engine::Happening happening;
    int ordinal = 0; ///< Among those of one moment.

    /// The latest first.
    std::pair<WallTime::rep, int> key() const { return {-happening.at.time_since_epoch().count(), -ordinal}; }
    bool operator==(const HappeningRow&) const = default;
};

/// What happened last on a channel or a connection, the latest first.
class HappeningsModel : public DifferenceModel<HappeningRow> {
    Q_OBJECT

public:
    enum Column { Time, Type, Channel, Event, Summary, ColumnCount };

    explicit HappeningsModel(QObject* parent = nullptr) : DifferenceModel{parent} {}

    /// Oldest first.
    void setHappenings(const std::vector<engine::Happening>& happenings);

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

} // namespace castdeck::ui
