#include "core/store/archive.h"

#include "core/store/archive_schema.h"
#include "core/store/database.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <csignal>
#include <future>
#include <memory>
#include <random>
#include <set>

#include <sys/wait.h>
#include <unistd.h>

using namespace castdeck;
using namespace castdeck::store;

namespace {

/// What the writing process tells: that a message was reported as sent, or that a draft is kept.
struct Told {
    enum What : std::int64_t { Sent, Draft } what;
    std::int64_t number;
};

std::unique_ptr<Archive> openArchive(const std::string& path)
{
    ArchiveOptions options;
    options.path = path;
    options.retention.logRows = 20'000; // So that the oldest go all the time.
    auto archive = Archive::open(std::move(options));
    return archive ? *std::move(archive) : nullptr;
}

/// Sends, logs and edits until it is killed.
[[noreturn]] void work(const std::string& path, int tell)
{
    const auto archive = openArchive(path);
    const auto report = [tell](Told told) {
        if (::write(tell, &told, sizeof told) != sizeof told)
            ::_exit(1);
    };
    std::int64_t draft = 1;
    for (const DocumentRow& row : archive->documents())
        draft = std::stoll(row.json) + 1;
    LogRow line;
    line.profile = "local";
    line.channel = "orders.5";
    line.payload = std::make_shared<const std::string>(R"({"order":{"total":99.5},"text":"storm in the north"})");
    for (;; ++draft) {
        line.at = SystemClock{}.wall();
        archive->addLog(std::vector<LogRow>(50, line));
        archive->putDocument({"drafts", "local", std::to_string(draft)}, [=](const Result<void>& kept) {
            if (kept)
                report({Told::Draft, draft});
        });
        SentRow row;
        row.id = archive->nextSentId();
        row.event = "hello";
        row.payload = std::string(500, 'x');
        const std::int64_t id = row.id;
        archive->addSent(std::move(row));
        std::promise<void> reported;
        archive->settleSent(id, {SentState::Accepted, 1, {}, {}}, [&](const Result<void>& settled) {
            if (settled)
                report({Told::Sent, id});
            reported.set_value();
        });
        reported.get_future().wait();
    }
}

} // namespace

class ArchiveKillTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void killNineLosesNothingThatWasTold();

private:
    void killWriterAfter(std::size_t tells, std::chrono::microseconds more);
    void checkFile();

    QTemporaryDir m_folder;
    const std::string m_path = m_folder.filePath("state.db").toStdString();
    std::set<std::int64_t> m_sent;
    std::int64_t m_draft = 0;
};

void ArchiveKillTest::killWriterAfter(std::size_t tells, std::chrono::microseconds more)
{
    std::array<int, 2> pipe{};
    QCOMPARE(::pipe(pipe.data()), 0);
    const pid_t writer = ::fork();
    QVERIFY(writer >= 0);
    if (writer == 0)
        work(m_path, pipe[1]);
    ::close(pipe[1]);
    Told told{};
    const auto readOne = [&] {
        if (::read(pipe[0], &told, sizeof told) != sizeof told)
            return false;
        if (told.what == Told::Sent)
            m_sent.insert(told.number);
        else
            m_draft = told.number;
        return true;
    };
    for (; tells > 0; --tells)
        QVERIFY(readOne());
    ::usleep(static_cast<useconds_t>(more.count())); // Any moment will do; nothing is waited for.
    QCOMPARE(::kill(writer, SIGKILL), 0);
    while (readOne()) {
    }
    int status = 0;
    QCOMPARE(::waitpid(writer, &status, 0), writer);
    QVERIFY(WIFSIGNALED(status));
    ::close(pipe[0]);
}

void ArchiveKillTest::checkFile()
{
    auto database = Database::open(m_path, archiveSteps());
    QVERIFY2(database.has_value(), database ? "" : database.error().detail.c_str());
    auto check = database->prepare("PRAGMA integrity_check");
    QVERIFY(*check->step());
    QCOMPARE(check->text(0), "ok");
    auto draft = database->prepare("SELECT json FROM document");
    const bool hasDraft = *draft->step();
    QVERIFY(m_draft == 0 || (hasDraft && std::stoll(draft->text(0)) >= m_draft));
    auto missing = database->prepare("SELECT state FROM sent WHERE id = ?");
    for (const std::int64_t id : m_sent) {
        missing->bind(1, id);
        QVERIFY2(*missing->step(), std::to_string(id).c_str());
        QCOMPARE(missing->integer(0), static_cast<std::int64_t>(SentState::Accepted));
        missing->reset();
    }
    auto words = database->prepare("INSERT INTO sent_text(sent_text) VALUES ('integrity-check')");
    QVERIFY(words->run().has_value());
}

void ArchiveKillTest::killNineLosesNothingThatWasTold()
{
    constexpr int seed = 20'264;
    std::mt19937 random{seed};
    for (int round = 0; round < 200; ++round) {
        killWriterAfter(random() % 60, std::chrono::microseconds{random() % 3'000});
        checkFile();
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY(m_sent.size() > 1'000);
}

QTEST_APPLESS_MAIN(ArchiveKillTest)
#include "archive_kill_test.moc"
