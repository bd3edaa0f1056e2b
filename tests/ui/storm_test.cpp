#include "ui/bridge/engine_bridge.h"
#include "ui/main_window.h"

#include "tests/ui/loop_watchdog.h"
#include "ui/models/log_model.h"
#include "ui/pages/log_page.h"

#include <QtCore/QFile>
#include <QtTest/QTest>

#include <thread>

using namespace castdeck;
using namespace castdeck::ui;
using namespace std::chrono_literals;

/// The window on a real engine while 5,000 events a second come in for 20 seconds.
class StormTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aStormNeitherBlocksTheWindowNorLosesARow();
};

namespace {

constexpr int perSecond = 5'000;
constexpr int seconds = 20;
constexpr std::size_t memoryBoundKilobytes = 250U * 1'024;

std::size_t residentKilobytes()
{
    QFile status{QStringLiteral("/proc/self/status")};
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').first().toULongLong();
    }
    return 0;
}

engine::EngineOptions options()
{
    hub::AppConfig app;
    app.id = "demo";
    app.key = "key";
    app.secret = "secret";
    engine::EngineOptions result;
    result.port = 0;
    result.apps = {app};
    return result;
}

/// Publishes at an even pace until the storm is over.
void makeStorm(EngineBridge& bridge)
{
    const std::string payload = R"({"n":1,"text":")" + std::string(280, 'x') + R"("})";
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < perSecond * seconds; ++i) {
        if (i % 50 == 0)
            std::this_thread::sleep_until(start + std::chrono::microseconds{1'000'000LL / perSecond * i});
        engine::PublishCommand command;
        command.appId = "demo";
        command.channels = {"orders." + std::to_string(i % 200)};
        command.event = "tick";
        command.data = payload;
        bridge.publish(std::move(command));
    }
}

} // namespace

void StormTest::aStormNeitherBlocksTheWindowNorLosesARow()
{
    Theme theme;
    EngineBridge bridge{options()};
    MainWindow window{bridge, theme, options().apps};
    bridge.setView(&window);
    bridge.startServer();
    window.showPage(MainWindow::Log);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));

    const LogStore& store = window.logModel()->store();
    const auto apiMessages = [&store] {
        return store.counts()[static_cast<std::size_t>(engine::EventKind::ApiMessage)];
    };
    const std::size_t before = residentKilobytes();
    std::chrono::milliseconds worst{0};
    std::chrono::milliseconds worstOwn{0};
    {
        const test::LoopWatchdog watchdog;
        std::thread storm{[&bridge] { makeStorm(bridge); }};
        QTRY_VERIFY_WITH_TIMEOUT(apiMessages() > 25'000, 60'000);
        window.logPage()->setFilterText(QStringLiteral("channel:orders.7*"));
        QTRY_VERIFY_WITH_TIMEOUT(apiMessages() > 50'000, 60'000);
        window.logPage()->setFilterText({});
        window.logPage()->setPaused(true);
        QTRY_VERIFY_WITH_TIMEOUT(apiMessages() > 60'000, 60'000);
        window.logPage()->setPaused(false);
        window.showPage(MainWindow::Channels);
        QTRY_VERIFY_WITH_TIMEOUT(apiMessages() > 70'000, 60'000);
        window.showPage(MainWindow::Log);
        QTRY_COMPARE_WITH_TIMEOUT(apiMessages() + store.dropped(), std::size_t{perSecond} * seconds, 60'000);
        storm.join();
        worst = watchdog.worstGap();
        worstOwn = watchdog.worstOwnGap();
    }
    const std::size_t grown = residentKilobytes() - std::min(before, residentKilobytes());
    qInfo("longest block of the event loop: %lld ms by the clock, %lld ms of our own; dropped %zu; memory grown by %zu "
          "KB; "
          "rows held %zu",
          static_cast<long long>(worst.count()), static_cast<long long>(worstOwn.count()), store.dropped(), grown,
          store.size());
    QCOMPARE(store.dropped(), 0U);
    QTRY_COMPARE(window.logModel()->rowCount(), static_cast<int>(store.size()));
    QVERIFY2(worstOwn <= 100ms, qPrintable(QStringLiteral("%1 ms").arg(worstOwn.count())));
    QVERIFY(grown < memoryBoundKilobytes);
    bridge.setView(nullptr);
}

QTEST_MAIN(StormTest)
#include "storm_test.moc"
