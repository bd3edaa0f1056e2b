#include "tests/app/cli_runner.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QTest>

using castdeck::test::CliRunner;

class CliConfigTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mistakesAreToldWithTheirPlace();
    void warningsCountOnlyWhenStrict();
    void aMissingFileIsTold();
    void theFileOfTheDesktopProgramIsFound();
    void showHidesSecrets();
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

void CliConfigTest::showHidesSecrets()
{
    const CliRunner cli;
    cli.writeFile(
        "broadcasting.json",
        R"({"connections": {"r": {"driver": "redis", "password": "zqx-marker"}, "c": {"driver": "centrifugo", "api_key": "${KEY:-zqx-marker}"}},
        "actors": [{"id": "1", "token": "${TOKEN}"}], "own": {"secrets": ["zqx-marker"], "authToken": "zqx-marker",
        "encryption_master_key": "zqx-marker", "password": "${A}zqx-marker"}, "server": {"apps": [{"app_id": "1", "client": "k", "secret": "zqx-marker"}]}})");
    const auto outcome = cli.run({"config", "show"});
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(outcome.out.contains("\"secret\": \"••••\""));
    QVERIFY(outcome.out.contains("\"token\": \"${TOKEN}\""));
    QVERIFY(!QJsonDocument::fromJson(outcome.out).isNull());
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
