#pragma once

#include "core/engine/snapshot.h"
#include "ui/models/difference_model.h"

#include <string>
#include <utility>

namespace castdeck::ui {

struct ChannelRow {
    std::string appId;
    std::string name;
    pusher::ChannelKind kind = pusher::ChannelKind::Public;
    std::size_t subscriptions = 0;
    std::size_t members = 0;
    bool hasCachedEvent = false;

    std::pair<std::string_view, std::string_view> key() const { return {appId, name}; }
    bool operator==(const ChannelRow&) const = default;
};

/// The occupied channels by app and name, those that contain the filter text.
class ChannelsModel : public DifferenceModel<ChannelRow> {
    Q_OBJECT

public:
    enum Column { Name, App, Kind, Subscribers, Members, ColumnCount };

    explicit ChannelsModel(QObject* parent = nullptr) : DifferenceModel{parent} {}

    void setSnapshot(const engine::Snapshot& snapshot);
    void setFilter(const QString& text);
    std::size_t total() const noexcept { return m_all.size(); } ///< Without the filter.

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void refresh();

    std::vector<ChannelRow> m_all;
    QString m_filter;
};

} // namespace castdeck::ui
