#include "core/store/archive.h"
#include "core/store/archive_search.h"
#include "core/store/archive_tables.h"

#include "core/store/archive_room.h"
#include "core/store/archive_schema.h"
#include "core/store/database.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

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

using Kind = LogCondition::Kind;
using Column = LogCondition::Column;

LogCondition textIn(Column column, std::string text)
{
    return {.kind = Kind::Text, .columns = {column}, .check = [text = std::move(text)](std::string_view content) {
                return content.find(text) != std::string_view::npos;
            }};
}

LogCondition between(Column column, std::int64_t least, std::int64_t most)
{
    return {.kind = Kind::Number, .columns = {column}, .least = least, .most = most};
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
    void conditionsNarrowTheLog_data();
    void conditionsNarrowTheLog();
    void aFileWithATextIndexOfTheLogLosesIt();
    void theLogComesInPages();
    void tooManyWaitingRowsAreCountedAndDropped();
    void oldRowsMakeRoom();
    void rowsBeyondTheirAgeGo();
    void rowsMakeRoomInTheFile();
    void sentMessagesBeyondTheirNumberGo();
    void documentsKeepTheirOrder();
    void severalProcessesMayWrite();
    void rowsThatSeveralProcessesAddAreCounted();
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

void ArchiveTest::conditionsNarrowTheLog_data()
{
    QTest::addColumn<LogCondition>("condition");
    QTest::addColumn<QStringList>("channels");
    const auto add = [](const char* name, LogCondition condition, const QStringList& channels) {
        QTest::newRow(name) << condition << channels;
    };
    const LogCondition orders = textIn(Column::Channel, "orders");
    const LogCondition large = between(Column::Size, 10, 100);
    LogCondition anywhere = textIn(Column::Channel, "e");
    anywhere.columns = {Column::Channel, Column::Payload};
    add("everything", {}, {"none", "text", "orders.2", "orders.1"});
    add("text", orders, {"orders.2", "orders.1"});
    add("text in one of two columns", anywhere, {"none", "text", "orders.2", "orders.1"});
    add("bytes behind a zero", textIn(Column::Payload, std::string{"\0\xFF", 2}), {"text"});
    add("number", large, {"orders.1"});
    add("no payload is of no size", between(Column::Size, 0, 0), {"none"});
    add("no payload has no text", textIn(Column::Payload, ""), {"text", "orders.2", "orders.1"});
    add("all", {.kind = Kind::All, .parts = {orders, large}}, {"orders.1"});
    add("any", {.kind = Kind::Any, .parts = {textIn(Column::Channel, "text"), large}}, {"text", "orders.1"});
    add("none", {.kind = Kind::None, .parts = {orders}}, {"none", "text"});
    add("any of nothing", {.kind = Kind::Any}, {});
    add("none of nothing", {.kind = Kind::None}, {"none", "text", "orders.2", "orders.1"});
    add("in each other",
        {.kind = Kind::None, .parts = {{.kind = Kind::All, .parts = {orders, large}}, textIn(Column::Channel, "x")}},
        {"none", "orders.2"});
}

void ArchiveTest::conditionsNarrowTheLog()
{
    QFETCH(LogCondition, condition);
    QFETCH(QStringList, channels);
    auto archive = open();
    LogRow bare = logRow("none", "");
    bare.payload = nullptr;
    archive->addLog({logRow("orders.1", R"({"total":99.5})"), logRow("orders.2", "secret"),
                     logRow("text", std::string{"a\0\xFF", 3}), bare, logRow("orders.3", "1", "other")});
    archive->flush();
    QCOMPARE(channelsOf(find(*archive, LogQuery{.profile = "local", .condition = condition})), channels);
}

/// Files of the first version have one, in chapters.
void ArchiveTest::aFileWithATextIndexOfTheLogLosesIt()
{
    {
        auto first = Database::open(m_path, archiveSteps().first(1));
        QVERIFY(first);
        QVERIFY(first
                    ->execute("INSERT INTO log VALUES (1, 'local', 6, 4102444800000000, '', 'a', '', '', '', NULL, '', "
                              "0, 0); CREATE VIRTUAL TABLE log_text_3 USING fts5(body, content=''); "
                              "CREATE VIRTUAL TABLE log_text_4 USING fts5(body, content=''); "
                              "INSERT INTO log_chapter VALUES (3, 1, 1, 1), (4, 2, 2, 0)")
                    .has_value());
    }
    auto archive = open();
    QCOMPARE(archive->figures().logRows, std::int64_t{1});
    QCOMPARE(channelsOf(find(*archive, LogQuery{})), QStringList{"a"});
    auto database = Database::openReadOnly(m_path);
    const auto tables = [&] {
        auto select = database->prepare("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'log\\_text%' ESCAPE '\\'");
        return select && select->step() ? select->integer(0) : -1;
    };
    QTRY_COMPARE_WITH_TIMEOUT(tables(), std::int64_t{0}, 20'000);
}

void ArchiveTest::theLogComesInPages()
{
    auto archive = open();
    std::vector<LogRow> rows;
    for (int i = 0; i < 25; ++i)
        rows.push_back(logRow("c" + std::to_string(i), "storm"));
    archive->addLog(std::move(rows));
    archive->flush();
    for (const LogCondition& condition : {LogCondition{}, textIn(Column::Payload, "storm")}) {
        LogQuery query{.profile = "local", .condition = condition, .limit = 10};
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
    const auto page = find(*archive, LogQuery{.limit = 10'000});
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
        archive->flush();
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
        archive->flush();
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
        auto room = ArchiveRoom::of(*database);
        Retention retention;
        retention.sentRows = 10;
        QVERIFY(*room->trimSentStep(retention));
        QVERIFY(!*room->trimSentStep(retention));
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

void ArchiveTest::rowsThatSeveralProcessesAddAreCounted()
{
    Retention retention;
    retention.logRows = 5'000;
    auto first = open(retention);
    auto second = open(retention);
    for (int i = 0; i < 4; ++i) {
        first->addLog(std::vector<LogRow>(1'000, logRow("first", "1")));
        second->addLog(std::vector<LogRow>(1'000, logRow("second", "1")));
        first->flush();
        second->flush();
    }
    const auto count = [&] { return find(*first, LogQuery{.limit = 10'000})->rows.size(); };
    QTRY_COMPARE_WITH_TIMEOUT(count(), std::size_t{5'000}, 20'000);
    QVERIFY(first->figures().logRows + second->figures().logRows >= 10'000);
}

void ArchiveTest::aQuestionTakesThePlaceOfAnEarlierOne()
{
    auto archive = open();
    archive->addLog(std::vector<LogRow>(20'000, logRow("c", R"({"n":1})")));
    archive->flush();
    auto answered = makePromise<int>();
    for (int i = 0; i < 20; ++i)
        archive->findLog(
            {.condition = textIn(Column::Payload, "nothing")},
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
        auto database = Database::open(m_path, archiveSteps());
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
    QCOMPARE(channelsOf(find(*archive, LogQuery{})), QStringList{"logged"});
    QTRY_COMPARE(archive->figures().logRows, std::int64_t{1});
    QVERIFY(QFile::exists(QString::fromStdString(m_path) + ".before-1"));
}

QTEST_GUILESS_MAIN(ArchiveTest)
#include "archive_test.moc"
