#pragma once

#include "ui/bridge/documents.h"
#include "ui/bridge/remote_control.h"
#include "ui/bridge/server_view.h"
#include "ui/bridge/virtual_subscriber.h"
#include "ui/models/arrangement.h"
#include "ui/models/profile.h"
#include "ui/models/sending_lock.h"
#include "ui/models/traffic_rate.h"
#include "ui/text/copy_as.h"
#include "ui/text/draft.h"
#include "ui/window_settings.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <map>
#include <memory>
#include <optional>
#include <vector>

class QSplitter;
class QStackedWidget;
class QTabWidget;

namespace castdeck::ui {

class AppsPage;
class ArchiveBridge;
class AuthorizationPage;
class ChannelsPage;
class ComposerDock;
class Inspector;
class LogModel;
class ConnectionsPage;
class LogPage;
class OccupancyControl;
class ServerPage;
class StatsPage;
struct SentMessage;
class SubscribersPanel;
class LogStrip;
class SendPage;

/// One live profile at work: its pages, its log, and the inspector beside them. What its server and connections say
/// comes in through ServerView; what people ask goes out by the controls it was given. Knows nothing of other
/// workspaces; the window shows one of them at a time.
class Workspace : public QWidget, public ServerView {
    Q_OBJECT

public:
    /// The pages of the navigation, in its order. Those from PageCount on have no place there. Home, Help,
    /// Settings and Connect are the window's; the others are a workspace's, which need not have all of them.
    enum Page {
        Home,
        Send,
        Log,
        Channels,
        Connections,
        Authorization,
        Stats,
        Apps,
        Server, ///< Elsewhere; in place of Apps.
        PageCount,
        Help = PageCount,
        Settings,
        Connect
    };

    /// All must outlive the workspace.
    struct Controls {
        ServerControl& server;
        ConnectionControl& connections;
        Documents& documents;
        OccupancyControl* occupancy = nullptr; ///< Null for a server elsewhere.
        const Clock& clock = systemClock();
        ArchiveBridge* archive = nullptr;                    ///< Null: nothing is kept.
        std::optional<remote::PusherEndpoint> endpoint = {}; ///< Of a server elsewhere, with its secret.
        RemoteControl* remote = nullptr;                     ///< Of a server elsewhere.
    };

    Workspace(const Controls& controls, const WindowSettings& settings, Profile profile, QWidget* parent = nullptr);

    const Profile& profile() const noexcept { return m_profile; }
    /// Never null; empty until the server has said something.
    const std::shared_ptr<const engine::Snapshot>& snapshot() const noexcept { return m_snapshot; }
    const TrafficRate& rate() const noexcept { return m_rate; }
    /// How it is with a server elsewhere, such as "Reconnecting in 4 s (try 3)"; empty: as the snapshot says.
    const QString& stateWords() const noexcept { return m_stateWords; }
    void setStateWords(const QString& words);
    void showFacts(const RemoteFacts& facts); ///< Of a server elsewhere.
    void setLook(const QString& name, Profile::Color color);

    bool hasPage(int page) const;
    void showPage(int page); ///< One it has not changes nothing.
    int currentPage() const;
    void focusFilter();
    void showChannel(const std::string& appId, const std::string& name);
    static constexpr int usualInspectorWidth = 416;
    void showErrors(); ///< The errors of the log; they count as seen from then on.
    void setInspectorWanted(bool isWanted);
    bool wantsInspector() const noexcept { return m_wantsInspector; }
    /// In a narrow window the inspector lies over the page instead of beside it.
    void setNarrow(bool isNarrow);
    ComposerDock* composerDock() const { return m_dock; }
    void showComposer();                   ///< Where it stands.
    void toggleComposer();                 ///< Beside the log, or on page Send only.
    std::vector<QWidget*> panes() const;   ///< Those that are shown, in the order in which F6 visits them.
    void showInspector(int tab);           ///< One of Inspector::Tab.
    void arrange(Arrangement arrangement); ///< Shows its first page.
    int inspectorWidth() const;
    void setInspectorWidth(int pixels);

    SendingLock& lock() noexcept { return m_lock; }
    /// After the lock was turned, and every second while it runs out.
    void showLock();

    /// When the configuration of the server in this program was read again.
    void setSettings(const WindowSettings& settings);
    /// Something about the server that somebody should know, shown on the Apps page.
    void setNotice(const QString& sentences);
    /// The port that the configuration names; the Apps page says so when the server listens on another. 0: any.
    void setWantedPort(std::uint16_t port);

    ServerControl& server() const noexcept { return m_server; }
    SendPage* sendPage() const { return m_send; }
    LogPage* logPage() const { return m_log; }
    ChannelsPage* channelsPage() const { return m_channels; }
    AuthorizationPage* authorizationPage() const { return m_authorization; }
    SubscribersPanel* subscribersPanel() const { return m_subscribers; }
    void showSubscribers(); ///< The virtual ones.
    ConnectionsPage* connectionsPage() const { return m_connections; }
    StatsPage* statsPage() const { return m_stats; }
    Inspector* inspector() const { return m_inspector; }
    AppsPage* appsPage() const { return m_apps; }
    LogModel* logModel() const { return m_logModel; }

    std::size_t unseenRows() const;   ///< That came while another page was shown.
    std::size_t unseenErrors() const; ///< Since somebody looked at the errors.

    void showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot) override;
    void addEvents(std::vector<engine::Event> events, std::size_t dropped) override;
    void showOutcome(const engine::PublishOutcome& outcome) override;
    void showReport(std::uint64_t id, const broadcast::Report& report) override;
    void showChannels(std::uint64_t id, ChannelListing listing) override;
    void showMembers(std::uint64_t id, MemberListing listing) override;
    void addDecisions(std::vector<engine::Decision> decisions, std::size_t dropped) override;
    void showVerdict(const engine::AuthorizationVerdict& verdict) override;

Q_SIGNALS:
    void pageShown(int page);
    void snapshotShown();
    void lockShown();
    void unlockRequested();
    void troubled(const QString& sentence);
    void helpRequested(const QString& topic);
    void checkRequested(); ///< Of the connection to the server elsewhere.
    void editRequested();  ///< Of the profile.
    void logCounted();     ///< The counts of the log, of unseen rows or of unseen errors may be others.

private:
    void build();
    void connectLog();
    void connectChannels();
    void connectConnections();
    void connectRemote(RemoteControl& remote);
    QWidget* buildConnections();
    std::optional<SubscriberTarget> findTarget(const std::string& appId, QString& why) const;
    void connectSend();
    void connectInspector();
    void follow(const QString& filter);
    void showDelivery(const SentMessage& message);
    Draft draftOf(const engine::Event& event) const;
    void edit(const engine::Event& event);
    void copyAs(CopyKind kind, const engine::Event& event);
    void applyLock();
    void placeInspector();
    void placeStrip();
    void placeComposer();
    void countLog();
    void showTrouble(const QString& sentence);
    void addPage(Page page, QWidget* widget);
    void resizeEvent(QResizeEvent* event) override;
    static const Clock& systemClock();

    ServerControl& m_server;
    ArchiveBridge* m_archive;
    const std::optional<remote::PusherEndpoint> m_endpoint;
    std::vector<hub::AppConfig> m_appConfigs;
    Profile m_profile;
    std::shared_ptr<const engine::Snapshot> m_snapshot;
    TrafficRate m_rate;
    QString m_stateWords;
    LogModel* m_logModel;
    SendingLock m_lock;
    QTimer m_lockTime;
    // Each is made inside the one before: what is put into another widget later is styled anew, down to its last child.
    QSplitter* m_split;
    QWidget* m_main;
    QSplitter* m_column; ///< The pages over the composer.
    QStackedWidget* m_pages;
    std::map<int, QWidget*> m_pageWidgets;
    SendPage* m_send;
    LogPage* m_log;
    ChannelsPage* m_channels;
    ConnectionsPage* m_connections;
    AuthorizationPage* m_authorization;
    SubscribersPanel* m_subscribers;
    QTabWidget* m_connectionTabs;
    StatsPage* m_stats;
    AppsPage* m_apps;
    ServerPage* m_serverPage = nullptr; ///< Null for the server in this program.
    Inspector* m_inspector;
    ComposerDock* m_dock;
    LogStrip* m_strip;
    Arrangement m_arrangement = Arrangement::Developer;
    bool m_isNarrow = false;
    int m_inspectorWidth;
    bool m_wantsInspector = false; ///< From the first selected row on, until it is closed.
    std::size_t m_seenRows = 0;
    std::size_t m_seenErrors = 0;
};

/// The profile of the server in this program.
Profile localProfile();

} // namespace castdeck::ui
