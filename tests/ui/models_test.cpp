#include "ui/models/apps_model.h"
#include "ui/models/channels_model.h"
#include "ui/models/history_model.h"
#include "ui/models/log_model.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <array>

using namespace castdeck;
using namespace castdeck::ui;
using engine::EventKind;

class ModelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rowsOfTheLogArriveInSlices();
    void theLogKeepsItsBoundOfRowsAndCountsAll();
    void theLogKeepsItsBoundOfBytes();
    void aPausedLogHoldsBackAndLosesNothing();
    void aFilterChoosesAmongOldAndNewRows();
    void kindsChooseRows();
    void clearedRowsComeBackOnUndo();
    void aStormIsThinnedAndShownWholeWhenItIsOver();
    void olderRowsStandAboveAndMakeRoomAgain();
    void deltasAndMarksAreShownInTheRow();
    void channelsChangeByDifferences();
    void aFilteredChannelIsHidden();
    void appsAreNamedAndCounted();
    void historyIsBoundedAndNewestFirst();
};

namespace {

std::vector<engine::Event> events(std::size_t count, EventKind kind = EventKind::ApiMessage,
                                  const char* channel = "orders")
{
    engine::Event event;
    event.kind = kind;
    event.channel = channel;
    event.event = "note";
    event.payload = std::make_shared<const std::string>("{}");
    return std::vector(count, event);
}

engine::Snapshot snapshotOf(const std::vector<std::pair<std::string, std::size_t>>& channels)
{
    engine::Snapshot snapshot;
    for (const auto& [name, subscriptions] : channels) {
        engine::ChannelSnapshot channel;
        channel.appId = "demo";
        channel.name = name;
        channel.kind = pusher::kindOf(name);
        channel.subscriptions = subscriptions;
        snapshot.channels.push_back(std::move(channel));
    }
    return snapshot;
}

QString nameIn(const QAbstractItemModel& model, int row)
{
    return model.index(row, 0).data().toString();
}

} // namespace

void ModelsTest::rowsOfTheLogArriveInSlices()
{
    LogModel model;
    const QAbstractItemModelTester tester{&model};
    QSignalSpy inserted{&model, &QAbstractItemModel::rowsInserted};
    model.append(events(1'200));
    QCOMPARE(model.rowCount(), 0); // Appending only stores.
    QCOMPARE(model.store().total(), 1'200U);
    QTRY_COMPARE(model.rowCount(), 1'200);
    QVERIFY(inserted.size() >= 3);
    for (const auto& insertion : inserted)
        QVERIFY(insertion[2].toInt() - insertion[1].toInt() < static_cast<int>(LogModel::maxRowsPerSlice));
}

void ModelsTest::theLogKeepsItsBoundOfRowsAndCountsAll()
{
    LogModel model{nullptr, {.rows = 100, .bytes = 1'000'000}};
    const QAbstractItemModelTester tester{&model};
    for (int i = 0; i < 25; ++i) {
        model.append(events(10));
        QTRY_COMPARE(model.rowCount(), std::min(100, (i + 1) * 10));
    }
    QCOMPARE(model.store().total(), 250U);
    QCOMPARE(model.store().counts()[static_cast<std::size_t>(EventKind::ApiMessage)], 250U);
    QCOMPARE(model.store().size(), 100U);
}

void ModelsTest::theLogKeepsItsBoundOfBytes()
{
    LogStore store{{.rows = 1'000, .bytes = 100'000}};
    auto large = events(50);
    for (auto& event : large)
        event.payload = std::make_shared<const std::string>(std::string(10'000, 'x'));
    store.append(std::move(large));
    QVERIFY(store.bytes() <= 100'000);
    QVERIFY(store.size() >= 9);
    QCOMPARE(store.total(), 50U);
}

void ModelsTest::aPausedLogHoldsBackAndLosesNothing()
{
    LogModel model;
    const QAbstractItemModelTester tester{&model};
    model.append(events(5));
    QTRY_COMPARE(model.rowCount(), 5);
    model.setPaused(true);
    model.append(events(312), 3);
    QCoreApplication::processEvents();
    QCOMPARE(model.rowCount(), 5);
    QCOMPARE(model.heldBack(), 312U);
    QCOMPARE(model.store().dropped(), 3U);
    model.setPaused(false);
    QTRY_COMPARE(model.rowCount(), 317);
    QCOMPARE(model.heldBack(), 0U);
}

void ModelsTest::aFilterChoosesAmongOldAndNewRows()
{
    LogModel model;
    const QAbstractItemModelTester tester{&model};
    model.append(events(10, EventKind::ApiMessage, "orders"));
    model.append(events(7, EventKind::ApiMessage, "alerts"));
    QTRY_COMPARE(model.rowCount(), 17);
    model.setFilter(*LogFilter::parse(QStringLiteral("channel:alerts")).filter);
    QTRY_COMPARE(model.rowCount(), 7);
    model.append(events(3, EventKind::ApiMessage, "orders"));
    model.append(events(2, EventKind::ApiMessage, "alerts"));
    QTRY_COMPARE(model.rowCount(), 9);
    model.setFilter({});
    QTRY_COMPARE(model.rowCount(), 22);
}

void ModelsTest::kindsChooseRows()
{
    LogModel model;
    const QAbstractItemModelTester tester{&model};
    model.append(events(4, EventKind::ApiMessage));
    model.append(events(2, EventKind::Error));
    QTRY_COMPARE(model.rowCount(), 6);
    model.setKinds(1U << static_cast<unsigned>(EventKind::Error));
    QTRY_COMPARE(model.rowCount(), 2);
    model.setKinds(0);
    QTRY_COMPARE(model.rowCount(), 6);
}

void ModelsTest::clearedRowsComeBackOnUndo()
{
    LogModel model;
    const QAbstractItemModelTester tester{&model};
    model.append(events(6));
    QTRY_COMPARE(model.rowCount(), 6);
    model.clear();
    QTRY_COMPARE(model.rowCount(), 0);
    QCOMPARE(model.rowsSinceClear(), 0U);
    model.append(events(2));
    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(model.countsSinceClear()[static_cast<std::size_t>(EventKind::ApiMessage)], 2U);
    model.undoClear();
    QTRY_COMPARE(model.rowCount(), 8);
}

void ModelsTest::aStormIsThinnedAndShownWholeWhenItIsOver()
{
    LogModel model{nullptr, {.rows = 1'000'000, .bytes = std::size_t{1} << 30U}};
    model.setFilter(*LogFilter::parse(QStringLiteral("channel:orders")).filter);
    std::size_t appended = 0;
    QTRY_VERIFY_WITH_TIMEOUT((model.append(events(1'500)), model.append(events(500, EventKind::Error, "alerts")),
                              appended += 1'500, model.thinning() > 1),
                             20'000);
    QTRY_VERIFY(
        (model.append(events(4'000)), appended += 4'000, model.matched() > static_cast<std::size_t>(model.rowCount())));
    QTRY_COMPARE_WITH_TIMEOUT(model.thinning(), 1U, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), static_cast<int>(appended), 20'000);
    QCOMPARE(model.matched(), appended);
}

void ModelsTest::olderRowsStandAboveAndMakeRoomAgain()
{
    LogModel model{nullptr, {.rows = 100, .bytes = 1'000'000}};
    const QAbstractItemModelTester tester{&model};
    model.append(events(100));
    QTRY_COMPARE(model.rowCount(), 100);
    model.prepend(events(40, EventKind::ApiMessage, "old"));
    QCOMPARE(model.rowCount(), 140);
    QCOMPARE(model.eventAt(0)->channel, std::string{"old"});
    QCOMPARE(model.store().total(), 100U);
    model.append(events(5));
    QTRY_COMPARE(model.rowCount(), 140);
    model.letGoOfOlder();
    QCOMPARE(model.rowCount(), 100);
    QCOMPARE(model.eventAt(0)->channel, std::string{"orders"});
    model.clear();
    model.prepend(events(40));
    QTRY_COMPARE(model.rowCount(), 0); // What was cleared does not come back from disk.
}

void ModelsTest::deltasAndMarksAreShownInTheRow()
{
    using namespace std::chrono_literals;
    LogModel model;
    auto rows = events(4);
    const std::array offsets{0ms, 12ms, 3'412ms, 400'000ms};
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i].at = WallTime{offsets[i]};
    model.append(std::move(rows));
    QTRY_COMPARE(model.rowCount(), 4);
    const std::array<const char*, 4> shown{"", "+12 ms", "+3.4 s", "+6 min"};
    for (int row = 0; row < 4; ++row)
        QCOMPARE(model.index(row, LogModel::Delta).data().toString(),
                 QLatin1String{shown[static_cast<std::size_t>(row)]});
    model.toggleBookmark(2);
    QCOMPARE(model.index(2, LogModel::Time).data(IconRole).toString(), QStringLiteral("bookmark"));
    model.toggleMark(LogModel::Mark::B, 2);
    QCOMPARE(model.index(2, LogModel::Time).data(IconRole).toString(), QStringLiteral("mark-b"));
    model.toggleMark(LogModel::Mark::B, 2);
    QCOMPARE(model.nextBookmark(-1), 2);
    QCOMPARE(model.nextBookmark(2), 2);
    QCOMPARE(model.nextError(0), -1);
}

void ModelsTest::channelsChangeByDifferences()
{
    ChannelsModel model;
    const QAbstractItemModelTester tester{&model};
    QSignalSpy reset{&model, &QAbstractItemModel::modelReset};
    QSignalSpy inserted{&model, &QAbstractItemModel::rowsInserted};
    QSignalSpy removed{&model, &QAbstractItemModel::rowsRemoved};
    QSignalSpy changed{&model, &QAbstractItemModel::dataChanged};
    model.setSnapshot(snapshotOf({{"a", 1}, {"c", 1}, {"e", 1}}));
    const QPersistentModelIndex kept = model.index(1, 0);
    inserted.clear();
    model.setSnapshot(snapshotOf({{"b", 1}, {"c", 5}, {"d", 1}, {"e", 1}}));
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(nameIn(model, 0), QStringLiteral("b"));
    QCOMPARE(nameIn(model, 3), QStringLiteral("e"));
    QCOMPARE(kept.row(), 1);
    QCOMPARE(kept.data().toString(), QStringLiteral("c"));
    QCOMPARE(inserted.size(), 2);
    QCOMPARE(removed.size(), 1);
    QCOMPARE(changed.size(), 1);
    model.setSnapshot({});
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(reset.size(), 0);
}

void ModelsTest::aFilteredChannelIsHidden()
{
    ChannelsModel model;
    const QAbstractItemModelTester tester{&model};
    model.setSnapshot(snapshotOf({{"alerts", 1}, {"private-orders", 2}}));
    model.setFilter(QStringLiteral("ORDER"));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(nameIn(model, 0), QStringLiteral("private-orders"));
    QCOMPARE(model.total(), 2U);
}

void ModelsTest::appsAreNamedAndCounted()
{
    engine::Snapshot snapshot;
    engine::AppSnapshot app;
    app.id = "demo";
    app.connections = 1'234;
    snapshot.apps = {app};
    AppsModel model;
    const QAbstractItemModelTester tester{&model};
    model.setSnapshot(snapshot);
    QCOMPARE(nameIn(model, 0), QStringLiteral("demo"));
    QCOMPARE(model.index(0, AppsModel::Connections).data().toString(), QStringLiteral("1,234"));
}

void ModelsTest::historyIsBoundedAndNewestFirst()
{
    HistoryModel model;
    const QAbstractItemModelTester tester{&model};
    for (std::uint64_t id = 1; id <= HistoryModel::bound + 5; ++id) {
        SentMessage message;
        message.commandId = id;
        message.draft.event = QStringLiteral("event %1").arg(id);
        model.add(message);
    }
    QCOMPARE(model.rowCount(), static_cast<int>(HistoryModel::bound));
    QCOMPARE(nameIn(model, 0), QStringLiteral("event %1").arg(HistoryModel::bound + 5));
    model.setOutcome(HistoryModel::bound + 5, SentMessage::State::Accepted, 12);
    QCOMPARE(model.index(0).data(HistoryModel::OutcomeRole).toString(), QStringLiteral("12 subscribers"));
    model.setOutcome(HistoryModel::bound + 5, SentMessage::State::Failed, 0);
    QCOMPARE(model.index(0).data(HistoryModel::OutcomeRole).toString(), QStringLiteral("not sent"));
}

QTEST_MAIN(ModelsTest)
#include "models_test.moc"
