#pragma once

#include "ui/bridge/server_view.h"
#include "ui/theme/theme.h"
#include "ui/window_settings.h"

#include <QtWidgets/QMainWindow>

#include <functional>

class QStackedWidget;

namespace castdeck::ui {

class AppsPage;
class AuthorizationPage;
class ChannelsPage;
class Inspector;
class LogModel;
class LogPage;
class NavBar;
class SendPage;
class StatusStrip;

/// Frame and navigation. What the server and the connections say comes in through ServerView; what people ask goes out
/// by ServerControl and ConnectionControl.
class MainWindow : public QMainWindow, public ServerView {
    Q_OBJECT

public:
    enum Page { Send, Log, Channels, Authorization, Apps, PageCount };

    MainWindow(ServerControl& server, ConnectionControl& connections, Theme& theme, const WindowSettings& settings,
               QWidget* parent = nullptr);

    void showPage(int page);
    int currentPage() const;
    /// Something about the server that somebody should know, shown on the Apps page.
    void setNotice(const QString& sentences);
    /// The port that the configuration names; the Apps page says so when the server listens on another. 0: any.
    void setWantedPort(std::uint16_t port);

    SendPage* sendPage() const { return m_send; }
    LogPage* logPage() const { return m_log; }
    ChannelsPage* channelsPage() const { return m_channels; }
    AuthorizationPage* authorizationPage() const { return m_authorization; }
    LogModel* logModel() const { return m_logModel; }

    void showSnapshot(std::shared_ptr<const engine::Snapshot> snapshot) override;
    void addEvents(std::vector<engine::Event> events, std::size_t dropped) override;
    void showOutcome(const engine::PublishOutcome& outcome) override;
    void showReport(std::uint64_t id, const broadcast::Report& report) override;
    void showChannels(std::uint64_t id, ChannelListing listing) override;
    void showMembers(std::uint64_t id, MemberListing listing) override;
    void addDecisions(std::vector<engine::Decision> decisions, std::size_t dropped) override;
    void showVerdict(const engine::AuthorizationVerdict& verdict) override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildFrame();
    void connectPages();
    void connectStatus();
    void addShortcuts();
    void addShortcut(const QKeySequence& keys, std::function<void()> action);
    void focusFilter();
    void showErrors();
    void refreshLogCounts();
    void setInspectorWanted(bool isWanted);
    void placeInspector();
    void cycleTheme();

    ServerControl& m_server;
    Theme& m_theme;
    LogModel* m_logModel;
    NavBar* m_nav;
    QStackedWidget* m_pages;
    SendPage* m_send;
    LogPage* m_log;
    ChannelsPage* m_channels;
    AuthorizationPage* m_authorization;
    AppsPage* m_apps;
    Inspector* m_inspector;
    StatusStrip* m_status;
    bool m_wantsInspector = false; ///< From the first selected row on, until it is closed.
    std::size_t m_seenRows = 0;
    std::size_t m_seenErrors = 0;
};

} // namespace castdeck::ui
