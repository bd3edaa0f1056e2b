#include "tests/app/cli_runner.h"

#include <QDir>
#include <QJsonDocument>
#include <QTest>

#include <vector>

using castdeck::test::CliRunner;
using castdeck::test::ServeProcess;

class CliHistoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void whatWasSentIsShownNewestFirst();
    void whatFailedIsShownAsWell();
    void wordsAreSearched();
    void noJournalLeavesNoTrace();
    void whatIsDiscardedWasNotSent();
    void withoutAConfigurationItIsTheUsersOwn();
    void manyMaySendAtOnce();
    void anUnusableJournalFailsNoSend();
    void C2_aJournalOfALaterVersionIsReadAndNotWritten();

private:
    QStringList emitHere(const QStringList& words, const QString& connection = QStringLiteral("log")) const
    {
        return QStringList{"emit"} + words + QStringList{"--config", "broadcasting.json", "--connection", connection};
    }
    QList<QJsonObject> history(const QStringList& options = {}) const
    {
        const auto outcome = m_cli->run(QStringList{"history", "--json", "--config", "broadcasting.json"} + options);
        QList<QJsonObject> rows;
        for (const QByteArray& line : outcome.out.split('\n')) {
            if (!line.isEmpty())
                rows << QJsonDocument::fromJson(line).object();
        }
        return rows;
    }

    std::unique_ptr<CliRunner> m_cli;
};

void CliHistoryTest::init()
{
    m_cli = std::make_unique<CliRunner>();
    m_cli->writeFile("broadcasting.json",
                     R"({"connections":{"gone":{"driver":"pusher","host":"127.0.0.1","port":1,"scheme":"http",)"
                     R"("app_id":"a","key":"k","secret":"s"}}})");
}

void CliHistoryTest::whatWasSentIsShownNewestFirst()
{
    QVERIFY(history().isEmpty());
    QCOMPARE(m_cli->run(emitHere({"news", "private-orders.5", "first", R"({"n": 18446744073709551615})"})).exitCode, 0);
    QCOMPARE(m_cli->run(emitHere({"news", "second"})).exitCode, 0);
    const auto rows = history();
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[0]["event"].toString(), QStringLiteral("second"));
    QCOMPARE(rows[1]["channels"].toString(), QStringLiteral("news private-orders.5"));
    QCOMPARE(rows[1]["data"].toString(), QStringLiteral(R"({"n": 18446744073709551615})"));
    QCOMPARE(rows[1]["connection"].toString(), QStringLiteral("log"));
    QCOMPARE(rows[1]["state"].toString(), QStringLiteral("sent"));
    QCOMPARE(history({"--limit", "1"}).size(), 1);
    const auto table = m_cli->run({"history", "--config", "broadcasting.json"});
    QVERIFY2(table.out.startsWith("TIME"), table.out.constData());
    QVERIFY(table.out.contains("second") && table.out.contains("news private-orders.5"));
}

void CliHistoryTest::whatFailedIsShownAsWell()
{
    QCOMPARE(m_cli->run(emitHere({"news", "first"}, "gone")).exitCode, 1);
    const auto rows = history();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0]["state"].toString(), QStringLiteral("not sent"));
    QVERIFY(!rows[0]["report"].toString().isEmpty());
}

void CliHistoryTest::wordsAreSearched()
{
    (void)m_cli->run(emitHere({"news", "storm.warning", R"({"where":"north"})"}));
    (void)m_cli->run(emitHere({"news", "order.shipped"}));
    QCOMPARE(history({"--search", "sto nor"}).size(), 1);
    QCOMPARE(history({"--search", "flood"}).size(), 0);
    const auto nothing = m_cli->run({"history", "--config", "broadcasting.json", "--search", "flood"});
    QCOMPARE(nothing.exitCode, 0);
    QVERIFY(nothing.err.contains("nothing"));
}

void CliHistoryTest::noJournalLeavesNoTrace()
{
    QCOMPARE(m_cli->run(emitHere({"news", "first", "--no-journal"})).exitCode, 0);
    QVERIFY(!QFile::exists(m_cli->folder() + "/state.db"));
}

void CliHistoryTest::whatIsDiscardedWasNotSent()
{
    QCOMPARE(m_cli->run(emitHere({"news", "first"}, "null")).exitCode, 0);
    QVERIFY(history().isEmpty());
}

void CliHistoryTest::withoutAConfigurationItIsTheUsersOwn()
{
    QVERIFY(QFile::remove(m_cli->folder() + "/broadcasting.json"));
    QCOMPARE(m_cli->run({"emit", "news", "first", "--connection", "log"}).exitCode, 0);
    QVERIFY(QFile::exists(m_cli->folder() + "/.config/castdeck/state.db"));
    QVERIFY(m_cli->run({"history"}).out.contains("first"));
}

void CliHistoryTest::manyMaySendAtOnce()
{
    std::vector<std::unique_ptr<QProcess>> processes;
    for (int i = 0; i < 12; ++i)
        processes.push_back(m_cli->start(emitHere({"news", "event" + QString::number(i)})));
    for (const auto& process : processes) {
        QVERIFY(process->waitForFinished(20'000));
        QCOMPARE(process->exitCode(), 0);
        QVERIFY2(!process->readAllStandardError().contains("not written down"), "the journal was busy");
    }
    QCOMPARE(history().size(), 12);
}

void CliHistoryTest::anUnusableJournalFailsNoSend()
{
    QVERIFY(QDir{m_cli->folder()}.mkdir("state.db"));
    const auto outcome = m_cli->run(emitHere({"news", "first"}));
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY2(outcome.err.contains("not written down in the history"), outcome.err.constData());
}

void CliHistoryTest::C2_aJournalOfALaterVersionIsReadAndNotWritten()
{
    (void)m_cli->run(emitHere({"news", "first"}));
    QFile file{m_cli->folder() + "/state.db"};
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(60)); // PRAGMA user_version
    file.write(QByteArray::fromHex("00000063"));
    file.close();
    const auto outcome = m_cli->run(emitHere({"news", "second"}));
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY2(outcome.err.contains("later version"), outcome.err.constData());
    QCOMPARE(history().size(), 1);
}

QTEST_GUILESS_MAIN(CliHistoryTest)
#include "cli_history_test.moc"
