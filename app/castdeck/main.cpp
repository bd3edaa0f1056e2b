#include "app/castdeck/configuration.h"
#include "app/castdeck/console.h"
#include "app/castdeck/launch_options.h"
#include "app/castdeck/stop_signals.h"
#include "app/castdeck/tour.h"
#include "app/castdeck/usable_configuration.h"
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

int runWindow(app::StopSignals& stop, const app::LaunchOptions& launch)
{
    stop.watch();
    // Not quit(), which would ask the window first.
    QObject::connect(&stop, &app::StopSignals::arrived, qApp, [] { QApplication::exit(0); });
    ui::Theme theme;
    ui::SystemScheme scheme;
    QObject::connect(&scheme, &ui::SystemScheme::darkPreferred, &theme, &ui::Theme::setSystemIsDark);

    const std::optional<engine::Configuration> file =
        app::usableConfiguration(app::configurationPath(launch.configFolder));
    if (!file)
        return 1;
    app::Console console{launch, *file, theme};
    QObject::connect(&stop, &app::StopSignals::reloadRequested, qApp, [&console] { console.reload(); });
    console.start();
    return QApplication::exec();
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
