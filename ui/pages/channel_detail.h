#pragma once

#include "core/engine/snapshot.h"

#include <QtWidgets/QFrame>

#include <string>

class QLabel;
class QPushButton;

namespace castdeck::ui {

class Chip;
class DataTable;
class Figure;
class MembersModel;
class SubscribersModel;
class ValueText;

/// One channel: what its kind means, how many are there, members with their sockets, and every subscribed socket.
class ChannelDetail : public QFrame {
    Q_OBJECT

public:
    explicit ChannelDetail(QWidget* parent = nullptr);

    void showChannel(const engine::Snapshot& snapshot, const std::string& appId, const std::string& name);

Q_SIGNALS:
    void sendToRequested(const QString& appId, const QString& channel);

private:
    void build();
    QWidget* buildTables();

    std::string m_appId;
    std::string m_channel;
    ValueText* m_name;
    Chip* m_kind;
    QLabel* m_meaning;
    QPushButton* m_sendTo;
    QPushButton* m_copy;
    Figure* m_subscribers;
    Figure* m_memberCount;
    Figure* m_cache;
    MembersModel* m_members;
    SubscribersModel* m_sockets;
    QLabel* m_membersHead;
    DataTable* m_membersTable;
    DataTable* m_socketsTable;
};

} // namespace castdeck::ui
