#include "ui/bridge/archive_bridge.h"

#include "ui/bridge/stored_documents.h"
#include "ui/models/history_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/history_list.h"
#include "ui/widgets/history_panel.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace castdeck;
using namespace castdeck::ui;

namespace {

SentMessage message(std::uint64_t commandId, const QString& event = QStringLiteral("storm.warning"))
{
    SentMessage sent;
    sent.commandId = commandId;
    sent.appId = QStringLiteral("demo");
    sent.connection = QStringLiteral("eu");
    sent.draft = {QStringLiteral("alerts private-orders.5"), event, "{\"n\":  18446744073709551615}",
                  PayloadMode::Json};
    sent.at = QDateTime::currentDateTime();
    return sent;
}

engine::Event happened(const char* channel)
{
    engine::Event result;
    result.kind = engine::EventKind::ApiMessage;
    result.at = SystemClock{}.wall();
    result.appId = "demo";
    result.channel = channel;
    result.event = "order.shipped";
    result.payload = std::make_shared<const std::string>(R"({"a\/b":1e400})");
    result.receivers = 3;
    return result;
}

/// Answers when it is told to.
class SlowArchive : public SentArchive {
public:
    std::int64_t add(const SentMessage&) override { return ++last; }
    void settle(std::int64_t, const Outcome&, std::function<void(const QString&)> done) override
    {
        kept = std::move(done);
    }
    void find(const Question&, std::function<void(Page)>) override {}

    std::int64_t last = 0;
    std::function<void(const QString&)> kept;
};

WallTime now()
{
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

/// One of each kind, in several channels, with payloads that a filter reads in different ways.
std::vector<engine::Event> allSorts()
{
    static const std::vector<std::string> payloads{R"({"total":100.5,"note":"Rush hour","a":1,"a":2})",
                                                   R"({"total":18446744073709551616,"items":[{"id":"a7"}]})",
                                                   R"({"total":"100","text":"re\u0073t"})",
                                                   "no {JSON",
                                                   std::string{"zero\0then", 9},
                                                   "\xFF\xC3\xA9",
                                                   "",
                                                   std::string(20'000, 'x')};
    std::vector<engine::Event> events;
    for (std::size_t i = 0; i < 4 * engine::eventKindCount; ++i) {
        engine::Event event;
        event.channel = "orders." + std::to_string(i % 5);
        event.kind = static_cast<engine::EventKind>(i % engine::eventKindCount);
        event.at = now() - std::chrono::minutes{i};
        event.event = i % 3 == 0 ? "order.shipped" : "Order.Lost";
        event.socketId = "1234." + std::to_string(i % 7);
        event.userId = i % 4 == 0 ? "Ana" : "";
        event.appId = i % 6 == 0 ? "other" : "demo";
        event.detail = i % 5 == 0 ? "handed to nobody" : "";
        event.code = i % 4 == 1 ? 4009 : i % 4 == 2 ? 200 : 0;
        event.payload = i % 9 == 8 ? nullptr : std::make_shared<const std::string>(payloads[i % payloads.size()]);
        events.push_back(std::move(event));
    }
    return events;
}

} // namespace

class ArchiveTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void documentsOutliveTheRun();
    void whatWasSentIsThereAtTheNextStart();
    void anOutcomeIsToldAfterItIsKept();
    void pagesComeAsSomebodyScrolls();
    void theFirstOfADayNamesIt();
    void typingSearchesAndEnterOpens();
    void whatIsSentDuringASearchIsFound();
    void profilesDoNotMix();
    void rowsOfTheLogAreAskedOldestFirst();
    void aLineFindsOnDiskWhatItShowsInMemory_data();
    void aLineFindsOnDiskWhatItShowsInMemory();
    void onlyTheKindsThatAreChosenAreFound();
    void nobodyIsAnsweredWhoIsGone();

private:
    void open()
    {
        m_archive.reset();
        store::ArchiveOptions options;
        options.path = m_folder->filePath("state.db").toStdString();
        m_archive = *store::Archive::open(std::move(options));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::Archive> m_archive;
};

void ArchiveTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    open();
}

void ArchiveTest::cleanup()
{
    m_archive.reset();
}

void ArchiveTest::documentsOutliveTheRun()
{
    {
        StoredDocuments documents{*m_archive};
        documents.put("templates", "a", "1");
        documents.put("templates", "b", "2");
        documents.put("templates", "c", "3");
        documents.put("templates", "a", "4");
        documents.reorder("templates", {"c", "a"});
        documents.remove("templates", "b");
        documents.put("drafts", "local", "{}");
    }
    open();
    const StoredDocuments documents{*m_archive};
    QCOMPARE(documents.list("templates"), (std::vector<Documents::Document>{{"c", "3"}, {"a", "4"}}));
    QCOMPARE(documents.find("drafts", "local"), std::optional<std::string>{"{}"});
}

void ArchiveTest::whatWasSentIsThereAtTheNextStart()
{
    const SentMessage sent = message(7);
    {
        ArchiveBridge bridge{*m_archive, "local"};
        HistoryModel model;
        model.setArchive(&bridge);
        model.add(sent);
        bool isKept = false;
        model.settle(7, {SentMessage::State::Accepted, 12, {}}, [&] { isKept = true; });
        QTRY_VERIFY(isKept);
    }
    open();
    ArchiveBridge bridge{*m_archive, "local"};
    HistoryModel model;
    const QAbstractItemModelTester tester{&model};
    model.setArchive(&bridge);
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(model.at(0).draft, sent.draft);
    QCOMPARE(model.at(0).appId, sent.appId);
    QCOMPARE(model.at(0).connection, sent.connection);
    QCOMPARE(model.at(0).at, sent.at);
    QCOMPARE(model.index(0).data(HistoryModel::OutcomeRole).toString(), QStringLiteral("12 subscribers"));
}

void ArchiveTest::anOutcomeIsToldAfterItIsKept()
{
    SlowArchive archive;
    HistoryModel model;
    model.setArchive(&archive);
    model.add(message(7));
    bool isTold = false;
    model.settle(7, {SentMessage::State::Accepted, 1, {}}, [&] { isTold = true; });
    QVERIFY(!isTold);
    archive.kept({});
    QVERIFY(isTold);
}

void ArchiveTest::pagesComeAsSomebodyScrolls()
{
    ArchiveBridge bridge{*m_archive, "local"};
    for (std::uint64_t i = 1; i <= 250; ++i)
        bridge.add(message(i, QStringLiteral("event %1").arg(i)));
    m_archive->flush();
    HistoryModel model;
    QAbstractItemModelTester tester{&model};
    tester.setUseFetchMore(false);
    model.setArchive(&bridge);
    QTRY_COMPARE(model.rowCount(), 100);
    QCOMPARE(model.at(0).draft.event, QStringLiteral("event 250"));
    model.fetchMore({});
    QVERIFY(!model.canFetchMore({})); // It is on its way.
    QTRY_COMPARE(model.rowCount(), 200);
    model.fetchMore({});
    QTRY_COMPARE(model.rowCount(), 250);
    QVERIFY(!model.canFetchMore({}));
    QCOMPARE(model.at(249).draft.event, QStringLiteral("event 1"));
}

void ArchiveTest::theFirstOfADayNamesIt()
{
    HistoryModel model;
    for (const int daysAgo : {400, 1, 1, 0, 0}) {
        SentMessage sent = message(1);
        sent.at = sent.at.addDays(-daysAgo);
        model.add(sent);
    }
    QStringList days;
    for (int row = 0; row < model.rowCount(); ++row)
        days << model.index(row).data(HistoryModel::DayRole).toString();
    const QDate old = QDate::currentDate().addDays(-400);
    QCOMPARE(days, (QStringList{"Today", "", "Yesterday", "", QLocale{}.toString(old, QLocale::LongFormat)}));
}

void ArchiveTest::typingSearchesAndEnterOpens()
{
    ArchiveBridge bridge{*m_archive, "local"};
    for (std::uint64_t i = 1; i <= 500; ++i)
        bridge.add(message(i, i == 77 ? QStringLiteral("storm.warning") : QStringLiteral("order.shipped")));
    m_archive->flush();
    HistoryModel model;
    HistoryPanel panel{&model};
    model.setArchive(&bridge);
    panel.refresh();
    panel.resize(700, 240);
    panel.show();
    QTRY_COMPARE(model.rowCount(), 100);
    panel.enter();
    QTest::keyClicks(panel.focusWidget(), QStringLiteral("storm"));
    QTRY_COMPARE(model.rowCount(), 1);
    QSignalSpy opened{&panel, &HistoryPanel::opened};
    QTest::keyClick(panel.focusWidget(), Qt::Key_Down);
    QTest::keyClick(panel.focusWidget(), Qt::Key_Return);
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened[0][0].value<SentMessage>().draft, message(77).draft);
    auto* search = panel.findChild<QLineEdit*>(QStringLiteral("history.search"));
    QTest::keyClick(search, Qt::Key_Escape);
    QTRY_COMPARE(model.rowCount(), 100);
    search->setText(QStringLiteral("absent"));
    QTRY_COMPARE(model.rowCount(), 0);
}

void ArchiveTest::whatIsSentDuringASearchIsFound()
{
    ArchiveBridge bridge{*m_archive, "local"};
    HistoryModel model;
    const QAbstractItemModelTester tester{&model};
    QSignalSpy searched{&model, &HistoryModel::searched};
    model.setArchive(&bridge);
    model.setWords(QStringLiteral("storm"));
    QTRY_COMPARE(searched.size(), 1); // The first question gave way to the second.
    model.add(message(7));
    model.add(message(8, QStringLiteral("order.shipped")));
    for (const std::uint64_t id : {7, 8})
        model.settle(id, {SentMessage::State::Accepted, 1, {}}, [] {});
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0).data(HistoryModel::OutcomeRole).toString(), QStringLiteral("1 subscriber"));
    model.setWords({});
    QTRY_COMPARE(model.rowCount(), 2);
}

void ArchiveTest::profilesDoNotMix()
{
    ArchiveBridge local{*m_archive, "local"};
    ArchiveBridge other{*m_archive, "other"};
    local.add(message(1, QStringLiteral("here")));
    other.add(message(1, QStringLiteral("there")));
    local.addEvents({happened("here")});
    other.addEvents({happened("there"), happened("there")});
    m_archive->flush();
    HistoryModel model;
    model.setArchive(&other);
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(model.at(0).draft.event, QStringLiteral("there"));
    std::size_t rows = 0;
    local.ask({}, [&](const LogArchive::Page& page) { rows = page.rows.size(); });
    QTRY_COMPARE(rows, std::size_t{1});
}

void ArchiveTest::rowsOfTheLogAreAskedOldestFirst()
{
    ArchiveBridge bridge{*m_archive, "local"};
    bridge.addEvents({happened("a"), happened("b"), happened("c")});
    m_archive->flush();
    std::optional<LogArchive::Page> page;
    bridge.ask({.filter = *LogFilter::parse(QStringLiteral("hip")).filter, .limit = 2},
               [&](LogArchive::Page found) { page = std::move(found); });
    QTRY_VERIFY(page.has_value());
    QCOMPARE(page->rows.size(), std::size_t{2});
    QCOMPARE(page->rows[0].channel, "b");
    QVERIFY(!page->isEnd);
    QCOMPARE(page->rows[1].kind, engine::EventKind::ApiMessage);
    QCOMPARE(*page->rows[1].payload, R"({"a\/b":1e400})");
    QCOMPARE(page->rows[1].receivers, std::size_t{3});
    const std::int64_t first = page->firstId;
    page.reset();
    bridge.ask({.beforeId = first}, [&](LogArchive::Page found) { page = std::move(found); });
    QTRY_VERIFY(page.has_value());
    QCOMPARE(page->rows.size(), std::size_t{1});
    QCOMPARE(page->rows[0].channel, "a");
    QVERIFY(page->isEnd);
}

void ArchiveTest::aLineFindsOnDiskWhatItShowsInMemory_data()
{
    QTest::addColumn<QString>("line");
    for (const char* const line : {"",
                                   "rush",
                                   "ush hou",
                                   "\"ush hou\"",
                                   "RUSH",
                                   "-rush",
                                   "r*hour",
                                   "absent",
                                   "then",
                                   "\xC3\xA9",
                                   "order.s ana",
                                   "channel:orders.1",
                                   "channel:ORDERS.*",
                                   "channel:orders",
                                   "-channel:*.3",
                                   "event:*lost",
                                   "event:order.*",
                                   "socket:1234.5",
                                   "user:ana",
                                   "-user:ana",
                                   "app:demo",
                                   "user:*",
                                   "type:api",
                                   "type:*error",
                                   "-type:api",
                                   "dir:in",
                                   "size:0",
                                   "size:>10k",
                                   "size:<=9",
                                   "-size:<9",
                                   "size:>=20000",
                                   "status:4009",
                                   "status:>=4000",
                                   "status:<4000",
                                   "-status:<=200",
                                   "size:>18446744073709551615",
                                   "since:30m",
                                   "-since:30m",
                                   "time:>2001-01-01",
                                   "time:<2001-01-01",
                                   "json:$.total>100",
                                   "json:$.total=100.5",
                                   "json:$.total>18446744073709551615",
                                   "json:$.a=2",
                                   "json:$.a=1",
                                   "json:$.items[*].id=a*",
                                   "json:$.text=rest",
                                   "json:$.note",
                                   "-json:$.note",
                                   "json:$.total!=100.5",
                                   "rush or absent or channel:orders.2",
                                   "-(rush or user:ana) type:*",
                                   "(channel:orders.1 or channel:orders.2) -json:$.total<1",
                                   "-(-rush)",
                                   "nobody -event:*lost json:$.total>0"})
        QTest::newRow(line) << QString::fromUtf8(line);
}

void ArchiveTest::aLineFindsOnDiskWhatItShowsInMemory()
{
    QFETCH(QString, line);
    const LogFilter::Parsed parsed = LogFilter::parse(line);
    QVERIFY2(parsed.filter.has_value(), qPrintable(parsed.mistake.sentence));
    const std::vector<engine::Event> events = allSorts();
    QStringList inMemory;
    for (const engine::Event& event : events) {
        if (parsed.filter->accepts(event))
            inMemory << QString::number(event.at.time_since_epoch().count());
    }
    ArchiveBridge bridge{*m_archive, "local"};
    bridge.addEvents(events);
    m_archive->flush();
    std::optional<LogArchive::Page> page;
    bridge.ask({.filter = *parsed.filter}, [&](LogArchive::Page found) { page = std::move(found); });
    QTRY_VERIFY(page.has_value());
    QVERIFY2(page->trouble.isEmpty(), qPrintable(page->trouble));
    QStringList onDisk;
    for (const engine::Event& event : page->rows)
        onDisk << QString::number(event.at.time_since_epoch().count());
    QCOMPARE(onDisk, inMemory);
}

void ArchiveTest::onlyTheKindsThatAreChosenAreFound()
{
    ArchiveBridge bridge{*m_archive, "local"};
    bridge.addEvents(allSorts());
    m_archive->flush();
    std::size_t rows = 0;
    bridge.ask({.kinds = 1U << static_cast<unsigned>(engine::EventKind::ClientEvent)},
               [&](const LogArchive::Page& page) {
                   rows = page.rows.size();
                   QVERIFY(std::ranges::all_of(page.rows, [](const engine::Event& event) {
                       return event.kind == engine::EventKind::ClientEvent;
                   }));
               });
    QTRY_COMPARE(rows, std::size_t{4});
}

void ArchiveTest::nobodyIsAnsweredWhoIsGone()
{
    auto bridge = std::make_unique<ArchiveBridge>(*m_archive, "local");
    bool isAnswered = false;
    bridge->ask({}, [&](const LogArchive::Page&) { isAnswered = true; });
    bridge->find({}, [&](const SentArchive::Page&) { isAnswered = true; });
    bridge->settle(1, {}, [&](const QString&) { isAnswered = true; });
    m_archive->flush();
    bridge.reset();
    QTest::qWait(0);
    m_archive.reset();
    QCoreApplication::processEvents();
    QVERIFY(!isAnswered);
}

QTEST_MAIN(ArchiveTest)
#include "archive_test.moc"
