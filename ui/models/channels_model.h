#pragma once

#include "core/engine/snapshot.h"
#include "ui/models/channel_tree.h"
#include "ui/models/difference_model.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace castdeck::ui {

/// The occupied channels by app and name, those that contain the filter text: one below the other, or as a tree by the
/// parts of their names.
class ChannelsModel : public DifferenceModel<ChannelTreeRow> {
    Q_OBJECT

public:
    enum Column { Name, App, Kind, Subscribers, Members, ColumnCount };

    explicit ChannelsModel(QObject* parent = nullptr) : DifferenceModel{parent} {}

    void setSnapshot(const engine::Snapshot& snapshot);
    /// Of an engine elsewhere. A name that repeats counts once.
    void setChannels(std::vector<ChannelRow> channels);
    /// While there is a filter all groups are open.
    void setFilter(const QString& text);
    void setTree(bool isTree);
    bool isTree() const noexcept { return m_isTree; }
    /// As with a filter.
    void setAllOpen(bool isAllOpen);
    void toggle(int row);
    /// The row of a channel, whose groups are opened for that; -1 when it is not there.
    int reveal(const std::string& appId, const std::string& name);
    std::size_t total() const noexcept { return m_all.size(); } ///< Without the filter and groups.
    std::size_t matching() const noexcept { return m_matching; }
    const ChannelRow* channel(std::string_view name) const; ///< Also in a closed group; null when it is not there.
    bool tells(Column column) const;                        ///< For any channel.

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    using Group = std::pair<std::string, std::string>; ///< App and what the names begin with.

    void refresh();
    bool isOpen(const ChannelRow& group) const;
    QString text(const ChannelTreeRow& row, int column) const;
    static QString tip(const ChannelTreeRow& row, int column);

    std::vector<ChannelRow> m_all;
    std::size_t m_matching = 0;
    QString m_filter;
    bool m_isTree = true;
    bool m_isAllOpen = false;
    std::set<Group> m_open;
};

} // namespace castdeck::ui
