#include "core/store/effective_document.h"

#include <QTest>

#include <sstream>

using namespace castdeck::store;

namespace {

OrderedJson json(const QString& text)
{
    return OrderedJson::parse(text.toStdString());
}

/// "connections.eu.port" as a path.
KeyPath pathOf(const std::string& text)
{
    KeyPath path;
    std::istringstream parts{text};
    for (std::string part; std::getline(parts, part, '.');)
        path = path / part;
    return path;
}

QString valueAt(const EffectiveDocument& document, const std::string& path)
{
    const OrderedJson* value = document.find(pathOf(path));
    return value == nullptr ? QStringLiteral("(absent)") : QString::fromStdString(value->dump());
}

QString originAt(const EffectiveDocument& document, const std::string& path)
{
    const Origin origin = document.originOf(pathOf(path));
    const QString kind = QString::fromUtf8(toText(origin.kind).data());
    return origin.variable.empty() ? kind : kind + " " + QString::fromStdString(origin.variable);
}

const std::map<std::string, std::string> pusherCredentials{
    {"PUSHER_APP_ID", "1"}, {"PUSHER_CLIENT", "k"}, {"PUSHER_SECRET", "s"}};

} // namespace

class EffectiveDocumentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyVariableOverridesItsValue_data();
    void everyVariableOverridesItsValue();
    void theFirstOfTwoVariablesWins_data();
    void theFirstOfTwoVariablesWins();
    void anEmptyVariableIsNotSet();
    void aWrongVariableIsAnErrorAndChangesNothing_data();
    void aWrongVariableIsAnErrorAndChangesNothing();
    void variablesMakeTheConnectionWhenAllThatItNeedsIsSet_data();
    void variablesMakeTheConnectionWhenAllThatItNeedsIsSet();
    void aConnectionOfThatNameWithAnotherDriverIsLeftAlone_data();
    void aConnectionOfThatNameWithAnotherDriverIsLeftAlone();
    void whatIsNoObjectIsLeftAlone();
    void placeholdersAreReplacedEverywhere();
    void aMissingVariableIsToldWhereverItStands();
    void theFlatShapeBecomesNested();
    void theOriginOfEachValueIsKnown_data();
    void theOriginOfEachValueIsKnown();
    void onlyTextThatWasReplacedMayStandForAnotherType();
};

void EffectiveDocumentTest::everyVariableOverridesItsValue_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* variable, const char* value, const char* path, const char* expected) {
        QTest::newRow(variable) << variable << value << path << expected;
    };
    row("BROADCAST_CONNECTION", "log", "default", "\"log\"");
    row("BROADCAST_AUTHORIZE_PATH", "/auth", "authorize.path", "\"/auth\"");
    row("PUSHER_APP_ID", "7", "connections.pusher.app_id", "\"7\"");
    row("PUSHER_CLIENT", "new", "connections.pusher.client", "\"new\"");
    row("PUSHER_APP_KEY", "new", "connections.pusher.client", "\"new\"");
    row("PUSHER_SECRET", "new", "connections.pusher.secret", "\"new\"");
    row("PUSHER_APP_SECRET", "new", "connections.pusher.secret", "\"new\"");
    row("PUSHER_CLUSTER", "ap1", "connections.pusher.cluster", "\"ap1\"");
    row("PUSHER_APP_CLUSTER", "ap1", "connections.pusher.cluster", "\"ap1\"");
    row("PUSHER_HOST", "h.example", "connections.pusher.host", "\"h.example\"");
    row("PUSHER_PORT", "7001", "connections.pusher.port", "7001");
    row("PUSHER_SCHEME", "http", "connections.pusher.ssl", "false");
    row("CENTRIFUGO_URL", "http://c:1", "connections.centrifugo.url", "\"http://c:1\"");
    row("CENTRIFUGO_API_KEY", "new", "connections.centrifugo.api_key", "\"new\"");
    row("REDIS_HOST", "r.example", "connections.redis.host", "\"r.example\"");
    row("REDIS_PORT", "6380", "connections.redis.port", "6380");
    row("REDIS_PASSWORD", "new", "connections.redis.password", "\"new\"");
}

void EffectiveDocumentTest::everyVariableOverridesItsValue()
{
    QFETCH(const QString, variable);
    QFETCH(const QString, value);
    QFETCH(const QString, path);
    const OrderedJson document = json(R"({"default": "null", "authorize": {"path": "/old", "policy": "closed"},
        "connections": {
            "pusher": {"driver": "pusher", "app_id": "1", "client": "old", "secret": "old", "cluster": "eu",
                       "host": "old", "port": 1, "ssl": true},
            "centrifugo": {"driver": "centrifugo", "url": "http://old", "api_key": "old"},
            "redis": {"driver": "redis", "host": "old", "port": 1, "password": "old"}}})");
    const std::map<std::string, std::string> variables{{variable.toStdString(), value.toStdString()}};
    Problems problems;
    const EffectiveDocument real{document, Environment{variables}, problems};
    QVERIFY(problems.all().empty());
    QTEST(valueAt(real, path.toStdString()), "expected");
    QCOMPARE(originAt(real, path.toStdString()), "environment " + variable);

    Environment dotEnv;
    QVERIFY(dotEnv.addDotEnv((variable + "=" + value).toStdString()).empty());
    const EffectiveDocument file{document, dotEnv, problems};
    QTEST(valueAt(file, path.toStdString()), "expected");
    QCOMPARE(originAt(file, path.toStdString()), ".env " + variable);

    // Nothing else has changed.
    OrderedJson rest = real.json();
    const OrderedJson difference = OrderedJson::diff(document, rest);
    QCOMPARE(difference.size(), std::size_t{1});
}

void EffectiveDocumentTest::theFirstOfTwoVariablesWins_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<QString>("option");
    QTest::newRow("key") << "PUSHER_CLIENT" << "PUSHER_APP_KEY" << "client";
    QTest::newRow("secret") << "PUSHER_SECRET" << "PUSHER_APP_SECRET" << "secret";
    QTest::newRow("cluster") << "PUSHER_CLUSTER" << "PUSHER_APP_CLUSTER" << "cluster";
}

void EffectiveDocumentTest::theFirstOfTwoVariablesWins()
{
    QFETCH(const QString, first);
    QFETCH(const QString, second);
    QFETCH(const QString, option);
    auto variables = pusherCredentials;
    variables[first.toStdString()] = "first";
    variables[second.toStdString()] = "second";
    Problems problems;
    const EffectiveDocument document{OrderedJson::object(), Environment{variables}, problems};
    QCOMPARE(valueAt(document, "connections.pusher." + option.toStdString()), "\"first\"");
    QCOMPARE(originAt(document, "connections.pusher." + option.toStdString()), "environment " + first);
}

void EffectiveDocumentTest::anEmptyVariableIsNotSet()
{
    Problems problems;
    const EffectiveDocument document{json(R"({"default": "log"})"),
                                     Environment{{{"BROADCAST_CONNECTION", ""}, {"BROADCAST_AUTHORIZE_PATH", ""}}},
                                     problems};
    QCOMPARE(QString::fromStdString(document.json().dump()), R"({"default":"log"})");
    QCOMPARE(originAt(document, "default"), "file");
}

void EffectiveDocumentTest::aWrongVariableIsAnErrorAndChangesNothing_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* variable, const char* value, const char* expected) {
        QTest::addRow("%s=%s", variable, value) << variable << value << expected;
    };
    row("PUSHER_PORT", "0", "error: connections.pusher.port: the variable PUSHER_PORT must be a whole number");
    row("PUSHER_PORT", "65536", "error: connections.pusher.port: the variable PUSHER_PORT must be a whole number");
    row("PUSHER_PORT", "https", "error: connections.pusher.port: the variable PUSHER_PORT must be a whole number");
    row("PUSHER_SCHEME", "HTTPS", "error: connections.pusher.ssl: the variable PUSHER_SCHEME must be http or https");
    row("REDIS_PORT", "-1", "error: connections.redis.port: the variable REDIS_PORT must be a whole number");
}

void EffectiveDocumentTest::aWrongVariableIsAnErrorAndChangesNothing()
{
    QFETCH(const QString, variable);
    QFETCH(const QString, value);
    QFETCH(const QString, expected);
    const OrderedJson document = json(R"({"connections": {
        "pusher": {"driver": "pusher", "port": 1, "ssl": true}, "redis": {"driver": "redis", "port": 1}}})");
    Problems problems;
    const EffectiveDocument effective{document, Environment{{{variable.toStdString(), value.toStdString()}}}, problems};
    QCOMPARE(problems.all().size(), std::size_t{1});
    const QString told = QString::fromStdString(problems.all()[0].text());
    QVERIFY2(told.contains(expected), qPrintable(told));
    QVERIFY(effective.json() == document);
}

void EffectiveDocumentTest::variablesMakeTheConnectionWhenAllThatItNeedsIsSet_data()
{
    QTest::addColumn<QStringList>("variables");
    QTest::addColumn<QString>("expected");
    QTest::newRow("pusher, all needed") << QStringList{"PUSHER_APP_ID=1", "PUSHER_APP_KEY=k", "PUSHER_APP_SECRET=s"}
                                        << R"({"pusher":{"driver":"pusher","app_id":"1","client":"k","secret":"s"}})";
    QTest::newRow("pusher without secret")
        << QStringList{"PUSHER_APP_ID=1", "PUSHER_APP_KEY=k", "PUSHER_HOST=h"} << "(absent)";
    QTest::newRow("pusher without id") << QStringList{"PUSHER_CLIENT=k", "PUSHER_SECRET=s"} << "(absent)";
    QTest::newRow("pusher without key") << QStringList{"PUSHER_APP_ID=1", "PUSHER_SECRET=s"} << "(absent)";
    QTest::newRow("centrifugo by its address")
        << QStringList{"CENTRIFUGO_URL=http://c"} << R"({"centrifugo":{"driver":"centrifugo","url":"http://c"}})";
    QTest::newRow("centrifugo by its key")
        << QStringList{"CENTRIFUGO_API_KEY=k"} << R"({"centrifugo":{"driver":"centrifugo","api_key":"k"}})";
    QTest::newRow("redis") << QStringList{"REDIS_HOST=r", "REDIS_PORT=6380"}
                           << R"({"redis":{"driver":"redis","host":"r","port":6380}})";
    QTest::newRow("none") << QStringList{"HOME=/"} << "(absent)";
}

void EffectiveDocumentTest::variablesMakeTheConnectionWhenAllThatItNeedsIsSet()
{
    QFETCH(const QStringList, variables);
    std::map<std::string, std::string> environment;
    for (const QString& variable : variables)
        environment[variable.section('=', 0, 0).toStdString()] = variable.section('=', 1).toStdString();
    Problems problems;
    const EffectiveDocument document{OrderedJson::object(), Environment{environment}, problems};
    QTEST(valueAt(document, "connections"), "expected");
    QVERIFY(problems.all().empty());
}

void EffectiveDocumentTest::aConnectionOfThatNameWithAnotherDriverIsLeftAlone_data()
{
    QTest::addColumn<QString>("connection");
    QTest::addColumn<bool>("isOverridden");
    QTest::newRow("reverb is pusher") << R"({"driver": "reverb"})" << true;
    QTest::newRow("by driverAliases") << R"({"driver": "mine"})" << true;
    QTest::newRow("another driver") << R"({"driver": "log"})" << false;
    QTest::newRow("no driver") << R"({})" << false;
    QTest::newRow("driver is a number") << R"({"driver": 1})" << false;
    QTest::newRow("no object") << R"("pusher")" << false;
}

void EffectiveDocumentTest::aConnectionOfThatNameWithAnotherDriverIsLeftAlone()
{
    QFETCH(const QString, connection);
    QFETCH(const bool, isOverridden);
    const OrderedJson document =
        json(R"({"driverAliases": {"mine": "pusher"}, "connections": {"pusher": )" + connection + "}}");
    Problems problems;
    const EffectiveDocument effective{document, Environment{pusherCredentials}, problems};
    QCOMPARE(effective.json() != document, isOverridden);
}

void EffectiveDocumentTest::whatIsNoObjectIsLeftAlone()
{
    auto variables = pusherCredentials;
    variables["BROADCAST_AUTHORIZE_PATH"] = "/auth";
    const OrderedJson document = json(R"({"authorize": [], "connections": "x", "driverAliases": 1})");
    Problems problems;
    QVERIFY((EffectiveDocument{document, Environment{variables}, problems}.json() == document));
}

void EffectiveDocumentTest::placeholdersAreReplacedEverywhere()
{
    Problems problems;
    const EffectiveDocument document{
        json(R"({"connections": {}, "actors": [{"token": "${T}"}], "unknown": {"a": ["x-${T}", "${U:-u}"]}})"),
        Environment{{{"T", "t"}}}, problems};
    QCOMPARE(QString::fromStdString(document.json().dump()),
             R"({"connections":{},"actors":[{"token":"t"}],"unknown":{"a":["x-t","u"]}})");
    const KeyPath token = KeyPath{"actors"} / 0 / "token";
    QCOMPARE(QString::fromStdString(document.written(token)->get<std::string>()), "${T}");
    QCOMPARE(document.originOf(token).variable, "T");
    QVERIFY(problems.all().empty());
}

void EffectiveDocumentTest::aMissingVariableIsToldWhereverItStands()
{
    const auto text = std::make_shared<const std::string>("{\"actors\": [\n{\"token\": \"a${NOT_SET}b\"}]}");
    Problems problems{text};
    const EffectiveDocument document{OrderedJson::parse(*text), {}, problems};
    QCOMPARE(problems.all().size(), std::size_t{1});
    QCOMPARE(QString::fromStdString(problems.all()[0].text()),
             "2:11: warning: actors[0].token: the variable NOT_SET is not set; the value becomes empty");
    QCOMPARE(QString::fromStdString(document.json()["actors"][0]["token"].get<std::string>()), "ab");
}

void EffectiveDocumentTest::theFlatShapeBecomesNested()
{
    Problems problems;
    const EffectiveDocument document{
        json(R"({"default": "eu", "eu": {"driver": "log"}, "server": {"driver": "x"}, "other": {}})"), {}, problems};
    QCOMPARE(QString::fromStdString(document.json().dump()),
             R"({"default":"eu","server":{"driver":"x"},"other":{},"connections":{"eu":{"driver":"log"}}})");
    QCOMPARE(originAt(document, "connections.eu.driver"), "file");
}

void EffectiveDocumentTest::theOriginOfEachValueIsKnown_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* path, const char* expected) { QTest::newRow(path) << path << expected; };
    row("a", "file");
    row("b", "environment REAL");
    row("c", ".env DOTTED");
    row("d", "file");
    row("e", "environment REAL");
    row("f", "file");
    row("g", "file");
    row("h", "built-in");
    row("default", "environment BROADCAST_CONNECTION");
    row("connections.centrifugo.driver", ".env CENTRIFUGO_URL");
    row("connections.centrifugo.url", ".env CENTRIFUGO_URL");
}

void EffectiveDocumentTest::theOriginOfEachValueIsKnown()
{
    QFETCH(const QString, path);
    Environment environment{{{"REAL", "r"}, {"BROADCAST_CONNECTION", "log"}}};
    QVERIFY(environment.addDotEnv("DOTTED=d\nCENTRIFUGO_URL=http://c\nREAL=hidden").empty());
    Problems problems;
    const EffectiveDocument document{json(R"({"a": "x", "b": "${REAL}", "c": "${DOTTED}", "d": "${NONE:-x}",
        "e": "${DOTTED}${REAL}", "f": 1, "g": "${NONE}"})"),
                                     environment, problems};
    QTEST(originAt(document, path.toStdString()), "expected");
}

void EffectiveDocumentTest::onlyTextThatWasReplacedMayStandForAnotherType()
{
    Problems problems;
    const EffectiveDocument document{json(R"({"a": "1", "b": "${ONE}", "c": 1, "default": "${ONE}"})"),
                                     Environment{{{"ONE", "1"}, {"BROADCAST_CONNECTION", "log"}}}, problems};
    QVERIFY(!document.isReplaced({"a"}));
    QVERIFY(document.isReplaced({"b"}));
    QVERIFY(!document.isReplaced({"c"}));
    QVERIFY(!document.isReplaced({"default"}));
    QVERIFY(!document.isReplaced({"absent"}));
}

QTEST_APPLESS_MAIN(EffectiveDocumentTest)
#include "effective_document_test.moc"
