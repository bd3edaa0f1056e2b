#include "core/auth/settings_reader.h"

#include "tests/core/auth/config.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::auth;

class SettingsReaderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anEmptyDocumentGivesTheDefaults();
    void everySettingIsRead();
    void aSwitchMayComeFromAVariable();
    void aPathCanBeTurnedOff();
    void actorsAreReadWhole();
    void everyMistakeIsToldWithItsPath_data();
    void everyMistakeIsToldWithItsPath();
    void unknownKeysAreWarnings();
    void noProblemRepeatsASecret();
};

void SettingsReaderTest::anEmptyDocumentGivesTheDefaults()
{
    std::vector<Problem> problems;
    const AuthorizationConfig config = test::readConfig("{}", problems);
    QVERIFY(problems.empty());
    QCOMPARE(config.path, std::string{"/broadcasting/authorize"});
    QVERIFY(!config.isPathExplicit && !config.usesJsonp && !config.isExposed && config.forwardUrl.empty());
    QCOMPARE(config.extraPaths.size(), std::size_t{5});
    QCOMPARE(config.explain, Explain::Loopback);
    QCOMPARE(config.guard.policy, Policy::Open);
    QVERIFY(!config.guard.trustsActorHeader && !config.guard.connect);
    QCOMPARE(config.forwardHeaders, (std::vector<std::string>{"Cookie", "Authorization"}));
}

void SettingsReaderTest::everySettingIsRead()
{
    std::vector<Problem> problems;
    const AuthorizationConfig config = test::readConfig(
        R"({"authorize":{"path":"/auth","extra_paths":["/a"],"policy":"strict","jsonp":true,"topics":{"a":true},
            "connect":{"value":"header.Origin","is":"exists"},"forward_url":"http://127.0.0.1:1/x",
            "forward_headers":["Cookie"],"explain":"never","expose":true},"identity":{"trust_header":true}})",
        problems);
    QVERIFY2(problems.empty(), qPrintable(test::textOf(problems)));
    QCOMPARE(config.path, std::string{"/auth"});
    QVERIFY(config.isPathExplicit && config.usesJsonp && config.isExposed && config.guard.connect);
    QCOMPARE(config.extraPaths, std::vector<std::string>{"/a"});
    QCOMPARE(config.guard.policy, Policy::Strict);
    QVERIFY(config.guard.trustsActorHeader);
    QCOMPARE(config.forwardUrl, std::string{"http://127.0.0.1:1/x"});
    QCOMPARE(config.forwardHeaders, std::vector<std::string>{"Cookie"});
    QCOMPARE(config.explain, Explain::Never);
    QCOMPARE(config.rules.size(), std::size_t{1});
}

void SettingsReaderTest::aSwitchMayComeFromAVariable()
{
    std::vector<Problem> problems;
    const auto config = test::readConfig(
        R"({"authorize":{"jsonp":"true","expose":"false"},"identity":{"trust_header":"true"}})", problems);
    QVERIFY2(problems.empty(), qPrintable(test::textOf(problems)));
    QVERIFY(config.usesJsonp && !config.isExposed && config.guard.trustsActorHeader);
    (void)test::readConfig(R"({"authorize":{"jsonp":"yes"}})", problems);
    QCOMPARE(problems.size(), std::size_t{1});
}

void SettingsReaderTest::aPathCanBeTurnedOff()
{
    for (const char* const path : {"null", "\"\""}) {
        std::vector<Problem> problems;
        const auto config = test::readConfig(
            R"({"authorize":{"extra_paths":[],"connect":null,"forward_url":null,"path":)" + std::string{path} + "}}",
            problems);
        QVERIFY2(problems.empty(), qPrintable(test::textOf(problems)));
        QVERIFY(config.path.empty() && config.extraPaths.empty() && config.isPathExplicit);
    }
}

void SettingsReaderTest::actorsAreReadWhole()
{
    std::vector<Problem> problems;
    const auto actors = test::readConfig(
                            R"({"actors":[{"id":"1","name":"Ada","role":"admin","roles":["editor","admin"],"token":"t",
                                "attributes":{"team":"red","level":5,"tags":["a","b"]},"attr":{"vip":true}},{"id":7}]})",
                            problems)
                            .actors;
    QVERIFY2(problems.empty(), qPrintable(test::textOf(problems)));
    QCOMPARE(actors.size(), std::size_t{2});
    QCOMPARE(actors[0].roles, (std::vector<std::string>{"admin", "editor"}));
    QCOMPARE(actors[0].token, std::string{"t"});
    QCOMPARE(actors[0].attributes.at("level").texts, std::vector<std::string>{"5"});
    QCOMPARE(actors[0].attributes.at("vip").texts, std::vector<std::string>{"true"});
    QVERIFY(actors[0].attributes.at("tags").isList);
    QCOMPARE(actors[1].id, std::string{"7"});
}

void SettingsReaderTest::everyMistakeIsToldWithItsPath_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* text, const char* expected) {
        QTest::newRow(text) << std::string{text} << "error: " + QString::fromUtf8(expected);
    };
    row("[]", ": must be an object, not a list");
    row(R"({"authorize":[]})", "authorize: must be an object, not a list");
    row(R"({"authorize":{"path":5}})", "authorize.path: must be text in quotes, not a number");
    row(R"({"authorize":{"path":"auth"}})", "authorize.path: must be a path that starts with");
    row(R"({"authorize":{"path":"/a?b"}})", "authorize.path: must be a path that starts with");
    row(R"({"authorize":{"extra_paths":["/a","b"]}})", "authorize.extra_paths[1]: must be a path");
    row(R"({"authorize":{"extra_paths":[1]}})", "authorize.extra_paths[0]: must be text in quotes");
    row(R"({"authorize":{"policy":"Open"}})", "authorize.policy: must be one of open, closed, strict");
    row(R"({"authorize":{"explain":"yes"}})", "authorize.explain: must be one of never, loopback, always");
    row(R"({"authorize":{"jsonp":"yes"}})", "authorize.jsonp: must be true or false");
    row(R"({"authorize":{"connect":"x"}})", "authorize.connect: must be true, false or an object");
    row(R"({"authorize":{"connect":{"value":"param.x","is":"exists"}}})",
        "authorize.connect.value: the pattern has no");
    row(R"({"authorize":{"forward_url":"ftp://x"}})", "authorize.forward_url: must be a URL");
    for (const char* const url : {"http://", "http:///x", "https://?x", "http://a b/", "http://:80/", "http://u:p@/"})
        row((R"({"authorize":{"forward_url":")" + std::string{url} + "\"}}").c_str(),
            "authorize.forward_url: must be a URL");
    row(R"({"authorize":{"forward_headers":"Cookie"}})", "authorize.forward_headers: must be a list");
    row(R"({"identity":{"trust_header":1}})", "identity.trust_header: must be true or false");
    row(R"({"actors":{}})", "actors: must be a list of actors");
    row(R"({"actors":[5]})", "actors[0]: must be an object");
    row(R"({"actors":[{"name":"x"}]})", "actors[0]: needs an \"id\"");
    row(R"({"actors":[{"id":"1"},{"id":"1"}]})", "actors[1]: has the id of an actor before it");
    row(R"({"actors":[{"id":"1","token":"t"},{"id":"2","token":"t"}]})", "actors[1]: has the token of an actor");
    row(R"({"actors":[{"id":"1","role":["a"]}]})", "actors[0].role: must be text in quotes");
    row(R"({"actors":[{"id":"1","attributes":{"a":{}}}]})", "actors[0].attributes.a: must be text in quotes");
}

void SettingsReaderTest::everyMistakeIsToldWithItsPath()
{
    QFETCH(std::string, text);
    QFETCH(QString, expected);
    std::vector<Problem> problems;
    test::readConfig(text, problems);
    QCOMPARE(problems.size(), std::size_t{1});
    QVERIFY2(test::textOf(problems).startsWith(expected), qPrintable(test::textOf(problems)));
}

void SettingsReaderTest::unknownKeysAreWarnings()
{
    std::vector<Problem> problems;
    test::readConfig(R"({"authorize":{"a":1},"identity":{"b":1},"actors":[{"id":"1","c":1}]})", problems);
    QCOMPARE(test::textOf(problems), QString{"warning: authorize.a: unknown key; it is kept and has no effect\n"
                                             "warning: actors[0].c: unknown key; it is kept and has no effect\n"
                                             "warning: identity.b: unknown key; it is kept and has no effect\n"});
}

void SettingsReaderTest::noProblemRepeatsASecret()
{
    std::vector<Problem> problems;
    test::readConfig(R"({"authorize":{"path":"marker","policy":"marker","explain":"marker","forward_url":"marker"},
        "actors":[{"id":"1","token":"marker"},{"id":"1","token":"marker"},{"id":"3","token":["marker"]}]})",
                     problems);
    QVERIFY(problems.size() >= 7);
    QVERIFY2(!test::textOf(problems).contains("marker"), qPrintable(test::textOf(problems)));
}

QTEST_APPLESS_MAIN(SettingsReaderTest)
#include "settings_reader_test.moc"
