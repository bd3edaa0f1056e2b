#pragma once

#include "core/engine/snapshot.h"
#include "ui/models/difference_model.h"

#include <string>

namespace castdeck::ui {

struct MemberRow {
    std::string userId;
    std::string userInfo;
    std::vector<std::string> socketIds;

    std::string_view key() const { return userId; }
    bool operator==(const MemberRow&) const = default;
};

/// Who is in a presence channel, each with the sockets that stand for one person.
class MembersModel : public DifferenceModel<MemberRow> {
    Q_OBJECT

public:
    enum Column { User, Info, Sockets, ColumnCount };

    explicit MembersModel(QObject* parent = nullptr) : DifferenceModel{parent} {}

    void setMembers(const std::vector<engine::MemberSnapshot>& members);

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

struct SubscriberRow {
    std::string socketId;
    std::string client;
    std::string peer;
    std::string userId;
    WallTime since{};

    std::string_view key() const { return socketId; }
    bool operator==(const SubscriberRow&) const = default;
};

/// The sockets subscribed to one channel.
class SubscribersModel : public DifferenceModel<SubscriberRow> {
    Q_OBJECT

public:
    enum Column { Socket, Client, User, Peer, Since, ColumnCount };

    explicit SubscribersModel(QObject* parent = nullptr) : DifferenceModel{parent} {}

    void setChannel(const engine::Snapshot& snapshot, const std::string& appId, const std::string& channel);

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

} // namespace castdeck::ui
