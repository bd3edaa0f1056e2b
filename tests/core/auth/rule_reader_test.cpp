#include "core/auth/rule_reader.h"

#include "tests/core/auth/config.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::auth;

namespace {

struct ReadRules {
    std::vector<Rule> rules;
    std::vector<Problem> problems;
};

ReadRules read(const std::string& topics)
{
    ReadRules result;
    auto config = test::readConfig(R"({"authorize":{"topics":)" + topics + "}}", result.problems);
    result.rules = std::move(config.rules);
    return result;
}

} // namespace

class RuleReaderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRuleIsReadWhole();
    void rulesMayBeAnObject();
    void everyMistakeIsToldWithItsPath_data();
    void everyMistakeIsToldWithItsPath();
    void warningsKeepTheRule_data();
    void warningsKeepTheRule();
    void aPasswordMayHaveBraces();
    void deepConditionsAreRefused();
    void noProblemRepeatsASecret();
};

void RuleReaderTest::aRuleIsReadWhole()
{
    const auto [rules, problems] = read(
        R"([{"pattern":"order.{uuid}","when":{"value":"actor.id","is":"equals","to":"{uuid}"},
             "kinds":["private","presence","encrypted","private-encrypted","public"],"guards":["token","cookie"],
             "member":{"name":"{actor.name}"},"ignore_case":true}])");
    QVERIFY2(problems.empty(), qPrintable(test::textOf(problems)));
    QCOMPARE(rules.size(), std::size_t{1});
    QCOMPARE(rules[0].kinds.size(), std::size_t{5});
    QCOMPARE(rules[0].guards, (std::vector{IdentitySource::Token, IdentitySource::Cookie}));
    QVERIFY(rules[0].member.has_value());
    Parameters parameters;
    QCOMPARE(rules[0].pattern.match("ORDER.5", parameters), Regex::Outcome::Match);
}

void RuleReaderTest::rulesMayBeAnObject()
{
    const auto [rules, problems] = read(R"({"topic":{"value":"header.SECRET","is":"equals","to":"secret"},"a":false})");
    QVERIFY2(problems.empty(), qPrintable(test::textOf(problems)));
    QCOMPARE(rules.size(), std::size_t{2});
    QCOMPARE(rules[0].pattern.text(), std::string{"topic"});
    QCOMPARE(rules[1].pattern.text(), std::string{"a"});
}

void RuleReaderTest::everyMistakeIsToldWithItsPath_data()
{
    QTest::addColumn<std::string>("topics");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* topics, const char* expected) {
        QTest::newRow(topics) << std::string{topics} << "error: authorize.topics" + QString::fromUtf8(expected);
    };
    row("5", ": must be a list of rules, or an object of patterns and conditions, not a number");
    row("[true]", "[0]: must be an object, not true or false");
    row(R"([{"when":true}])", "[0]: needs \"pattern\"");
    row(R"([{"pattern":"a"}])", "[0]: needs \"when\"");
    row(R"([{"pattern":5,"when":true}])", "[0].pattern: must be text in quotes, not a number");
    row(R"([{"pattern":"a.{x","when":true}])", "[0].pattern: is no pattern: position 3: \"{\" without \"}\"");
    row(R"([{"pattern":"{x}.{x}","when":true}])", "[0].pattern: is no pattern: position 6: the parameter \"x\"");
    row(R"({"a":true,"b{":true})", ".b{: is no pattern: position 2");
    row(R"({"a":"true"})", ".a: must be true, false or an object with \"all\", \"any\", \"not\" or \"value\"");
    row(R"([{"pattern":"a","when":{"all":true}}])", "[0].when.all: must be a list of conditions, not true or false");
    row(R"([{"pattern":"a","when":{"all":[true,5]}}])", "[0].when.all[1]: must be true, false or an object");
    row(R"([{"pattern":"a","when":{"any":[],"not":true}}])", "[0].when: has both \"any\" and \"not\"");
    row(R"([{"pattern":"a","when":{"not":{"value":"actr.id","is":"exists"}}}])",
        "[0].when.not.value: is no known value; there are actor");
    row(R"([{"pattern":"a","when":{"value":"header.","is":"exists"}}])", "[0].when.value: is no known value");
    row(R"([{"pattern":"a","when":{"value":5,"is":"exists"}}])", "[0].when.value: must be text in quotes");
    row(R"([{"pattern":"a.{x}","when":{"value":"param.y","is":"exists"}}])",
        "[0].when.value: the pattern has no parameter of this name");
    row(R"([{"pattern":"a","when":{"value":"actor"}}])", "[0].when: needs \"is\"");
    row(R"([{"pattern":"a","when":{"value":"actor","is":"equal","to":"1"}}])",
        "[0].when.is: must be one of equals, not-equals");
    row(R"([{"pattern":"a","when":{"value":"actor","is":"equals"}}])", "[0].when: needs \"to\"");
    row(R"([{"pattern":"a","when":{"value":"actor","is":"exists","to":"1"}}])", "[0].when: takes no \"to\"");
    row(R"([{"pattern":"a","when":{"value":"actor","is":"in","to":"1"}}])",
        "[0].when.to: must be a list, because \"in\" looks into one, not text");
    row(R"([{"pattern":"a","when":{"value":"actor","is":"equals","to":["1"]}}])",
        "[0].when.to: must be text in quotes");
    row(R"([{"pattern":"a","when":{"value":"actor","is":"equals","to":1.5}}])", "[0].when.to: must be text in quotes");
    row(R"([{"pattern":"a","when":{"value":"actor","is":"in","to":["1",null]}}])",
        "[0].when.to[1]: must be text in quotes");
    row(R"([{"pattern":"a.{x}","when":{"value":"actor","is":"equals","to":"{y}"}}])",
        "[0].when.to: names {y}, but the pattern has no such parameter");
    row(R"([{"pattern":"a","when":{"value":"actor","is":"matches","to":"(a"}}])",
        "[0].when.to: is no regular expression: position 3: missing closing parenthesis");
    row(R"([{"pattern":"a","when":true,"kinds":"private"}])", "[0].kinds: must be a list of texts");
    row(R"([{"pattern":"a","when":true,"kinds":["private","secret"]}])",
        "[0].kinds[1]: must be one of public, private");
    row(R"([{"pattern":"a","when":true,"kinds":[]}])", "[0].kinds: must name at least one");
    row(R"([{"pattern":"a","when":true,"guards":["jwt"]}])", "[0].guards[0]: must be one of token, cookie");
    row(R"([{"pattern":"a","when":true,"guards":[]}])", "[0].guards: must name at least one");
    row(R"([{"pattern":"a","when":true,"member":"x"}])", "[0].member: must be an object");
    row(R"([{"pattern":"a","when":true,"member":{"a":["{x}"]}}])", "[0].member.a[0]: names {x}");
    row(R"([{"pattern":"a","when":true,"ignore_case":1}])", "[0].ignore_case: must be true or false");
}

void RuleReaderTest::everyMistakeIsToldWithItsPath()
{
    QFETCH(std::string, topics);
    QFETCH(QString, expected);
    const auto [rules, problems] = read(topics);
    QCOMPARE(problems.size(), std::size_t{1});
    QVERIFY2(test::textOf(problems).startsWith(expected), qPrintable(test::textOf(problems)));
    QVERIFY(rules.size() <= 1);
}

void RuleReaderTest::warningsKeepTheRule_data()
{
    QTest::addColumn<std::string>("topics");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* topics, const char* expected) {
        QTest::newRow(topics) << std::string{topics}
                              << "warning: authorize.topics" + QString::fromUtf8(expected) + "\n";
    };
    row(R"([{"pattern":"a","when":true,"color":1}])", "[0].color: unknown key; it is kept and has no effect");
    row(R"([{"pattern":"a","when":{"value":"actor","is":"exists","x":1}}])",
        "[0].when.x: unknown key; it is kept and has no effect");
    row(R"([{"pattern":"a","when":true},{"pattern":"a","when":false}])",
        "[1]: has the pattern of authorize.topics[0] and replaces that rule in its place");
    row(R"([{"pattern":"*","when":true},{"pattern":"a.{x}","when":false}])",
        "[1]: can never decide: authorize.topics[0] matches all that it matches");
    row(R"([{"pattern":"private-a","when":true,"kinds":["presence"]}])",
        "[0]: can never decide: its pattern and its kinds exclude each other");
}

void RuleReaderTest::warningsKeepTheRule()
{
    QFETCH(std::string, topics);
    QFETCH(QString, expected);
    const auto [rules, problems] = read(topics);
    QCOMPARE(test::textOf(problems), expected);
    QVERIFY(!rules.empty());
}

void RuleReaderTest::aPasswordMayHaveBraces()
{
    const auto [rules, problems] =
        read(R"([{"pattern":"a","when":{"value":"header.SECRET","is":"equals","to":"x{y}z"}}])");
    QVERIFY2(problems.empty(), qPrintable(test::textOf(problems)));
    AuthorizationRequest request;
    request.headers = {{"SECRET", "x{y}z"}};
    const Parameters none;
    const auto& condition = std::get<Condition>(rules.at(0).when);
    QCOMPARE(condition.evaluate({request, "a", none, nullptr}), Condition::Outcome::Yes);
}

void RuleReaderTest::deepConditionsAreRefused()
{
    const auto nested = [](int depth) {
        std::string text;
        for (int i = 0; i < depth; ++i)
            text += R"({"not":)";
        return R"({"a":)" + text + "true" + std::string(static_cast<std::size_t>(depth), '}') + "}";
    };
    QVERIFY(read(nested(32)).problems.empty());
    QVERIFY(test::textOf(read(nested(33)).problems).contains("has too many conditions inside each other"));
}

void RuleReaderTest::noProblemRepeatsASecret()
{
    const auto [rules, problems] = read(
        R"([{"pattern":["marker"],"when":"marker"},{"pattern":"a","when":{"value":"marker","is":"marker","to":"marker"}},
            {"pattern":"a","when":{"value":"header.SECRET","is":"matches","to":"(marker"}},
            {"pattern":"a","when":true,"kinds":["marker"],"guards":["marker"],"member":"marker","ignore_case":"marker"}])");
    QVERIFY(problems.size() >= 8);
    QVERIFY2(!test::textOf(problems).contains("marker"), qPrintable(test::textOf(problems)));
}

QTEST_APPLESS_MAIN(RuleReaderTest)
#include "rule_reader_test.moc"
