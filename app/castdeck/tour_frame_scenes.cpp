#include "app/castdeck/tour_stage.h"
#include "ui/pages/channels_page.h"
#include "ui/pages/connections_page.h"
#include "ui/pages/send_page.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/doctor_view.h"

#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>

#include <chrono>
#include <functional>
#include <utility>

namespace castdeck::app {

using namespace std::chrono_literals;
using ui::MainWindow;

namespace {

constexpr const char* pastedLines = "PUSHER_APP_ID=1000001\nPUSHER_APP_KEY=sample-key-1f7c02\n"
                                    "PUSHER_APP_SECRET=sample-secret-for-pictures\n"
                                    "PUSHER_HOST=ws.example.com\nPUSHER_PORT=443\nPUSHER_SCHEME=https\n";

void pasteEnv(Stage& stage)
{
    stage.connectPage.startNew();
    stage.connectPage.paste(QString::fromLatin1(pastedLines));
}

/// The doctor comes as far as the certificate, which a local authority has signed.
void failAtTls(Stage& stage)
{
    pasteEnv(stage);
    ui::DoctorView& doctor = *stage.connectPage.doctorView();
    remote::DoctorFinding finding;
    finding.remark = "203.0.113.7";
    finding.time = 4ms;
    doctor.showFinding(finding);
    finding.step = remote::DoctorStep::Port;
    finding.time = 11ms;
    finding.remark.clear();
    doctor.showFinding(finding);
    finding = {};
    finding.step = remote::DoctorStep::Tls;
    finding.outcome = remote::DoctorOutcome::Failed;
    finding.fault = remote::DoctorFault::UntrustedCertificate;
    finding.time = 38ms;
    const QDateTime day{QDate{2026, 3, 1}, QTime{8, 0}};
    finding.certificate =
        remote::CertificateFacts{.subject = QStringLiteral("ws.example.com"),
                                 .issuer = QStringLiteral("Workshop CA"),
                                 .names = {QStringLiteral("ws.example.com")},
                                 .from = day,
                                 .to = day.addDays(825),
                                 .fingerprint = "3f9a51c07be2d4486a0d9e77c1f2b35840aa6b1c9d2e73f05e88a4b7c6d91230",
                                 .faults = {QStringLiteral("The root certificate is not trusted here.")}};
    doctor.showFinding(finding);
    doctor.showEnd(false);
}

Scene helpScene(const char* name, const char* topic)
{
    return {QString::fromLatin1(name), [topic](Stage& stage) { stage.window.showHelp(QString::fromLatin1(topic)); }};
}

std::vector<Scene> helpScenes()
{
    return {helpScene("help", "first-event"),
            helpScene("help-sending", "sending"),
            helpScene("help-alerts", "alerts"),
            helpScene("help-log", "log"),
            helpScene("help-filter", "filter"),
            helpScene("help-channels", "channels"),
            helpScene("help-connections", "connections"),
            helpScene("help-rules", "rules"),
            helpScene("help-connect", "connect"),
            helpScene("help-window", "window"),
            helpScene("help-shortcuts", "shortcuts")};
}

Scene elsewhereScene(const char* name, MainWindow::Page page, Stage::Elsewhere kind,
                     const std::vector<std::string>& watched = {}, std::function<void(Stage&)> then = {})
{
    return {QString::fromLatin1(name), [=](Stage& stage) {
                stage.showElsewhere(page, kind, watched);
                if (then)
                    then(stage);
            }};
}

/// A server elsewhere that tells much, and one that tells nothing.
std::vector<Scene> elsewhereScenes()
{
    using enum Stage::Elsewhere;
    const auto addWatch = [](Stage& stage) { stage.press("channels.watch.open"); };
    const auto selectRoom = [](Stage& stage) {
        stage.window.channelsPage()->selectRemoteChannel("presence-support");
        stage.remoteServer.answer();
        stage.remoteServer.answer();
    };
    const auto edit = [](Stage& stage) {
        stage.window.showPage(MainWindow::Connect);
        stage.editStaging();
        stage.press("connect.remove");
    };
    return {
        elsewhereScene("remote-channels", MainWindow::Channels, Tells, {"presence-support"}, selectRoom),
        elsewhereScene("remote-channels-watch", MainWindow::Channels, Tells, {}, addWatch),
        elsewhereScene("remote-channels-silent", MainWindow::Channels, Silent),
        elsewhereScene("remote-channels-watched", MainWindow::Channels, Silent, {"orders", "private-orders.1042"}),
        elsewhereScene("remote-connections", MainWindow::Connections, Tells),
        elsewhereScene("remote-connections-silent", MainWindow::Connections, Silent),
        elsewhereScene("remote-stats", MainWindow::Stats, Silent, {},
                       [](Stage& stage) { stage.remoteServer.playMinutes(); }),
        elsewhereScene("remote-server", MainWindow::Server, Tells),
        elsewhereScene("remote-server-silent", MainWindow::Server, Silent),
        elsewhereScene("profile-remove", MainWindow::Home, Tells, {}, edit),
    };
}

void openPalette(Stage& stage, const QString& words)
{
    stage.window.openPalette();
    settle();
    if (auto* field = stage.window.findChild<QLineEdit*>(QStringLiteral("palette.field")))
        field->setText(words);
}

std::vector<Scene> profileScenes()
{
    const auto production = [](Stage& stage) { stage.connectTo(productionProfile()); };
    return {
        {QStringLiteral("production"), production},
        {QStringLiteral("production-send"),
         [production](Stage& stage) {
             production(stage);
             stage.window.showPage(MainWindow::Send);
         }},
        {QStringLiteral("production-unlock"),
         [production](Stage& stage) {
             production(stage);
             stage.window.showPage(MainWindow::Send);
             stage.window.turnLock();
         }},
        {QStringLiteral("profiles-menu"),
         [](Stage& stage) {
             stage.connectTo(stagingProfile());
             stage.openMenu("toolbar.profile");
         }},
    };
}

Scene settingsScene(const char* name, const char* group)
{
    return scene(name, MainWindow::Settings,
                 [group](Stage& stage) { stage.window.showSettings(QString::fromLatin1(group)); });
}

/// Large type, and nothing in sight that should not be.
Scene presentedScene(const char* name, MainWindow::Page page, std::function<void(Stage&)> arrange = {})
{
    return {QString::fromLatin1(name), [page, arrange = std::move(arrange)](Stage& stage) {
                stage.window.arrange(ui::Arrangement::Presenter);
                stage.window.showPage(page);
                settle();
                if (arrange)
                    arrange(stage);
            }};
}

std::vector<Scene> presentedScenes()
{
    return {
        presentedScene("presented-log", MainWindow::Log,
                       [](Stage& stage) {
                           stage.selectNewest(2);
                           stage.window.workspace()->setInspectorWanted(true);
                       }),
        presentedScene("presented-connections", MainWindow::Connections,
                       [](Stage& stage) {
                           const auto& connections = SampleServer::snapshot()->connections;
                           stage.window.workspace()->connectionsPage()->selectConnection(connections.front().appId,
                                                                                         connections.front().socketId);
                       }),
        presentedScene("presented-auth", MainWindow::Authorization),
        presentedScene("presented-apps", MainWindow::Apps),
    };
}

std::vector<Scene> dockScenes()
{
    return {
        scene("composer-dock", MainWindow::Log,
              [](Stage& stage) {
                  stage.selectNewest(2);
                  stage.window.workspace()->showComposer();
              }),
        scene("composer-dock-wide", MainWindow::Log,
              [](Stage& stage) { stage.window.workspace()->setInspectorWanted(false); }),
        scene("composer-floating", MainWindow::Log, [](Stage& stage) { stage.press("dock.composer.float"); }),
        scene("composer-away", MainWindow::Log,
              [](Stage& stage) {
                  stage.press("dock.composer.float");
                  stage.window.showPage(MainWindow::Send);
              }),
    };
}

std::vector<Scene> windowScenes()
{
    return {
        scene("quit-notice", MainWindow::Log,
              [](Stage& stage) {
                  stage.window.setQuitNotice(QStringLiteral(
                      "The server of Demo (daemon) was started without this window and goes on when it closes."));
                  stage.window.close();
              }),
        settingsScene("settings-log", "log"),
        settingsScene("settings-security", "security"),
        settingsScene("settings-about", "about"),
        scene("home", MainWindow::Home),
        scene("home-profiles", MainWindow::Home,
              [](Stage& stage) { stage.window.setKnownProfiles({stagingProfile(), productionProfile()}); }),
        scene("connect", MainWindow::Connect, [](Stage& stage) { stage.connectPage.startNew(); }),
        scene("connect-pasted", MainWindow::Connect, pasteEnv),
        scene("connect-failed", MainWindow::Connect, failAtTls),
        scene("settings", MainWindow::Settings),
        scene("settings-search", MainWindow::Settings,
              [](Stage& stage) { stage.type("settings.search", QStringLiteral("layout")); }),
        scene("palette", MainWindow::Log, [](Stage& stage) { stage.window.openPalette(); }),
        scene("palette-words", MainWindow::Log, [](Stage& stage) { openPalette(stage, QStringLiteral("ord")); }),
        scene("palette-none", MainWindow::Log, [](Stage& stage) { openPalette(stage, QStringLiteral("zzz")); }),
        scene("menu", MainWindow::Log, [](Stage& stage) { stage.openMenu("toolbar.menu"); }),
        scene("menu-server", MainWindow::Log, [](Stage& stage) { stage.openMenu("toolbar.server"); }),
        {QStringLiteral("first-event"), [](Stage& stage) { stage.window.startTrial(); }, Before::Nothing},
        {QStringLiteral("layout-operator"), [](Stage& stage) { stage.window.arrange(ui::Arrangement::Operator); }},
        {QStringLiteral("layout-developer"), [](Stage& stage) { stage.window.arrange(ui::Arrangement::Developer); }},
        {QStringLiteral("layout-presenter"),
         [](Stage& stage) {
             stage.window.arrange(ui::Arrangement::Presenter);
             settle();
             stage.window.channelsPage()->selectChannel(SampleServer::apps().front().id, "presence-support");
         }},
    };
}

} // namespace

std::vector<Scene> frameScenes()
{
    std::vector<Scene> all = windowScenes();
    for (const std::vector<Scene>& part :
         {profileScenes(), elsewhereScenes(), helpScenes(), dockScenes(), presentedScenes()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

} // namespace castdeck::app
