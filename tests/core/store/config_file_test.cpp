#include "core/store/config_file.h"

#include <QTemporaryDir>
#include <QTest>

#include <ctime>

using namespace castdeck;
using namespace castdeck::store;

namespace {

ConfigFile parsed(const std::string& text, std::map<std::string, std::string> variables = {})
{
    return ConfigFile::parse(text, "/etc/castdeck/broadcasting.json", Environment{variables});
}

QString problemsOf(const ConfigFile& file)
{
    std::string text;
    for (const Problem& problem : file.problems())
        text += problem.text() + "\n";
    return QString::fromStdString(text);
}

const std::string goodApp = R"({"app_id": "1", "client": "k1", "secret": "s1"})";

} // namespace

class ConfigFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyMistakeIsToldWithPathAndLine_data();
    void everyMistakeIsToldWithPathAndLine();
    void unknownKeysAreWarnings_data();
    void unknownKeysAreWarnings();
    void knownTopLevelKeysAreNotReported();
    void theServerIsReadWhole();
    void serverSettingsAreTheDefaultOfItsApps();
    void certificatePathsStartAtTheFolderOfTheFile();
    void bothSpellingsOfPusherOptionsAreRead_data();
    void bothSpellingsOfPusherOptionsAreRead();
    void theFlatShapeIsRead();
    void theVariableWinsOverTheWrittenDefault();
    void pusherVariablesMakeAConnection();
    void numbersAndSwitchesMayComeFromVariables();
    void aMissingVariableIsAWarningThatNamesTheKey();
    void anAppWithoutItsVariableIsSwitchedOff();
    void aliasesGoOneStep();
    void nullAndLogExistWithoutAnyFile();
    void aMissingConnectionIsNamed();
    void wrongVariablesAreErrors_data();
    void wrongVariablesAreErrors();
    void undefinedDefaultIsAWarning();
    void unencryptedConnectionToAnotherMachineIsAWarning_data();
    void unencryptedConnectionToAnotherMachineIsAWarning();
    void listenAddressesOfAnyFamilyAreTaken();
    void Q7_crowdedFilesAreJudgedAtOnce();
    void errorBehindManyWarningsStaysAnError();
    void C7_deepNestingIsRefusedAtOnce();
    void noProblemRepeatsASecret();
};

void ConfigFileTest::everyMistakeIsToldWithPathAndLine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto server = [](const char* members) {
        return QStringLiteral("{\n \"server\": {\n  %1\n }\n}").arg(members);
    };
    const auto row = [](const char* name, const QString& text, const char* expected) {
        QTest::newRow(name) << text << expected;
    };
    row("C1 no bytes", "", "1:1: error: the file is empty");
    row("C1 truncated", "{\n \"server\": {", "2:13: error: not valid JSON");
    row("C1 not JSON", "hello", "1:1: error: not valid JSON");
    row("C1 a list", "[]", "1:1: error: must be a JSON object");
    row("a comment", "{\n // why\n}", "2:2: error: not valid JSON");
    row("C4 port 0", server("\"port\": 0"),
        "3:11: error: server.port: must be a whole number from 1 to 65535, not the number 0");
    row("C4 port 70000", server("\"port\": 70000"), "3:11: error: server.port: must be a whole number from 1 to 65535");
    row("C4 port -1", server("\"port\": -1"), "3:11: error: server.port: must be a whole number");
    row("C4 port in quotes", server("\"port\": \"6001\""),
        "3:11: error: server.port: must be a whole number from 1 to 65535, not text in quotes");
    row("port with a fraction", server("\"port\": 6001.5"), "3:11: error: server.port: must be a whole number");
    row("C4 listen is a number", server("\"listen\": 1"), "3:13: error: server.listen: must be text in quotes");
    row("listen is empty", server("\"listen\": \"\""), "3:13: error: server.listen: must be an IP address");
    row("listen is no address", server("\"listen\": \"nonsense\""),
        "3:13: error: server.listen: must be an IP address");
    row("listen in brackets", server("\"listen\": \"[::1]\""), "3:13: error: server.listen: must be an IP address");
    row("server is a list", "{\"server\": []}", "1:12: error: server: must be an object, not a list");
    row("apps is an object", server("\"apps\": {}"), "3:11: error: server.apps: must be a list of objects");
    row("an app is text", server("\"apps\": [\n\"x\"]"), "4:1: error: server.apps[0]: must be an object");
    row("app_id is a number", server("\"apps\": [{\"app_id\": 7, \"key\": \"k\", \"secret\": \"s\"}]"),
        "3:23: error: server.apps[0].app_id: must be text in quotes");
    row("app_id with a slash", server("\"apps\": [{\"app_id\": \"a/b\", \"key\": \"k\", \"secret\": \"s\"}]"),
        "server.apps[0].app_id: may hold letters");
    row("key with a colon", server("\"apps\": [{\"app_id\": \"a\", \"key\": \"k:1\", \"secret\": \"s\"}]"),
        "server.apps[0].key: may hold letters");
    row("no key", server("\"apps\": [{\"app_id\": \"a\", \"secret\": \"s\"}]"),
        "3:12: error: server.apps[0].key: is missing or empty");
    row("C5 empty secret", server("\"apps\": [{\"app_id\": \"a\", \"key\": \"k\", \"secret\": \"\"}]"),
        "server.apps[0].secret: is missing or empty");
    row("C5 no secret", server("\"apps\": [{\"app_id\": \"a\", \"key\": \"k\"}]"),
        "server.apps[0].secret: is missing or empty");
    row("C5 one id twice",
        server("\"apps\": [{\"app_id\": \"a\", \"key\": \"k1\", \"secret\": \"s\"},\n{\"app_id\": \"a\", \"key\": "
               "\"k2\", \"secret\": \"s\"}]"),
        "4:1: error: server.apps[1]: has the same id as server.apps[0]");
    row("C5 one key twice",
        server("\"apps\": [{\"app_id\": \"a\", \"key\": \"k\", \"secret\": \"s\"},\n{\"app_id\": \"b\", \"client\": "
               "\"k\", \"secret\": \"s\"}]"),
        "4:1: error: server.apps[1]: has the same key as server.apps[0]");
    row("enabled is text", server("\"apps\": [{\"enabled\": \"yes\"}]"),
        "server.apps[0].enabled: must be true or false, not text in quotes");
    row("a limit of 0", server("\"limits\": {\"max_batch_events\": 0}"),
        "3:34: error: server.limits.max_batch_events: must be a whole number from 1");
    row("activity_timeout too short", server("\"activity_timeout\": 9"),
        "server.activity_timeout: must be a whole number from 10 to 300");
    row("activity_timeout too long", server("\"activity_timeout\": 301"),
        "server.activity_timeout: must be a whole number from 10 to 300");
    row("unknown style", server("\"subscribe_error_style\": \"loud\""),
        "server.subscribe_error_style: must be one of \"both\", \"cloud\", \"soketi\"");
    row("an origin is a number", server("\"allowed_origins\": [\"*\", 1]"),
        "server.allowed_origins[1]: must be text in quotes");
    row("origins are text", server("\"allowed_origins\": \"*\""), "server.allowed_origins: must be a list of texts");
    row("prefix without slash", server("\"path_prefix\": \"x\""), "server.path_prefix: must start with a slash");
    row("TLS without certificate", server("\"tls\": {\"enabled\": true, \"key\": \"k.pem\"}"),
        "server.tls.certificate: is empty, but TLS is enabled");
    row("a key twice", server("\"port\": 1,\n\"port\": 2"), "4:9: error: server.port: stands twice in the same object");
    row("default is a number", "{\"default\": 1}", "1:13: error: default: must be text in quotes");
    row("default is empty", "{\"default\": \"\"}", "default: no default connection is set");
    row("no driver", "{\"connections\": {\"eu\": {}}}", "1:24: error: connections.eu: connection \"eu\" has no driver");
    row("driver is a number", "{\"connections\": {\"eu\": {\"driver\": 1}}}",
        "the driver of connection \"eu\" must be a string");
    row("connection port in quotes", "{\"connections\": {\"eu\": {\"driver\": \"pusher\", \"port\": \"1\"}}}",
        "connections.eu.port: must be a whole number");
    row("scheme", "{\"connections\": {\"eu\": {\"driver\": \"pusher\", \"options\": {\"scheme\": \"ftp\"}}}}",
        "connections.eu.options.scheme: must be \"http\" or \"https\"");
    row("connections is a list", "{\"connections\": []}", "connections: must be an object");
    row("aliases of numbers", "{\"aliases\": {\"a\": 1}}", "aliases.a: must be text in quotes");
    row("byte order mark", QChar{QChar::ByteOrderMark} + QString{"{}"}, "1:1: error: starts with a byte order mark");
    row("number beyond all range", "{\"x\": 1e400}", "error: a number is too large");
    row("half a surrogate pair", "{\n\"x\": \"\\ud800\"}", "near line 2, column 14: a \\u escape");
    row("connection's app_id with a slash",
        "{\"connections\": {\"eu\": {\"driver\": \"pusher\", \"app_id\": \"a/../b\"}}}",
        "connections.eu.app_id: may hold letters");
    row("connection's key with a slash", "{\"connections\": {\"eu\": {\"driver\": \"pusher\", \"key\": \"k/\"}}}",
        "connections.eu.key: may hold letters");
    row("version 0", "{\"version\": 0}", "version: must be a whole number from 1");
}

void ConfigFileTest::everyMistakeIsToldWithPathAndLine()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const ConfigFile file = parsed(text.toStdString());
    QVERIFY(file.hasErrors());
    QVERIFY2(problemsOf(file).contains(expected), qPrintable(problemsOf(file)));
}

void ConfigFileTest::unknownKeysAreWarnings_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("C4 top") << "{\n\"colour\": 1}" << "2:11: warning: colour: unknown key";
    QTest::newRow("C4 server") << "{\"server\": {\"prot\": 1}}" << "server.prot: unknown key";
    QTest::newRow("C4 app") << R"({"server": {"apps": [{"app_id": "1", "key": "k", "secret": "s", "secrte": "x"}]}})"
                            << "server.apps[0].secrte: unknown key";
    QTest::newRow("limits") << R"({"server": {"limits": {"x": 1}}})" << "server.limits.x: unknown key";
    QTest::newRow("alias to nowhere") << R"({"aliases": {"a": "b"}})" << "aliases.a: points to the connection \"b\"";
    QTest::newRow("alias hides") << R"({"aliases": {"log": "null"}})" << "aliases.log: hides the connection";
    QTest::newRow("later version") << R"({"version": 2})" << "version: the file was written by a later version";
}

void ConfigFileTest::unknownKeysAreWarnings()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    const ConfigFile file = parsed(text.toStdString());
    QVERIFY(!file.hasErrors());
    QVERIFY2(problemsOf(file).contains(expected), qPrintable(problemsOf(file)));
}

void ConfigFileTest::knownTopLevelKeysAreNotReported()
{
    const ConfigFile file = parsed(R"({"default": "local", "authorize": {"policy": "open", "topics": []},
        "connections": {"local": {"driver": "local"}, "r": {"driver": "redis", "host": "h"}},
        "driverAliases": {}, "emit": {"require_actor": true}, "actors": [{"id": "1"}], "identity": {},
        "csrf": {"enabled": true}, "cors": {"allowed_origins": []}})");
    QVERIFY2(file.problems().empty(), qPrintable(problemsOf(file)));
}

void ConfigFileTest::theServerIsReadWhole()
{
    const ConfigFile file = parsed(R"({"server": {
        "listen": "0.0.0.0", "port": 7001, "workers": 3, "path_prefix": "/ws", "extra_hosts": ["example.test"],
        "apps": [{"app_id": "1", "key": "k1", "secret": "s1", "name": "One", "enabled": false, "require_tls": true,
                  "client_events": true, "subscription_count": true, "require_authorized_connections": true,
                  "lenient_protocol": true, "strict_replay": true, "subscribe_error_style": "soketi",
                  "activity_timeout": 120, "authorization_deadline": 40, "allowed_origins": ["*"],
                  "limits": {"max_connections": 5, "max_channel_name_characters": 164, "cache_ttl": 60}}]}})");
    QVERIFY2(file.problems().empty(), qPrintable(problemsOf(file)));
    const ServerConfig& server = file.config().server;
    QCOMPARE(server.listen, "0.0.0.0");
    QCOMPARE(server.port, std::uint16_t{7001});
    QCOMPARE(server.workers, 3U);
    QCOMPARE(server.pathPrefix, "/ws");
    QCOMPARE(server.extraHosts, std::vector<std::string>{"example.test"});
    QVERIFY(!server.tls);
    const hub::AppConfig& app = server.apps.at(0);
    QCOMPARE(app.id + app.key + app.secret + app.name, "1k1s1One");
    QVERIFY(!app.isEnabled && app.requiresTls && app.allowsClientEvents && app.sendsSubscriptionCount);
    QVERIFY(app.requiresAuthorizedConnections && app.allowsMissingProtocol && app.refusesReplays);
    QVERIFY(app.subscribeErrorStyle == hub::SubscribeErrorStyle::Soketi);
    QCOMPARE(app.activityTimeout.count(), 120);
    QCOMPARE(app.authorizationDeadline.count(), 40);
    QCOMPARE(app.allowedOrigins, std::vector<std::string>{"*"});
    QCOMPARE(app.limits.maxConnections, std::size_t{5});
    QCOMPARE(app.limits.maxChannelNameCharacters, std::size_t{164});
    QCOMPARE(app.limits.cacheTtl.count(), 60);
    QCOMPARE(app.limits.maxBatchEvents, hub::AppLimits{}.maxBatchEvents);
}

void ConfigFileTest::serverSettingsAreTheDefaultOfItsApps()
{
    const ConfigFile file = parsed(R"({"server": {"activity_timeout": 60, "client_events": true, "apps": [)" + goodApp +
                                   R"(, {"app_id": "2", "key": "k2", "secret": "s2", "client_events": false}]}})");
    QVERIFY2(file.problems().empty(), qPrintable(problemsOf(file)));
    const auto& apps = file.config().server.apps;
    QVERIFY(apps[0].allowsClientEvents);
    QVERIFY(!apps[1].allowsClientEvents);
    QCOMPARE(apps[1].activityTimeout.count(), 60);
}

void ConfigFileTest::certificatePathsStartAtTheFolderOfTheFile()
{
    const ConfigFile file =
        parsed(R"({"server": {"tls": {"enabled": true, "certificate": "c.pem", "key": "/k.pem"}}})");
    QVERIFY2(file.problems().empty(), qPrintable(problemsOf(file)));
    QCOMPARE(file.config().server.tls->certificate, "/etc/castdeck/c.pem");
    QCOMPARE(file.config().server.tls->key, "/k.pem");
}

void ConfigFileTest::bothSpellingsOfPusherOptionsAreRead_data()
{
    QTest::addColumn<QString>("options");
    QTest::newRow("flat") << R"("client": "k", "host": "h", "port": 81, "ssl": false, "cluster": "eu")";
    QTest::newRow("nested") << R"("key": "k", "options": {"host": "h", "port": 81, "useTLS": false, "cluster": "eu"})";
    QTest::newRow("scheme") << R"("key": "k", "options": {"host": "h", "port": 81, "scheme": "http", "cluster": "eu"})";
    QTest::newRow("outer wins") << R"("client": "k", "host": "h", "port": 81, "ssl": false, "cluster": "eu",
                                      "key": "x", "options": {"host": "x", "port": 1, "cluster": "x"})";
}

void ConfigFileTest::bothSpellingsOfPusherOptionsAreRead()
{
    QFETCH(QString, options);
    for (const char* driver : {"pusher", "reverb", "mine"}) {
        const ConfigFile file =
            parsed(R"({"driverAliases": {"mine": "pusher"}, "connections": {"eu": {"driver": ")" + std::string{driver} +
                   R"(", "app_id": "3", "secret": "s", )" + options.toStdString() + "}}}");
        QVERIFY2(!file.hasErrors(), qPrintable(problemsOf(file)));
        const ConnectionConfig connection = file.config().connection("eu").value();
        QVERIFY(connection.kind == DriverKind::Pusher);
        QCOMPARE(connection.pusher.appId + connection.pusher.key + connection.pusher.secret, "3ks");
        QCOMPARE(connection.pusher.host, "h");
        QCOMPARE(connection.pusher.cluster, "eu");
        QCOMPARE(connection.pusher.port.value(), std::uint16_t{81});
        QVERIFY(!connection.pusher.usesTls);
    }
}

void ConfigFileTest::theFlatShapeIsRead()
{
    const ConfigFile file = parsed(R"({"default": "pusher", "pusher": {"driver": "pusher", "app_id": "3456678",
        "client": "478b45309560f3456211", "secret": "ab4229346et64aa8908", "cluster": "eu", "ssl": false}})");
    QVERIFY2(!file.hasErrors(), qPrintable(problemsOf(file)));
    const ConnectionConfig connection = file.config().connection("").value();
    QCOMPARE(connection.name, "pusher");
    QCOMPARE(connection.pusher.secret, "ab4229346et64aa8908");
}

void ConfigFileTest::theVariableWinsOverTheWrittenDefault()
{
    const ConfigFile written = parsed(R"({"default": "log"})");
    QCOMPARE(written.config().defaultConnection, "log");
    QVERIFY(written.config().defaultOrigin == ValueOrigin::File);
    const ConfigFile overridden = parsed(R"({"default": "log"})", {{"BROADCAST_CONNECTION", "null"}});
    QCOMPARE(overridden.config().defaultConnection, "null");
    QVERIFY(overridden.config().defaultOrigin == ValueOrigin::Environment);
    QCOMPARE(parsed("{}").config().defaultConnection, "null");
}

void ConfigFileTest::pusherVariablesMakeAConnection()
{
    std::map<std::string, std::string> variables{{"PUSHER_APP_ID", "1"},     {"PUSHER_APP_KEY", "k"},
                                                 {"PUSHER_APP_SECRET", "s"}, {"PUSHER_HOST", "127.0.0.1"},
                                                 {"PUSHER_PORT", "6001"},    {"PUSHER_SCHEME", "http"}};
    const PusherOptions options = parsed("{}", variables).config().connection("pusher")->pusher;
    QCOMPARE(options.appId + options.key + options.secret + options.host, "1ks127.0.0.1");
    QCOMPARE(options.port.value(), std::uint16_t{6001});
    QVERIFY(!options.usesTls);
    variables["PUSHER_CLIENT"] = "first";
    QCOMPARE(parsed("{}", variables).config().connection("pusher")->pusher.key, "first");
    variables.erase("PUSHER_APP_SECRET");
    QVERIFY(!parsed("{}", variables).config().connection("pusher"));
}

void ConfigFileTest::numbersAndSwitchesMayComeFromVariables()
{
    const std::string text = R"({"server": {"port": "${PORT:-7000}", "client_events": "${EVENTS}"}})";
    QCOMPARE(parsed(text, {{"EVENTS", "true"}}).config().server.port, std::uint16_t{7000});
    const ConfigFile file = parsed(text, {{"PORT", "8000"}, {"EVENTS", "true"}});
    QCOMPARE(file.config().server.port, std::uint16_t{8000});
    QVERIFY(file.config().server.appDefaults.allowsClientEvents);
    QVERIFY(parsed(text, {{"PORT", "x"}, {"EVENTS", "true"}}).hasErrors());
    QVERIFY(parsed(text, {{"EVENTS", "maybe"}}).hasErrors());
}

void ConfigFileTest::aMissingVariableIsAWarningThatNamesTheKey()
{
    const ConfigFile file =
        parsed("{\"connections\": {\"eu\": {\"driver\": \"pusher\",\n\"secret\": \"${NOT_SET}\"}}}");
    QVERIFY(!file.hasErrors());
    QCOMPARE(problemsOf(file), "2:11: warning: connections.eu.secret: the variable NOT_SET is not set; the value "
                               "becomes empty\n");
}

void ConfigFileTest::anAppWithoutItsVariableIsSwitchedOff()
{
    const ConfigFile file = ConfigFile::parse(
        R"({"server":{"apps":[{"app_id":"a","client":"k","secret":"${NOT_SET}"},
                              {"app_id":"b","client":"l","secret":"s"}]}})",
        "/x/broadcasting.json", Environment{});
    QVERIFY(!file.hasErrors());
    QVERIFY2(problemsOf(file).contains("server.apps[0].secret: is empty; the application is switched off"),
             qPrintable(problemsOf(file)));
    QVERIFY(!file.config().server.apps[0].isEnabled);
    QVERIFY(file.config().server.apps[1].isEnabled);
}

void ConfigFileTest::aliasesGoOneStep()
{
    const ConfigFile file = parsed(R"({"aliases": {"a": "b", "b": "local"},
                                       "connections": {"b": {"driver": "local"}, "local": {"driver": "local"}}})");
    QCOMPARE(file.config().connection("a")->name, "b");
    QCOMPARE(file.config().connection("b")->name, "local");
}

void ConfigFileTest::nullAndLogExistWithoutAnyFile()
{
    const ConfigFile file = parsed("{}");
    QVERIFY(file.config().connection("null")->kind == DriverKind::Null);
    QVERIFY(file.config().connection("log")->kind == DriverKind::Other);
}

void ConfigFileTest::aMissingConnectionIsNamed()
{
    const auto found = parsed("{}").config().connection("eu");
    QVERIFY(!found.has_value());
    QCOMPARE(found.error().detail, "connection \"eu\" is not defined");
}

void ConfigFileTest::wrongVariablesAreErrors_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("value");
    QTest::newRow("port is a word") << std::string{"PUSHER_PORT"} << std::string{"https"};
    QTest::newRow("port 0") << std::string{"PUSHER_PORT"} << std::string{"0"};
    QTest::newRow("port 65536") << std::string{"PUSHER_PORT"} << std::string{"65536"};
    QTest::newRow("scheme in capitals") << std::string{"PUSHER_SCHEME"} << std::string{"HTTPS"};
    QTest::newRow("scheme of sockets") << std::string{"PUSHER_SCHEME"} << std::string{"wss"};
}

void ConfigFileTest::wrongVariablesAreErrors()
{
    QFETCH(const std::string, name);
    QFETCH(const std::string, value);
    const ConfigFile file = parsed(
        "{}", {{"PUSHER_APP_ID", "1"}, {"PUSHER_APP_KEY", "k"}, {"PUSHER_APP_SECRET", "marker-zqx"}, {name, value}});
    QVERIFY(file.hasErrors());
    QVERIFY2(problemsOf(file).contains("the variable " + QString::fromStdString(name)), qPrintable(problemsOf(file)));
}

void ConfigFileTest::undefinedDefaultIsAWarning()
{
    const QString warning = "default: connection \"eu\" is not defined";
    const ConfigFile written = parsed("{\n\"default\": \"eu\"}");
    QVERIFY(!written.hasErrors());
    QCOMPARE(problemsOf(written), "2:12: warning: " + warning + "\n");
    QVERIFY(problemsOf(parsed("{}", {{"BROADCAST_CONNECTION", "eu"}}))
                .contains(warning + " (the variable BROADCAST_CONNECTION names it)\n"));
    const ConfigFile alias = parsed(R"({"default": "a", "aliases": {"a": "log"}})");
    QCOMPARE(problemsOf(alias), "");
}

void ConfigFileTest::unencryptedConnectionToAnotherMachineIsAWarning_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<bool>("isWarned");
    QTest::newRow("other machine") << R"("host": "push.example", "ssl": false)" << true;
    QTest::newRow("hosted service") << R"("cluster": "eu", "ssl": false)" << true;
    QTest::newRow("name that begins like loopback") << R"("host": "127.0.0.1.example", "ssl": false)" << true;
    QTest::newRow("localhost") << R"("host": "localhost", "ssl": false)" << false;
    QTest::newRow("loopback address") << R"("host": "127.0.0.2", "ssl": false)" << false;
    QTest::newRow("IPv6 loopback") << R"("host": "::1", "ssl": false)" << false;
    QTest::newRow("with TLS") << R"("host": "push.example")" << false;
}

void ConfigFileTest::unencryptedConnectionToAnotherMachineIsAWarning()
{
    QFETCH(const QString, options);
    QFETCH(const bool, isWarned);
    const QString entry = "\"eu\": {\"driver\": \"pusher\", \"app_id\": \"1\", \"client\": \"k\", \"secret\": \"s\", ";
    const QString nested = problemsOf(parsed(("{\"connections\": {" + entry + options + "}}}").toStdString()));
    QCOMPARE(nested.contains("warning: connections.eu.ssl: events travel unencrypted"), isWarned);
    const QString flat = problemsOf(parsed(("{" + entry + options + "}}").toStdString()));
    QCOMPARE(flat.contains("warning: eu.ssl: events travel unencrypted"), isWarned);
}

void ConfigFileTest::listenAddressesOfAnyFamilyAreTaken()
{
    for (const std::string address : {"127.0.0.1", "0.0.0.0", "::1", "::", "fe80::1%eth0", "localhost"}) {
        const ConfigFile file = parsed("{\"server\": {\"listen\": \"" + address + "\"}}");
        QCOMPARE(problemsOf(file), "");
    }
}

void ConfigFileTest::Q7_crowdedFilesAreJudgedAtOnce()
{
    std::string members;
    for (int i = 0; i < 100'000; ++i)
        members += (i > 0 ? ",\"k" : "\"k") + std::to_string(i) + "\":1";
    const std::clock_t before = std::clock(); // Processor time: the machine may be busy with other tests.
    QVERIFY(problemsOf(parsed("{" + members + "}")).contains("error: has 100000 keys, at most 1000 are read"));
    QVERIFY(problemsOf(parsed("{\"authorize\": {" + members + "}}")).contains("authorize: has 100000 keys"));
    members.resize(members.find(",\"k900\""));
    std::string objects;
    for (int i = 0; i < 500; ++i)
        objects += (i > 0 ? ",\"o" : "\"o") + std::to_string(i) + "\":{" + members + "}";
    QVERIFY(problemsOf(parsed("{" + objects + "}")).contains("1:1: error: has more than 20000 keys in all"));
    QVERIFY(std::clock() - before < 20 * CLOCKS_PER_SEC);
}

void ConfigFileTest::errorBehindManyWarningsStaysAnError()
{
    std::string text = "{";
    for (int i = 0; i < 200; ++i)
        text += "\"k" + std::to_string(i) + "\": 1, ";
    const ConfigFile warned = parsed(text + "\"version\": 1}");
    QCOMPARE(warned.problems().size(), Problems::maxTold + 1);
    QVERIFY(!warned.hasErrors());

    text = R"({"aliases": {"first": "log")";
    for (int i = 0; i < 200; ++i)
        text += ", \"a" + std::to_string(i) + "\": \"nowhere\"";
    const ConfigFile wrong = parsed(text + R"(}, "server": {"port": 0}})");
    QVERIFY(wrong.hasErrors());
    QVERIFY(problemsOf(wrong).endsWith("error: there are more problems than are told here\n"));
}

void ConfigFileTest::C7_deepNestingIsRefusedAtOnce()
{
    const std::string deepText = "{\"x\":" + std::string(10'000, '[') + std::string(10'000, ']') + "}";
    const std::string largeText = "{\"x\":\"" + std::string(50'000'000, 'x') + "\"}";
    const auto start = std::chrono::steady_clock::now();
    const ConfigFile file = parsed(deepText);
    const ConfigFile large = parsed(largeText);
    QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::milliseconds{500});
    QVERIFY(file.hasErrors());
    QVERIFY(large.hasErrors());
    QVERIFY(!parsed(R"({"actors": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]})").hasErrors());
}

void ConfigFileTest::noProblemRepeatsASecret()
{
    const ConfigFile file = parsed(R"({"marker-zqx": "marker-zqx-value", "connections": {"a": {"driver": "pusher",
        "port": "marker-zqx", "secret": ["marker-zqx"], "ssl": "marker-zqx"}}, "server": {"port": "marker-zqx",
        "client_events": "${EVENTS}", "apps": [{"app_id": "a", "key": "k:marker-zqx", "secret": "marker-zqx"},
        {"app_id": "a", "key": "k", "secret": "marker-zqx"}]}})",
                                   {{"EVENTS", "marker-zqx"}});
    QVERIFY(file.problems().size() >= 8);
    QVERIFY2(problemsOf(file).remove("marker-zqx: unknown key").indexOf("marker-zqx") < 0,
             qPrintable(problemsOf(file)));
}

QTEST_APPLESS_MAIN(ConfigFileTest)
#include "config_file_test.moc"
