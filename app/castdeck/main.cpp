#include "app/castdeck/configuration.h"
#include "app/castdeck/first_free_port.h"
#include "app/castdeck/launch_options.h"
#include "app/castdeck/stop_signals.h"
#include "app/castdeck/tour.h"
#include "app/castdeck/window_state.h"
#include "core/engine/stored_outbox.h"
#include "core/remote/driver_transport.h"
#include "core/remote/forwarder.h"
#include "core/remote/http_thread.h"
#include "core/remote/webhook_transport.h"
#include "ui/bridge/connections_bridge.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/main_window.h"
#include "ui/pages/config_problem.h"
#include "ui/theme/system_scheme.h"
#include "ui/theme/theme.h"

#include <QtCore/QTextStream>
#include <QtWidgets/QApplication>

#include <cstdlib>
#include <optional>

namespace {

using namespace castdeck;

/// Another exit code than a crash or a usage mistake, so that a caller can start the server without a window instead.
constexpr int exitNoDisplay = 3;

int fail(const QString& sentence, int code = 1)
{
    QTextStream{stderr} << "castdeck: " << sentence << "\n";
    return code;
}

bool hasDisplay()
{
    const bool isUnixDesktop = qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
    return !isUnixDesktop || !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
}

int failForDisplay(const QString& what)
{
    return fail(what + QStringLiteral("; run \"castdeck-cli serve\" for the server without a window, or set DISPLAY or "
                                      "WAYLAND_DISPLAY to a display that answers."),
                exitNoDisplay);
}

/// While the application is made: Qt would tell of plugins and end with SIGABRT when the display does not answer.
void tellOfDisplay(QtMsgType kind, const QMessageLogContext& context, const QString& text)
{
    if (kind == QtFatalMsg)
        std::_Exit(failForDisplay(QStringLiteral("the display %1 does not answer")
                                      .arg(qEnvironmentVariable("WAYLAND_DISPLAY", qEnvironmentVariable("DISPLAY")))));
    if (!QByteArray{context.category}.startsWith("qt.qpa"))
        QTextStream{stderr} << qFormatLogMessage(kind, context, text) << "\n";
}

/// `notice` says what is wrong with the file in which webhooks wait, if anything is.
engine::EngineOptions engineOptions(const engine::Configuration& file, const remote::HttpThread& http,
                                    std::uint16_t port, std::string& notice)
{
    const engine::Settings& settings = file.settings();
    const store::ServerConfig& server = settings.base.server;
    engine::EngineOptions options;
    options.listen = server.listen;
    options.port = port;
    if (server.tls)
        options.tls = engine::TlsFiles{server.tls->certificate, server.tls->key};
    options.pathPrefix = server.pathPrefix;
    options.extraHosts = server.extraHosts;
    options.workers = server.workers;
    options.apps = server.apps;
    options.authorization = settings.authorization;
    options.web = settings.web;
    options.forwarder = remote::forwarder(http);
    options.webhooks = settings.webhooks;
    options.webhookTransport = remote::webhookTransport(http);
    if (!settings.webhooks.empty())
        options.webhookOutbox = engine::openOutbox(file.path(), notice);
    return options;
}

/// Shows what is wrong with the configuration until it can be used; nothing when the window was closed instead.
std::optional<engine::Configuration> usableConfiguration(const std::filesystem::path& path)
{
    QStringList mistakes;
    for (;;) {
        Result<engine::Configuration> file = app::loadOrCreate(path);
        mistakes << (file ? app::sentencesOf(*file, store::Severity::Error)
                          : QStringList{QString::fromStdString(file.error().detail)});
        if (mistakes.isEmpty())
            return *std::move(file);
        for (const QString& mistake : mistakes)
            fail(mistake); // For who started the program from a terminal.
        const bool hasGoodCopy = std::filesystem::exists(store::ConfigFile::goodCopyPath(path));
        ui::ConfigProblem window{QString::fromStdString(path.string()), mistakes,
                                 hasGoodCopy ? ui::ConfigProblem::GoodCopy::OnOffer
                                             : ui::ConfigProblem::GoodCopy::None};
        mistakes.clear();
        bool triesAgain = false;
        const auto tryAgain = [&triesAgain] {
            triesAgain = true;
            QApplication::quit();
        };
        QObject::connect(&window, &ui::ConfigProblem::retryRequested, tryAgain);
        QObject::connect(&window, &ui::ConfigProblem::restoreRequested, [&] {
            if (auto restored = app::restoreGoodCopy(path); !restored)
                mistakes << QString::fromStdString(restored.error().detail);
            tryAgain();
        });
        window.show();
        QApplication::exec();
        if (!triesAgain)
            return std::nullopt;
    }
}

QString noticesOf(const engine::Configuration& file)
{
    QStringList notices =
        app::sentencesOf(file, store::Severity::Warning) + app::sentencesOf(file, store::Severity::Notice);
    if (auto kept = app::keepGoodCopy(file); !kept)
        notices << QString::fromStdString(kept.error().detail);
    return notices.join(u'\n');
}

int runWindow(app::StopSignals& stop, const app::LaunchOptions& launch)
{
    stop.watch();
    QObject::connect(&stop, &app::StopSignals::arrived, qApp, &QApplication::quit);
    ui::Theme theme;
    ui::SystemScheme scheme;
    QObject::connect(&scheme, &ui::SystemScheme::darkPreferred, &theme, &ui::Theme::setSystemIsDark);

    const std::optional<engine::Configuration> file = usableConfiguration(app::configurationPath(launch.configFolder));
    if (!file)
        return 1;
    const engine::Settings& settings = file->settings();
    const store::ServerConfig& server = settings.base.server;
    const std::uint16_t wanted = launch.port.value_or(server.port);

    const remote::HttpThread http;
    // The window goes first, then the bridge with the server: nobody looks at a window that waits for sockets.
    std::string outboxNotice;
    ui::EngineBridge bridge{engineOptions(*file, http, wanted, outboxNotice)};
    bridge.setPortFinder([listen = QString::fromStdString(server.listen), wanted] {
        return app::firstFreePort(listen, wanted).value_or(wanted);
    });
    broadcast::Services services;
    services.local = bridge.localPublisher();
    services.http = remote::driverTransport(http);
    ui::ConnectionsBridge connections{settings.connections, std::move(services)};
    ui::MainWindow window{
        bridge,
        connections,
        theme,
        {.apps = server.apps, .authorization = settings.authorization, .connections = settings.connections}};
    window.setWantedPort(wanted);
    window.setNotice((noticesOf(*file) + u'\n' + QString::fromStdString(outboxNotice)).trimmed());
    const QString folder = QString::fromStdString(file->path().parent_path().string());
    app::restoreWindow(folder, window, theme);
    bridge.setView(&window);
    connections.setView(&window);
    bridge.startServer();
    window.show();
    const int code = QApplication::exec();
    app::saveWindow(folder, window, theme);
    bridge.setView(nullptr);
    connections.setView(nullptr);
    return code;
}

} // namespace

int main(int argc, char** argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    const castdeck::app::LaunchOptions launch = castdeck::app::parseArguments(arguments);
    if (launch.wantsHelp || launch.wantsVersion) {
        QTextStream{stdout} << (launch.wantsHelp ? castdeck::app::helpText()
                                                 : QStringLiteral("castdeck " CASTDECK_VERSION "\n"));
        return 0;
    }
    if (!launch.mistake.isEmpty())
        return fail(launch.mistake, 2);
    if (!launch.tourFolder.isEmpty())
        qputenv("QT_QPA_PLATFORM", "offscreen");
    else if (!hasDisplay())
        return failForDisplay(QStringLiteral("there is no display to open a window on"));

    std::optional<castdeck::app::StopSignals> stop;
    if (launch.tourFolder.isEmpty())
        stop.emplace();
    qInstallMessageHandler(tellOfDisplay);
    const QApplication application{argc, argv};
    qInstallMessageHandler(nullptr);
    QApplication::setApplicationName(QStringLiteral("castdeck"));
    QApplication::setApplicationDisplayName(QStringLiteral("Castdeck"));
    QApplication::setDesktopFileName(QStringLiteral("castdeck"));
    return launch.tourFolder.isEmpty() ? runWindow(*stop, launch) : castdeck::app::runTour(launch);
}
