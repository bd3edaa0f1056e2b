#include "core/engine/configuration_view.h"

#include <QFile>
#include <QTest>

using namespace castdeck;
using engine::Configuration;
using engine::ShownValue;
using store::OrderedJson;

namespace {

constexpr const char* marker = "zqx-marker";

QString wholeFile()
{
    QFile file{qEnvironmentVariable("CASTDECK_SOURCE_DIR") + "/tests/core/engine/whole_configuration.json"};
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString{};
}

std::vector<ShownValue> shown(const std::string& text, const std::map<std::string, std::string>& variables = {})
{
    return engine::shownValues(
        Configuration::parse(text, "/etc/castdeck/broadcasting.json", store::Environment{variables}));
}

/// "path = value <origin> <written>", one line each.
QString linesOf(const std::vector<ShownValue>& values)
{
    std::string text;
    for (const ShownValue& value : values)
        text += value.path + " = " + value.json + " " + std::string{toText(value.origin.kind)} + " " +
                value.origin.variable + " " + value.written + "\n";
    return QString::fromStdString(text);
}

} // namespace

class ConfigurationViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachValueHasItsOrigin_data();
    void eachValueHasItsOrigin();
    void noSecretIsShownWhereverItStands_data();
    void noSecretIsShownWhereverItStands();
    void whatStandsInAWrongPlaceIsHidden();
    void whatIsNoSecretIsShown();
    void variablesWithTheNameOfASecretAreHidden();
    void everyValueIsJson();
};

void ConfigurationViewTest::eachValueHasItsOrigin_data()
{
    QTest::addColumn<QString>("line");
    const auto row = [](const char* line) { QTest::newRow(line) << line; };
    row("default = \"log\" environment BROADCAST_CONNECTION ");
    row("authorize.policy = \"closed\" file  ");
    row("authorize.explain = \"loopback\" built-in  ");
    row("authorize.topics = [] built-in  ");
    row("server.port = \"7000\" environment PORT ${PORT:-6001}");
    row("server.listen = \"127.0.0.1\" file  ${ADDRESS:-127.0.0.1}");
    row("server.activity_timeout = 30 built-in  ");
    row("server.limits.max_batch_events = 10 built-in  ");
    row("server.extra_hosts[0] = \"a\" file  ");
    row("server.extra_hosts[1] = \"h\" environment HOST ${HOST}");
    row("connections.pusher.driver = \"pusher\" file  ");
    row("connections.pusher.secret = \"••••\" environment PUSHER_SECRET ");
    row("connections.pusher.host = \"h\" environment HOST ${HOST}");
    row("connections.pusher.timeout_ms = 5000 built-in  ");
    row("connections.redis.driver = \"redis\" environment REDIS_HOST ");
    row("connections.redis.port = 6379 built-in  ");
    row("connections.c.api_key = \"••••\" environment KEY ${KEY}");
    row("connections.d.api_key = \"••••\" environment KEY ••••");
    row("connections.e.api_key = \"\" file  ${ABSENT}");
    row("connections.null.driver = \"null\" built-in  ");
    row("emit.require_actor = true built-in  ");
    row("actors = [] built-in  ");
}

void ConfigurationViewTest::eachValueHasItsOrigin()
{
    QFETCH(const QString, line);
    const QString lines = linesOf(shown(R"({"default": "null", "authorize": {"policy": "closed"},
        "connections": {"pusher": {"driver": "pusher", "app_id": "1", "client": "k", "secret": "s", "host": "${HOST}"},
                        "c": {"driver": "centrifugo", "api_key": "${KEY}"},
                        "d": {"driver": "centrifugo", "api_key": "${KEY:-fallback}"},
                        "e": {"driver": "centrifugo", "api_key": "${ABSENT}"}},
        "server": {"port": "${PORT:-6001}", "listen": "${ADDRESS:-127.0.0.1}", "extra_hosts": ["a", "${HOST}"]}})",
                                        {{"BROADCAST_CONNECTION", "log"},
                                         {"PORT", "7000"},
                                         {"HOST", "h"},
                                         {"KEY", "key-value"},
                                         {"PUSHER_SECRET", "other"},
                                         {"REDIS_HOST", "r"}}));
    QVERIFY2(lines.contains(line + "\n"), qPrintable(lines));
}

void ConfigurationViewTest::noSecretIsShownWhereverItStands_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    const auto row = [](const char* pointer, const char* value = marker) {
        QTest::newRow(pointer) << pointer << value;
    };
    row("/connections/eu-prod/secret");
    row("/connections/eu-prod/encryption_master_key_base64");
    row("/connections/mine/secret");
    row("/connections/centrifugo/api_key");
    row("/connections/centrifugo/url", "http://user:zqx-marker@127.0.0.1:8000");
    row("/connections/centrifugo/tags/a", "https://h/?key=zqx-marker");
    row("/connections/redis/password");
    row("/connections/redis/unknown");
    row("/connections/redis/port");
    row("/connections/redis/tls");
    row("/connections/eu-prod/ssl");
    row("/actors/0/token");
    row("/actors/1/attributes/api_token");
    row("/actors/1/tokne");
    row("/server/apps/0/secret");
    row("/server/apps/0/secrte");
    row("/server/apps/0/encryption_master_key_base64");
    row("/server/apps/0/webhooks/0/headers/Authorization");
    row("/server/apps/0/webhooks/0/url", "https://h.example/?sign=zqx-marker");
    row("/server/apps/0/webhooks/0/url", "https://user:zqx-marker@h.example/");
    row("/server/apps/0/webhooks/0/events/0");
    row("/server/port");
    row("/server/tls/enabled");
    row("/authorize/topics/1/when/to");
    row("/authorize/connect/any/0/to/0");
    row("/authorize/forward_url", "https://h/?key=zqx-marker");
    row("/authorize/policy");
    row("/authorize/jsonp");
    row("/csrf/enabled");
    row("/identity/trust_header");
    row("/own/deep/0/value");
    row("/own");
}

void ConfigurationViewTest::noSecretIsShownWhereverItStands()
{
    QFETCH(const QString, pointer);
    QFETCH(const QString, value);
    OrderedJson document = OrderedJson::parse(wholeFile().toStdString());
    document[OrderedJson::json_pointer{pointer.toStdString()}] = value.toStdString();
    // The same again where a name stands: a copy of a secret is one as well.
    if (value == marker)
        document["actors"][0]["name"] = marker;
    const QString lines = linesOf(shown(document.dump(), {{"PUSHER_SECRET", "s"}, {"ADA_TOKEN", "t"}}));
    QVERIFY2(!lines.contains(marker), qPrintable(lines));
    QVERIFY(lines.contains("••••"));

    document[OrderedJson::json_pointer{pointer.toStdString()}] =
        value.toStdString().replace(value.indexOf(marker), 10, "${V}");
    const QString ofVariable =
        linesOf(shown(document.dump(), {{"PUSHER_SECRET", "s"}, {"ADA_TOKEN", "t"}, {"V", marker}}));
    QVERIFY2(!ofVariable.contains(marker), qPrintable(ofVariable));
}

void ConfigurationViewTest::whatStandsInAWrongPlaceIsHidden()
{
    const QString lines =
        linesOf(shown(R"({"default": ["zqx-marker"], "connections": {"a": {"driver": {"x": "zqx-marker"}}},
        "actors": "zqx-marker", "server": {"listen": {"a": ["zqx-marker"]}, "apps": ["zqx-marker"]}, "emit": "zqx-marker"})"));
    QVERIFY2(!lines.contains(marker), qPrintable(lines));
    // Where a text is wanted, even the name of a member may be the secret.
    const QString members = linesOf(shown(R"({"actors": [{"id": "1", "token": {"zqx-marker": {"a": "zqx-copy"}}}],
        "authorize": {"topics": {"a": {"value": "actor.attr.api_token", "is": "equals", "to": "zqx-marker"},
                                 "b": {"value": "actor.name", "is": "equals", "to": "zqx-copy"}}}})"));
    QVERIFY2(!members.contains("zqx-"), qPrintable(members));
}

void ConfigurationViewTest::whatIsNoSecretIsShown()
{
    const QString lines = linesOf(shown(wholeFile().toStdString(), {{"PUSHER_SECRET", "ssss"}, {"ADA_TOKEN", "tttt"}}));
    for (const char* line :
         {"server.apps[0].app_id = \"3456678\" file", "authorize.topics[1].pattern = \"topic\" file",
          "authorize.topics[0].when.to = \"admin\" file", "authorize.topics[1].when.to = \"••••\" file",
          "connections.centrifugo.url = \"http://••••@127.0.0.1:8000\" file",
          "server.apps[0].webhooks[0].url = \"https://hooks.example/x?••••\" file",
          "server.apps[0].webhooks[0].allow_private_network = false file", "actors[1].attributes.team = \"red\" file",
          "server.tls.key = \"\" file",
          "connections.eu-prod.secret = \"••••\" environment PUSHER_SECRET ${PUSHER_SECRET}"})
        QVERIFY2(lines.contains(line), line);
}

void ConfigurationViewTest::variablesWithTheNameOfASecretAreHidden()
{
    const QString lines =
        linesOf(shown(R"({"server": {"extra_hosts": ["a.${MY_SECRET}"], "listen": "${API_TOKEN:-127.0.0.1}"}})",
                      {{"MY_SECRET", "zqx-marker"}}));
    QVERIFY2(!lines.contains(marker), qPrintable(lines));
    QVERIFY2(lines.contains("server.listen = \"••••\" file  ••••\n"), qPrintable(lines));
}

void ConfigurationViewTest::everyValueIsJson()
{
    // What stands in a wrong place is taken for a secret, and copies of it are hidden, but only in texts.
    const auto values = shown(R"({"authorize": {"jsonp": "true", "expose": true}, "server": {"port": "6001", "apps": [],
        "path_prefix": "/6001", "limits": {"max_batch_events": 6001}}})");
    for (const ShownValue& value : values)
        QVERIFY2(OrderedJson::accept(value.json), value.path.c_str());
    const QString lines = linesOf(values);
    QVERIFY2(lines.contains("authorize.expose = true file"), qPrintable(lines));
    QVERIFY2(lines.contains("server.limits.max_batch_events = 6001 file"), qPrintable(lines));
}

QTEST_APPLESS_MAIN(ConfigurationViewTest)
#include "configuration_view_test.moc"
