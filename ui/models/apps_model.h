#pragma once

#include "core/engine/snapshot.h"
#include "ui/models/difference_model.h"

#include <string>

namespace castdeck::ui {

struct AppRow {
    std::string id;
    std::string name;
    std::size_t connections = 0;
    bool isEnabled = true;

    std::string_view key() const { return id; }
    bool operator==(const AppRow&) const = default;
};

/// The applications of the embedded server.
class AppsModel : public DifferenceModel<AppRow> {
    Q_OBJECT

public:
    enum Column { Name, Connections, ColumnCount };

    explicit AppsModel(QObject* parent = nullptr) : DifferenceModel{parent} {}

    void setSnapshot(const engine::Snapshot& snapshot);

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

} // namespace castdeck::ui
