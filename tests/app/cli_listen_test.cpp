#include "tests/app/cli_runner.h"
#include "tests/app/listen_process.h"
#include "tests/remote/scripted_server.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <csignal>

using castdeck::test::CliRunner;
using castdeck::test::ListenProcess;
using castdeck::test::ServeProcess;

class CliListenTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_serve = std::make_unique<ServeProcess>(m_cli, QStringList{"--app", CliRunner::app()}); }
    void whatIsEmittedIsHeard();
    void dataStaysAsItWasSent_data();
    void dataStaysAsItWasSent();
    void oneLineLeavesAtOnce();
    void onlyTheNamedEventIsPrinted();
    void theExcludedSocketHearsNothing();
    void channelsAndMembersAreShown();
    void anEndOfTimeIsAFailureOnlyWithACount();
    void aRefusedSubscriptionIsAFailure();
    void aRefusedKeyIsAFailure();
    void CL1_itComesBackToARestartedServer();
    void aSignalEndsItWithSuccess();
    void itEndsWhenItsLinesCannotBeWritten();
    void otherServersAreUnderstood();

private:
    QStringList target() const { return {"--app", CliRunner::app(), "--port", m_serve->port()}; }
    ListenProcess listen(const QStringList& arguments) const
    {
        return {.process = m_cli.start(QStringList{"listen"} + arguments + target())};
    }
    int emitEvent(const QStringList& arguments) const
    {
        return m_cli.run(QStringList{"emit"} + arguments + target()).exitCode;
    }
    static int codeOf(ListenProcess& listener)
    {
        const bool hasEnded =
            listener.process->state() == QProcess::NotRunning || listener.process->waitForFinished(20'000);
        listener.read();
        if ((listener.out + listener.err).contains(castdeck::test::marker))
            QTest::qFail("a secret was printed", __FILE__, __LINE__);
        return hasEnded ? listener.process->exitCode() : -1;
    }

    CliRunner m_cli;
    std::unique_ptr<ServeProcess> m_serve;
};

void CliListenTest::whatIsEmittedIsHeard()
{
    auto listener = listen({"news", "private-a", "presence-b", "--count", "3"});
    QTRY_VERIFY(listener.hasSaid("subscribed to news") && listener.hasSaid("subscribed to private-a") &&
                listener.hasSaid("subscribed to presence-b"));
    QCOMPARE(emitEvent({"news", "private-a", "presence-b", "headline", R"({"text":"Hello"})"}), 0);
    QCOMPARE(codeOf(listener), 0);
    QList<QByteArray> lines = listener.lines();
    std::ranges::sort(lines);
    QCOMPARE(lines, (QList<QByteArray>{R"({"channel":"news","event":"headline","data":{"text":"Hello"}})",
                                       R"({"channel":"presence-b","event":"headline","data":{"text":"Hello"}})",
                                       R"({"channel":"private-a","event":"headline","data":{"text":"Hello"}})"}));
}

void CliListenTest::dataStaysAsItWasSent_data()
{
    QTest::addColumn<QString>("data");
    QTest::addColumn<QByteArray>("printed");
    QTest::newRow("big number") << "[12345678901234567890.10]" << QByteArray{"[12345678901234567890.10]"};
    QTest::newRow("order of keys") << R"({"z":1,"a":2})" << QByteArray{R"({"z":1,"a":2})"};
    QTest::newRow("line break between tokens") << "{\n \"a\": 1 }" << QByteArray{R"({"a":1})"};
    QTest::newRow("text") << "\"a\\nb\"" << QByteArray{"\"a\\nb\""};
    QTest::newRow("escapes") << R"("\u00e9 é 😀")" << QByteArray{R"("\u00e9 é 😀")"};
    QTest::newRow("null") << "null" << QByteArray{"null"};
}

void CliListenTest::dataStaysAsItWasSent()
{
    QFETCH(QString, data);
    QFETCH(QByteArray, printed);
    auto listener = listen({"news", "--count", "1"});
    QTRY_VERIFY(listener.hasSaid("subscribed to news"));
    QCOMPARE(emitEvent({"news", "e", data}), 0);
    QCOMPARE(codeOf(listener), 0);
    QCOMPARE(listener.out, R"({"channel":"news","event":"e","data":)" + printed + "}\n");
}

void CliListenTest::oneLineLeavesAtOnce()
{
    auto listener = listen({"news"});
    QTRY_VERIFY(listener.hasSaid("subscribed to news"));
    QCOMPARE(emitEvent({"news", "e"}), 0);
    QTRY_COMPARE(listener.lines().size(), 1);
    QCOMPARE(listener.process->state(), QProcess::Running);
    ::kill(static_cast<pid_t>(listener.process->processId()), SIGTERM);
    QCOMPARE(codeOf(listener), 0);
}

void CliListenTest::onlyTheNamedEventIsPrinted()
{
    auto listener = listen({"presence-a", "--event", "wanted", "--count", "1"});
    QTRY_VERIFY(listener.hasSaid("subscribed to presence-a"));
    QCOMPARE(emitEvent({"presence-a", "other"}), 0);
    QCOMPARE(emitEvent({"presence-a", "wanted"}), 0);
    QCOMPARE(codeOf(listener), 0);
    QCOMPARE(listener.lines().size(), 1);
    QVERIFY(listener.out.contains("\"event\":\"wanted\""));
}

void CliListenTest::theExcludedSocketHearsNothing()
{
    auto listener = listen({"news", "--count", "1"});
    QTRY_VERIFY(listener.hasSaid("subscribed to news"));
    QCOMPARE(emitEvent({"news", "heard", "--exclude", "1.1"}), 0);
    QCOMPARE(codeOf(listener), 0);
}

void CliListenTest::channelsAndMembersAreShown()
{
    auto listener = listen({"news", "presence-lobby", "--actor", "ada"});
    QTRY_VERIFY(listener.hasSaid("subscribed to presence-lobby") && listener.hasSaid("subscribed to news"));
    const auto channels = m_cli.run(QStringList{"channels"} + target());
    QCOMPARE(channels.exitCode, 0);
    QCOMPARE(channels.out, "CHANNEL         KIND      SUBSCRIPTIONS  USERS\n"
                           "news            public    1              -\n"
                           "presence-lobby  presence  1              1\n");
    QCOMPARE(
        m_cli.run(QStringList{"channels", "--json"} + target()).out,
        R"({"channels":[{"name":"news","kind":"public","subscriptions":1},{"name":"presence-lobby","kind":"presence","subscriptions":1,"users":1}]})"
        "\n");
    QCOMPARE(m_cli.run(QStringList{"members", "presence-lobby"} + target()).out, "USER\nada\n");
    QCOMPARE(m_cli.run(QStringList{"members", "presence-lobby", "--json"} + target()).out,
             R"({"channel":"presence-lobby","members":[{"id":"ada"}]})"
             "\n");
    QCOMPARE(m_cli.run(QStringList{"members", "news"} + target()).exitCode, 1);
    QCOMPARE(m_cli.run(QStringList{"connections", "--json"} + target()).out, "{\"connections\":1}\n");
    QCOMPARE(m_cli.run(QStringList{"connections"} + target()).out, "CONNECTIONS\n1\n");
    QCOMPARE(m_cli.run({"channels", "--app", CliRunner::app(), "--port", "1"}).exitCode, 1);
    ::kill(static_cast<pid_t>(listener.process->processId()), SIGINT);
    QCOMPARE(codeOf(listener), 0);
}

void CliListenTest::anEndOfTimeIsAFailureOnlyWithACount()
{
    auto counting = listen({"news", "--count", "1", "--timeout", "0.5"});
    auto plain = listen({"news", "--timeout", "0.5"});
    QCOMPARE(codeOf(counting), 1);
    QVERIFY(counting.err.contains("time is up after 0 of 1 events"));
    QCOMPARE(codeOf(plain), 0);
    const auto nobody = m_cli.run({"listen", "news", "--timeout", "0.5", "--app", CliRunner::app(), "--port", "1"});
    QCOMPARE(nobody.exitCode, 1);
    QVERIFY2(nobody.err.contains("refused") && nobody.err.contains("trying again"), nobody.err.constData());
}

void CliListenTest::aRefusedSubscriptionIsAFailure()
{
    const auto outcome =
        m_cli.run({"listen", "private-a", "--app", "app:key:zqx-marker-wrong", "--port", m_serve->port()});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.err.contains("cannot subscribe to private-a"), outcome.err.constData());
}

void CliListenTest::aRefusedKeyIsAFailure()
{
    const auto outcome = m_cli.run({"listen", "news", "--app", "app:nobody:zqx-marker", "--port", m_serve->port()});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.err.contains("(4001)"), outcome.err.constData());
}

void CliListenTest::CL1_itComesBackToARestartedServer()
{
    auto listener = listen({"private-a", "--count", "1"});
    QTRY_VERIFY(listener.hasSaid("subscribed to private-a"));
    const QString port = m_serve->port();
    QCOMPARE(m_serve->end(SIGTERM), 0);
    QTRY_VERIFY(listener.hasSaid("(4200); trying again"));
    m_serve = std::make_unique<ServeProcess>(m_cli, QStringList{"--app", CliRunner::app(), "--port", port});
    QTRY_VERIFY_WITH_TIMEOUT(listener.hasSaid("subscribed") && listener.err.count("subscribed to private-a") == 2,
                             15'000);
    QCOMPARE(emitEvent({"private-a", "e"}), 0);
    QCOMPARE(codeOf(listener), 0);
}

void CliListenTest::aSignalEndsItWithSuccess()
{
    for (const int signal : {SIGINT, SIGTERM}) {
        auto listener = listen({"news"});
        QTRY_VERIFY(listener.hasSaid("subscribed to news"));
        ::kill(static_cast<pid_t>(listener.process->processId()), signal);
        QCOMPARE(codeOf(listener), 0);
        QVERIFY(listener.out.isEmpty());
    }
}

void CliListenTest::itEndsWhenItsLinesCannotBeWritten()
{
    ListenProcess listener{.process = m_cli.start(QStringList{"listen", "news"} + target(), "/dev/full")};
    QTRY_VERIFY(listener.hasSaid("subscribed to news"));
    QCOMPARE(emitEvent({"news", "e"}), 0);
    QVERIFY(listener.process->waitForFinished(10'000));
    QCOMPARE(listener.process->exitCode(), 1);
}

void CliListenTest::otherServersAreUnderstood()
{
    castdeck::test::ScriptedServer server;
    ListenProcess listener{.process = m_cli.start({"listen", "private-a", "--all", "--count", "4", "--app",
                                                   CliRunner::app(), "--port", QString::number(server.url().port())}),
                           .out = {},
                           .err = {}};
    QTRY_COMPARE(server.count("pusher:subscribe"), 1);
    server.send(R"({"event":"pusher_internal:subscription_succeeded","channel":"private-a"})");
    server.send(R"({"event":"e","channel":"private-a","data":{"object":true}})");
    server.send(R"({"event":"client-e","channel":"private-a","data":"plain text","user_id":"7"})");
    server.send(R"({"event":"pusher:cache_miss","channel":"private-a"})");
    QTRY_COMPARE(listener.process->state(), QProcess::NotRunning);
    QCOMPARE(codeOf(listener), 0);
    QCOMPARE(listener.lines(),
             (QList<QByteArray>{R"({"channel":"private-a","event":"pusher_internal:subscription_succeeded","data":{}})",
                                R"({"channel":"private-a","event":"e","data":{"object":true}})",
                                R"({"channel":"private-a","event":"client-e","user_id":"7","data":"plain text"})",
                                R"({"channel":"private-a","event":"pusher:cache_miss","data":{}})"}));
}

QTEST_GUILESS_MAIN(CliListenTest)
#include "cli_listen_test.moc"
