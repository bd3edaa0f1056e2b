#include "tests/ui/journeys/harness.h"
#include "tests/ui/journeys/waiting.h"
#include "tests/ui/machine_load.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/log_model.h"

#include <QtTest/QTest>

#include <atomic>
#include <thread>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

/// Ten minutes of 20,000 deliveries a second with the log page open. CASTDECK_SOAK_SECONDS makes it shorter.
class SoakTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void memoryStaysFlatAndCountsExact();
};

namespace {

constexpr int sockets = 20;
constexpr int eventsPerSecond = 1'000;
constexpr qint64 maxGrownKilobytes = 24 * 1'024;

int seconds()
{
    const int wanted = qEnvironmentVariableIntValue("CASTDECK_SOAK_SECONDS");
    return wanted > 0 ? wanted : 600;
}

/// Publishes at an even pace, from a thread of its own.
void publishAll(ui::EngineBridge& bridge, int count, std::atomic<int>& published)
{
    const std::string text(280, 'x');
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < count; ++i) {
        if (i % 10 == 0)
            std::this_thread::sleep_until(start + i * (std::chrono::microseconds{1'000'000} / eventsPerSecond));
        engine::PublishCommand command;
        command.appId = Harness::app().id;
        command.channels = {"soak"};
        command.event = "tick";
        command.data = R"({"n":)" + std::to_string(i) + R"(,"text":")" + text + R"("})";
        bridge.publish(std::move(command));
        published = i + 1;
    }
}

} // namespace

void SoakTest::memoryStaysFlatAndCountsExact()
{
    Journey journey{{.id = QStringLiteral("Soak"),
                     .title = QStringLiteral("20,000 deliveries a second for %1 s, log page open").arg(seconds())}};
    Harness harness{journey};
    harness.open();
    harness.window().showPage(ui::MainWindow::Log);
    NodeActor& crowd = harness.actor();
    QJsonObject order = harness.address(QStringLiteral("crowd"));
    order.insert(QStringLiteral("sockets"), sockets);
    order.insert(QStringLiteral("channel"), QStringLiteral("soak"));
    QVERIFY(!crowd.ask(QStringLiteral("openCrowd"), order).contains(QStringLiteral("error")));
    const auto& store = harness.window().logModel()->store();
    const auto messages = [&store] { return store.counts()[static_cast<std::size_t>(engine::EventKind::ApiMessage)]; };

    const int count = eventsPerSecond * seconds();
    const int settledAfter = std::min(count / 2, 120'000); // The log in memory is full by then.
    const std::size_t droppedBefore = store.dropped();
    std::atomic<int> published = 0;
    journey.begin();
    const auto start = std::chrono::steady_clock::now();
    std::thread publisher{[&] { publishAll(harness.console().bridge(), count, published); }};
    const auto deadline = std::chrono::seconds{4 * seconds() + 60};
    const bool isSettled = waitUntil([&] { return published >= settledAfter; }, deadline);
    const qint64 before = residentKilobytes();
    const bool isDone = waitUntil([&] { return published >= count; }, deadline);
    publisher.join();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    QVERIFY(isSettled && isDone);
    QVERIFY(waitUntil([&] { return messages() + store.dropped() - droppedBefore >= static_cast<std::size_t>(count); },
                      60s));
    const qint64 grown = residentKilobytes() - before;
    journey.end();

    const auto heard = [&] {
        return crowd
            .ask(QStringLiteral("crowdHeard"),
                 {{QStringLiteral("client"), QStringLiteral("crowd")}})[QLatin1String{"heard"}]
            .toInteger();
    };
    const qint64 expected = static_cast<qint64>(count) * sockets;
    QVERIFY(waitUntil([&] { return heard() >= expected; }, 60s));
    journey.addFigure(QStringLiteral("deliveries"), static_cast<double>(heard()));
    journey.addFigure(QStringLiteral("a second"), static_cast<double>(expected) / took.count());
    journey.addFigure(QStringLiteral("rows not shown"), static_cast<double>(store.dropped() - droppedBefore));
    journey.addFigure(QStringLiteral("memory grown, KB"), static_cast<double>(grown));
    journey.addFigure(QStringLiteral("memory, MB"), static_cast<double>(residentKilobytes()) / 1'024);
    journey.step(QStringLiteral("the end"));
    QCOMPARE(heard(), expected);
    QCOMPARE(messages() + store.dropped() - droppedBefore, static_cast<std::size_t>(count));
    QCOMPARE(harness.faults(), QString{});
    QVERIFY2(grown < maxGrownKilobytes, qPrintable(QStringLiteral("%1 KB").arg(grown)));
}

QTEST_MAIN(SoakTest)
#include "soak_test.moc"
