#include "app/castdeck/tour.h"

#include "app/castdeck/sample_server.h"
#include "ui/main_window.h"
#include "ui/models/log_model.h"
#include "ui/pages/authorization_page.h"
#include "ui/pages/channels_page.h"
#include "ui/pages/log_page.h"
#include "ui/pages/send_page.h"
#include "ui/pages/trial_panel.h"
#include "ui/widgets/composer.h"

#include <QtCore/QDir>
#include <QtCore/QTextStream>
#include <QtWidgets/QApplication>

#include <functional>

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

struct Scene {
    QString name;
    std::function<void(ui::MainWindow&, SampleServer&)> arrange;
    Samples samples = Samples::Busy;
};

std::vector<Scene> scenes()
{
    using ui::MainWindow;
    return {
        {QStringLiteral("send"), [](MainWindow& window, SampleServer&) { window.showPage(MainWindow::Send); }},
        {QStringLiteral("send-mistake"),
         [](MainWindow& window, SampleServer&) {
             window.showPage(MainWindow::Send);
             breakDraft(window);
         }},
        {QStringLiteral("log"),
         [](MainWindow& window, SampleServer&) {
             window.showPage(MainWindow::Log);
             settle();
             window.logPage()->selectRow(window.logModel()->rowCount() - 2);
         }},
        {QStringLiteral("log-filter"),
         [](MainWindow& window, SampleServer&) {
             window.showPage(MainWindow::Log);
             window.logPage()->setFilterText(QStringLiteral("channel:*orders* -type:subscribed"));
         }},
        {QStringLiteral("channels"),
         [](MainWindow& window, SampleServer&) {
             window.showPage(MainWindow::Channels);
             settle();
             window.channelsPage()->selectChannel(SampleServer::apps().front().id, "presence-support");
         }},
        {QStringLiteral("channels-remote"),
         [](MainWindow& window, SampleServer& server) {
             askEngine(window, server, QStringLiteral("chat"), "chat:support");
         }},
        {QStringLiteral("channels-remote-no-members"),
         [](MainWindow& window, SampleServer& server) { askEngine(window, server, QStringLiteral("chat"), "news"); }},
        {QStringLiteral("channels-remote-many"),
         [](MainWindow& window, SampleServer& server) { askEngine(window, server, QStringLiteral("metrics"), {}); }},
        {QStringLiteral("channels-remote-refused"),
         [](MainWindow& window, SampleServer& server) { askEngine(window, server, QStringLiteral("eu-prod"), {}); }},
        {QStringLiteral("send-connection"),
         [](MainWindow& window, SampleServer& server) {
             window.showPage(MainWindow::Send);
             window.sendPage()->setConnection(QStringLiteral("chat"));
             window.sendPage()->composer()->send();
             server.answer();
         }},
        {QStringLiteral("auth"),
         [](MainWindow& window, SampleServer& server) {
             window.showPage(MainWindow::Authorization);
             window.authorizationPage()->trial()->setActor(QStringLiteral("ben"));
             window.authorizationPage()->trial()->setChannel(QStringLiteral("private-orders.1042"));
             window.authorizationPage()->trial()->run();
             server.answer();
         }},
        {QStringLiteral("auth-empty"),
         [](MainWindow& window, SampleServer&) { window.showPage(MainWindow::Authorization); }, Samples::Idle},
        {QStringLiteral("log-empty"), [](MainWindow& window, SampleServer&) { window.showPage(MainWindow::Log); },
         Samples::Idle},
        {QStringLiteral("channels-empty"),
         [](MainWindow& window, SampleServer&) { window.showPage(MainWindow::Channels); }, Samples::Idle},
        {QStringLiteral("apps"), [](MainWindow& window, SampleServer&) { window.showPage(MainWindow::Apps); }},
    };
}

bool draw(const QString& file, const Scene& scene, ui::Theme& theme, const QSize& size)
{
    SampleServer server;
    ui::MemoryDocuments documents;
    ui::MainWindow window{theme};
    server.setView(window.addWorkspace({server, server, documents}, SampleServer::settings(), ui::localProfile()));
    window.resize(size);
    window.show();
    if (scene.samples == Samples::Busy) {
        server.play();
        settle();
        sendSamples(window, server);
    } else {
        server.idle();
    }
    scene.arrange(window, server);
    settle();
    return window.grab().toImage().convertToFormat(QImage::Format_RGB888).save(file, "PNG", smallestFile);
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
    ui::Theme theme;
    for (const auto choice : {ui::Theme::Choice::Light, ui::Theme::Choice::Dark}) {
        theme.setChoice(choice);
        const QString suffix = choice == ui::Theme::Choice::Light ? QStringLiteral("light") : QStringLiteral("dark");
        for (const Scene& scene : scenes()) {
            const QString file = folder.filePath(QStringLiteral("%1-%2.png").arg(scene.name, suffix));
            if (!draw(file, scene, theme, options.size)) {
                err << "castdeck: cannot write " << file << ".\n";
                return 1;
            }
        }
    }
    return 0;
}

} // namespace castdeck::app
