#include "app/castdeck/first_free_port.h"
#include "app/castdeck/launch_options.h"
#include "app/castdeck/tour.h"
#include "app/castdeck/window_state.h"
#include "core/store/config_file.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/main_window.h"
#include "ui/theme/system_scheme.h"
#include "ui/theme/theme.h"

#include <QtCore/QFileInfo>
#include <QtCore/QTextStream>
#include <QtWidgets/QApplication>

#include <filesystem>
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

QString firstError(const store::ConfigFile& file)
{
    for (const store::Problem& problem : file.problems()) {
        if (problem.severity == store::Severity::Error)
            return QString::fromStdString(file.describe(problem));
    }
    return {};
}

Result<store::ConfigFile> loadOrCreate(const QString& folder)
{
    const store::Environment environment = store::Environment::ofProcess();
    const std::filesystem::path path = folder.isEmpty()
                                           ? store::ConfigFile::defaultPath(environment)
                                           : std::filesystem::path{folder.toStdString()} / "broadcasting.json";
    if (!std::filesystem::exists(path))
        return store::ConfigFile::createDefault(path, environment);
    return store::ConfigFile::load(path, environment);
}

engine::EngineOptions engineOptions(const store::ServerConfig& server, std::uint16_t port)
{
    engine::EngineOptions options;
    options.listen = server.listen;
    options.port = port;
    if (server.tls)
        options.tls = engine::TlsFiles{server.tls->certificate, server.tls->key};
    options.pathPrefix = server.pathPrefix;
    options.extraHosts = server.extraHosts;
    options.workers = server.workers;
    options.apps = server.apps;
    return options;
}

int runWindow(QApplication& application, const app::LaunchOptions& launch)
{
    Result<store::ConfigFile> file = loadOrCreate(launch.configFolder);
    if (!file)
        return fail(QString::fromStdString(file.error().detail));
    if (file->hasErrors())
        return fail(firstError(*file));

    const store::ServerConfig& server = file->config().server;
    const std::uint16_t wanted = launch.port.value_or(server.port);
    const std::optional<std::uint16_t> port = app::firstFreePort(QString::fromStdString(server.listen), wanted);

    ui::Theme theme;
    ui::SystemScheme scheme;
    QObject::connect(&scheme, &ui::SystemScheme::darkPreferred, &theme, &ui::Theme::setSystemIsDark);

    ui::EngineBridge bridge{engineOptions(server, port.value_or(wanted))};
    ui::MainWindow window{bridge, theme, server.apps};
    if (port && *port != wanted)
        window.setNotice(ui::MainWindow::tr("Port %1 is taken by another program, so the server listens on %2.")
                             .arg(wanted)
                             .arg(*port));
    const QString folder = QString::fromStdString(file->path().parent_path().string());
    app::restoreWindow(folder, window, theme);
    bridge.setView(&window);
    bridge.startServer();
    window.show();
    const int code = application.exec();
    app::saveWindow(folder, window, theme);
    bridge.setView(nullptr);
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
        return fail(QStringLiteral("there is no display to open a window on; run \"castdeck-cli serve\" for the server "
                                   "without a window, or set DISPLAY or WAYLAND_DISPLAY."),
                    exitNoDisplay);

    QApplication application{argc, argv};
    QApplication::setApplicationName(QStringLiteral("castdeck"));
    QApplication::setApplicationDisplayName(QStringLiteral("Castdeck"));
    QApplication::setDesktopFileName(QStringLiteral("castdeck"));
    return launch.tourFolder.isEmpty() ? runWindow(application, launch) : castdeck::app::runTour(launch);
}
