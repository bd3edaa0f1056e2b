#include "tests/app/cli_runner.h"

#include <QFileInfo>
#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using castdeck::test::CliRunner;

class CliConfigTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mistakesAreToldWithTheirPlace();
    void warningsCountOnlyWhenStrict();
    void aMissingFileIsTold();
    void theFileOfTheDesktopProgramIsFound();
    void everyMistakeOfThePartsIsTold();
    void checkAsJson();
    void showTellsEachValueAndItsOrigin();
    void showHidesSecretsInEveryPlace();
    void showAsJson();
    void aFileWithErrorsIsShownWithoutWhatIsWrong();
    void initMakesAPrivateFileOnce();
};

void CliConfigTest::mistakesAreToldWithTheirPlace()
{
    const CliRunner cli;
    cli.writeFile("broadcasting.json", "{\n  \"server\": {\n    \"port\": \"6001\",\n    \"apps\": [{\"app_id\": "
                                       "\"1\", \"client\": \"k\", \"secret\": [\"zqx-marker\"]}]\n  }\n}");
    const auto outcome = cli.run({"config", "check"});
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(outcome.out,
             "broadcasting.json:3:13: error: server.port: must be a whole number from 1 to 65535, not text in quotes\n"
             "broadcasting.json:4:55: error: server.apps[0].secret: must be text in quotes, not a list\n");
    QVERIFY(outcome.err.contains("not usable"));
}

void CliConfigTest::warningsCountOnlyWhenStrict()
{
    const CliRunner cli;
    cli.writeFile("c.json", "{\"colour\": 1}");
    const auto loose = cli.run({"config", "check", "--config", "c.json"});
    QCOMPARE(loose.exitCode, 0);
    QCOMPARE(loose.out, "c.json:1:12: warning: colour: unknown key; it is kept and has no effect\n");
    QVERIFY2(loose.err.endsWith("c.json: usable, with 1 warning\n"), loose.err.constData());
    QCOMPARE(cli.run({"config", "check", "--strict", "--config", "c.json"}).exitCode, 1);
}

void CliConfigTest::aMissingFileIsTold()
{
    const CliRunner cli;
    QCOMPARE(cli.run({"config", "check"}).exitCode, 2);
    const auto named = cli.run({"config", "check", "--config", "nowhere.json"});
    QCOMPARE(named.exitCode, 1);
    QVERIFY(named.out.contains("cannot open nowhere.json"));
}

void CliConfigTest::theFileOfTheDesktopProgramIsFound()
{
    CliRunner cli;
    cli.setVariable("XDG_CONFIG_HOME", cli.folder() + "/xdg");
    QCOMPARE(cli.run({"config", "init", "--config", cli.folder() + "/xdg/castdeck/broadcasting.json"}).exitCode, 0);
    const auto outcome = cli.run({"config", "check"});
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(outcome.err.contains("xdg/castdeck/broadcasting.json: fine"));
}

void CliConfigTest::everyMistakeOfThePartsIsTold()
{
    const CliRunner cli;
    cli.writeFile("broadcasting.json", "{\"authorize\": {\n\"policy\": \"opne\"},\n\"actors\": [{}],\n\"connections\": "
                                       "{\"c\": {\"driver\": \"centrifugo\",\n\"url\": \"zqx-marker\"}}}");
    const auto outcome = cli.run({"config", "check"});
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(outcome.out, "broadcasting.json:5:8: error: connections.c.url: must start with http:// or https://\n"
                          "broadcasting.json:2:11: error: authorize.policy: must be one of open, closed, strict\n"
                          "broadcasting.json:3:12: error: actors[0]: needs an \"id\" of 1 to 128 characters\n");
}

void CliConfigTest::checkAsJson()
{
    const CliRunner cli;
    cli.writeFile("c.json", "{\"csrf\": {\n\"colour\": \"zqx-marker\"}}");
    const auto outcome = cli.run({"config", "check", "--json", "--config", "c.json"});
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.out,
             "{\"file\":\"c.json\",\"usable\":true,\"problems\":[{\"severity\":\"warning\",\"path\":\"csrf."
             "colour\",\"line\":2,\"column\":11,\"message\":\"unknown key; it is kept and has no "
             "effect\"}]}\n");
    const auto strict = cli.run({"config", "check", "--json", "--strict", "--config", "c.json"});
    QCOMPARE(strict.exitCode, 1);
    QCOMPARE(strict.json()["usable"], QJsonValue{false});
}

void CliConfigTest::showTellsEachValueAndItsOrigin()
{
    CliRunner cli;
    cli.writeFile("broadcasting.json", R"({"default": "c", "server": {"port": "${PORT:-6001}"},
        "connections": {"c": {"driver": "centrifugo", "api_key": "${KEY}"}}})");
    cli.writeFile(".env", "KEY=zqx-marker\n");
    cli.setVariable("PORT", "7000");
    cli.setVariable("CENTRIFUGO_URL", "http://127.0.0.1:8000");
    cli.setVariable("BROADCAST_CONNECTION", "log");
    const auto outcome = cli.run({"config", "show"});
    QCOMPARE(outcome.exitCode, 0);
    const QStringList lines = QString::fromUtf8(outcome.out).split('\n');
    for (const QString line :
         {"default \"log\" environment BROADCAST_CONNECTION",
          "server.port \"7000\" environment PORT, written as ${PORT:-6001}", "connections.c.driver \"centrifugo\" file",
          "connections.c.api_key \"••••\" .env KEY, written as ${KEY}", "authorize.policy \"open\" built-in",
          "connections.log.level \"info\" built-in"}) {
        const bool isThere = std::ranges::any_of(lines, [&](const QString& each) { return each.simplified() == line; });
        QVERIFY2(isThere, qPrintable(line + "\n" + outcome.out));
    }
}

void CliConfigTest::showHidesSecretsInEveryPlace()
{
    CliRunner cli;
    cli.setVariable("REAL", "zqx-marker");
    cli.writeFile("broadcasting.json",
                  R"({"connections": {"r": {"driver": "redis", "password": "zqx-marker", "username": "${REAL}"},
                            "c": {"driver": "centrifugo", "api_key": "${KEY:-zqx-marker}", "url": "http://u:zqx-marker@h/"},
                            "p": {"driver": "pusher", "app_id": "1", "client": "k", "secret": "${REAL}",
                                  "encryption_master_key_base64": "zqx-marker"}},
        "actors": [{"id": "1", "token": "${TOKEN}"}, {"id": "2", "token": "zqx-marker"}],
        "authorize": {"topics": [{"pattern": "t", "when": {"value": "header.SECRET", "is": "equals", "to": "zqx-marker"}}]},
        "own": {"secrets": ["zqx-marker"], "authToken": "zqx-marker", "encryption_master_key": "zqx-marker",
                "password": "${A}zqx-marker", "colour": "zqx-marker"},
        "server": {"apps": [{"app_id": "1", "client": "k", "secret": "zqx-marker", "secrte": "zqx-marker",
            "webhooks": [{"url": "https://h/?k=zqx-marker", "headers": {"X-Env": "zqx-marker"}}]}]}})");
    for (const QStringList& arguments : {QStringList{"config", "show"}, QStringList{"config", "show", "--json"},
                                         QStringList{"config", "check"}, QStringList{"config", "check", "--json"}}) {
        const auto outcome = cli.run(arguments); // Looks for the marker.
        QVERIFY(!outcome.out.isEmpty());
    }
}

void CliConfigTest::showAsJson()
{
    const CliRunner cli;
    cli.writeFile("broadcasting.json", R"({"actors": [{"id": "1", "token": "${TOKEN:-zqx-marker}"}]})");
    const QJsonObject shown = cli.run({"config", "show", "--json"}).json();
    QCOMPARE(shown["file"], QJsonValue{"broadcasting.json"});
    QHash<QString, QJsonObject> values;
    for (const QJsonValue& value : shown["values"].toArray())
        values[value["path"].toString()] = value.toObject();
    QCOMPARE(values["server.port"], (QJsonObject{{"path", "server.port"}, {"value", 6001}, {"origin", "built-in"}}));
    QCOMPARE(values["actors[0].token"],
             (QJsonObject{{"path", "actors[0].token"}, {"value", "••••"}, {"origin", "file"}, {"written", "••••"}}));
}

void CliConfigTest::aFileWithErrorsIsShownWithoutWhatIsWrong()
{
    const CliRunner cli;
    cli.writeFile("broadcasting.json", R"({"server": {"port": "zqx-marker", "workers": 2}})");
    const auto outcome = cli.run({"config", "show"});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY(outcome.out.contains("server.workers"));
    QVERIFY(outcome.err.contains("server.port: must be a whole number"));
}

void CliConfigTest::initMakesAPrivateFileOnce()
{
    const CliRunner cli;
    QCOMPARE(cli.run({"config", "init"}).exitCode, 0);
    const QByteArray content = cli.readFile("broadcasting.json");
    const auto permissions = QFileInfo{cli.folder() + "/broadcasting.json"}.permissions();
    QVERIFY(!(permissions & (QFile::ReadGroup | QFile::ReadOther)));
    QCOMPARE(cli.run({"config", "check", "--strict"}).exitCode, 0);
    QCOMPARE(cli.run({"config", "init"}).exitCode, 1);
    QCOMPARE(cli.readFile("broadcasting.json"), content);
}

QTEST_GUILESS_MAIN(CliConfigTest)
#include "cli_config_test.moc"
