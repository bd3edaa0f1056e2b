#include "tests/app/cli_runner.h"
#include "tests/remote/scripted_server.h"

#include <QJsonArray>
#include <QTest>

using castdeck::test::CliRunner;
using castdeck::test::ServeProcess;

class CliEmitTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_serve = std::make_unique<ServeProcess>(m_cli, QStringList{"--app", CliRunner::app()}); }
    void wordsAreSortedIntoChannelsEventAndData_data();
    void wordsAreSortedIntoChannelsEventAndData();
    void wrongUsageIsCode2_data();
    void wrongUsageIsCode2();
    void theReportIsInWordsOrJson();
    void S11_controlCharactersReachNoTerminal();
    void whatWasTriedIsToldWhenNobodyAnswers();
    void failuresAreCode1_data();
    void failuresAreCode1();
    void aConnectionIsTakenFromTheFile();
    void theLocalConnectionIsTheConfiguredServer();
    void theNullConnectionDiscards();
    void thePusherVariablesOfADotEnvAreEnough();

private:
    QStringList here(const QStringList& arguments) const
    {
        return QStringList{"emit"} + arguments + QStringList{"--app", CliRunner::app(), "--port", m_serve->port()};
    }

    CliRunner m_cli;
    std::unique_ptr<ServeProcess> m_serve;
};

void CliEmitTest::wordsAreSortedIntoChannelsEventAndData_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QString>("event");
    QTest::addColumn<QStringList>("channels");
    QTest::addColumn<int>("bytes");
    const QByteArray none;
    QTest::newRow("data") << QStringList{"a", "e", "{\"x\": 1}"} << none << "e" << QStringList{"a"} << 8;
    QTest::newRow("no data") << QStringList{"a", "e"} << none << "e" << QStringList{"a"} << 2;
    QTest::newRow("several channels") << QStringList{"a", "b", "e"} << none << "e" << QStringList{"a", "b"} << 2;
    QTest::newRow("several channels and data")
        << QStringList{"a", "b", "e", "[]"} << none << "e" << QStringList{"a", "b"} << 2;
    QTest::newRow("a number is data") << QStringList{"a", "e", "17"} << none << "e" << QStringList{"a"} << 2;
    QTest::newRow("a list is data") << QStringList{"a", "e", "[1,2]"} << none << "e" << QStringList{"a"} << 5;
    QTest::newRow("a negative number is data") << QStringList{"a", "e", "-5"} << none << "e" << QStringList{"a"} << 2;
    QTest::newRow("two words are never data") << QStringList{"a", "17"} << none << "17" << QStringList{"a"} << 2;
    QTest::newRow("from input") << QStringList{"a", "e", "-"} << QByteArray{"{\"x\":\"y\"}\n"} << "e"
                                << QStringList{"a"} << 9;
    QTest::newRow("a channel twice") << QStringList{"a", "a", "e"} << none << "e" << QStringList{"a"} << 2;
}

void CliEmitTest::wordsAreSortedIntoChannelsEventAndData()
{
    QFETCH(QStringList, words);
    QFETCH(QByteArray, input);
    QFETCH(QStringList, channels);
    const auto outcome = m_cli.run(here(words + QStringList{"--json"}), input);
    QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
    const QJsonObject report = outcome.json();
    QTEST(report["event"].toString(), "event");
    QTEST(report["bytes"].toInt(), "bytes");
    QStringList reported;
    for (const QJsonValue& entry : report["channels"].toArray()) {
        reported << entry["channel"].toString();
        QCOMPARE(entry["status"].toString(), "sent");
    }
    QCOMPARE(reported, channels);
}

void CliEmitTest::wrongUsageIsCode2_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("message");
    const QByteArray none;
    QTest::newRow("nothing") << QStringList{} << none << QByteArray{"at least one channel"};
    QTest::newRow("one word") << QStringList{"a"} << none << QByteArray{"at least one channel"};
    QTest::newRow("broken JSON") << QStringList{"a", "e", "{\"x\":}"} << none
                                 << QByteArray{"not_json: the data is not JSON: expected a value (byte 6)"};
    QTest::newRow("broken input") << QStringList{"a", "e", "-"} << QByteArray{"x"} << QByteArray{"not_json"};
    QTest::newRow("no input") << QStringList{"a", "e", "-"} << none << QByteArray{"not_json"};
    QTest::newRow("unknown option") << QStringList{"a", "e", "--colour=zqx-marker"} << none
                                    << QByteArray{"unknown option: --colour\n"};
    QTest::newRow("bad app") << QStringList{"a", "e", "--app", "zqx-marker"} << none << QByteArray{"ID:KEY:SECRET"};
    QTest::newRow("unknown connection") << QStringList{"a", "e", "--connection", "eu"} << none
                                        << QByteArray{"connection \"eu\" is not defined"};
    QTest::newRow("bad port") << QStringList{"a", "e", "--port", "70000"} << none << QByteArray{"70000"};
}

void CliEmitTest::wrongUsageIsCode2()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, message);
    const auto outcome = m_cli.run(QStringList{"emit"} + arguments, input);
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.err.contains(message), outcome.err.constData());
    QVERIFY(outcome.out.isEmpty());
}

void CliEmitTest::theReportIsInWordsOrJson()
{
    const auto words = m_cli.run(here({"news", "bad name", "e"}));
    QCOMPARE(words.exitCode, 1);
    QVERIFY2(words.out.startsWith("news: sent\nbad name: failed (bad_channel): Channel name has ' '"),
             words.out.constData());
    const auto json = m_cli.run(here({"bad name", "e", "--json"})).json();
    const QJsonObject entry = json["channels"].toArray()[0].toObject();
    QCOMPARE(entry["status"].toString(), "failed");
    QCOMPARE(entry["code"].toString(), "bad_channel");
}

void CliEmitTest::S11_controlCharactersReachNoTerminal()
{
    const auto outcome = m_cli.run(here({QString::fromUtf8("a\x1b[2J\xC2\x9B"
                                                           "31mé"),
                                         "e"}));
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.out.startsWith("a\\x1b[2J\\x9b31mé: failed"), outcome.out.constData());
}

void CliEmitTest::whatWasTriedIsToldWhenNobodyAnswers()
{
    const auto outcome = m_cli.run({"emit", "news", "e", "--app", CliRunner::app(), "--port", "1"});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.err.contains("tried http://127.0.0.1:1;"), outcome.err.constData());
}

void CliEmitTest::failuresAreCode1_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("message");
    const QString port = m_serve->port();
    QTest::newRow("wrong secret") << QStringList{"--app", "app:key:zqx-marker-wrong", "--port", port}
                                  << QByteArray{"unauthorized, HTTP 401"};
    QTest::newRow("unknown app") << QStringList{"--app", "other:key:zqx-marker", "--port", port}
                                 << QByteArray{"bad_response, HTTP 404"};
    QTest::newRow("TLS to a plain port") << QStringList{"--app", CliRunner::app(), "--port", port, "--tls"}
                                         << QByteArray{"failed (tls)"};
    QTest::newRow("nobody there") << QStringList{"--app", CliRunner::app(), "--port", "1"} << QByteArray{"unreachable"};
    QTest::newRow("bad socket") << QStringList{"--app", CliRunner::app(), "--port", port, "--exclude", "x"}
                                << QByteArray{"bad_option"};
}

void CliEmitTest::failuresAreCode1()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, message);
    const auto outcome = m_cli.run(QStringList{"emit", "news", "e"} + arguments);
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.out.contains(message), (outcome.out + outcome.err).constData());
}

void CliEmitTest::aConnectionIsTakenFromTheFile()
{
    CliRunner cli;
    cli.setVariable("SECRET_OF_EU", "zqx-marker");
    cli.writeFile("broadcasting.json",
                  R"({"default": "log", "aliases": {"alerts": "eu"}, "connections": {"eu": {"driver": "pusher",
        "app_id": "app", "client": "key", "secret": "${SECRET_OF_EU}", "host": "127.0.0.1", "ssl": false, "port": )" +
                      m_serve->port().toUtf8() + "}}}");
    for (const char* name : {"eu", "alerts"}) {
        const auto outcome = cli.run({"emit", "news", "e", "--connection", name, "--json"});
        QVERIFY2(outcome.exitCode == 0, (outcome.out + outcome.err).constData());
        QCOMPARE(outcome.json()["connection"].toString(), "eu");
    }
    const auto other = cli.run({"emit", "news", "e"});
    QCOMPARE(other.exitCode, 2);
    QVERIFY(other.err.contains("driver \"log\" is not supported"));
    cli.removeVariable("SECRET_OF_EU");
    const auto missing = cli.run({"emit", "news", "e", "--connection", "eu"});
    QCOMPARE(missing.exitCode, 2);
    QVERIFY2(missing.err.contains("SECRET_OF_EU is not set"), missing.err.constData());
    QVERIFY(missing.err.contains("the option secret is missing"));
}

void CliEmitTest::theLocalConnectionIsTheConfiguredServer()
{
    const CliRunner cli;
    cli.writeFile("broadcasting.json",
                  R"({"default": "local", "connections": {"local": {"driver": "local"}}, "server": {"port": )" +
                      m_serve->port().toUtf8() +
                      R"(, "apps": [{"app_id": "app", "client": "key", "secret": "zqx-marker"}]}})");
    const auto outcome = cli.run({"emit", "news", "e"});
    QVERIFY2(outcome.exitCode == 0, (outcome.out + outcome.err).constData());
    QCOMPARE(outcome.out, "news: sent\n");
}

void CliEmitTest::theNullConnectionDiscards()
{
    const CliRunner cli;
    const auto outcome = cli.run({"emit", "news", "e"});
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.out, "news: discarded\n");
    QVERIFY(outcome.err.contains("discards everything"));
}

void CliEmitTest::thePusherVariablesOfADotEnvAreEnough()
{
    const CliRunner cli;
    cli.writeFile(".env",
                  "BROADCAST_CONNECTION=pusher\nPUSHER_APP_ID=app\nPUSHER_APP_KEY=key\nPUSHER_APP_SECRET=zqx-marker\n"
                  "PUSHER_HOST=127.0.0.1\nPUSHER_SCHEME=http\nPUSHER_PORT=" +
                      m_serve->port().toUtf8() + "\n");
    const auto outcome = cli.run({"emit", "news", "e"});
    QVERIFY2(outcome.exitCode == 0, (outcome.out + outcome.err).constData());
}

QTEST_GUILESS_MAIN(CliEmitTest)
#include "cli_emit_test.moc"
