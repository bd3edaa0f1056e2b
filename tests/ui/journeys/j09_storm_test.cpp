#include "tests/ui/journeys/harness.h"
#include "tests/ui/journeys/ui.h"
#include "tests/ui/journeys/waiting.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/models/log_model.h"
#include "ui/pages/log_page.h"
#include "ui/text/shown_text.h"
#include "ui/workspace.h"

#include <QtCore/QFile>
#include <QtTest/QTest>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>

#include <atomic>
#include <thread>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

/// J9: a developer works through a storm.
class StormJourney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theOneEventIsFoundWhileThousandsComeIn();
};

namespace {

constexpr int slowPerSecond = 5'000;
constexpr int slowRows = 100'000;
constexpr int fastPerSecond = 20'000;
constexpr int fastRows = 100'000;
constexpr double maxMegabytes = 250;

/// 300 bytes on 200 channels, at an even pace. Runs beside the window, as the applications of a server do.
class Storm {
public:
    Storm(ui::EngineBridge& bridge, int perSecond, int rows)
        : m_thread{[this, &bridge, perSecond, rows] { blow(bridge, perSecond, rows); }}
    {
    }
    ~Storm() { m_thread.join(); }

    bool isOver() const { return m_isOver; }

private:
    void blow(ui::EngineBridge& bridge, int perSecond, int rows)
    {
        const std::string filling(270, 'x');
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < rows; ++i) {
            if (i % 50 == 0)
                std::this_thread::sleep_until(start + std::chrono::microseconds{1'000'000LL / perSecond * i});
            engine::PublishCommand command;
            command.appId = Harness::app().id;
            command.channels = {"orders." + std::to_string(i % 200)};
            command.event = "tick";
            command.data = R"({"n":)" + std::to_string(i % 1'000) + R"(,"text":")" + filling + R"("})";
            bridge.publish(std::move(command));
        }
        m_isOver = true;
    }

    std::atomic<bool> m_isOver{false};
    std::thread m_thread;
};

double residentMegabytes()
{
    QFile status{QStringLiteral("/proc/self/status")};
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1'024;
    }
    return 0;
}

/// What the filter of the journey must find, counted otherwise.
std::size_t wantedIn(const ui::LogStore& store)
{
    std::size_t count = 0;
    for (auto at = store.first(); at < store.end(); ++at) {
        const engine::Event& event = store.at(at);
        if (!event.channel.starts_with("orders.7") || !event.payload)
            continue;
        count += std::stoi(event.payload->substr(5)) > 500 ? 1 : 0;
    }
    return count;
}

} // namespace

void StormJourney::theOneEventIsFoundWhileThousandsComeIn()
{
    Journey journey{
        {.id = QStringLiteral("J9"), .title = QStringLiteral("Developer works through a storm"), .actions = 5}};
    Harness harness{journey};
    harness.open();
    harness.window().showPage(ui::Workspace::Log);
    Ui ui{journey};
    ui::LogModel& model = *harness.window().logModel();
    const ui::LogStore& store = model.store();
    const std::size_t before = store.total() + store.dropped();
    const auto received = [&] { return store.total() + store.dropped() - before; };
    auto& table = ui.find<QTableView>(QStringLiteral("log.table"));
    std::size_t thinning = 1;
    const auto watch =
        connect(&model, &ui::LogModel::changed, this, [&] { thinning = std::max(thinning, model.thinning()); });
    const double megabytes = residentMegabytes();
    const QString filter = QStringLiteral("channel:orders.7* json:$.n>500");

    journey.begin();
    {
        const Storm storm{harness.console().bridge(), slowPerSecond, slowRows};
        QVERIFY(waitUntil([&] { return received() > 25'000; }, 60s));
        ui.fill(QStringLiteral("log.filter"), filter);
        QVERIFY(journey.within(QStringLiteral("filter over 25,000 rows"), 450ms, [&] {
            return model.isFiltered() && model.rowCount() > 0 && model.matched() < received() / 4;
        }));
        journey.step(QStringLiteral("filtered"));
        ui.press(Qt::Key_Escape);
        journey.takeBackAction(); // Leaving the filter belongs to setting it.
        QVERIFY(waitUntil([&] { return !model.isFiltered(); }));
        table.setFocus();
        ui.press(Qt::Key_PageUp);
        journey.takeBackAction(); // Scrolling up, reading and coming back are one step.
        QVERIFY(journey.within(QStringLiteral("the chip of what came since"), 300ms,
                               [&] { return ui.isShown(QStringLiteral("log.newchip")); }));
        const std::size_t seen = received();
        QVERIFY(waitUntil([&] { return received() > seen + 1'000; }));
        journey.step(QStringLiteral("reading"));
        ui.press(Qt::Key_End);
        QVERIFY(!ui.isShown(QStringLiteral("log.newchip")));
        ui.press(Qt::CTRL | Qt::Key_Period);
        journey.takeBackAction(); // Pausing and going on are one step.
        const std::size_t paused = model.rowsSinceClear();
        QVERIFY(waitUntil([&] { return model.heldBack() > 1'000; }));
        QVERIFY(model.heldBack() >= model.rowsSinceClear() - paused);
        journey.step(QStringLiteral("paused"));
        ui.press(Qt::CTRL | Qt::Key_Period);
        ui.press(Qt::CTRL | Qt::Key_7);
        journey.takeBackAction(); // What another page changes is the test's question.
        QVERIFY(waitUntil([&] { return received() > 80'000; }, 60s));
        ui.press(Qt::CTRL | Qt::Key_3);
        journey.takeBackAction(); // So is coming back.
        QVERIFY(waitUntil([&] { return storm.isOver() && received() == slowRows; }, 60s));
    }
    QCOMPARE(store.dropped(), 0U);
    QVERIFY(waitUntil([&] { return model.rowCount() == static_cast<int>(store.size()); }));
    journey.addFigure(QStringLiteral("one row of so many shown at 5,000/s"), static_cast<double>(thinning));
    journey.forgetOwnWork();

    ui.fill(QStringLiteral("log.filter"), filter);
    journey.takeBackAction(); // The same filter once more, over all rows.
    const std::size_t wanted = wantedIn(store);
    QVERIFY(journey.within(QStringLiteral("filter over 100,000 rows"), 450ms,
                           [&] { return model.isFiltered() && model.matched() == wanted; }));
    journey.step(QStringLiteral("filtered 100,000"));
    ui.press(Qt::Key_Escape);
    journey.takeBackAction();
    QVERIFY(waitUntil([&] { return model.rowCount() == static_cast<int>(store.size()); }));
    ui.press(Qt::CTRL | Qt::Key_L);
    journey.takeBackAction(); // Clearing and undoing are one step.
    QVERIFY(journey.within(QStringLiteral("clear"), 300ms, [&] { return model.rowCount() == 0; }));
    journey.step(QStringLiteral("cleared"));
    ui.press(Qt::CTRL | Qt::Key_L);
    QVERIFY(journey.within(QStringLiteral("undo"), 450ms,
                           [&] { return model.rowCount() == static_cast<int>(store.size()); }));

    const std::size_t slowThinning = std::exchange(thinning, 1);
    {
        const Storm storm{harness.console().bridge(), fastPerSecond, fastRows};
        QVERIFY(waitUntil([&] { return ui.isShown(QStringLiteral("log.thinning")) || storm.isOver(); }, 60s));
        journey.step(QStringLiteral("thinned"));
        QVERIFY(waitUntil([&] { return storm.isOver() && received() == slowRows + fastRows; }, 120s));
    }
    QVERIFY(waitUntil([&] { return model.rowCount() == static_cast<int>(store.size()); }));
    journey.end();
    disconnect(watch);
    journey.addFigure(QStringLiteral("one row of so many shown at 20,000/s"), static_cast<double>(thinning));
    journey.addFigure(QStringLiteral("dropped at 20,000/s"), static_cast<double>(store.dropped()));
    const double grown = residentMegabytes() - megabytes;
    journey.addFigure(QStringLiteral("memory grown, MB"), grown);
    QCOMPARE(slowThinning, 1U);
    QCOMPARE(store.total() + store.dropped() - before, std::size_t{slowRows} + fastRows);
    QVERIFY2(grown < maxMegabytes, qPrintable(QString::number(grown)));
    QCOMPARE(harness.faults(), QString{});
}

QTEST_MAIN(StormJourney)
#include "j09_storm_test.moc"
