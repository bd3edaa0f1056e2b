#pragma once

#include "core/engine/details.h"
#include "ui/models/difference_model.h"

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

namespace castdeck::ui {

/// A user, or below it one of the sockets that stand for that person.
struct MemberRow {
    std::string userId;
    std::size_t place = 0; ///< 0 for the user, else that of the socket in the order of joining.
    std::string socketId;
    std::string info; ///< Of the user; of a socket only if it came with another one.
    std::string client;
    std::optional<WallTime> since;
    std::size_t sockets = 0; ///< Of the user.
    bool isSignedIn = false;
    bool hasConflict = false; ///< A user whose sockets came with different infos.

    bool isUser() const noexcept { return place == 0; }
    std::tuple<std::string_view, std::size_t, std::string_view> key() const { return {userId, place, socketId}; }
    bool operator==(const MemberRow&) const = default;
};

/// Who is in a presence channel, each user followed by its sockets.
class MembersModel : public DifferenceModel<MemberRow> {
    Q_OBJECT

public:
    enum Column { Who, Info, Since, ColumnCount };

    explicit MembersModel(QObject* parent = nullptr) : DifferenceModel{parent} {}

    void setMembers(const std::vector<engine::MemberDetails>& members);
    std::size_t usersWithSeveralSockets() const;
    std::size_t usersInConflict() const;

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

struct SubscriberRow {
    std::string socketId;
    std::string userId;
    std::string client;
    std::string peer;
    std::optional<WallTime> since;
    bool isSignedIn = false;

    std::string_view key() const { return socketId; }
    bool operator==(const SubscriberRow&) const = default;
};

/// The sockets subscribed to one channel.
class SubscribersModel : public DifferenceModel<SubscriberRow> {
    Q_OBJECT

public:
    enum Column { Socket, Client, User, Peer, Since, ColumnCount };

    explicit SubscribersModel(QObject* parent = nullptr) : DifferenceModel{parent} {}

    void setSubscribers(const std::vector<engine::SubscriberDetails>& subscribers);

    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

} // namespace castdeck::ui
