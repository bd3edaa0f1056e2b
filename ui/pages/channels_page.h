#pragma once

#include "core/engine/snapshot.h"
#include "ui/bridge/remote_control.h"
#include "ui/bridge/server_view.h"
#include "ui/models/connection_choices.h"
#include "ui/window_settings.h"

#include <QtWidgets/QWidget>

#include <memory>
#include <optional>
#include <string>
#include <utility>

class QComboBox;
class QLabel;
class QLineEdit;
class QStackedWidget;
class QToolButton;

namespace castdeck::ui {

class ChannelDetail;
struct ChannelTreeRow;
class ChannelsModel;
class EmptyState;
class PersonaBook;
class RemoteChannelDetail;
class OccupancyControl;
class RemoteChannelList;
class RemoteChannels;
class Segmented;
class TreeTable;
class WatchBar;

/// Which channels are occupied, and who is in the selected one: of the server in this program, or of the engine behind
/// another connection.
class ChannelsPage : public QWidget {
    Q_OBJECT

public:
    ChannelsPage(ConnectionControl& connections, const WindowSettings& settings, QWidget* parent = nullptr);

    /// When the configuration has been read again; the shown connection stays while it is there.
    void setSettings(const WindowSettings& settings);
    /// What can be asked of and done to the embedded server; it must outlive this.
    void setControl(OccupancyControl* control);
    /// The page is about a server elsewhere that has a profile. It must outlive this.
    void setRemote(RemoteControl& control);
    void showFacts(const RemoteFacts& facts);
    void openWatch(); ///< Asks which channel to listen to.
    void showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot);
    void showChannels(std::uint64_t id, ChannelListing listing);
    void showMembers(std::uint64_t id, MemberListing listing);
    /// One that is not there changes nothing.
    void setConnection(const QString& name);
    void setPersonas(const PersonaBook& personas); ///< Who can be played on a channel. They outlive the page.
    void focusFilter();
    ChannelDetail* detail() const { return m_detail; }
    void selectChannel(const std::string& appId, const std::string& name);
    void selectRemoteChannel(const std::string& name);

Q_SIGNALS:
    void sendToRequested(const QString& appId, const QString& channel);
    void subscribeRequested(const QString& personaId, const QString& appId, const QString& channel);
    void sendThroughRequested(const QString& connection, const QString& channel);
    void copyCodeRequested();
    /// `filter` is in the language of the log's filter line.
    void followRequested(const QString& filter);
    void connectionRequested(const QString& appId, const QString& socketId);
    void startRequested();
    void helpRequested(); ///< Somebody wants to know what servers elsewhere tell.

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    enum Body { Table, Empty, Remote };

    QWidget* buildList();
    QLayout* buildHead();
    void showConnectionBox();
    QString guestName() const; ///< Who joins by one press; empty for nobody.
    void showGuest();
    void subscribeGuest();
    void connectRemote();
    bool isRemote() const;
    void showChoice();
    void showRemote();
    void refresh();
    void refreshEmptyState();
    void showSelected();
    void keepSelection();
    void toggle(int row);
    void toggleShown();
    void showGroup(const ChannelTreeRow& group);
    void setTree(bool isTree);

    std::shared_ptr<const engine::Snapshot> m_snapshot;
    ConnectionControl& m_connectionControl;
    RemoteControl* m_remoteControl = nullptr;
    const PersonaBook* m_personas = nullptr;
    ChannelsModel* m_model;
    std::pair<std::string, std::string> m_selected; ///< App and channel, or group.
    QLineEdit* m_filter;
    QLabel* m_count;
    TreeTable* m_table;
    Segmented* m_shape;
    EmptyState* m_empty;
    QStackedWidget* m_stack;
    ChannelDetail* m_detail;
    EmptyState* m_group;    ///< In place of the detail while a group is selected.
    QStackedWidget* m_side; ///< Both.
    ConnectionChoices m_choices;
    QComboBox* m_connection;
    QToolButton* m_again;
    QToolButton* m_addWatch;
    WatchBar* m_watch;
    RemoteChannels* m_remote;
    RemoteChannelList* m_remoteList;
    RemoteChannelDetail* m_remoteDetail;
};

} // namespace castdeck::ui
