#include "tests/app/answering_server.h"
#include "tests/app/cli_runner.h"

#include <QJsonArray>
#include <QTest>

using castdeck::test::AnsweringServer;
using castdeck::test::CliRunner;
using castdeck::test::ServeProcess;

/// What is there: channels, members and connections, behind every kind of connection.
class CliStateTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCentrifugoListsItsChannelsAndMembers();
    void anEngineThatRefusesIsAFailure();
    void whatADriverCannotTellIsSaid_data();
    void whatADriverCannotTellIsSaid();
    void nobodyThereIsToldWithWhatWasTried();
    void theConfiguredServerIsAsked();

private:
    /// With a connection "c" to a Centrifugo that answers `result` to everything.
    static void writeConfig(const CliRunner& cli, const QString& url)
    {
        cli.writeFile("broadcasting.json", R"({"default": "c", "connections": {"r": {"driver": "redis", "port": 1},
            "c": {"driver": "centrifugo", "api_key": "zqx-marker", "url": ")" +
                                               url.toUtf8() + R"("}}})");
    }
};

void CliStateTest::aCentrifugoListsItsChannelsAndMembers()
{
    const CliRunner cli;
    const AnsweringServer channels{
        AnsweringServer::response(200, R"({"result":{"channels":{"private-x":{"num_clients":3}}}})")};
    writeConfig(cli, channels.url(""));
    const QByteArray table = cli.run({"channels"}).out;
    QVERIFY2(table.contains("private-x  -     3"), table.constData());
    const QJsonObject row = cli.run({"channels", "--json"}).json()["channels"][0].toObject();
    // Prefixes mean nothing to Centrifugo, so no kind is claimed.
    QCOMPARE(row, (QJsonObject{{"name", "private-x"}, {"subscriptions", 3}}));

    const AnsweringServer members{AnsweringServer::response(200, R"({"result":{"presence":{
        "a":{"client":"a","user":"42","conn_info":{"n":1}},"b":{"client":"b","user":"42"},"c":{"client":"c","user":"7"}}}})")};
    writeConfig(cli, members.url(""));
    const QJsonObject answer = cli.run({"members", "chat:1", "--json"}).json();
    QCOMPARE(answer["channel"].toString(), "chat:1");
    QHash<QString, int> connections;
    for (const QJsonValue& each : answer["members"].toArray())
        connections[each["id"].toString()] = each["connections"].toInt();
    QCOMPARE(connections, (QHash<QString, int>{{"42", 2}, {"7", 1}}));
    QVERIFY(cli.run({"members", "chat:1"}).out.startsWith("USER  CONNECTIONS\n"));
}

void CliStateTest::anEngineThatRefusesIsAFailure()
{
    const CliRunner cli;
    const AnsweringServer server{
        AnsweringServer::response(200, R"({"error":{"code":108,"message":"not available zqx-marker"}})")};
    writeConfig(cli, server.url(""));
    const auto outcome = cli.run({"members", "chat:1", "--json"});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY(outcome.out.isEmpty());
    QVERIFY2(outcome.err.startsWith("connection \"c\": not_supported: "), outcome.err.constData());
}

void CliStateTest::whatADriverCannotTellIsSaid_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("words");
    const QByteArray no = "not_supported: this driver does not support ";
    QTest::newRow("channels of a log") << QStringList{"channels", "--connection", "log"} << 1
                                       << no + "listing channels";
    QTest::newRow("members of a log") << QStringList{"members", "x", "--connection", "log"} << 1
                                      << no + "listing members";
    QTest::newRow("members of a Redis") << QStringList{"members", "x", "--connection", "r"} << 1
                                        << no + "listing members";
    QTest::newRow("connections of a Centrifugo")
        << QStringList{"connections", "--connection", "c"} << 1 << no + "counting client connections";
    QTest::newRow("nothing at all") << QStringList{"channels", "--connection", "null"} << 2
                                    << QByteArray{"has no server behind it"};
    QTest::newRow("listening to a Redis")
        << QStringList{"listen", "x", "--connection", "r"} << 2
        << QByteArray{"has the driver \"redis\", which is not supported by \"listen\""};
}

void CliStateTest::whatADriverCannotTellIsSaid()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    const CliRunner cli;
    writeConfig(cli, "http://127.0.0.1:1");
    const auto outcome = cli.run(arguments);
    QTEST(outcome.exitCode, "exitCode");
    QVERIFY2(outcome.err.contains(words), outcome.err.constData());
    QVERIFY(outcome.out.isEmpty());
}

void CliStateTest::nobodyThereIsToldWithWhatWasTried()
{
    const CliRunner cli;
    writeConfig(cli, "http://u:zqx-marker@127.0.0.1:1");
    for (const auto& [connection, address] : {std::pair{"c", "http://127.0.0.1:1"}, std::pair{"r", "127.0.0.1:1"}}) {
        const auto outcome = cli.run({"channels", "--connection", connection});
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY2(outcome.err.contains("unreachable: ") && outcome.err.contains(QByteArray{"tried "} + address + ";"),
                 outcome.err.constData());
    }
}

void CliStateTest::theConfiguredServerIsAsked()
{
    const CliRunner cli;
    const ServeProcess serve{cli, {"--app", CliRunner::app()}};
    cli.writeFile("broadcasting.json",
                  R"({"default": "local", "connections": {"local": {"driver": "local"}}, "server": {"port": )" +
                      serve.port().toUtf8() +
                      R"(, "apps": [{"app_id": "app", "client": "key", "secret": "zqx-marker"}]}})");
    QCOMPARE(cli.run({"channels", "--json"}).out, "{\"channels\":[]}\n");
    QCOMPARE(cli.run({"members", "presence-x", "--json"}).out, "{\"channel\":\"presence-x\",\"members\":[]}\n");
    QCOMPARE(cli.run({"connections", "--json"}).json(), (QJsonObject{{"connections", 0}}));
}

QTEST_GUILESS_MAIN(CliStateTest)
#include "cli_state_test.moc"
