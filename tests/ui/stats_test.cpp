#include "ui/models/stats_recorder.h"
#include "ui/pages/stats_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/plot_card.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QTableView>

#include <cmath>

using namespace castdeck;
using namespace castdeck::ui;
using namespace std::chrono_literals;
using engine::Event;
using engine::EventKind;

class StatsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aHistogramKnowsItsPercentiles();
    void ratesAreThoseOfASecond();
    void aRestartedServerGivesNoNegativeRate();
    void anHourIsKept();
    void delaysComeFromTraces();
    void manyChannelsStayBounded();
    void thinningLosesNoPeak();
    void csvIsSafeForSpreadsheets();
    void thePageCollectsFirst();
    void aPlotIsAlsoATableAndAFile();
    void holdStopsThePictureOnly();
    void drawingAnHourIsQuick();

private:
    static engine::Snapshot snapshot(int second, std::uint64_t messages, std::size_t connections = 5)
    {
        engine::Snapshot snapshot;
        snapshot.at = WallTime{} + 1'000'000s + std::chrono::seconds{second};
        snapshot.connectionCount = connections;
        snapshot.totals.messagesIn = messages;
        snapshot.totals.deliveries = 3 * messages;
        return snapshot;
    }
    static Event message(const std::string& channel, std::size_t bytes)
    {
        Event event;
        event.kind = EventKind::ApiMessage;
        event.channel = channel;
        event.payload = std::make_shared<const std::string>(bytes, 'x');
        return event;
    }
    static void play(StatsPage& page, int seconds)
    {
        for (int second = 0; second < seconds; ++second) {
            page.addEvents({message("orders", 200), message("news", 9'000)});
            page.showSnapshot(snapshot(second, static_cast<std::uint64_t>(second) * 10));
        }
    }
};

void StatsTest::aHistogramKnowsItsPercentiles()
{
    LogHistogram histogram{1.0};
    for (int value = 1; value <= 1'000; ++value)
        histogram.add(value);
    // A class is 58 % wide at most.
    for (const double share : {0.5, 0.95, 0.99}) {
        const double exact = share * 1'000;
        QVERIFY(histogram.percentile(share) >= exact && histogram.percentile(share) <= exact * 1.6);
    }
    QCOMPARE(histogram.percentile(1.0), 1'000.0);
    QCOMPARE(histogram.total(), std::size_t{1'000});
    histogram.add(0);
    histogram.add(1e30);
    QCOMPARE(histogram.counts().back(), std::size_t{1});
    QCOMPARE(LogHistogram{1.0}.percentile(0.5), 0.0);
}

void StatsTest::ratesAreThoseOfASecond()
{
    StatsRecorder recorder;
    recorder.addSnapshot(snapshot(0, 1'000));
    Event error;
    error.kind = EventKind::ApiError;
    recorder.addEvents({message("orders", 100), message("orders", 300), error});
    auto soon = snapshot(0, 1'010);
    soon.at += 400ms;
    recorder.addSnapshot(soon); // Too soon for a sample.
    QCOMPARE(recorder.samples().size(), std::size_t{1});
    recorder.addSnapshot(snapshot(2, 1'040));
    const StatsSample& sample = recorder.samples().back();
    QCOMPARE(sample.messagesIn, std::uint64_t{20}); // 40 within two seconds.
    QCOMPARE(sample.deliveries, std::uint64_t{60});
    QCOMPARE(sample.errors, std::uint64_t{1});
    QVERIFY(sample.sizeMedian >= 100 && sample.sizeMedian < 300);
}

void StatsTest::aRestartedServerGivesNoNegativeRate()
{
    StatsRecorder recorder;
    recorder.addSnapshot(snapshot(0, 1'000'000));
    recorder.addSnapshot(snapshot(1, 7));
    QCOMPARE(recorder.samples().back().messagesIn, std::uint64_t{7});
}

void StatsTest::anHourIsKept()
{
    StatsRecorder recorder;
    for (int second = 0; second < 4'000; ++second)
        recorder.addSnapshot(snapshot(second, 0));
    QCOMPARE(recorder.samples().size(), StatsRecorder::maxSamples);
    QCOMPARE(recorder.samples().back().at, snapshot(3'999, 0).at);
}

void StatsTest::delaysComeFromTraces()
{
    StatsRecorder recorder;
    Event event = message("orders", 10);
    const auto trace = std::make_shared<engine::DeliveryTrace>(2, std::string{});
    event.trace = trace;
    recorder.addEvents({event});
    trace->note(1, 0); // The fan-out goes on after the event was reported.
    trace->note(2, 0);
    recorder.addSnapshot(snapshot(0, 0));
    QCOMPARE(recorder.delays().total(), std::size_t{2});
    recorder.addSnapshot(snapshot(1, 0));
    QCOMPARE(recorder.delays().total(), std::size_t{2});
}

void StatsTest::manyChannelsStayBounded()
{
    StatsRecorder recorder;
    std::vector<Event> events;
    for (int i = 0; i < 50; ++i)
        events.push_back(message("busy", 10));
    for (int i = 0; i < 20'000; ++i)
        events.push_back(message("channel-" + std::to_string(i), 1));
    recorder.addEvents(events);
    for (int i = 0; i < 3'000; ++i)
        recorder.addEvents({message("late-" + std::to_string(i), 1)});
    const auto talkers = recorder.topTalkers(100'000);
    QVERIFY(talkers.size() <= 2'001);
    QCOMPARE(talkers.front().channel, "busy");
    QCOMPARE(talkers.front().messages, std::uint64_t{50});
    QCOMPARE(talkers.front().bytes, std::uint64_t{500});
}

void StatsTest::thinningLosesNoPeak()
{
    std::vector<double> values(3'600, 1.0);
    values[1'234] = 99;
    values[2'345] = -5;
    const auto extents = thinned(values, 600);
    QCOMPARE(extents.size(), std::size_t{600});
    QCOMPARE(std::ranges::max_element(extents, {}, &Extent::high)->high, 99.0);
    QCOMPARE(std::ranges::min_element(extents, {}, &Extent::low)->low, -5.0);
    QCOMPARE(thinned({1, 2}, 600).size(), std::size_t{2});
    QVERIFY(thinned({}, 600).empty());
}

void StatsTest::csvIsSafeForSpreadsheets()
{
    const PlotData data{PlotData::Kind::Bars, "Channel", {"=1+1", "a\"b,c"}, {{"messages", Tone::Text, {1.5, 2}}}, {}};
    QCOMPARE(toCsv(data), QString{"\"Channel\",\"messages\"\r\n\"'=1+1\",1.5\r\n\"a\"\"b,c\",2\r\n"});
}

void StatsTest::thePageCollectsFirst()
{
    StatsPage page;
    page.resize(900, 600);
    page.show();
    play(page, 5);
    QVERIFY(!page.findChild<Plot*>("stats.messages")->isVisible());
    play(page, 12);
    QVERIFY(page.findChild<Plot*>("stats.messages")->isVisible());
    QVERIFY(page.findChild<Plot*>("stats.messages")->accessibleDescription().contains("delivered"));
    QCOMPARE(page.findChild<Plot*>("stats.talkers")->data().labels.size(), std::size_t{2});
}

void StatsTest::aPlotIsAlsoATableAndAFile()
{
    StatsPage page;
    page.show();
    play(page, 20);
    auto* table = page.findChild<QTableView*>("stats.messages.table");
    auto* card = qobject_cast<PlotCard*>(page.findChild<Plot*>("stats.messages")->parentWidget()->parentWidget());
    QVERIFY(card != nullptr);
    card->setTable(true);
    QVERIFY(table->isVisible());
    QCOMPARE(table->model()->rowCount(), static_cast<int>(card->plot()->data().labels.size()));
    QCOMPARE(table->model()->index(0, 1).data().toString(), "10"); // The newest on top.

    const QTemporaryDir folder;
    QSignalSpy told{card, &PlotCard::told};
    card->savePicture(folder.filePath("plot.png"));
    card->saveTable(folder.filePath("plot.csv"));
    QVERIFY(!QImage{folder.filePath("plot.png")}.isNull());
    QFile csv{folder.filePath("plot.csv")};
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QCOMPARE(csv.readAll().count("\r\n"), table->model()->rowCount() + 1);
    card->saveTable(folder.filePath("missing/plot.csv"));
    QVERIFY(told.back().front().toString().contains("cannot be written"));
}

void StatsTest::holdStopsThePictureOnly()
{
    StatsPage page;
    page.show();
    play(page, 20);
    const auto* plot = page.findChild<Plot*>("stats.messages");
    const std::size_t shown = plot->data().labels.size();
    page.setHeld(true);
    for (int second = 20; second < 25; ++second)
        page.showSnapshot(snapshot(second, 0));
    QCOMPARE(plot->data().labels.size(), shown);
    page.setHeld(false);
    QCOMPARE(plot->data().labels.size(), shown + 5);
}

void StatsTest::drawingAnHourIsQuick()
{
    Theme theme;
    StatsPage page;
    theme.dress(page);
    page.resize(1'000, 700);
    for (const auto choice : {Theme::Choice::Light, Theme::Choice::Dark}) {
        theme.setChoice(choice);
        page.show();
        std::uint64_t messages = 0;
        for (int second = 0; second < 3'600; ++second) {
            messages += static_cast<std::uint64_t>(200 + 150 * std::sin(second / 90.0) + (second % 700 < 3 ? 400 : 0));
            Event traced = message("orders.eu", 180);
            const auto trace = std::make_shared<engine::DeliveryTrace>(1, std::string{});
            traced.trace = trace;
            trace->note(1, 0);
            page.addEvents({traced, message(second % 3 == 0 ? "news" : "orders.us", 2'400)});
            page.showSnapshot(snapshot(second, messages, 40 + static_cast<std::size_t>(second) / 60 % 17));
        }
        QElapsedTimer clock;
        clock.start();
        const QPixmap picture = page.grab();
        QVERIFY2(clock.elapsed() < 500, qPrintable(QString::number(clock.elapsed())));
        if (const QString folder = qEnvironmentVariable("CASTDECK_PICTURES"); !folder.isEmpty())
            picture.save(folder + (choice == Theme::Choice::Light ? "/stats-light.png" : "/stats-dark.png"));
    }
}

QTEST_MAIN(StatsTest)
#include "stats_test.moc"
