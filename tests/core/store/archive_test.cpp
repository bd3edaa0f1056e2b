#include "core/store/archive.h"
#include "core/store/archive_search.h"
#include "core/store/archive_tables.h"

#include "core/store/archive_schema.h"
#include "core/store/database.h"
#include "core/store/log_index.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <future>
#include <memory>
#include <set>

#include <sys/stat.h>

using namespace castdeck;
using namespace castdeck::store;

namespace {

constexpr auto patience = std::chrono::seconds{20};

template <typename T> using Promise = std::shared_ptr<std::promise<T>>;

template <typename T> Promise<T> makePromise()
{
    return std::make_shared<std::promise<T>>();
}

SentRow sent(std::int64_t id, std::string event = "hello")
{
    SentRow row;
    row.id = id;
    row.profile = "local";
    row.appId = "demo";
    row.channels = "alerts private-orders.5";
    row.event = std::move(event);
    row.payload = "{\"n\": 18446744073709551615, \"text\":\"Zo\xC3\xAB\"}";
    row.at = WallTime{std::chrono::milliseconds{1'700'000'000'123}};
    return row;
}

LogRow logRow(std::string channel, std::string payload, std::string profile = "local")
{
    LogRow row;
    row.profile = std::move(profile);
    row.kind = 6;
    row.at = SystemClock{}.wall();
    row.appId = "demo";
    row.channel = std::move(channel);
    row.event = "order.shipped";
    row.socketId = "1234.5";
    row.payload = std::make_shared<const std::string>(std::move(payload));
    return row;
}

} // namespace

class ArchiveTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void S3_theFileIsReadableByItsOwnerOnly();
    void whatWasSentComesBackAsItWas();
    void anOutcomeThatIsTellableSurvives();
    void anOutcomeOfNothingIsAnError();
    void idsGrow();
    void sentMessagesComeInPagesNewestFirst();
    void searchFindsBeginningsOfWords_data();
    void searchFindsBeginningsOfWords();
    void rowsOfTheLogComeBackAsTheyWere();
    void theLogIsFoundInsideAndOutsideOfTheIndex_data();
    void theLogIsFoundInsideAndOutsideOfTheIndex();
    void conditionsNarrowTheLog_data();
    void conditionsNarrowTheLog();
    void aPathThatIsNoneIsAnError();
    void theLogComesInPages();
    void tooManyWaitingRowsAreCountedAndDropped();
    void oldRowsMakeRoom();
    void rowsBeyondTheirAgeGo();
    void rowsMakeRoomInTheFile();
    void sentMessagesBeyondTheirNumberGo();
    void documentsKeepTheirOrder();
    void severalProcessesMayWrite();
    void rowsThatComeLateAreFoundAsWell_data();
    void rowsThatComeLateAreFoundAsWell();
    void aQuestionTakesThePlaceOfAnEarlierOne();
    void C2_aFileOfALaterVersionIsOnlyRead();
    void C10_aDamagedFileIsSetAsideAndItsCopyRestored();

private:
    std::unique_ptr<Archive> open(Retention retention = {}, std::size_t maxWaitingRows = 200'000)
    {
        ArchiveOptions options;
        options.path = m_path;
        options.retention = retention;
        options.maxWaitingRows = maxWaitingRows;
        auto archive = Archive::open(std::move(options));
        return archive ? *std::move(archive) : nullptr;
    }
    static SentPage find(Archive& archive, SentQuery query)
    {
        auto promise = makePromise<Result<SentPage>>();
        archive.findSent(std::move(query), [promise](Result<SentPage> page) { promise->set_value(std::move(page)); });
        return *promise->get_future().get();
    }
    static Result<LogPage> find(Archive& archive, LogQuery query)
    {
        auto promise = makePromise<Result<LogPage>>();
        archive.findLog(std::move(query), [promise](Result<LogPage> page) { promise->set_value(std::move(page)); });
        return promise->get_future().get();
    }
    static void awaitIndex(Archive& archive)
    {
        archive.flush();
        QTRY_COMPARE_WITH_TIMEOUT(archive.figures().rowsOutsideIndex, std::int64_t{0}, 20'000);
    }
    static QStringList channelsOf(const Result<LogPage>& page)
    {
        QStringList channels;
        for (const LogRow& row : page->rows)
            channels << QString::fromStdString(row.channel);
        return channels;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

void ArchiveTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath("castdeck/state.db").toStdString();
}

void ArchiveTest::S3_theFileIsReadableByItsOwnerOnly()
{
    const auto archive = open();
    QVERIFY(archive);
    struct stat status{};
    QCOMPARE(::stat(m_path.c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777, mode_t{0600});
    QCOMPARE(archive->notice(), "");
    QVERIFY(!archive->isReadOnly());
}

void ArchiveTest::whatWasSentComesBackAsItWas()
{
    SentRow row = sent(7);
    row.connection = "eu";
    row.mode = 2;
    row.outcome = {SentState::Accepted, 3, "3 receivers", row.at};
    row.payload += std::string{"\0\xFF", 2};
    open()->addSent(row);
    QCOMPARE(find(*open(), SentQuery{}).rows, std::vector<SentRow>{row});
}

void ArchiveTest::anOutcomeThatIsTellableSurvives()
{
    auto promise = makePromise<bool>();
    const SentOutcome outcome{SentState::Partial, std::nullopt, "1 of 2 channels", sent(1).at};
    auto archive = open();
    archive->addSent(sent(7));
    archive->settleSent(7, outcome, [promise](const Result<void>& result) { promise->set_value(result.has_value()); });
    QVERIFY(promise->get_future().get());
    // Another reader sees it although the writer still runs.
    const SentPage page = find(*open(), SentQuery{});
    QCOMPARE(page.rows.size(), std::size_t{1});
    QCOMPARE(page.rows[0].outcome, outcome);
}

void ArchiveTest::anOutcomeOfNothingIsAnError()
{
    auto promise = makePromise<std::vector<bool>>();
    auto results = std::make_shared<std::vector<bool>>();
    const auto note = [=](const Result<void>& result) {
        results->push_back(result.has_value());
        if (results->size() == 3)
            promise->set_value(*results);
    };
    auto archive = open();
    // The one that fails takes none of the others along.
    archive->addSent(sent(1), note);
    archive->settleSent(99, {}, note);
    archive->addSent(sent(2), note);
    QCOMPARE(promise->get_future().get(), (std::vector<bool>{true, false, true}));
    QCOMPARE(find(*archive, SentQuery{}).rows.size(), std::size_t{2});
}

void ArchiveTest::idsGrow()
{
    auto archive = open();
    const std::int64_t first = archive->nextSentId();
    QVERIFY(archive->nextSentId() > first);
    const std::int64_t row = archive->addLog({logRow("a", "1"), logRow("b", "2")});
    QVERIFY(archive->addLog({logRow("c", "3")}) > row + 1);
    archive.reset();
    QVERIFY(open()->nextSentId() > first);
}

void ArchiveTest::sentMessagesComeInPagesNewestFirst()
{
    auto archive = open();
    for (std::int64_t id = 1; id <= 25; ++id)
        archive->addSent(sent(id));
    SentRow other = sent(26);
    other.profile = "other";
    archive->addSent(other);
    archive->flush();
    const SentPage first = find(*archive, SentQuery{.profile = "local", .text = {}, .limit = 10});
    QCOMPARE(first.rows.size(), std::size_t{10});
    QCOMPARE(first.rows.front().id, std::int64_t{25});
    QVERIFY(!first.isEnd);
    const SentPage last = find(*archive, SentQuery{.profile = "local", .text = "hel", .before = 6, .limit = 10});
    QCOMPARE(last.rows.size(), std::size_t{5});
    QCOMPARE(last.rows.front().id, std::int64_t{5});
    QVERIFY(last.isEnd);
}

void ArchiveTest::searchFindsBeginningsOfWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isFound");
    for (const char* const text : {"storm", "sto", "STORM", "zoe", "Zo\xC3\xAB", "orders", "orders.5",
                                   "private-orders.5", "18446", "storm zo", "--", "alerts storm"})
        QTest::newRow(text) << QString::fromUtf8(text) << true;
    for (const char* const text : {"torm", "storm flood", "orders.6", "\"", "storm OR flood", "a\"b"})
        QTest::newRow(text) << QString::fromUtf8(text) << (text[0] == '"');
}

void ArchiveTest::searchFindsBeginningsOfWords()
{
    QFETCH(QString, text);
    QFETCH(bool, isFound);
    auto archive = open();
    archive->addSent(sent(1, "storm.warning"));
    archive->flush();
    QCOMPARE(find(*archive, SentQuery{.profile = {}, .text = text.toStdString()}).rows.size(), std::size_t{isFound});
}

void ArchiveTest::rowsOfTheLogComeBackAsTheyWere()
{
    LogRow row = logRow("orders", R"({"a\/b":1e400})");
    row.at = std::chrono::time_point_cast<std::chrono::milliseconds>(row.at);
    row.userId = "ana";
    row.detail = "handed to 3";
    row.code = 4009;
    row.receivers = 3;
    LogRow bare = logRow("orders", "");
    bare.payload = nullptr;
    const std::int64_t id = open()->addLog({row, bare});
    const auto page = find(*open(), LogQuery{});
    QCOMPARE(page->rows.size(), std::size_t{2});
    const LogRow& found = page->rows[1];
    QCOMPARE(found.id, id);
    QCOMPARE(*found.payload, *row.payload);
    QCOMPARE(found.at, row.at);
    QCOMPARE(found.profile + found.appId + found.channel + found.event + found.socketId + found.userId + found.detail,
             row.profile + row.appId + row.channel + row.event + row.socketId + row.userId + row.detail);
    QCOMPARE(found.kind + found.code + found.receivers, row.kind + row.code + row.receivers);
    QVERIFY(!page->rows[0].payload);
}

void ArchiveTest::theLogIsFoundInsideAndOutsideOfTheIndex_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("channels");
    QTest::newRow("word") << "storm" << QStringList{"two", "one"};
    QTest::newRow("beginning") << "STO" << QStringList{"two", "one"};
    QTest::newRow("several") << "storm north" << QStringList{"one"};
    QTest::newRow("compound") << "orders.5" << QStringList{"orders.57"};
    QTest::newRow("signs") << "{\"at\"" << QStringList{"two"};
    QTest::newRow("signs alone") << "{" << QStringList{"orders 5", "two"};
    QTest::newRow("socket") << "1234.5 one" << QStringList{"one"};
    QTest::newRow("none") << "orm" << QStringList{};
    QTest::newRow("a word that the index divides") << QString::fromUtf8("say\u00BBno") << QStringList{"quoted"};
}

void ArchiveTest::theLogIsFoundInsideAndOutsideOfTheIndex()
{
    QFETCH(QString, text);
    QFETCH(QStringList, channels);
    const std::vector<LogRow> rows{logRow("one", "storm in the north"), logRow("two", R"({"at":"Storm"})"),
                                   logRow("orders.57", "1"), logRow("orders 5", "{}"),
                                   logRow("quoted", "they say\u00BBno\u00AB")};
    const LogQuery query{.profile = "local", .text = text.toStdString(), .kinds = {}, .conditions = {}};
    auto archive = open();
    archive->addLog(rows);
    awaitIndex(*archive);
    QCOMPARE(channelsOf(find(*archive, query)), channels);
    // Older rows that the index never saw.
    QVERIFY(
        Database::open(m_path, std::array<std::string_view, 1>{""})->execute("DELETE FROM log_chapter").has_value());
    QCOMPARE(channelsOf(find(*archive, query)), channels);
}

void ArchiveTest::conditionsNarrowTheLog_data()
{
    using Field = LogCondition::Field;
    using Comparison = LogCondition::Comparison;
    QTest::addColumn<LogCondition>("condition");
    QTest::addColumn<QStringList>("channels");
    const auto add = [](const char* name, LogCondition condition, const QStringList& channels) {
        QTest::newRow(name) << condition << channels;
    };
    add("wildcard", {.field = Field::Channel, .text = "ORDERS.*", .path = {}}, {"orders.2", "orders.1"});
    add("no wildcard", {.field = Field::Channel, .text = "orders", .path = {}}, {});
    add("not", {.field = Field::Channel, .text = "orders.*", .path = {}, .isNegated = true}, {"text%_"});
    add("signs of LIKE", {.field = Field::Channel, .text = "t*%_", .path = {}}, {"text%_"});
    add("payload",
        {.field = Field::Payload,
         .comparison = Comparison::Greater,
         .text = {},
         .number = 100,
         .path = "$.order.total"},
        {"orders.2"});
    add("payload as text",
        {.field = Field::Payload, .comparison = Comparison::Equal, .text = "eu", .path = "$.order.zone"}, {"orders.1"});
    add("not in payload",
        {.field = Field::Payload,
         .comparison = Comparison::Greater,
         .text = {},
         .number = 100,
         .path = "$.order.total",
         .isNegated = true},
        {"text%_", "orders.1"});
    add("size", {.field = Field::Size, .comparison = Comparison::Less, .text = {}, .number = 10, .path = {}},
        {"text%_"});
    add("number", {.field = Field::Kind, .comparison = Comparison::Equal, .text = {}, .number = 6, .path = {}},
        {"text%_", "orders.2", "orders.1"});
}

void ArchiveTest::conditionsNarrowTheLog()
{
    QFETCH(LogCondition, condition);
    QFETCH(QStringList, channels);
    auto archive = open();
    archive->addLog({logRow("orders.1", R"({"order":{"total":99.5,"zone":"eu"}})"),
                     logRow("orders.2", R"({"order":{"total":100.5}})"), logRow("text%_", "no {JSON"),
                     logRow("orders.3", R"({"order":{"total":100.5,"zone":"eu"}})", "other")});
    archive->flush();
    QCOMPARE(
        channelsOf(find(*archive, LogQuery{.profile = "local", .text = {}, .kinds = {}, .conditions = {condition}})),
        channels);
}

void ArchiveTest::aPathThatIsNoneIsAnError()
{
    auto archive = open();
    archive->addLog({logRow("a", "{}")});
    archive->flush();
    const auto page = find(
        *archive, LogQuery{.profile = {},
                           .text = {},
                           .kinds = {},
                           .conditions = {{.field = LogCondition::Field::Payload, .text = "1", .path = "nothing["}}});
    QVERIFY(!page);
    QCOMPARE(page.error().kind, ErrorKind::InvalidInput);
    QVERIFY(find(*archive, LogQuery{}).has_value());
}

void ArchiveTest::theLogComesInPages()
{
    auto archive = open();
    std::vector<LogRow> rows;
    for (int i = 0; i < 25; ++i)
        rows.push_back(logRow("c" + std::to_string(i), "storm"));
    archive->addLog(std::move(rows));
    awaitIndex(*archive);
    for (const char* const text : {"", "storm"}) {
        LogQuery query{.profile = "local", .text = text, .kinds = {6}, .conditions = {}, .limit = 10};
        auto page = find(*archive, query);
        QCOMPARE(page->rows.front().channel, "c24");
        QVERIFY(!page->isEnd);
        query.before = page->rows.back().id;
        query.limit = 15;
        page = find(*archive, query);
        QCOMPARE(page->rows.size(), std::size_t{15});
        QCOMPARE(page->rows.front().channel, "c14");
        QVERIFY(page->isEnd);
    }
}

void ArchiveTest::tooManyWaitingRowsAreCountedAndDropped()
{
    auto archive = open({}, 10);
    archive->addLog(std::vector<LogRow>(8, logRow("a", "1")));
    archive->addLog(std::vector<LogRow>(11, logRow("b", "1")));
    archive->addSent(sent(1));
    archive->flush();
    QVERIFY(archive->figures().droppedRows >= 11);
    QCOMPARE(archive->figures().droppedRows + find(*archive, LogQuery{})->rows.size(), std::uint64_t{19});
    QCOMPARE(find(*archive, SentQuery{}).rows.size(), std::size_t{1});
}

void ArchiveTest::oldRowsMakeRoom()
{
    Retention retention;
    retention.logRows = 5'000;
    auto archive = open(retention);
    for (int i = 0; i < 12; ++i)
        archive->addLog(std::vector<LogRow>(1'000, logRow("c" + std::to_string(i), "storm")));
    archive->flush();
    QTRY_COMPARE_WITH_TIMEOUT(archive->figures().logRows, std::int64_t{5'000}, 20'000);
    const auto page =
        find(*archive, LogQuery{.profile = {}, .text = "storm", .kinds = {}, .conditions = {}, .limit = 10'000});
    QCOMPARE(page->rows.size(), std::size_t{5'000});
    QCOMPARE(page->rows.front().channel, "c11");
    QCOMPARE(page->rows.back().channel, "c7");
}

void ArchiveTest::rowsBeyondTheirAgeGo()
{
    LogRow old = logRow("old", "1");
    old.at -= std::chrono::days{31};
    {
        auto archive = open();
        archive->addLog({old, old, logRow("young", "1")});
        awaitIndex(*archive);
    }
    auto archive = open();
    QTRY_COMPARE_WITH_TIMEOUT(archive->figures().logRows, std::int64_t{1}, 20'000);
    QCOMPARE(channelsOf(find(*archive, LogQuery{})), QStringList{"young"});
}

void ArchiveTest::rowsMakeRoomInTheFile()
{
    const auto fill = [this](Retention retention) {
        auto archive = open(retention);
        archive->addLog(std::vector<LogRow>(20'000, logRow("c", std::string(1'000, 'x'))));
        awaitIndex(*archive);
        return archive;
    };
    (void)fill({});
    const qint64 before = QFile{QString::fromStdString(m_path)}.size();
    QVERIFY(before > 20'000'000);
    Retention retention;
    retention.bytes = 4'000'000;
    auto archive = open(retention);
    QTRY_VERIFY_WITH_TIMEOUT(archive->figures().logRows < 4'000, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(archive->figures().bytes < before, 20'000);
}

void ArchiveTest::sentMessagesBeyondTheirNumberGo()
{
    {
        auto archive = open();
        for (std::int64_t id = 1; id <= 30; ++id)
            archive->addSent(sent(id, "storm"));
    }
    {
        // The archive itself counts only now and then.
        auto database = Database::open(m_path, archiveSteps());
        auto index = LogIndex::of(*database);
        Retention retention;
        retention.sentRows = 10;
        QVERIFY(*index->trimSentStep(retention));
        QVERIFY(!*index->trimSentStep(retention));
    }
    const SentPage page = find(*open(), SentQuery{.profile = {}, .text = "storm"});
    QCOMPARE(page.rows.size(), std::size_t{10});
    QCOMPARE(page.rows.back().id, std::int64_t{21});
}

void ArchiveTest::documentsKeepTheirOrder()
{
    {
        auto archive = open();
        for (const char* const id : {"a", "b", "c", "d"})
            archive->putDocument({"templates", id, "1"});
        archive->putDocument({"drafts", "local", "{}"});
        archive->putDocument({"templates", "b", "2"});
        archive->orderDocuments("templates", {"d", "b"});
        archive->removeDocument("templates", "c");
        archive->putDocument({"templates", "e", "5"});
    }
    QCOMPARE(open()->documents(), (std::vector<DocumentRow>{{"drafts", "local", "{}"},
                                                            {"templates", "d", "1"},
                                                            {"templates", "b", "2"},
                                                            {"templates", "a", "1"},
                                                            {"templates", "e", "5"}}));
}

void ArchiveTest::severalProcessesMayWrite()
{
    auto first = open();
    auto second = open();
    std::set<std::int64_t> ids;
    for (int i = 0; i < 100; ++i) {
        first->addSent(sent(first->nextSentId()));
        second->addSent(sent(second->nextSentId() + 32)); // As another process would count.
    }
    first->flush();
    second->flush();
    for (const SentRow& row : find(*first, SentQuery{.profile = {}, .text = {}, .limit = 1'000}).rows)
        ids.insert(row.id);
    QVERIFY2(ids.size() >= 199, std::to_string(ids.size()).c_str());
}

void ArchiveTest::rowsThatComeLateAreFoundAsWell_data()
{
    QTest::addColumn<qint64>("late");
    QTest::newRow("older than all") << qint64{5};
    QTest::newRow("amid what is indexed") << qint64{15};
    QTest::newRow("newer than all") << qint64{25};
}

/// Two processes give ids by the clock and write some moments later, so one may index past what the other still holds.
void ArchiveTest::rowsThatComeLateAreFoundAsWell()
{
    QFETCH(qint64, late);
    auto database = Database::open(m_path, archiveSteps());
    QVERIFY(database);
    auto tables = ArchiveTables::of(*database);
    auto index = LogIndex::of(*database);
    QVERIFY(tables && index);
    const auto rowOf = [](std::int64_t id) {
        LogRow row;
        row.id = id;
        row.channel = "harbour";
        return row;
    };
    const std::vector indexed{rowOf(10), rowOf(20)};
    QVERIFY(tables->addLog(indexed));
    index->rowsAdded(2);
    QVERIFY(index->indexStep());
    const std::vector other{rowOf(late)};
    QVERIFY(tables->addLog(other));
    QVERIFY(index->addLate(other));
    const auto found = findLog(*database, {.text = "harbour"});
    QVERIFY(found);
    QCOMPARE(found->rows.size(), std::size_t{3});
}

void ArchiveTest::aQuestionTakesThePlaceOfAnEarlierOne()
{
    auto archive = open();
    archive->addLog(std::vector<LogRow>(20'000, logRow("c", R"({"n":1})")));
    archive->flush();
    auto answered = makePromise<int>();
    for (int i = 0; i < 20; ++i)
        archive->findLog(
            {.profile = {}, .text = "nothing", .kinds = {}, .conditions = {}},
            [answered, i](const Result<LogPage>&) {
                if (i == 19)
                    answered->set_value(i);
            },
            3);
    auto future = answered->get_future();
    QCOMPARE(future.wait_for(patience), std::future_status::ready);
    QVERIFY(find(*archive, LogQuery{}).has_value()); // Nothing of the interruption is left.
}

void ArchiveTest::C2_aFileOfALaterVersionIsOnlyRead()
{
    {
        auto archive = open();
        archive->addSent(sent(1));
        archive->putDocument({"drafts", "local", "{}"});
        archive->flush();
        archive.reset();
        auto database = Database::open(m_path, std::array<std::string_view, 1>{""});
        QVERIFY(database->execute("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)").has_value());
    }
    QFile file{QString::fromStdString(m_path)};
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    auto archive = open();
    QVERIFY(archive && archive->isReadOnly());
    QVERIFY2(archive->notice().find("later version") != std::string::npos, archive->notice().c_str());
    QCOMPARE(find(*archive, SentQuery{}).rows.size(), std::size_t{1});
    QCOMPARE(archive->documents().size(), std::size_t{1});
    auto promise = makePromise<ErrorKind>();
    archive->addSent(sent(2), [promise](const Result<void>& result) { promise->set_value(result.error().kind); });
    QCOMPARE(promise->get_future().get(), ErrorKind::Forbidden);
    archive->addLog({logRow("a", "1")});
    archive.reset();
    QVERIFY(file.seek(0));
    QVERIFY(file.readAll() == before);
    QVERIFY(QDir{m_folder->filePath("castdeck")}.entryList({"*.before-*", "*.damaged-*"}).isEmpty());
}

void ArchiveTest::C10_aDamagedFileIsSetAsideAndItsCopyRestored()
{
    {
        auto archive = open();
        for (std::int64_t id = 1; id <= 500; ++id)
            archive->addSent(sent(id));
        archive->putDocument({"drafts", "local", "old"});
        archive->addLog({logRow("logged", "storm")});
    }
    // What an upgrade leaves.
    QVERIFY(QFile::copy(QString::fromStdString(m_path), QString::fromStdString(m_path) + ".before-1"));
    QFile file{QString::fromStdString(m_path)};
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(8'192));
    file.write(QByteArray(40'960, 'x'));
    file.close();

    auto archive = open();
    QVERIFY(archive);
    QVERIFY2(archive->notice().find("was damaged") != std::string::npos, archive->notice().c_str());
    QCOMPARE(QDir{m_folder->filePath("castdeck")}.entryList({"state.db.damaged-*Z"}).size(), 1);
    QVERIFY(archive->restorable().has_value());
    archive->addSent(sent(1'000));
    archive->putDocument({"drafts", "local", "young"});
    auto promise = makePromise<Result<std::vector<DocumentRow>>>();
    archive->restore(*archive->restorable(),
                     [promise](Result<std::vector<DocumentRow>> rows) { promise->set_value(std::move(rows)); });
    const auto documents = promise->get_future().get();
    QVERIFY2(documents.has_value(), documents ? "" : documents.error().detail.c_str());
    QCOMPARE(*documents, (std::vector<DocumentRow>{{"drafts", "local", "young"}}));
    QCOMPARE(find(*archive, SentQuery{.profile = {}, .text = "zoe", .limit = 1'000}).rows.size(), std::size_t{501});
    QCOMPARE(channelsOf(find(*archive, LogQuery{.profile = {}, .text = "storm", .kinds = {}, .conditions = {}})),
             QStringList{"logged"});
    QVERIFY(QFile::exists(QString::fromStdString(m_path) + ".before-1"));
}

QTEST_GUILESS_MAIN(ArchiveTest)
#include "archive_test.moc"
