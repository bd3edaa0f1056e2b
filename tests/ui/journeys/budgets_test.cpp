#include "tests/ui/journeys/harness.h"
#include "tests/ui/journeys/waiting.h"
#include "tests/ui/machine_load.h"

#include <QtCore/QEventLoop>
#include <QtCore/QTimer>
#include <QtTest/QTest>

#include <ctime>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

/// What the window costs before anybody does anything.
class BudgetsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itOpensFastAndIdlesQuietly();
};

namespace {

#if defined(__OPTIMIZE__)
constexpr double maxIdlePercent = 1.0;
#else // The budget is that of a release build.
constexpr double maxIdlePercent = 3.0;
#endif
constexpr double maxIdleMegabytes = 120;

/// Of one processor, while nothing happens.
double idlePercent(std::chrono::milliseconds time)
{
    const std::clock_t before = std::clock(); // Of all threads of the process.
    QEventLoop loop;
    QTimer::singleShot(time, &loop, &QEventLoop::quit); // The measuring interval, not a wait for something.
    loop.exec();
    const double seconds = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    return 100.0 * seconds / std::chrono::duration<double>(time).count();
}

} // namespace

void BudgetsTest::itOpensFastAndIdlesQuietly()
{
    Journey journey{
        {.id = QStringLiteral("Budgets"), .title = QStringLiteral("The window before anybody does anything")}};
    Harness harness{journey};
    const auto cold = harness.open();
    harness.close();
    const auto warm = harness.open();
    journey.begin();
    journey.addTime(QStringLiteral("first start"), 1s, cold);
    journey.addTime(QStringLiteral("second start"), 300ms, warm);
    idlePercent(2s); // What the start left to do.
    journey.end();   // Watching costs something itself.
    const double idle = idlePercent(10s);
    const double megabytes = static_cast<double>(residentKilobytes()) / 1'024;
    journey.addFigure(QStringLiteral("idle processor, %"), idle);
    journey.addFigure(QStringLiteral("idle memory, MB"), megabytes);
    journey.step(QStringLiteral("idle"));
    QCOMPARE(harness.faults(), QString{});
    QVERIFY2(idle < maxIdlePercent, qPrintable(QString::number(idle)));
#if !defined(__SANITIZE_ADDRESS__)
    QVERIFY2(megabytes < maxIdleMegabytes, qPrintable(QString::number(megabytes)));
#endif
}

QTEST_MAIN(BudgetsTest)
#include "budgets_test.moc"
