#include "tests/app/answering_server.h"
#include "tests/app/cli_runner.h"

#include <QJsonArray>
#include <QTest>

using castdeck::test::AnsweringServer;
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
    void aLocalConnectionMayBeForAnotherApplication();
    void warningsAboutWhatIsNotUsedAreLeftToTheCheck_data();
    void warningsAboutWhatIsNotUsedAreLeftToTheCheck();
    void theNullConnectionDiscards();
    void thePusherVariablesOfADotEnvAreEnough();
    void theLogConnectionTellsOnStandardError();
    void theLogConnectionMayWriteToAFile();
    void eventClassesKnowTheirChannelsAndData();
    void mistakesInAnEventClassAreCode2_data();
    void mistakesInAnEventClassAreCode2();
    void withoutAnActorOnlyChannelValuesAreSkipped();
    void theReportInJsonSaysEverything();
    void anEngineThatTakesSomeChannelsIsPartlyAFailure();
    void everyDriverSaysWhatWasTried();
    void aSilentServerEndsInTime();
    void serverOptionsAreForPusherServersOnly();
    void secretsThatComeBackAreHidden();

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
                                        << QByteArray{"connection \"eu\" is not defined; there are: null, log\n"};
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

void CliEmitTest::aLocalConnectionMayBeForAnotherApplication()
{
    const CliRunner cli;
    cli.writeFile("broadcasting.json",
                  R"({"connections": {"second": {"driver": "local", "app_id": "app"}, "none": {"driver": "local",
                  "app_id": "9"}}, "server": {"port": )" +
                      m_serve->port().toUtf8() +
                      R"(, "apps": [{"app_id": "1", "client": "k", "secret": "zqx-marker-1"},
                      {"app_id": "app", "client": "key", "secret": "zqx-marker",
                       "encryption_master_key_base64": "enF4LW1hcmtlci16cXgtbWFya2VyLXpxeC1tYXJrZXI="}]}})");
    const auto outcome = cli.run({"emit", "news", "e", "--connection", "second"});
    QVERIFY2(outcome.exitCode == 0, (outcome.out + outcome.err).constData());
    // With its master key, what the driver needs to encrypt.
    QCOMPARE(cli.run({"emit", "private-encrypted-x", "e", "--connection", "second"}).out,
             "private-encrypted-x: sent\n");
    const auto none = cli.run({"emit", "news", "e", "--connection", "none"});
    QCOMPARE(none.exitCode, 2);
    QVERIFY2(none.err.contains("no application with the id \"9\""), none.err.constData());
}

void CliEmitTest::warningsAboutWhatIsNotUsedAreLeftToTheCheck_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::newRow("nested") << QByteArray{R"({"default": "used", "connections": {
        "used": {"driver": "log", "mine": 1}, "used.not": {"driver": "log", "other": 1},
        "unused": {"driver": "redis", "password": "${NOT_SET}", "other": 1}}, "typo": 1,
        "actors": [{"id": "1", "token": "${NOT_SET}"}]})"};
    QTest::newRow("flat") << QByteArray{R"({"default": "used", "used": {"driver": "log", "mine": 1},
        "used.not": {"driver": "log", "other": 1}, "unused": {"driver": "redis", "password": "${NOT_SET}", "other": 1},
        "typo": 1, "actors": [{"id": "1", "token": "${NOT_SET}"}]})"};
}

void CliEmitTest::warningsAboutWhatIsNotUsedAreLeftToTheCheck()
{
    QFETCH(QByteArray, file);
    const CliRunner cli;
    cli.writeFile("broadcasting.json", file);
    for (const QStringList& named : {QStringList{}, QStringList{"--connection", "used"}}) {
        const auto outcome = cli.run(QStringList{"emit", "news", "e"} + named);
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(outcome.err.contains("used.mine: unknown key"), outcome.err.constData());
        QVERIFY2(outcome.err.contains("typo: unknown key"), outcome.err.constData());
        QVERIFY2(!outcome.err.contains("NOT_SET") && !outcome.err.contains("unused"), outcome.err.constData());
    }
    QCOMPARE(cli.run({"config", "check"}).out.count("NOT_SET"), 2);
    cli.writeFile("broadcasting.json", file.replace("\"used\", ", "7, "));
    QVERIFY(cli.run({"emit", "news", "e"}).err.contains("NOT_SET")); // Beside errors, everything is told.
}

void CliEmitTest::theNullConnectionDiscards()
{
    const CliRunner cli;
    const auto outcome = cli.run({"emit", "news", "e"});
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.out, "news: discarded\n");
    QVERIFY(outcome.err.contains("discards everything; there is no configuration file: \"castdeck-cli config init\""));
    cli.writeFile("broadcasting.json", "{}");
    const auto configured = cli.run({"emit", "news", "e"});
    QVERIFY(configured.err.contains("discards everything; name another one with --connection"));
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

void CliEmitTest::theLogConnectionTellsOnStandardError()
{
    const CliRunner cli;
    const auto outcome = cli.run({"emit", "--class", "NewRelease", "version=4.0.0", "--connection", "log"});
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.out, "releases: logged\n");
    QCOMPARE(outcome.err, "Broadcasting [NewRelease] on channels [releases] with payload: "
                          "{\"message\":\"Version 4.0.0 has been released !\"}\n");
}

void CliEmitTest::theLogConnectionMayWriteToAFile()
{
    const CliRunner cli;
    cli.writeFile("broadcasting.json",
                  R"({"default": "quiet", "connections": {"quiet": {"driver": "log", "file": "out.log"}}})");
    const auto outcome = cli.run({"emit", "a", "b", "e", "--exclude", "1.1"});
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.out, "a: logged; except ignored\nb: logged; except ignored\n");
    QVERIFY(outcome.err.isEmpty());
    QCOMPARE(cli.readFile("out.log"), "Broadcasting [e] on channels [a, b] with payload: {}\n");
}

void CliEmitTest::eventClassesKnowTheirChannelsAndData()
{
    const CliRunner cli;
    const auto log = [&](const QStringList& words) {
        return cli.run(QStringList{"emit"} + words + QStringList{"--connection", "log"}).err;
    };
    QCOMPARE(log({"--class", "AdminUserAlert", "message=Some dependencies are outdated !", "level=warning"}),
             "Broadcasting [AdminUserAlert] on channels [private-admins] with payload: "
             "{\"message\":\"Some dependencies are outdated !\",\"level\":\"warning\"}\n");
    QVERIFY(log({"--class", "AdminUserAlert", "message=a=b"}).contains("{\"message\":\"a=b\",\"level\":\"error\"}"));
    QVERIFY(log({"news", "--class", "NewRelease", "version=1", "extra"})
                .contains("[NewRelease] on channels [news, extra]"));
}

void CliEmitTest::mistakesInAnEventClassAreCode2_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("unknown class") << QStringList{"--class", "Release"}
                                   << QByteArray{"there is no event class \"Release\"; there are: NewRelease"};
    QTest::newRow("missing field") << QStringList{"--class", "NewRelease"} << QByteArray{"needs the field \"version\""};
    QTest::newRow("unknown field") << QStringList{"--class", "NewRelease", "version=1", "v=1"}
                                   << QByteArray{"has no field \"v\"; its fields: version"};
    QTest::newRow("a field without its value")
        << QStringList{"--class", "AdminUserAlert", "message=x", "level", "--connection", "log"}
        << QByteArray{"the field \"level\" has no value; write level=..."};
    QTest::newRow("a field twice") << QStringList{"--class", "NewRelease", "version=1", "version=2"}
                                   << QByteArray{"the field \"version\" twice"};
}

void CliEmitTest::mistakesInAnEventClassAreCode2()
{
    QFETCH(QStringList, words);
    QFETCH(QByteArray, message);
    const auto outcome = m_cli.run(QStringList{"emit"} + words);
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.err.contains(message), outcome.err.constData());
    QVERIFY(outcome.out.isEmpty());
}

void CliEmitTest::withoutAnActorOnlyChannelValuesAreSkipped()
{
    const QStringList alert{"--class", "AdminUserAlert", "message=x"};
    const auto operatorSends = m_cli.run(here(alert));
    QCOMPARE(operatorSends.out, "private-admins: sent\n");
    const auto nobody = m_cli.run(here(alert + QStringList{"--anonymous"}));
    QCOMPARE(nobody.exitCode, 0);
    QCOMPARE(nobody.out, "private-admins: skipped (no actor)\n");
    QVERIFY(nobody.err.contains("--anonymous"));
    const auto raw = m_cli.run(here({"private-admins", "presence-x", "e", "--anonymous"}));
    QCOMPARE(raw.out, "private-admins: sent\npresence-x: sent\n");
    const auto renamed = m_cli.run(here(alert + QStringList{"private-admins", "--anonymous"}));
    QCOMPARE(renamed.out, "private-admins: sent\n");
}

void CliEmitTest::theReportInJsonSaysEverything()
{
    const CliRunner cli;
    cli.writeFile("broadcasting.json", R"({"default": "quiet", "connections": {"quiet": {"driver": "null"}}})");
    const QJsonObject report = cli.run({"emit", "news", "client-e", "--json", "--connection", "log"}).json();
    QCOMPARE(report["connection"].toString(), "log");
    QCOMPARE(report["summary"].toString(), "\"client-e\": 1 logged.");
    QVERIFY(report["duration_ms"].isDouble());
    const QJsonObject entry = report["channels"][0].toObject();
    QCOMPARE(entry["connection"].toString(), "log");
    QCOMPARE(entry["status"].toString(), "logged");
    QCOMPARE(entry["notes"].toArray(), QJsonArray{"the prefix client- belongs to clients"});
    const QJsonObject skipped =
        m_cli.run(here({"--class", "AdminUserAlert", "message=x", "--anonymous", "--json"})).json();
    QCOMPARE(skipped["connection"].toString(), "");
    QCOMPARE(skipped["channels"][0]["status"].toString(), "skipped");
    QCOMPARE(skipped["channels"][0]["text"].toString(), "no actor");
    QCOMPARE(skipped["channels"][0]["connection"].toString(), "");
}

void CliEmitTest::anEngineThatTakesSomeChannelsIsPartlyAFailure()
{
    const AnsweringServer centrifugo{AnsweringServer::response(
        200, R"({"result":{"responses":[{"result":{}},{"error":{"code":102,"message":"unknown channel"}}]}})")};
    const CliRunner cli;
    cli.writeFile(
        "broadcasting.json",
        R"({"default": "c", "connections": {"c": {"driver": "centrifugo", "api_key": "zqx-marker", "url": ")" +
            centrifugo.url("").toUtf8() + R"("}}})");
    const auto outcome = cli.run({"emit", "order.7", "x:8", "NewRelease", R"({"n":12345678901234567890})"});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.out.startsWith("order.7: sent\nx:8: failed (rejected, error 102): "), outcome.out.constData());
    QVERIFY2(
        centrifugo.request().endsWith(
            R"({"channels":["order.7","x:8"],"data":{"event":"NewRelease","data":{"n":12345678901234567890}},"skip_history":true})"),
        centrifugo.request().constData());
    QVERIFY(centrifugo.request().toLower().contains("\r\nx-api-key: zqx-marker\r\n"));
    const auto numbers = cli.run({"emit", "order.7", "x:8", "e", "--json"}).json()["channels"][1].toObject();
    QCOMPARE(numbers["remote_status"].toInt(), 102);
    QVERIFY(!numbers.contains("http_status")); // HTTP said 200.

    const AnsweringServer closed{AnsweringServer::response(401, "")};
    cli.writeFile("broadcasting.json", R"({"default": "c", "connections": {"c": {"driver": "centrifugo", "url": ")" +
                                           closed.url("").toUtf8() + R"("}}})");
    const auto refused = cli.run({"emit", "order.7", "e", "--json"}).json()["channels"][0].toObject();
    QCOMPARE(refused["remote_status"].toInt(), 401);
    QCOMPARE(refused["http_status"].toInt(), 401);
}

void CliEmitTest::everyDriverSaysWhatWasTried()
{
    const CliRunner cli;
    cli.writeFile("broadcasting.json", R"({"connections": {
        "c": {"driver": "centrifugo", "url": "http://u:zqx-marker@127.0.0.1:1", "api_key": "zqx-marker"},
        "r": {"driver": "redis", "port": 1, "password": "zqx-marker"},
        "d": {"driver": "redis", "host": "nowhere.invalid", "timeout_ms": 3000},
        "l": {"driver": "log", "file": "no/such/folder.log"},
        "p": {"driver": "reverb", "app_id": "1", "client": "k", "secret": "zqx-marker", "host": "127.0.0.1", "port": 1}}})");
    const auto errorOf = [&](const char* connection) {
        const auto outcome = cli.run({"emit", "news", "e", "--connection", connection});
        return outcome.exitCode == 1 && outcome.out.contains("failed (unreachable)") ? outcome.err : QByteArray{};
    };
    QVERIFY2(errorOf("c").contains("tried http://127.0.0.1:1;"), errorOf("c").constData());
    QVERIFY2(errorOf("r").contains("tried 127.0.0.1:1;"), errorOf("r").constData());
    QVERIFY2(errorOf("p").contains("tried https://127.0.0.1:1;"), errorOf("p").constData());
    const auto named = cli.run({"emit", "news", "e", "--connection", "d"});
    QVERIFY2(named.err.contains("tried nowhere.invalid:6379;"), named.err.constData());
    const auto log = cli.run({"emit", "news", "e", "--connection", "l"});
    QVERIFY2(log.out.contains("the log file no/such/folder.log cannot be written: No such file"), log.out.constData());
    QVERIFY2(!log.err.contains("tried"), log.err.constData());
}

void CliEmitTest::aSilentServerEndsInTime()
{
    // Bytes that are no end of a head: the answer never gets whole.
    const AnsweringServer silent{AnsweringServer::response(200, "").left(20)};
    const CliRunner cli;
    cli.writeFile("broadcasting.json",
                  R"({"default": "p", "connections": {"p": {"driver": "pusher", "app_id": "1", "client": "k",
                  "secret": "zqx-marker", "host": "127.0.0.1", "ssl": false, "timeout_ms": 300, "port": )" +
                      QByteArray::number(silent.port()) + "}}}");
    const auto outcome = cli.run({"emit", "news", "e", "--json"});
    QCOMPARE(outcome.exitCode, 1);
    const QString code = outcome.json()["channels"][0]["code"].toString();
    QVERIFY2(code == "timeout" || code == "unreachable", outcome.out.constData());
}

void CliEmitTest::serverOptionsAreForPusherServersOnly()
{
    const CliRunner cli;
    cli.writeFile("broadcasting.json", R"({"default": "r", "connections": {"r": {"driver": "redis"}}})");
    const auto outcome = cli.run({"emit", "news", "e", "--port", "1"});
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(outcome.err.contains("--host, --port and --tls are for"), outcome.err.constData());
}

void CliEmitTest::secretsThatComeBackAreHidden()
{
    const AnsweringServer chatty{
        AnsweringServer::response(400, "the secret zqx-marker is wrong", "X-Secret: zqx-marker\r\n")};
    const QStringList event{"emit", "news", "e", "--app", CliRunner::app(), "--port", QString::number(chatty.port())};
    for (const QStringList& form : {QStringList{}, QStringList{"--json"}}) {
        const auto outcome = m_cli.run(event + form); // The runner looks for the marker.
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY2(outcome.out.contains("the secret •••• is wrong"), outcome.out.constData());
    }
}

QTEST_GUILESS_MAIN(CliEmitTest)
#include "cli_emit_test.moc"
