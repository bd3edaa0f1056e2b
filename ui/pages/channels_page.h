#pragma once

#include "core/engine/snapshot.h"
#include "ui/bridge/server_view.h"
#include "ui/models/connection_choices.h"
#include "ui/window_settings.h"

#include <QtWidgets/QWidget>

#include <memory>
#include <optional>
#include <string>

class QComboBox;
class QLabel;
class QLineEdit;
class QStackedWidget;
class QToolButton;

namespace castdeck::ui {

class ChannelDetail;
class ChannelsModel;
class DataTable;
class EmptyState;
class RemoteChannelDetail;
class RemoteChannelList;
class RemoteChannels;

/// Which channels are occupied, and who is in the selected one: of the server in this program, or of the engine behind
/// another connection.
class ChannelsPage : public QWidget {
    Q_OBJECT

public:
    ChannelsPage(ConnectionControl& connections, const WindowSettings& settings, QWidget* parent = nullptr);

    void showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot);
    void showChannels(std::uint64_t id, ChannelListing listing);
    void showMembers(std::uint64_t id, MemberListing listing);
    /// One that is not there changes nothing.
    void setConnection(const QString& name);
    void focusFilter();
    void selectChannel(const std::string& appId, const std::string& name);
    void selectRemoteChannel(const std::string& name);

Q_SIGNALS:
    void sendToRequested(const QString& appId, const QString& channel);
    void sendThroughRequested(const QString& connection, const QString& channel);
    void copyCodeRequested();
    void startRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildList();
    QLayout* buildHead();
    void connectRemote();
    bool isRemote() const;
    void showChoice();
    void showRemote();
    void refresh();
    void refreshEmptyState();
    void showSelected();

    std::shared_ptr<const engine::Snapshot> m_snapshot;
    ChannelsModel* m_model;
    QLineEdit* m_filter;
    QLabel* m_count;
    DataTable* m_table;
    EmptyState* m_empty;
    QStackedWidget* m_stack;
    ChannelDetail* m_detail;
    ConnectionChoices m_choices;
    QComboBox* m_connection;
    QToolButton* m_again;
    RemoteChannels* m_remote;
    RemoteChannelList* m_remoteList;
    RemoteChannelDetail* m_remoteDetail;
};

} // namespace castdeck::ui
