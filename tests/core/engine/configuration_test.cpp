#include "core/engine/configuration.h"

#include "core/engine/builtin_document.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <ctime>
#include <functional>
#include <sys/stat.h>

using namespace castdeck;
using engine::Configuration;
using engine::Settings;
using store::Environment;
using store::OrderedJson;

namespace {

constexpr const char* marker = "zqx-marker";

Configuration parsed(const QString& text, const std::map<std::string, std::string>& variables = {})
{
    return Configuration::parse(text.toStdString(), "/etc/castdeck/broadcasting.json", Environment{variables});
}

QString problemsOf(const Configuration& configuration)
{
    std::string text;
    for (const store::Problem& problem : configuration.problems())
        text += problem.text() + "\n";
    return QString::fromStdString(text);
}

QString connection(const char* options)
{
    return QStringLiteral("{\"connections\": {\n \"eu\": {%1}}}").arg(options);
}

QString pusherWith(const char* options)
{
    return QStringLiteral(
               "{\"connections\": {\n \"eu\": {\"driver\": \"pusher\", \"app_id\": \"1\", \"client\": \"k\", "
               "\"secret\": \"s\",\n%1}}}")
        .arg(options);
}

QString webhooksWith(const char* list)
{
    return QStringLiteral("{\"server\": {\"apps\": [{\"app_id\": \"1\", \"client\": \"k\", \"secret\": \"s\", "
                          "\"webhooks\": \n%1}]}}")
        .arg(list);
}

/// A file with every part in it.
QString wholeFile()
{
    QFile file{qEnvironmentVariable("CASTDECK_SOURCE_DIR") + "/tests/core/engine/whole_configuration.json"};
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString{};
}

/// Calls `visit` with copies of the document, each with the marker in the place of another value.
void forEachLeaf(const OrderedJson& document, const std::function<void(OrderedJson&, const std::string&)>& visit)
{
    const OrderedJson leaves = document.flatten();
    for (const auto& [pointer, ignored] : leaves.items()) {
        OrderedJson copy(document);
        copy[OrderedJson::json_pointer{pointer}] = marker;
        visit(copy, pointer);
    }
}

} // namespace

class ConfigurationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyMistakeIsToldWithPathAndLine_data();
    void everyMistakeIsToldWithPathAndLine();
    void whatMayBeAMistakeIsAWarning_data();
    void whatMayBeAMistakeIsAWarning();
    void severalMistakesOfOneConnectionAreAllTold();
    void everyPartIsRead();
    void whatIsBuiltInIsTheSameWhenWrittenDown();
    void theVariableOfThePathIsExplicit();
    void theDefaultIsTakenFromTheEnvironmentOrTheFile();
    void optionsKeepTheOrderOfTheFile();
    void theFlatShapeIsReadAlike();
    void webhooksBelongToTheirApplication();
    void theMasterKeyIsRead();
    void variablesMakeConnectionsForEveryDriver();
    void noProblemRepeatsAValue();
    void aRewriteKeepsWhatIsNotChanged();
    void Q7_hostileFilesAreJudgedAtOnce();
};

void ConfigurationTest::everyMistakeIsToldWithPathAndLine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const QString& text, const char* expected) {
        QTest::newRow(name) << text << expected;
    };
    row("C4 server port", "{\"server\": {\n\"port\": 0}}", "2:9: error: server.port: must be a whole number");
    row("C4 authorize is a list", "{\n\"authorize\": []}", "2:14: error: authorize: must be an object, not a list");
    row("C4 policy", "{\"authorize\": {\n\"policy\": \"opne\"}}",
        "2:11: error: authorize.policy: must be one of open, closed, strict");
    row("C4 policy is a number", "{\"authorize\": {\n\"policy\": 1}}", "2:11: error: authorize.policy: must be text");
    row("explain", "{\"authorize\": {\"explain\": \"all\"}}", "1:27: error: authorize.explain: must be one of never");
    row("path without slash", "{\"authorize\": {\"path\": \"auth\"}}", "1:24: error: authorize.path: must be a path");
    row("path is a number", "{\"authorize\": {\"path\": 1}}", "1:24: error: authorize.path: must be text in quotes");
    row("extra path", "{\"authorize\": {\"extra_paths\": [\"/a\",\n\"b?c\"]}}",
        "2:1: error: authorize.extra_paths[1]: must be a path");
    row("jsonp", "{\"authorize\": {\"jsonp\": \"yes\"}}", "1:25: error: authorize.jsonp: must be true or false");
    row("expose", "{\"authorize\": {\"expose\": 1}}", "1:26: error: authorize.expose: must be true or false");
    row("forward_url", "{\"authorize\": {\"forward_url\": \"ftp://x\"}}",
        "error: authorize.forward_url: must be a URL");
    row("forward_headers", "{\"authorize\": {\"forward_headers\": [1]}}",
        "error: authorize.forward_headers[0]: must be");
    row("topics", "{\"authorize\": {\"topics\": 1}}", "error: authorize.topics: must be a list of rules");
    row("rule without when", "{\"authorize\": {\"topics\": [\n{\"pattern\": \"a\"}]}}",
        "2:1: error: authorize.topics[0]: needs \"when\"");
    row("pattern", "{\"authorize\": {\"topics\": [{\"when\": true,\n\"pattern\": \"{x}.{x}\"}]}}",
        "2:12: error: authorize.topics[0].pattern: is no pattern");
    row("condition",
        "{\"authorize\": {\"topics\": {\"a\":\n{\"value\": \"actor.id\", \"is\": \"like\", \"to\": \"x\"}}}}",
        "error: authorize.topics.a");
    row("kinds", "{\"authorize\": {\"topics\": [{\"pattern\": \"a\", \"when\": true, \"kinds\": [\n\"secret\"]}]}}",
        "2:1: error: authorize.topics[0].kinds[0]: must be one of public");
    row("connect", "{\"authorize\": {\"connect\": \n\"yes\"}}", "2:1: error: authorize.connect");
    row("actors", "{\"actors\":\n{}}", "2:1: error: actors: must be a list of actors");
    row("actor without id", "{\"actors\": [\n{\"name\": \"Ada\"}]}", "2:1: error: actors[0]: needs an \"id\"");
    row("two actors with one id", "{\"actors\": [{\"id\": \"1\"},\n{\"id\": 1}]}",
        "2:1: error: actors[1]: has the id of an actor before it");
    row("two actors with one token",
        "{\"actors\": [{\"id\": \"1\", \"token\": \"t\"},\n{\"id\": \"2\", \"token\": \"t\"}]}",
        "2:1: error: actors[1]: has the token of an actor before it");
    row("token is a number", "{\"actors\": [{\"id\": \"1\", \"token\":\n7}]}",
        "2:1: error: actors[0].token: must be text");
    row("identity", "{\"identity\": {\"trust_header\":\n\"on\"}}", "2:1: error: identity.trust_header: must be true");
    row("csrf enabled", "{\"csrf\": {\"enabled\": 0}}", "1:22: error: csrf.enabled: must be true or false");
    row("csrf exempt", "{\"csrf\": {\"exempt\": [\"x\"]}}",
        "1:22: error: csrf.exempt[0]: must be \"@authorize\" or a path");
    row("cors origin", "{\"cors\": {\"allowed_origins\": [\"a/b\"]}}", "error: cors.allowed_origins[0]: must be \"*\"");
    row("demo", "{\"demo\": {\"expose\": null}}", "1:21: error: demo.expose: must be true or false");
    row("emit", "{\"emit\": {\"require_actor\": 1}}", "1:28: error: emit.require_actor: must be true or false");
    row("emit size", "{\"emit\": {\"max_payload_bytes\": 0}}", "error: emit.max_payload_bytes: must be a whole number");
    row("emit is a list", "{\"emit\": []}", "1:10: error: emit: must be an object, not a list");
    row("pusher port", pusherWith("\"port\": 70000"), "3:9: error: connections.eu.port: must be a whole number");
    row("pusher timeout", pusherWith("\"timeout_ms\": 0"),
        "3:15: error: connections.eu.timeout_ms: must be a whole number");
    row("pusher host", pusherWith("\"host\": \"http://h\""), "3:9: error: connections.eu.host: must be a host name");
    row("pusher cluster", pusherWith("\"cluster\": \"e/u\""),
        "3:12: error: connections.eu.cluster: must be a region name");
    row("pusher scheme", pusherWith("\"options\": {\"scheme\": \"ws\"}"),
        "3:23: error: connections.eu.options.scheme: must be");
    row("pusher message_as", pusherWith("\"message_as\": \"x\""),
        "3:15: error: connections.eu.message_as: must be one of");
    row("pusher master key", pusherWith("\"encryption_master_key_base64\": \"c2hvcnQ=\""),
        "error: connections.eu.encryption_master_key_base64: must be the base64 of 32 bytes");
    row("hosted app_id",
        connection("\"driver\": \"pusher\", \"app_id\": \"abc\", \"client\": \"k\", \"secret\": \"s\""),
        "connections.eu.app_id: must be digits");
    row("retries", pusherWith("\"retries\": 11"),
        "3:12: error: connections.eu.retries: must be a whole number from 0 to 10");
    row("log level", connection("\"driver\": \"log\",\n\"level\": \"loud\""),
        "3:10: error: connections.eu.level: must be one of debug");
    row("centrifugo url", connection("\"driver\": \"centrifugo\",\n\"url\": \"c:1\""),
        "3:8: error: connections.eu.url: must start with http:// or https://");
    row("centrifugo payload", connection("\"driver\": \"centrifugo\", \"payload\": \"x\""),
        "error: connections.eu.payload: must be one of envelope raw");
    row("centrifugo tags", connection("\"driver\": \"centrifugo\", \"tags\": []"),
        "error: connections.eu.tags: must be an object of texts");
    row("centrifugo switch", connection("\"driver\": \"centrifugo\", \"skip_history\": 1"),
        "error: connections.eu.skip_history: must be true or false");
    row("redis port", connection("\"driver\": \"redis\", \"port\": \"x\""), "error: connections.eu.port: must be");
    row("redis host with a password", connection("\"driver\": \"redis\", \"host\": \"u:marker-zqx@h\""),
        "error: connections.eu.host: must be a host name or an address");
    row("redis database", connection("\"driver\": \"redis\", \"database\": -1"),
        "error: connections.eu.database: must be");
    row("local size", connection("\"driver\": \"local\", \"max_payload_bytes\": 0"),
        "error: connections.eu.max_payload_bytes: must be");
    row("by driverAliases",
        "{\"driverAliases\": {\"mine\": \"redis\"}, \"connections\": {\"eu\": {\"driver\": \"mine\", "
        "\"tls\": \"x\"}}}",
        "error: connections.eu.tls: must be true or false");
    row("flat shape", "{\"eu\": {\"driver\": \"redis\",\n\"tls\": 1}}", "2:8: error: eu.tls: must be true or false");
    row("no driver", connection(""), "2:8: error: connections.eu: connection \"eu\" has no driver");
    row("webhooks is an object", webhooksWith("{}"), "2:1: error: server.apps[0].webhooks: must be a list of objects");
    row("webhook without url", webhooksWith("[{\"id\": \"a\"}]"),
        "2:2: error: server.apps[0].webhooks[0].url: is missing");
    row("W4 file", webhooksWith("[{\"url\": \"file:///etc/passwd\"}]"),
        "2:10: error: server.apps[0].webhooks[0].url: webhooks are sent to http and https only");
    row("W4 ftp", webhooksWith("[{\"url\": \"ftp://h/\"}]"),
        "webhooks[0].url: webhooks are sent to http and https only");
    row("W4 no host", webhooksWith("[{\"url\": \"http:///x\"}]"), "webhooks[0].url: the webhook's URL has no host");
    row("W4 user", webhooksWith("[{\"url\": \"http://u:p@h/\"}]"), "webhooks[0].url: user and password must not stand");
    row("W5 link-local", webhooksWith("[{\"url\": \"http://169.254.169.254/\"}]"),
        "error: server.apps[0].webhooks[0].url: ");
    row("W5 IPv6 link-local", webhooksWith("[{\"url\": \"http://[fe80::1]/\"}]"),
        "error: server.apps[0].webhooks[0].url: ");
    row("W5 unspecified", webhooksWith("[{\"url\": \"http://0.0.0.0/\"}]"), "error: server.apps[0].webhooks[0].url: ");
    row("private network", webhooksWith("[{\"url\": \"http://10.0.0.1/\"}]"),
        "error: server.apps[0].webhooks[0].url: ");
    row("W7 line break", webhooksWith("[{\"url\": \"http://h/\", \"headers\": {\"X-A\": \"a\\r\\nb\"}}]"),
        "2:34: error: server.apps[0].webhooks[0].headers: the value of the header X-A has a line break");
    row("W7 fixed header", webhooksWith("[{\"url\": \"http://h/\", \"headers\": {\"Host\": \"h\"}}]"),
        "webhooks[0].headers: the header Host is set by the server");
    row("header is a number", webhooksWith("[{\"url\": \"http://h/\", \"headers\": {\"X-A\": 1}}]"),
        "webhooks[0].headers.X-A: must be text in quotes");
    row("unknown event", webhooksWith("[{\"url\": \"http://h/\", \"events\": [\"all\", \"chanel\"]}]"),
        "2:41: error: server.apps[0].webhooks[0].events[1]: must be the name of an event");
    row("batch", webhooksWith("[{\"url\": \"http://h/\", \"batch\": 1}]"), "webhooks[0].batch: must be true or false");
    row("private switch", webhooksWith("[{\"url\": \"http://h/\", \"allow_private_network\": 1}]"),
        "webhooks[0].allow_private_network: must be true or false");
    row("filter", webhooksWith("[{\"url\": \"http://h/\", \"filter\": {\"starts_with\": 1}}]"),
        "webhooks[0].filter.starts_with: must be text in quotes");
    row("two webhooks with one id",
        webhooksWith("[{\"id\": \"a\", \"url\": \"http://h/\"},\n{\"id\": \"a\", \"url\": "
                     "\"http://i/\"}]"),
        "3:1: error: server.apps[0].webhooks[1]: has the id of a webhook before it");
    row("application's master key",
        "{\"server\": {\"apps\": [{\"app_id\": \"1\", \"client\": \"k\", \"secret\": \"s\",\n"
        "\"encryption_master_key_base64\": \"AAAA\"}]}}",
        "2:33: error: server.apps[0].encryption_master_key_base64: must be the base64 of 32 bytes");
}

void ConfigurationTest::everyMistakeIsToldWithPathAndLine()
{
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    const Configuration configuration = parsed(text);
    QVERIFY(configuration.hasErrors());
    QVERIFY2(problemsOf(configuration).contains(expected), qPrintable(problemsOf(configuration)));
}

void ConfigurationTest::whatMayBeAMistakeIsAWarning_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const QString& text, const char* expected) {
        QTest::newRow(name) << text << expected;
    };
    row("C4 top", "{\n\"colour\": 1}", "2:11: warning: colour: unknown key");
    row("C4 authorize", "{\"authorize\": {\"polcy\": 1}}", "1:25: warning: authorize.polcy: unknown key");
    row("C4 rule", "{\"authorize\": {\"topics\": [{\"pattern\": \"a\", \"when\": true, \"x\": 1}]}}",
        "authorize.topics[0].x: unknown key");
    row("C4 actor", "{\"actors\": [{\"id\": \"1\", \"nmae\": \"x\"}]}", "warning: actors[0].nmae: unknown key");
    row("C4 identity", "{\"identity\": {\"x\": 1}}", "warning: identity.x: unknown key");
    row("C4 csrf", "{\"csrf\": {\"x\": 1}}", "warning: csrf.x: unknown key");
    row("C4 cors", "{\"cors\": {\"x\": 1}}", "warning: cors.x: unknown key");
    row("C4 demo", "{\"demo\": {\"x\": 1}}", "warning: demo.x: unknown key");
    row("C4 emit", "{\"emit\": {\"x\": 1}}", "warning: emit.x: unknown key");
    row("C4 webhook", webhooksWith("[{\"url\": \"http://h/\", \"evnts\": []}]"),
        "2:32: warning: server.apps[0].webhooks[0].evnts: unknown key");
    row("C4 webhook filter", webhooksWith("[{\"url\": \"http://h/\", \"filter\": {\"x\": 1}}]"),
        "webhooks[0].filter.x: unknown key");
    row("C4 pusher", pusherWith("\"clutser\": \"eu\""), "3:12: warning: connections.eu.clutser: unknown key");
    row("C4 pusher options", pusherWith("\"options\": {\"clutser\": \"eu\"}"),
        "3:24: warning: connections.eu.options.clutser: unknown key");
    row("C4 centrifugo", connection("\"driver\": \"centrifugo\", \"key\": \"x\""), "connections.eu.key: unknown key");
    row("C4 redis", connection("\"driver\": \"redis\", \"db\": 1"), "warning: connections.eu.db: unknown key");
    row("C4 log", connection("\"driver\": \"log\", \"lvl\": 1"), "warning: connections.eu.lvl: unknown key");
    row("C4 local", connection("\"driver\": \"local\", \"port\": 1"), "warning: connections.eu.port: unknown key");
    row("C4 null", connection("\"driver\": \"null\", \"x\": 1"), "warning: connections.eu.x: unknown key");
    row("flat shape", "{\"eu\": {\"driver\": \"null\",\n\"x\": 1}}", "2:6: warning: eu.x: unknown key");
    row("option that is missing", connection("\"driver\": \"pusher\", \"client\": \"k\", \"secret\": \"s\""),
        "2:8: warning: connections.eu.app_id: is missing; the connection cannot be used");
    row("variable that is missing", pusherWith("\"secret\": \"${ABSENT}\"").replace("\"secret\": \"s\",", ""),
        "3:11: warning: connections.eu.secret: is missing; the connection cannot be used");
    row("unknown driver", connection("\"driver\": \"mqtt\""),
        "2:19: warning: connections.eu.driver: is no built-in driver");
    row("driver of an empty variable", connection("\"driver\": \"${ABSENT}\""), "connections.eu.driver: is empty");
    row("alias to nowhere", "{\"aliases\": {\"a\": \"b\"}}",
        "1:19: warning: aliases.a: points to the connection \"b\"");
    row("alias hides", "{\"aliases\": {\"log\": \"null\"}}", "warning: aliases.log: hides the connection");
    row("undefined default", "{\"default\": \"eu\"}", "1:13: warning: default: connection \"eu\" is not defined");
    row("rule that is never reached",
        "{\"authorize\": {\"topics\": [{\"pattern\": \"*\", \"when\": true},\n{\"pattern\": \"a\", \"when\": true}]}}",
        "2:1: warning: authorize.topics[1]: can never decide: authorize.topics[0] matches all");
    row("rule that replaces another",
        "{\"authorize\": {\"topics\": [{\"pattern\": \"a\", \"when\": true},\n{\"pattern\": \"a\", \"when\": false}]}}",
        "2:1: warning: authorize.topics[1]: has the pattern of authorize.topics[0]");
    row("open beyond loopback", "{\"server\": {\"listen\": \"0.0.0.0\"}, \"authorize\": {\n\"policy\": \"open\"}}",
        "2:11: warning: authorize.policy: is \"open\" while the server listens on more than loopback");
    row("open by default beyond loopback", "{\"server\": {\"listen\": \"192.0.2.1\"}}",
        "warning: authorize.policy: is");
    row("webhook without events", webhooksWith("[{\"url\": \"http://h/\", \"events\": []}]"),
        "webhooks[0].events: is empty");
}

void ConfigurationTest::whatMayBeAMistakeIsAWarning()
{
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    const Configuration configuration = parsed(text);
    QVERIFY2(!configuration.hasErrors(), qPrintable(problemsOf(configuration)));
    QVERIFY2(problemsOf(configuration).contains(expected), qPrintable(problemsOf(configuration)));
}

void ConfigurationTest::severalMistakesOfOneConnectionAreAllTold()
{
    const QString told = problemsOf(parsed(connection(R"("driver": "centrifugo", "url": "x", "timeout_ms": 0,
        "skip_history": 1, "payload": "y", "error_mode": "z", "channel_map": 1, "tags": 1)")));
    for (const char* option : {"url", "timeout_ms", "skip_history", "payload", "error_mode", "channel_map", "tags"})
        QVERIFY2(told.contains(QStringLiteral("error: connections.eu.%1: ").arg(option)), option);
    const QString ofPusher = problemsOf(parsed(connection(R"("driver": "pusher", "retries": -1, "cluster": "/")")));
    for (const char* expected :
         {"warning: connections.eu.app_id: is missing", "warning: connections.eu.client: is missing",
          "warning: connections.eu.secret: is missing",
          "error: connections.eu.retries: ", "error: connections.eu.cluster: "})
        QVERIFY2(ofPusher.contains(expected), expected);
}

void ConfigurationTest::everyPartIsRead()
{
    const Configuration configuration = parsed(wholeFile(), {{"PUSHER_SECRET", "s"}, {"ADA_TOKEN", "t"}});
    QVERIFY2(configuration.problems().empty(), qPrintable(problemsOf(configuration)));
    const Settings& settings = configuration.settings();
    QCOMPARE(settings.base.server.apps.size(), std::size_t{1});
    QCOMPARE(settings.base.connection("alerts")->pusher.secret, "s");
    QCOMPARE(settings.connections.connections.size(), std::size_t{6});
    QCOMPARE(settings.connections.aliases.size(), std::size_t{1});
    QCOMPARE(settings.connections.driverAliases.size(), std::size_t{1});
    QCOMPARE(settings.connections.maxPayloadBytes, std::size_t{20'000});
    QVERIFY(!settings.connections.requiresActor);
    QCOMPARE(settings.authorization.path, "/auth");
    QVERIFY(settings.authorization.isPathExplicit);
    QVERIFY(settings.authorization.guard.policy == auth::Policy::Closed);
    QVERIFY(settings.authorization.guard.connect.has_value());
    QVERIFY(settings.authorization.guard.trustsActorHeader);
    QCOMPARE(settings.authorization.rules.size(), std::size_t{2});
    QCOMPARE(settings.authorization.actors.size(), std::size_t{2});
    QCOMPARE(settings.authorization.actors[0].token, "t");
    QCOMPARE(settings.web.csrf.exempt.size(), std::size_t{2});
    QCOMPARE(settings.web.cors.allowedOrigins.size(), std::size_t{2});
    QVERIFY(settings.web.demo.isExposed);
    QCOMPARE(settings.webhooks.size(), std::size_t{1});
}

void ConfigurationTest::whatIsBuiltInIsTheSameWhenWrittenDown()
{
    const OrderedJson builtIn = engine::builtInDocument(OrderedJson::object());
    const Configuration written = parsed(QString::fromStdString(builtIn.dump()));
    QVERIFY2(written.problems().empty(), qPrintable(problemsOf(written)));
    const Settings& settings = written.settings();
    const Configuration nothing = parsed("{}");
    QVERIFY2(nothing.problems().empty(), qPrintable(problemsOf(nothing)));
    const Settings& none = nothing.settings();
    QVERIFY(settings.authorization.guard.policy == none.authorization.guard.policy);
    QVERIFY(settings.authorization.explain == none.authorization.explain);
    QCOMPARE(settings.authorization.path, none.authorization.path);
    QCOMPARE(settings.authorization.extraPaths, none.authorization.extraPaths);
    QVERIFY(!none.authorization.isPathExplicit);
    QVERIFY(none.authorization.rules.empty() && none.authorization.actors.empty());
    QCOMPARE(settings.connections.maxPayloadBytes, none.connections.maxPayloadBytes);
    QCOMPARE(settings.base.server.port, none.base.server.port);
    QCOMPARE(settings.base.defaultConnection, none.base.defaultConnection);
}

void ConfigurationTest::theVariableOfThePathIsExplicit()
{
    const std::map<std::string, std::string> variables{{"BROADCAST_AUTHORIZE_PATH", "/from/environment"}};
    for (const char* text : {"{}", "{\"authorize\": {\"path\": \"/x\"}}", "{\"authorize\": {\"path\": null}}"}) {
        const Configuration configuration = parsed(text, variables);
        QVERIFY2(configuration.problems().empty(), qPrintable(problemsOf(configuration)));
        QCOMPARE(configuration.settings().authorization.path, "/from/environment");
        QVERIFY(configuration.settings().authorization.isPathExplicit);
    }
    QVERIFY(problemsOf(parsed("{}", {{"BROADCAST_AUTHORIZE_PATH", "x"}})).contains("error: authorize.path: must be"));
    QCOMPARE(parsed("{\"authorize\": {\"path\": null}}").settings().authorization.path, "");
}

void ConfigurationTest::theDefaultIsTakenFromTheEnvironmentOrTheFile()
{
    const auto written = parsed(R"({"default": "log"})").settings().connections;
    QCOMPARE(written.environmentDefault, "");
    QCOMPARE(written.defaultJson.value(), "\"log\"");
    const auto overridden = parsed(R"({"default": "log"})", {{"BROADCAST_CONNECTION", "null"}}).settings().connections;
    QCOMPARE(overridden.environmentDefault, "null");
    QVERIFY(!parsed("{}").settings().connections.defaultJson);
    const auto placeholder = parsed(R"({"default": "${D:-log}"})").settings().connections;
    QCOMPARE(placeholder.defaultJson.value(), "\"log\"");
}

void ConfigurationTest::optionsKeepTheOrderOfTheFile()
{
    const auto configuration = parsed(pusherWith("\"port\": 81, \"host\": \"127.0.0.1\", \"ssl\": false"));
    std::string names;
    for (const auto& [name, value] : configuration.settings().connections.connections.at(0).options.entries())
        names += name + "=" + value + " ";
    QCOMPARE(names, R"(driver="pusher" app_id="1" client="k" secret="s" port=81 host="127.0.0.1" ssl=false )");
}

void ConfigurationTest::theFlatShapeIsReadAlike()
{
    const Configuration configuration = parsed(R"({"default": "pusher", "pusher": {"driver": "pusher",
        "app_id": "3456678", "client": "k", "secret": "${S}", "cluster": "eu"}, "emit": {"require_actor": false}})",
                                               {{"S", "value"}, {"PUSHER_CLUSTER", "ap1"}});
    QVERIFY2(configuration.problems().empty(), qPrintable(problemsOf(configuration)));
    const auto& connections = configuration.settings().connections;
    QCOMPARE(connections.connections.size(), std::size_t{1});
    QCOMPARE(connections.connections[0].options.find("secret")->text(), "value");
    QCOMPARE(connections.connections[0].options.find("cluster")->text(), "ap1");
    QVERIFY(!connections.requiresActor);
}

void ConfigurationTest::webhooksBelongToTheirApplication()
{
    const Configuration configuration = parsed(R"({"server": {"apps": [
        {"app_id": "1", "client": "k1", "secret": "s1"},
        {"app_id": "2", "client": "k2", "secret": "s2", "webhooks": [
            {"id": "a", "url": "http://10.0.0.1/hook", "events": ["channel_existence", "client_event"],
             "filter": {"starts_with": "private-", "ends_with": "x", "pattern": "*y*"},
             "headers": {"X-Env": "test"}, "batch": true, "allow_private_network": true},
            {"url": "https://h.example/"}]}]}})");
    QVERIFY2(configuration.problems().empty(), qPrintable(problemsOf(configuration)));
    const auto& webhooks = configuration.settings().webhooks;
    QCOMPARE(webhooks.size(), std::size_t{1});
    QCOMPARE(webhooks[0].appId + webhooks[0].key + webhooks[0].secret, "2k2s2");
    const webhook::WebhookTarget& first = webhooks[0].targets.at(0);
    QCOMPARE(first.id, "a");
    QVERIFY(first.kinds.has(webhook::EventKind::ChannelVacated) && first.kinds.has(webhook::EventKind::ClientEvent));
    QVERIFY(!first.kinds.has(webhook::EventKind::MemberAdded));
    QCOMPARE(first.channels.startsWith + first.channels.endsWith + first.channels.pattern, "private-x*y*");
    QCOMPARE(first.headers.at(0).value, "test");
    QVERIFY(first.isBatching && first.allowsPrivateNetwork);
    QVERIFY(webhooks[0].targets.at(1).kinds == webhook::EventKinds::all());
}

void ConfigurationTest::theMasterKeyIsRead()
{
    const Configuration configuration = parsed(R"({"server": {"apps": [{"app_id": "1", "client": "k", "secret": "s",
        "encryption_master_key_base64": "${KEY}"}]}})",
                                               {{"KEY", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="}});
    QVERIFY2(configuration.problems().empty(), qPrintable(problemsOf(configuration)));
    QCOMPARE(configuration.settings().base.server.apps[0].encryptionMasterKey, "01234567890123456789012345678901");
}

void ConfigurationTest::variablesMakeConnectionsForEveryDriver()
{
    const Configuration configuration = parsed("{}", {{"PUSHER_APP_ID", "1"},
                                                      {"PUSHER_APP_KEY", "k"},
                                                      {"PUSHER_APP_SECRET", "s"},
                                                      {"PUSHER_PORT", "81"},
                                                      {"PUSHER_SCHEME", "http"},
                                                      {"PUSHER_HOST", "localhost"},
                                                      {"CENTRIFUGO_API_KEY", "c"},
                                                      {"REDIS_PASSWORD", "r"}});
    QVERIFY2(configuration.problems().empty(), qPrintable(problemsOf(configuration)));
    const auto& connections = configuration.settings().connections.connections;
    QCOMPARE(connections.size(), std::size_t{3});
    QCOMPARE(connections[0].options.find("ssl")->raw(), std::string_view{"false"});
    QCOMPARE(connections[0].options.find("port")->raw(), std::string_view{"81"});
    QCOMPARE(connections[1].options.find("api_key")->text(), "c");
    QCOMPARE(connections[2].options.find("password")->text(), "r");
    QCOMPARE(configuration.settings().base.connection("pusher")->pusher.port.value(), std::uint16_t{81});
}

void ConfigurationTest::noProblemRepeatsAValue()
{
    const OrderedJson whole = OrderedJson::parse(wholeFile().toStdString());
    // Names of things are told; they are no place for a secret.
    const QStringList names{"/default", "/aliases/alerts", "/server/apps/0/app_id", "/server/apps/0/client"};
    int count = 0;
    forEachLeaf(whole, [&](const OrderedJson& document, const std::string& pointer) {
        ++count;
        const QString told = problemsOf(parsed(QString::fromStdString(document.dump())));
        if (!names.contains(QString::fromStdString(pointer)))
            QVERIFY2(!told.contains(marker), qPrintable(QString::fromStdString(pointer) + "\n" + told));
    });
    QVERIFY(count > 60);
}

void ConfigurationTest::aRewriteKeepsWhatIsNotChanged()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString() + "/broadcasting.json";
    const QByteArray text = R"({"own": {"a": 1}, "eu": {"driver": "redis", "password": "${P}", "mine": 2},
        "authorize": {"path": "${A:-/a}", "mine": [1]}, "server": {"apps": [{"app_id": "${ID}", "client": "k",
        "secret": "${S}", "encryption_master_key_base64": "${M}", "webhooks": [{"url": "https://h/${HOOK}", "mine": 3}]}]}})";
    {
        QFile file{QString::fromStdString(path.string())};
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    const std::map<std::string, std::string> variables{{"P", "p"},
                                                       {"A", "/b"},
                                                       {"ID", "7"},
                                                       {"S", marker},
                                                       {"HOOK", "hook-token"},
                                                       {"M", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="},
                                                       {"REDIS_HOST", "from-environment"}};
    Configuration configuration = Configuration::load(path, Environment{variables});
    QVERIFY2(!configuration.hasErrors(), qPrintable(problemsOf(configuration)));
    auto apps = configuration.settings().base.server.apps;
    apps[0].allowsClientEvents = true;
    configuration.file().setApps(apps);
    configuration.file().setListen("127.0.0.1", 7001);
    QVERIFY(configuration.file().save().has_value());

    OrderedJson expected = OrderedJson::parse(text.toStdString());
    expected["connections"] = {{"eu", expected["eu"]}};
    expected.erase("eu");
    expected["server"]["apps"][0]["client_events"] = true;
    expected["server"]["port"] = 7001;
    QFile file{QString::fromStdString(path.string())};
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().toStdString(), expected.dump(4) + "\n");
    struct stat status{};
    QCOMPARE(::stat(path.c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777, mode_t{0600});
}

void ConfigurationTest::Q7_hostileFilesAreJudgedAtOnce()
{
    QString rules;
    QString connections;
    QString texts;
    for (int i = 0; i < 900; ++i) {
        rules += QStringLiteral("%1{\"pattern\": \"a.%2.*\", \"when\": true, \"x\": 1}").arg(i > 0 ? "," : "").arg(i);
        connections += QStringLiteral("%1\"c%2\": {\"driver\": \"pusher\", \"port\": 0}").arg(i > 0 ? "," : "").arg(i);
    }
    for (int i = 0; i < 20'000; ++i)
        texts += i > 0 ? ",\"${A}\"" : "\"${A}\"";
    const std::clock_t before = std::clock(); // Processor time: the machine may be busy with other tests.
    QVERIFY(!parsed("{\"authorize\": {\"topics\": [" + rules + "]}}").hasErrors());
    QVERIFY(parsed("{\"connections\": {" + connections + "}}").hasErrors());
    QVERIFY(!parsed("{\"server\": {\"extra_hosts\": [" + texts + "]}}").hasErrors());
    QVERIFY(std::clock() - before < 20 * CLOCKS_PER_SEC);
}

QTEST_APPLESS_MAIN(ConfigurationTest)
#include "configuration_test.moc"
