#include "app/cli/event_loop.h"

#include "app/cli/output.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTimer>

#include <csignal>

#include <sys/signalfd.h>
#include <unistd.h>

namespace castdeck::cli {

int runEventLoop(const std::function<std::shared_ptr<void>(std::function<void(int)> finish)>& start, int codeOnSignal)
{
    sigset_t stopSignals;
    sigemptyset(&stopSignals);
    sigaddset(&stopSignals, SIGINT);
    sigaddset(&stopSignals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &stopSignals, nullptr);
    const int descriptor = ::signalfd(-1, &stopSignals, SFD_CLOEXEC | SFD_NONBLOCK);

    // Qt tells what went wrong a second time, in words for programmers.
    qInstallMessageHandler([](QtMsgType kind, const QMessageLogContext&, const QString& text) {
        if (kind == QtCriticalMsg || kind == QtFatalMsg)
            say(visible(text.toStdString()));
    });
    int count = 1;
    char name[] = "castdeck-cli";
    char* arguments[] = {name, nullptr};
    const QCoreApplication application{count, arguments};
    QSocketNotifier signalled{descriptor, QSocketNotifier::Read};
    QObject::connect(&signalled, &QSocketNotifier::activated, &application,
                     [codeOnSignal] { QCoreApplication::exit(codeOnSignal); });
    std::shared_ptr<void> work;
    QTimer::singleShot(0, &application, [&] { work = start([](int code) { QCoreApplication::exit(code); }); });
    const int code = QCoreApplication::exec();
    work.reset();
    ::close(descriptor);
    return code;
}

} // namespace castdeck::cli
