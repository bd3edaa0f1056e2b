#include "tests/app/cli_runner.h"

#include <QTest>

using castdeck::test::CliRunner;

class CliUsageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyCommandExplainsItself_data();
    void everyCommandExplainsItself();
    void theVersionIsPrinted();
    void wrongUsageIsCode2_data();
    void wrongUsageIsCode2();
    void dataThatCannotBeWrittenIsAFailure();
    void aReaderThatHasEnoughIsNoError();
    void anUnknownCommandIsToldWhichThereAre();
    void noDisplayIsNeeded();
};

void CliUsageTest::everyCommandExplainsItself_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::newRow("program") << QStringList{};
    for (const char* name : {"serve", "emit", "listen", "channels", "members", "connections", "authorize"})
        QTest::newRow(name) << QStringList{name};
    for (const char* name : {"channel", "user", "request"})
        QTest::newRow(name) << QStringList{"sign", name};
    QTest::newRow("check") << QStringList{"config", "check"};
}

void CliUsageTest::everyCommandExplainsItself()
{
    QFETCH(QStringList, command);
    const CliRunner cli;
    const auto outcome = cli.run(command + QStringList{"--help"});
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(outcome.out.contains("castdeck-cli " + command.join(' ').toUtf8()));
    QVERIFY(outcome.err.isEmpty());
    // Parts that this version does not have are not promised.
    QVERIFY(!outcome.out.contains("bench"));
}

void CliUsageTest::theVersionIsPrinted()
{
    const auto outcome = CliRunner{}.run({"--version"});
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(outcome.out.startsWith("castdeck-cli "));
}

void CliUsageTest::wrongUsageIsCode2_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("unknown command") << QStringList{"authorise"};
    QTest::newRow("an app without its option") << QStringList{"serve", CliRunner::app()};
    QTest::newRow("an app in another option") << QStringList{"serve", "--ap=" + CliRunner::app()};
    QTest::newRow("app without secret") << QStringList{"serve", "--app", "zqx-marker:b"};
    QTest::newRow("app with an empty secret") << QStringList{"serve", "--app", "a:b:"};
    QTest::newRow("app with a bad id") << QStringList{"serve", "--app", "a b:c:zqx-marker"};
    QTest::newRow("one id twice") << QStringList{"serve", "--app", "a:b:zqx-marker", "--app", "a:c:zqx-marker"};
    QTest::newRow("one key twice") << QStringList{"serve", "--app", "a:b:zqx-marker", "--app", "c:b:zqx-marker"};
    QTest::newRow("an app in the place of a port") << QStringList{"serve", "--port", CliRunner::app()};
    QTest::newRow("an address to listen on that is none") << QStringList{"serve", "--listen", "nonsense"};
    QTest::newRow("an address in brackets") << QStringList{"serve", "--listen", "[::1]"};
    QTest::newRow("a host with a scheme")
        << QStringList{"channels", "--app", CliRunner::app(), "--host", "http://127.0.0.1"};
    QTest::newRow("port out of range") << QStringList{"serve", "--port", "65536"};
    QTest::newRow("certificate without key") << QStringList{"serve", "--tls-cert", "c.pem"};
    QTest::newRow("members without channel") << QStringList{"members"};
    QTest::newRow("listen without channel") << QStringList{"listen"};
    QTest::newRow("a count of 0") << QStringList{"listen", "news", "--count", "0"};
}

void CliUsageTest::wrongUsageIsCode2()
{
    QFETCH(QStringList, arguments);
    const auto outcome = CliRunner{}.run(arguments);
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY(outcome.out.isEmpty());
    QVERIFY(!outcome.err.isEmpty());
}

void CliUsageTest::dataThatCannotBeWrittenIsAFailure()
{
    const CliRunner cli;
    const auto process = cli.start({"emit", "news", "e"}, "/dev/full");
    QVERIFY(process->waitForFinished(20'000));
    QCOMPARE(process->exitCode(), 1);
    QVERIFY(process->readAllStandardError().contains("standard output could not be written"));
}

void CliUsageTest::aReaderThatHasEnoughIsNoError()
{
    const CliRunner cli;
    QCOMPARE(cli.run({"config", "init"}).exitCode, 0);
    const auto process = cli.start({"config", "show"});
    process->closeReadChannel(QProcess::StandardOutput);
    QVERIFY(process->waitForFinished(20'000));
    QCOMPARE(process->readAllStandardError(), "");
}

void CliUsageTest::anUnknownCommandIsToldWhichThereAre()
{
    const auto outcome = CliRunner{}.run({"emmit", "news", "zqx-marker"});
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.err.startsWith("there is no such command; there are: serve, emit, "), outcome.err.constData());
}

void CliUsageTest::noDisplayIsNeeded()
{
    CliRunner cli;
    cli.setVariable("QT_QPA_PLATFORM", "nonsense");
    QCOMPARE(cli.run({"emit", "news", "e"}).exitCode, 0);
}

QTEST_GUILESS_MAIN(CliUsageTest)
#include "cli_usage_test.moc"
