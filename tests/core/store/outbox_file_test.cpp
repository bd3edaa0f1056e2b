#include "core/store/outbox_file.h"

#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <csignal>
#include <memory>
#include <random>

#include <sys/wait.h>
#include <unistd.h>

using namespace castdeck;
using namespace castdeck::store;

class OutboxFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void whatWasAddedIsThereAfterwards();
    void whatWasRemovedIsGone();
    void anIdThatIsNotThereIsNoneToRemove();
    void killNineLeavesWholeChanges();

private:
    OutboxFile open()
    {
        std::string notice;
        return *OutboxFile::open(m_path, notice);
    }
    static OutboxRow row(std::int64_t id) { return {id, 2, "app/target", R"({"time_ms":1})", "key", "f17c"}; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;
};

void OutboxFileTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath("outbox.db").toStdString();
}

void OutboxFileTest::whatWasAddedIsThereAfterwards()
{
    QVERIFY(open().load()->empty());
    QVERIFY(open().write({row(7), row(3)}, {}).has_value());
    QCOMPARE(*open().load(), (std::vector<OutboxRow>{row(3), row(7)}));
}

void OutboxFileTest::whatWasRemovedIsGone()
{
    OutboxFile file = open();
    QVERIFY(file.write({row(1), row(2)}, {}).has_value());
    QVERIFY(file.write({row(3)}, {1, 2}).has_value());
    QCOMPARE(*file.load(), (std::vector<OutboxRow>{row(3)}));
}

void OutboxFileTest::anIdThatIsNotThereIsNoneToRemove()
{
    OutboxFile file = open();
    QVERIFY(file.write({row(1)}, {1, 99}).has_value());
    QCOMPARE(*file.load(), (std::vector<OutboxRow>{row(1)}));
}

void OutboxFileTest::killNineLeavesWholeChanges()
{
    constexpr int seed = 20'231;
    std::mt19937 random{seed};
    for (int round = 0; round < 20; ++round) {
        std::array<int, 2> pipe{};
        QCOMPARE(::pipe(pipe.data()), 0);
        const pid_t writer = ::fork();
        QVERIFY(writer >= 0);
        if (writer == 0) {
            // Two rows by each change, in place of the two of the last one.
            OutboxFile file = open();
            const auto rows = file.load();
            std::int64_t id = rows->empty() ? 2 : rows->back().id + 1;
            for (;; id += 2) {
                if (::write(pipe[1], "x", 1) != 1)
                    ::_exit(1);
                (void)file.write({row(id), row(id + 1)}, {id - 2, id - 1});
            }
        }
        ::close(pipe[1]);
        // The writer says when a change begins; the kill falls somewhere into one of the first.
        for (std::size_t left = 1 + random() % 50; left > 0; --left) {
            char tick = 0;
            QCOMPARE(::read(pipe[0], &tick, 1), ssize_t{1});
        }
        QCOMPARE(::kill(writer, SIGKILL), 0);
        int status = 0;
        QCOMPARE(::waitpid(writer, &status, 0), writer);
        QVERIFY(WIFSIGNALED(status));
        ::close(pipe[0]);
        const auto rows = open().load();
        QVERIFY(rows.has_value());
        QVERIFY(rows->empty() || rows->size() == 2);
        QVERIFY(rows->empty() || (*rows)[0].id % 2 == 0);
    }
    QVERIFY(!open().load()->empty());
}

QTEST_APPLESS_MAIN(OutboxFileTest)
#include "outbox_file_test.moc"
