#include "core/store/database.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <memory>

#include <sys/stat.h>

using namespace castdeck;
using namespace castdeck::store;

namespace {

constexpr std::string_view makeNotes = "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT";
constexpr std::string_view addColour = "ALTER TABLE notes ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'";
constexpr std::array<std::string_view, 1> first{makeNotes};
constexpr std::array<std::string_view, 2> second{makeNotes, addColour};

mode_t modeOf(const std::string& path)
{
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 ? status.st_mode & 07777 : 0;
}

Result<void> addNote(Database& database, std::string_view text)
{
    auto insert = database.prepare("INSERT INTO notes (text) VALUES (?)");
    if (!insert)
        return insert.error();
    insert->bind(1, text);
    return insert->run();
}

std::vector<std::string> notes(Database& database, const char* sql = "SELECT text FROM notes ORDER BY id")
{
    std::vector<std::string> result;
    auto select = database.prepare(sql);
    while (select && *select->step())
        result.push_back(select->text(0));
    return result;
}

} // namespace

class DatabaseTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void S3_theFilesAreReadableByTheirOwnerOnly();
    void S3_aFileThatOthersCanReadIsClosedToThem();
    void valuesComeBackAsTheyWere();
    void aStatementIsUsedAgain();
    void aTransactionIsWholeOrNothing();
    void aNewerSchemaIsReachedInSteps();
    void aFailingStepLeavesTheFileAsItWas();
    void C2_aCopyIsKeptFromBeforeEachStep();
    void aNewFileIsNotCopiedBetweenItsSteps();
    void C2_aLaterFileIsNotEvenTouched();
    void C2_aFileOfALaterVersionIsLeftAlone();
    void C10_aDamagedFileIsSetAside_data();
    void C10_aDamagedFileIsSetAside();
    void aHealthyFileIsNeverSetAside();
    void errorsSayWhatToDo();
    void aBusyFileSaysSo();

private:
    Database open(std::span<const std::string_view> steps = first) { return *Database::open(m_path, steps); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

void DatabaseTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath("state/notes.db").toStdString();
}

void DatabaseTest::S3_theFilesAreReadableByTheirOwnerOnly()
{
    const mode_t before = ::umask(0);
    Database database = open();
    const bool isWritten = addNote(database, "a").has_value();
    ::umask(before);
    QVERIFY(isWritten);
    QCOMPARE(modeOf(m_path), mode_t{0600});
    QCOMPARE(modeOf(m_path + "-wal"), mode_t{0600});
    QCOMPARE(modeOf(m_path + "-shm"), mode_t{0600});
    QCOMPARE(modeOf(m_folder->filePath("state").toStdString()), mode_t{0700});
}

void DatabaseTest::S3_aFileThatOthersCanReadIsClosedToThem()
{
    (void)open();
    QCOMPARE(::chmod(m_path.c_str(), 0644), 0);
    (void)open();
    QCOMPARE(modeOf(m_path), mode_t{0600});
}

void DatabaseTest::valuesComeBackAsTheyWere()
{
    Database database = open();
    const std::string odd{"Zo\xC3\xAB\0'; DROP TABLE notes", 25};
    QVERIFY(addNote(database, odd).has_value());
    QVERIFY(addNote(database, "").has_value());
    QCOMPARE(notes(database), (std::vector<std::string>{odd, ""}));
    auto select = database.prepare("SELECT ?");
    select->bind(1, INT64_MIN);
    QVERIFY(*select->step());
    QCOMPARE(select->integer(0), INT64_MIN);
}

void DatabaseTest::aStatementIsUsedAgain()
{
    Database database = open();
    auto insert = database.prepare("INSERT INTO notes (text) VALUES (?)");
    for (const char* const text : {"a", "b", "c"}) {
        insert->bind(1, std::string_view{text});
        QVERIFY(insert->run().has_value());
    }
    QVERIFY(!insert->run());
    insert->bind(1, std::string_view{"d"});
    QVERIFY(insert->run().has_value());
    QCOMPARE(notes(database), (std::vector<std::string>{"a", "b", "c", "d"}));
}

void DatabaseTest::aTransactionIsWholeOrNothing()
{
    Database database = open();
    const auto failed = database.transaction([&]() -> Result<void> {
        if (auto added = addNote(database, "a"); !added)
            return added;
        return addNote(database, "a");
    });
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind, ErrorKind::InvalidInput);
    QCOMPARE(notes(database), std::vector<std::string>{});
    QVERIFY(database.transaction([&] { return addNote(database, "b"); }).has_value());
    QCOMPARE(notes(database), (std::vector<std::string>{"b"}));
}

void DatabaseTest::aNewerSchemaIsReachedInSteps()
{
    {
        Database database = open();
        QVERIFY(addNote(database, "a").has_value());
    }
    for (int again = 0; again < 2; ++again) {
        Database database = open(second);
        QCOMPARE(notes(database, "SELECT text || ' ' || colour FROM notes"), (std::vector<std::string>{"a red"}));
    }
}

void DatabaseTest::aFailingStepLeavesTheFileAsItWas()
{
    constexpr std::array<std::string_view, 2> wrong{
        makeNotes, "CREATE TABLE more (id INTEGER) STRICT; ALTER TABLE nothing ADD COLUMN colour TEXT"};
    {
        Database database = open();
        QVERIFY(addNote(database, "a").has_value());
    }
    QVERIFY(!Database::open(m_path, wrong));
    Database database = open();
    QCOMPARE(notes(database, "SELECT name FROM sqlite_schema WHERE type = 'table'"),
             (std::vector<std::string>{"notes"}));
}

void DatabaseTest::C2_aCopyIsKeptFromBeforeEachStep()
{
    constexpr std::array<std::string_view, 3> third{makeNotes, addColour, "ALTER TABLE notes ADD COLUMN size INTEGER"};
    {
        Database database = open();
        QVERIFY(addNote(database, "a").has_value());
    }
    QVERIFY(!QFile::exists(QString::fromStdString(m_path) + ".before-1")); // There was nothing before.
    (void)open(third);
    for (const auto& [name, columns] : {std::pair{".before-2", 2}, std::pair{".before-3", 3}}) {
        const std::string copy = m_path + name;
        QCOMPARE(modeOf(copy), mode_t{0600});
        auto database = Database::openReadOnly(copy);
        QCOMPARE(notes(*database), (std::vector<std::string>{"a"}));
        QCOMPARE(notes(*database, "SELECT name FROM pragma_table_info('notes')").size(),
                 static_cast<std::size_t>(columns));
    }
    QVERIFY(QDir{m_folder->filePath("state")}.entryList({"*.part-*"}).isEmpty());
}

void DatabaseTest::aNewFileIsNotCopiedBetweenItsSteps()
{
    (void)open(second);
    QVERIFY(!QFile::exists(QString::fromStdString(m_path) + ".before-1"));
    QVERIFY(!QFile::exists(QString::fromStdString(m_path) + ".before-2"));
}

void DatabaseTest::C2_aLaterFileIsNotEvenTouched()
{
    {
        Database database = open(second);
        // The way a file looks that another program made: without a log of changes beside it.
        QVERIFY(database.execute("PRAGMA journal_mode = DELETE").has_value());
    }
    QCOMPARE(::chmod(m_path.c_str(), 0640), 0);
    QFile file{QString::fromStdString(m_path)};
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    QVERIFY(!Database::open(m_path, first));
    QVERIFY(file.seek(0));
    QVERIFY(file.readAll() == before);
    QCOMPARE(modeOf(m_path), mode_t{0640});
}

void DatabaseTest::C2_aFileOfALaterVersionIsLeftAlone()
{
    (void)open(second);
    std::string notice;
    const auto opened = Database::openOrReplace(m_path, first, notice);
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Forbidden);
    QVERIFY(opened.error().detail.find("later version") != std::string::npos);
    QCOMPARE(notice, "");
    Database database = open(second);
    QCOMPARE(notes(database, "SELECT colour FROM notes"), std::vector<std::string>{});
}

void DatabaseTest::C10_aDamagedFileIsSetAside_data()
{
    QTest::addColumn<int>("at");
    QTest::newRow("at the head") << 0;
    QTest::newRow("in a page") << 8'192;
}

void DatabaseTest::C10_aDamagedFileIsSetAside()
{
    QFETCH(int, at);
    {
        Database database = open();
        for (int i = 0; i < 2'000; ++i)
            QVERIFY(addNote(database, "note " + std::to_string(i)).has_value());
    }
    QFile file{QString::fromStdString(m_path)};
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(at));
    file.write(QByteArray(4'096, 'x'));
    file.close();

    const auto refused = Database::open(m_path, first);
    QVERIFY(!refused);
    QVERIFY2(refused.error().detail.find("damaged") != std::string::npos, refused.error().detail.c_str());
    std::string notice;
    auto database = Database::openOrReplace(m_path, first, notice);
    QVERIFY(database.has_value());
    QVERIFY2(notice.find("was damaged; it is kept as notes.db.damaged-") != std::string::npos, notice.c_str());
    QVERIFY(addNote(*database, "a").has_value());
    QCOMPARE(notes(*database), (std::vector<std::string>{"a"}));
    QCOMPARE(QDir{m_folder->filePath("state")}.entryList({"notes.db.damaged-*Z"}).size(), 1);
}

void DatabaseTest::aHealthyFileIsNeverSetAside()
{
    {
        Database database = open();
        QVERIFY(addNote(database, "a").has_value());
    }
    std::string notice;
    auto database = Database::openOrReplace(m_path, first, notice);
    QVERIFY(database.has_value());
    QCOMPARE(notice, "");
    QCOMPARE(notes(*database), (std::vector<std::string>{"a"}));
}

void DatabaseTest::errorsSayWhatToDo()
{
    const auto folder = Database::open(m_folder->path().toStdString(), first);
    QVERIFY(!folder);
    QCOMPARE(folder.error().kind, ErrorKind::Io);
    Database database = open();
    const auto wrong = database.prepare("SELECT nothing FROM nowhere");
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().kind, ErrorKind::InvalidInput);
    QVERIFY(wrong.error().detail.starts_with(m_path));
}

void DatabaseTest::aBusyFileSaysSo()
{
    Database one = open();
    Database other = open();
    const auto outcome = one.transaction([&] { return addNote(other, "a"); });
    QVERIFY(!outcome);
    QVERIFY2(outcome.error().detail.find("another program uses it") != std::string::npos,
             outcome.error().detail.c_str());
}

QTEST_APPLESS_MAIN(DatabaseTest)
#include "database_test.moc"
