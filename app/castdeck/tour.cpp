#include "app/castdeck/tour.h"

#include "app/castdeck/auth_scenes.h"
#include "app/castdeck/sample_server.h"
#include "core/remote/secret_vault.h"
#include "ui/main_window.h"
#include "ui/models/log_model.h"
#include "ui/models/profile_book.h"
#include "ui/pages/authorization_page.h"
#include "ui/pages/board_pane.h"
#include "ui/pages/channels_page.h"
#include "ui/pages/connect_page.h"
#include "ui/pages/connections_page.h"
#include "ui/pages/log_page.h"
#include "ui/pages/occupancy_samples.h"
#include "ui/pages/send_page.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/inspector.h"
#include "ui/widgets/shortcut_sheet.h"

#include <QtCore/QDir>
#include <QtCore/QTextStream>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>

#include <algorithm>
#include <functional>
#include <iterator>

namespace castdeck::app {

namespace {

const std::string orderJson = R"({
  "order": {
    "id": 1042,
    "total": "189.90",
    "currency": "EUR"
  },
  "carrier": "PostNL",
  "tracking": ["3SDEVC0192"],
  "eta": "2026-05-12",
  "signature": false
})";

constexpr int smallestFile = 0; ///< For PNG the quality is the speed of packing.

/// Lets timers of a few frames and what they post come to rest.
void settle()
{
    for (int i = 0; i < 12; ++i) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 20);
    }
}

void sendSamples(ui::MainWindow& window, SampleServer& server)
{
    ui::Composer& composer = *window.sendPage()->composer();
    composer.setDraft({QStringLiteral("cache-exchange-rates"), QStringLiteral("rates.updated"),
                       R"({"base":"EUR","USD":1.0839})", ui::PayloadMode::Json});
    composer.send();
    composer.setDraft({QStringLiteral("alerts"), QStringLiteral("maintenance.planned"),
                       R"({"minutes":15,"from":"22:00"})", ui::PayloadMode::Json});
    composer.send();
    composer.setDraft({QStringLiteral("orders, private-orders.1042"), QStringLiteral("order.shipped"), orderJson,
                       ui::PayloadMode::Json});
    composer.send();
    server.answer();
}

void breakDraft(ui::MainWindow& window)
{
    std::string broken = orderJson;
    broken.erase(broken.find(",\n  \"tracking\""), 1);
    window.sendPage()->composer()->setDraft({QStringLiteral("orders, private-orders/1042"),
                                             QStringLiteral("order.shipped"), broken, ui::PayloadMode::Json});
}

/// The engine behind the connection lists its channels, and who is in one of them.
void askEngine(ui::MainWindow& window, SampleServer& server, const QString& connection, const std::string& channel)
{
    window.showPage(ui::MainWindow::Channels);
    window.channelsPage()->setConnection(connection);
    server.answer();
    window.channelsPage()->selectRemoteChannel(channel);
    server.answer();
    server.answer(); // The members of the first channel were asked for before.
}

enum class Samples { Busy, Idle };

/// What a scene can turn to besides the window.
struct Stage {
    ui::MainWindow& window;
    SampleServer& server;
    ui::ConnectPage& connectPage;
};

struct Scene {
    QString name;
    std::function<void(Stage&)> arrange;
    Samples samples = Samples::Busy;
};

Scene authScene(const char* name, AuthScene scene)
{
    return {QString::fromLatin1(name), [scene](Stage& stage) {
                stage.window.showPage(ui::MainWindow::Authorization);
                showAuthScene(*stage.window.authorizationPage(), scene);
            }};
}

Scene logScene(const char* name, std::function<void(ui::LogPage&)> arrange)
{
    return {QString::fromLatin1(name), [arrange = std::move(arrange)](Stage& stage) {
                stage.window.showPage(ui::MainWindow::Log);
                settle();
                arrange(*stage.window.logPage());
            }};
}

Scene pageScene(const char* name, ui::MainWindow::Page page, Samples samples = Samples::Busy)
{
    return {QString::fromLatin1(name), [page](Stage& stage) { stage.window.showPage(page); }, samples};
}

Scene remoteScene(const char* name, const char* connection, const char* channel)
{
    return {QString::fromLatin1(name), [connection, channel](Stage& stage) {
                askEngine(stage.window, stage.server, QString::fromLatin1(connection), channel);
            }};
}

ui::Profile productionProfile()
{
    ui::Profile profile;
    profile.id = "shop";
    profile.name = QStringLiteral("Shop, live");
    profile.color = ui::Profile::Color::Red;
    profile.isProduction = true;
    profile.host = QStringLiteral("ws.example.com");
    return profile;
}

/// A second live profile, which is production.
void addProduction(Stage& stage)
{
    static ui::MemoryDocuments documents;
    stage.window.addWorkspace({stage.server, stage.server, documents}, SampleServer::settings(), productionProfile());
    stage.window.showWorkspace(productionProfile().id);
}

std::vector<Scene> frameScenes()
{
    using ui::MainWindow;
    return {
        pageScene("home", MainWindow::Home),
        {QStringLiteral("home-profiles"),
         [](Stage& stage) {
             stage.window.setKnownProfiles({productionProfile()});
             stage.window.showPage(MainWindow::Home);
         }},
        {QStringLiteral("connect"),
         [](Stage& stage) {
             stage.window.showPage(MainWindow::Connect);
             stage.connectPage.startNew();
         }},
        {QStringLiteral("connect-pasted"),
         [](Stage& stage) {
             stage.window.showPage(MainWindow::Connect);
             stage.connectPage.startNew();
             stage.connectPage.paste(QStringLiteral("PUSHER_APP_ID=1000001\nPUSHER_APP_KEY=sample-key-1f7c02\n"
                                                    "PUSHER_APP_SECRET=sample-secret-for-pictures\n"
                                                    "PUSHER_HOST=ws.example.com\nPUSHER_PORT=443\n"
                                                    "PUSHER_SCHEME=https\n"));
         }},
        pageScene("settings", MainWindow::Settings),
        {QStringLiteral("help"), [](Stage& stage) { stage.window.showHelp(QStringLiteral("first-event")); }},
        {QStringLiteral("help-filter"), [](Stage& stage) { stage.window.showHelp(QStringLiteral("filter")); }},
        {QStringLiteral("help-shortcuts"), [](Stage& stage) { stage.window.showHelp(QStringLiteral("shortcuts")); }},
        {QStringLiteral("palette"),
         [](Stage& stage) {
             stage.window.showPage(MainWindow::Log);
             stage.window.openPalette();
         }},
        {QStringLiteral("production"), [](Stage& stage) { addProduction(stage); }},
        {QStringLiteral("layout-operator"), [](Stage& stage) { stage.window.arrange(ui::Arrangement::Operator); }},
        {QStringLiteral("layout-presenter"),
         [](Stage& stage) {
             stage.window.arrange(ui::Arrangement::Presenter);
             settle();
             stage.window.channelsPage()->selectChannel(SampleServer::apps().front().id, "presence-support");
         }},
    };
}

std::vector<Scene> sendScenes()
{
    using ui::MainWindow;
    const auto scene = [](const char* name, std::function<void(Stage&)> arrange) {
        return Scene{QString::fromLatin1(name), [arrange = std::move(arrange)](Stage& stage) {
                         stage.window.showPage(MainWindow::Send);
                         stage.window.sendPage()->board()->addSamples();
                         arrange(stage);
                     }};
    };
    return {
        scene("send", [](Stage&) {}),
        scene("send-mistake", [](Stage& stage) { breakDraft(stage.window); }),
        scene("send-form",
              [](Stage& stage) {
                  ui::BoardPane& board = *stage.window.sendPage()->board();
                  board.openTemplate(board.templates().all()[2].id);
              }),
        scene("send-sheet", [](Stage& stage) { stage.window.sendPage()->saveAsTemplate(); }),
        scene("send-confirm",
              [](Stage& stage) {
                  stage.window.sendPage()->setProfile(productionProfile());
                  stage.window.sendPage()->send();
              }),
        scene("send-connection",
              [](Stage& stage) {
                  stage.window.sendPage()->setConnection(QStringLiteral("chat"));
                  stage.window.sendPage()->composer()->send();
                  stage.server.answer();
              }),
        pageScene("send-board-empty", MainWindow::Send),
    };
}

std::vector<Scene> logScenes()
{
    using ui::MainWindow;
    const auto selectNewest = [](ui::LogPage& page, int fromEnd) {
        auto* table = page.findChild<QAbstractItemView*>(QStringLiteral("log.table"));
        page.selectRow(table->model()->rowCount() - fromEnd);
    };
    return {
        logScene("log", [selectNewest](ui::LogPage& page) { selectNewest(page, 2); }),
        logScene("log-filter",
                 [](ui::LogPage& page) { page.setFilterText(QStringLiteral("channel:*orders* -type:subscribed")); }),
        logScene("log-filter-mistake",
                 [](ui::LogPage& page) { page.setFilterText(QStringLiteral("channel:orders (type:api")); }),
        logScene("log-filter-none",
                 [](ui::LogPage& page) { page.setFilterText(QStringLiteral("channel:nothing-like-this")); }),
        logScene("log-export", [](ui::LogPage& page) { page.toggleExport(); }),
        logScene("log-talkers", [](ui::LogPage& page) { page.toggleTalkers(); }),
        {QStringLiteral("log-compare"),
         [selectNewest](Stage& stage) {
             stage.window.showPage(MainWindow::Log);
             settle();
             ui::LogPage& page = *stage.window.logPage();
             selectNewest(page, 2);
             page.markA();
             selectNewest(page, 8);
             page.markB();
             stage.window.workspace()->showInspector(ui::Inspector::Compare);
         }},
        {QStringLiteral("log-delivery"),
         [selectNewest](Stage& stage) {
             stage.window.showPage(MainWindow::Log);
             settle();
             selectNewest(*stage.window.logPage(), 2);
             stage.window.workspace()->showInspector(ui::Inspector::Delivery);
         }},
        {QStringLiteral("log-details"),
         [selectNewest](Stage& stage) {
             stage.window.showPage(MainWindow::Log);
             settle();
             selectNewest(*stage.window.logPage(), 2);
             stage.window.workspace()->showInspector(ui::Inspector::Details);
         }},
        {QStringLiteral("log-code"),
         [selectNewest](Stage& stage) {
             stage.window.showPage(MainWindow::Log);
             settle();
             selectNewest(*stage.window.logPage(), 2);
             stage.window.workspace()->showInspector(ui::Inspector::Code);
         }},
        pageScene("log-empty", MainWindow::Log, Samples::Idle),
    };
}

std::vector<Scene> otherScenes()
{
    using ui::MainWindow;
    return {
        {QStringLiteral("channels"),
         [](Stage& stage) {
             stage.window.showPage(MainWindow::Channels);
             settle();
             stage.window.channelsPage()->selectChannel(SampleServer::apps().front().id, "presence-support");
         }},
        remoteScene("channels-remote", "chat", "chat:support"),
        remoteScene("channels-remote-no-members", "chat", "news"),
        remoteScene("channels-remote-many", "metrics", ""),
        remoteScene("channels-remote-refused", "eu-prod", ""),
        pageScene("channels-empty", MainWindow::Channels, Samples::Idle),
        {QStringLiteral("connections"),
         [](Stage& stage) {
             stage.window.showPage(MainWindow::Connections);
             settle();
             const engine::ConnectionSnapshot& first = stage.window.workspace()->snapshot()->connections.front();
             stage.window.workspace()->connectionsPage()->selectConnection(first.appId, first.socketId);
         }},
        pageScene("connections-empty", MainWindow::Connections, Samples::Idle),
        {QStringLiteral("connections-virtual"), [](Stage& stage) { stage.window.workspace()->showSubscribers(); }},
        authScene("auth", AuthScene::TryDenied),
        authScene("auth-rules", AuthScene::Rules),
        authScene("auth-signature", AuthScene::TrySignature),
        authScene("auth-options", AuthScene::TryOptions),
        authScene("auth-matrix", AuthScene::Matrix),
        authScene("auth-personas", AuthScene::Personas),
        pageScene("auth-empty", MainWindow::Authorization, Samples::Idle),
        {QStringLiteral("stats"),
         [](Stage& stage) {
             stage.window.showPage(MainWindow::Stats);
             stage.server.playMinutes();
         }},
        pageScene("stats-empty", MainWindow::Stats, Samples::Idle),
        pageScene("apps", MainWindow::Apps),
    };
}

std::vector<Scene> scenes()
{
    std::vector<Scene> all = frameScenes();
    for (std::vector<Scene> part : {sendScenes(), logScenes(), otherScenes()})
        std::ranges::move(part, std::back_inserter(all));
    return all;
}

bool draw(const QString& file, const Scene& scene, ui::Theme& theme, const QSize& size)
{
    SampleServer server;
    ui::MemoryDocuments documents;
    ui::ProfileBook book{documents};
    remote::SecretVault vault{{}};
    ui::SampleOccupancy occupancy{SampleServer::snapshot()};
    ui::MainWindow window{theme, documents};
    auto* connectPage = new ui::ConnectPage{book, vault};
    window.setConnectPage(connectPage);
    server.setView(
        window.addWorkspace({server, server, documents, &occupancy}, SampleServer::settings(), ui::localProfile()));
    window.setDataFolder(QStringLiteral("~/.config/castdeck"));
    window.resize(size);
    window.show();
    if (scene.samples == Samples::Busy) {
        server.play();
        settle();
        sendSamples(window, server);
    } else {
        server.idle();
    }
    Stage stage{window, server, *connectPage};
    scene.arrange(stage);
    settle();
    const bool isSaved = window.grab().toImage().convertToFormat(QImage::Format_RGB888).save(file, "PNG", smallestFile);
    theme.setZoom(100);
    return isSaved;
}

/// A dialog is a window of its own.
bool drawSheet(const QString& file)
{
    ui::ShortcutSheet sheet;
    sheet.setAttribute(Qt::WA_DeleteOnClose, false);
    sheet.show();
    settle();
    return sheet.grab().toImage().convertToFormat(QImage::Format_RGB888).save(file, "PNG", smallestFile);
}

} // namespace

int runTour(const LaunchOptions& options)
{
    QTextStream err{stderr};
    const QDir folder{options.tourFolder};
    if (!folder.mkpath(QStringLiteral("."))) {
        err << "castdeck: cannot create the folder " << options.tourFolder << ".\n";
        return 1;
    }
    const auto fail = [&err](const QString& file) {
        err << "castdeck: cannot write " << file << ".\n";
        return 1;
    };
    ui::Theme theme;
    for (const auto choice : {ui::Theme::Choice::Light, ui::Theme::Choice::Dark}) {
        theme.setChoice(choice);
        const QString suffix = choice == ui::Theme::Choice::Light ? QStringLiteral("light") : QStringLiteral("dark");
        for (const QSize& size : options.sizes) {
            const QString width = size == options.sizes.front() ? QString{} : QStringLiteral("-%1").arg(size.width());
            for (const Scene& scene : scenes()) {
                if (!options.scenes.isEmpty() && !options.scenes.contains(scene.name))
                    continue;
                const QString file = folder.filePath(QStringLiteral("%1-%2%3.png").arg(scene.name, suffix, width));
                if (!draw(file, scene, theme, size))
                    return fail(file);
            }
        }
        if (!options.scenes.isEmpty() && !options.scenes.contains(QStringLiteral("shortcuts")))
            continue;
        if (const QString file = folder.filePath(QStringLiteral("shortcuts-%1.png").arg(suffix)); !drawSheet(file))
            return fail(file);
    }
    return 0;
}

} // namespace castdeck::app
