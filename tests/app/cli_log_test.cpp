#include "tests/app/cli_runner.h"

#include <QDir>
#include <QJsonDocument>
#include <QTest>

#include <csignal>

using castdeck::test::CliRunner;
using castdeck::test::marker;
using castdeck::test::ServeProcess;

class CliLogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatHappenedIsKeptWhenItWasAskedFor();
    void withoutTheSwitchNothingIsKept();
    void rowsAreFoundByWhatTheyHave_data();
    void rowsAreFoundByWhatTheyHave();
    void withoutALogThereIsNothingToShow();
    void aLogThatCannotBeKeptIsTold();

private:
    static QStringList target(const ServeProcess& serve) { return {"--app", CliRunner::app(), "--port", serve.port()}; }
    static QList<QJsonObject> log(const CliRunner& cli, const QStringList& options = {})
    {
        QList<QJsonObject> rows;
        for (const QByteArray& line : cli.run(QStringList{"log", "--json"} + options).out.split('\n')) {
            if (!line.isEmpty())
                rows << QJsonDocument::fromJson(line).object();
        }
        return rows;
    }
    /// Two messages, by a server that has ended.
    static void serveAndSend(const CliRunner& cli, const QStringList& options)
    {
        ServeProcess serve{cli, QStringList{"--app", CliRunner::app()} + options};
        QCOMPARE(
            cli.run(QStringList{"emit", "orders.7", "order.shipped", R"({"n": 18446744073709551615})"} + target(serve))
                .exitCode,
            0);
        QCOMPARE(cli.run(QStringList{"emit", "alerts", "storm", R"({"text":"Storm in the north"})"} + target(serve))
                     .exitCode,
                 0);
        QCOMPARE(serve.end(SIGTERM), 0);
        QVERIFY2(!serve.err().contains(marker), serve.err().constData());
    }
};

void CliLogTest::whatHappenedIsKeptWhenItWasAskedFor()
{
    const CliRunner cli;
    serveAndSend(cli, {"--keep-log"});
    const auto rows = log(cli, {"--type", "api"});
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[0]["channel"].toString(), QStringLiteral("alerts"));
    QCOMPARE(rows[1]["data"].toString(), QStringLiteral(R"({"n": 18446744073709551615})"));
    QVERIFY(rows[1]["at"].toString().endsWith(u'Z'));
    serveAndSend(cli, {"--keep-log"});
    QCOMPARE(log(cli, {"--type", "api"}).size(), 4);
    const auto table = cli.run({"log", "--type", "api"});
    QCOMPARE(table.exitCode, 0);
    QVERIFY2(table.out.contains("order.shipped"), table.out.constData());
}

void CliLogTest::withoutTheSwitchNothingIsKept()
{
    const CliRunner cli;
    serveAndSend(cli, {});
    QVERIFY(log(cli).isEmpty());
}

void CliLogTest::rowsAreFoundByWhatTheyHave_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<int>("rows");
    QTest::newRow("text inside a word") << QStringList{"tor", "NORTH"} << 1;
    QTest::newRow("text in another order") << QStringList{"north", "storm"} << 1;
    QTest::newRow("absent") << QStringList{"storm", "absent"} << 0;
    QTest::newRow("a channel") << QStringList{"--channel", "orders.*", "--type", "api"} << 1;
    QTest::newRow("an event") << QStringList{"--event", "storm"} << 1;
    QTest::newRow("a type that is none") << QStringList{"--type", "none"} << 0;
    QTest::newRow("the newest") << QStringList{"--type", "api", "--limit", "1"} << 1;
}

void CliLogTest::rowsAreFoundByWhatTheyHave()
{
    QFETCH(QStringList, options);
    QFETCH(int, rows);
    const CliRunner cli;
    serveAndSend(cli, {"--keep-log"});
    QCOMPARE(log(cli, options).size(), rows);
}

void CliLogTest::withoutALogThereIsNothingToShow()
{
    const CliRunner cli;
    const auto outcome = cli.run({"log"});
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(outcome.out.isEmpty());
    QVERIFY(outcome.err.contains("no such rows"));
}

void CliLogTest::aLogThatCannotBeKeptIsTold()
{
    const CliRunner cli;
    cli.writeFile("broadcasting.json", "{}");
    QVERIFY(QDir{cli.folder()}.mkdir("state.db"));
    const auto outcome = cli.run({"serve", "--port", "0", "--keep-log", "--config", "broadcasting.json"});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.err.contains("the log cannot be kept"), outcome.err.constData());
    QVERIFY(outcome.out.isEmpty());
}

QTEST_GUILESS_MAIN(CliLogTest)
#include "cli_log_test.moc"
