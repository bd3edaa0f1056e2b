#include "tests/ui/journeys/waiting.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>
#include <QtTest/QTest>

#include <cstdio>
#include <cstdlib>

namespace castdeck::test {

bool waitUntil(const std::function<bool()>& condition, std::chrono::milliseconds deadline)
{
    QTimer alarm; // So that the loop comes back to look, even where nothing happens.
    alarm.start(std::chrono::milliseconds{2});
    QElapsedTimer clock;
    clock.start();
    while (!condition()) {
        if (clock.elapsed() > deadline.count())
            return condition();
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

void settle()
{
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents(QEventLoop::AllEvents);
}

void giveUp(const QString& why)
{
    QTest::qFail(qPrintable(why), __FILE__, __LINE__);
    std::fflush(nullptr);
    std::_Exit(EXIT_FAILURE);
}

} // namespace castdeck::test
