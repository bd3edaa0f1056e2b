#include "app/castdeck/tour_stage.h"
#include "ui/pages/channels_page.h"
#include "ui/pages/connections_page.h"

#include <QtWidgets/QMenu>
#include <QtWidgets/QToolButton>

namespace castdeck::app {

using ui::MainWindow;

namespace {

Scene channelScene(const char* name, const char* channel, int tab = 0)
{
    return scene(name, MainWindow::Channels, [channel, tab](Stage& stage) {
        stage.window.channelsPage()->selectChannel(SampleServer::apps().front().id, channel);
        stage.openTab("channels.tabs", tab);
    });
}

/// The engine behind the connection lists its channels, and who is in one of them.
Scene engineScene(const char* name, const char* connection, const char* channel)
{
    return scene(name, MainWindow::Channels, [connection, channel](Stage& stage) {
        stage.window.channelsPage()->setConnection(QString::fromLatin1(connection));
        stage.server.answer();
        stage.window.channelsPage()->selectRemoteChannel(channel);
        stage.server.answer();
        stage.server.answer(); // The members of the first channel were asked for before.
    });
}

Scene connectionScene(const char* name, int tab)
{
    return scene(name, MainWindow::Connections, [tab](Stage& stage) {
        const engine::ConnectionSnapshot& first = stage.window.workspace()->snapshot()->connections.front();
        stage.window.workspace()->connectionsPage()->selectConnection(first.appId, first.socketId);
        stage.openTab("connections.tabs", tab);
    });
}

Scene filtered(const char* name, MainWindow::Page page, const char* field)
{
    return scene(name, page, [field](Stage& stage) { stage.type(field, QStringLiteral("nothing-like-this")); });
}

std::vector<Scene> channelScenes()
{
    return {
        channelScene("channels", "presence-support"),
        channelScene("channels-subscribers", "presence-support", 1),
        channelScene("channels-recent", "orders", 2),
        channelScene("channels-cache", "cache-exchange-rates", 3),
        channelScene("channels-limits", "presence-support", 4),
        channelScene("channels-code", "private-orders.1042", 5),
        channelScene("channels-no-members", "orders"),
        scene("channels-list", MainWindow::Channels, [](Stage& stage) { stage.press("channels.shape.list"); }),
        filtered("channels-none", MainWindow::Channels, "channels.filter"),
        engineScene("channels-engine", "chat", "chat:support"),
        engineScene("channels-engine-no-members", "chat", "news"),
        engineScene("channels-engine-many", "metrics", ""),
        engineScene("channels-engine-refused", "eu-prod", ""),
        scene("channels-empty", MainWindow::Channels, {}, Before::Nothing),
        scene("channels-stopped", MainWindow::Channels, {}, Before::Stopped),
    };
}

std::vector<Scene> connectionScenes()
{
    return {
        connectionScene("connections", 0),
        connectionScene("connections-subscriptions", 1),
        connectionScene("connections-timeline", 2),
        connectionScene("connections-traffic", 3),
        scene("connections-close", MainWindow::Connections,
              [](Stage& stage) {
                  settle();
                  stage.window.workspace()->connectionsPage()->closeSelected();
              }),
        filtered("connections-none", MainWindow::Connections, "connections.filter"),
        {QStringLiteral("connections-virtual"), [](Stage& stage) { stage.window.workspace()->showSubscribers(); }},
        scene("connections-empty", MainWindow::Connections, {}, Before::Nothing),
        scene("connections-stopped", MainWindow::Connections, {}, Before::Stopped),
    };
}

void showAsTable(Stage& stage, const char* menuButton)
{
    settle();
    auto* button = stage.window.findChild<QToolButton*>(QString::fromLatin1(menuButton));
    if (button != nullptr && button->menu() != nullptr)
        button->menu()->actions().constFirst()->trigger();
}

} // namespace

std::vector<Scene> occupancyScenes()
{
    std::vector<Scene> all = channelScenes();
    for (const std::vector<Scene>& part : {
             connectionScenes(),
             std::vector<Scene>{
                 scene("stats", MainWindow::Stats, [](Stage& stage) { stage.server.playMinutes(); }),
                 scene("stats-table", MainWindow::Stats,
                       [](Stage& stage) {
                           stage.server.playMinutes();
                           showAsTable(stage, "stats.messages.menu");
                       }),
                 scene("stats-menu", MainWindow::Stats,
                       [](Stage& stage) {
                           stage.server.playMinutes();
                           stage.openMenu("stats.messages.menu");
                       }),
                 scene("stats-empty", MainWindow::Stats, {}, Before::Nothing),
                 scene("apps", MainWindow::Apps),
                 scene("apps-env", MainWindow::Apps, [](Stage& stage) { stage.press("apps.code.laravel"); }),
                 scene("apps-curl", MainWindow::Apps, [](Stage& stage) { stage.press("apps.code.curl"); }),
                 scene("apps-stopped", MainWindow::Apps, {}, Before::Stopped),
                 scene("apps-failed", MainWindow::Apps, {}, Before::Failed),
             },
         })
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

} // namespace castdeck::app
