#pragma once

#include "ui/bridge/documents.h"
#include "ui/bridge/server_view.h"
#include "ui/models/profile.h"
#include "ui/models/traffic_rate.h"
#include "ui/window_settings.h"

#include <QtWidgets/QWidget>

#include <memory>

class QSplitter;
class QStackedWidget;

namespace castdeck::ui {

class AppsPage;
class AuthorizationPage;
class ChannelsPage;
class Inspector;
class LogModel;
class LogPage;
class SendPage;

/// One live profile at work: its pages, its log, and the inspector beside them. What its server and connections say
/// comes in through ServerView; what people ask goes out by the controls it was given. Knows nothing of other
/// workspaces; the window shows one of them at a time.
class Workspace : public QWidget, public ServerView {
    Q_OBJECT

public:
    enum Page { Send, Log, Channels, Authorization, Apps, PageCount };

    /// All must outlive the workspace.
    struct Controls {
        ServerControl& server;
        ConnectionControl& connections;
        Documents& documents;
    };

    Workspace(const Controls& controls, const WindowSettings& settings, Profile profile, QWidget* parent = nullptr);

    const Profile& profile() const noexcept { return m_profile; }
    /// Never null; empty until the server has said something.
    const std::shared_ptr<const engine::Snapshot>& snapshot() const noexcept { return m_snapshot; }
    const TrafficRate& rate() const noexcept { return m_rate; }

    void showPage(int page);
    int currentPage() const;
    void focusFilter();
    void showErrors(); ///< The errors of the log; they count as seen from then on.
    void setInspectorWanted(bool isWanted);
    bool wantsInspector() const noexcept { return m_wantsInspector; }

    /// Something about the server that somebody should know, shown on the Apps page.
    void setNotice(const QString& sentences);
    /// The port that the configuration names; the Apps page says so when the server listens on another. 0: any.
    void setWantedPort(std::uint16_t port);

    SendPage* sendPage() const { return m_send; }
    LogPage* logPage() const { return m_log; }
    ChannelsPage* channelsPage() const { return m_channels; }
    AuthorizationPage* authorizationPage() const { return m_authorization; }
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
    void logCounted(); ///< The counts of the log, of unseen rows or of unseen errors may be others.

private:
    void build();
    void connectLog();
    void connectChannels();
    void placeInspector();
    void countLog();

    ServerControl& m_server;
    const Profile m_profile;
    std::shared_ptr<const engine::Snapshot> m_snapshot;
    TrafficRate m_rate;
    LogModel* m_logModel;
    QSplitter* m_split;
    QStackedWidget* m_pages;
    SendPage* m_send;
    LogPage* m_log;
    ChannelsPage* m_channels;
    AuthorizationPage* m_authorization;
    AppsPage* m_apps;
    Inspector* m_inspector;
    bool m_wantsInspector = false; ///< From the first selected row on, until it is closed.
    std::size_t m_seenRows = 0;
    std::size_t m_seenErrors = 0;
};

/// The profile of the server in this program.
Profile localProfile();

} // namespace castdeck::ui
