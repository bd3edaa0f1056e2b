#include "core/auth/rule_set.h"

#include "core/auth/rule_reader.h"
#include "tests/core/auth/config.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::auth;

namespace {

Rule rule(const std::string& pattern, std::vector<Kind> kinds = {}, Regex::CaseRule caseRule = Regex::CaseRule::Counts)
{
    return {*ChannelPattern::compile(pattern, caseRule), Condition::constant(true), std::move(kinds)};
}

RuleSet rulesFrom(const std::string& json)
{
    std::vector<Problem> problems;
    const OrderedJson list = test::parsed(json);
    return RuleSet{readRules(JsonSource{list, problems})};
}

/// The pattern of the rule that decides, or "none".
std::string decider(const RuleSet& rules, const std::string& channel)
{
    const auto match = rules.find(channel);
    return match ? rules.rules()[match->index].pattern.text() : "none";
}

/// "1 by 0, 3 by itself"
std::string unreachable(const RuleSet& rules)
{
    std::string text;
    for (const RuleSet::Unreachable& found : rules.unreachable()) {
        text += (text.empty() ? "" : ", ") + std::to_string(found.index) + " by ";
        text += found.hiddenBy ? std::to_string(*found.hiddenBy) : "itself";
    }
    return text;
}

} // namespace

class RuleSetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void itKnowsWhetherPublicNamesAreConcerned_data();
    void itKnowsWhetherPublicNamesAreConcerned();
    void theFirstMatchDecides();
    void theBareNameIsTriedAfterTheWireName_data();
    void theBareNameIsTriedAfterTheWireName();
    void kindsRestrictARule();
    void theSamePatternReplacesInPlace();
    void theIndexFindsWhatAskingEachRuleFinds();
    void unreachableRulesAreFound_data();
    void unreachableRulesAreFound();
    void aPatternWithoutEndIsUndecided();
};

void RuleSetTest::itKnowsWhetherPublicNamesAreConcerned_data()
{
    QTest::addColumn<std::string>("rules");
    QTest::addColumn<bool>("concerned");
    QTest::newRow("no rule") << std::string{"[]"} << false;
    QTest::newRow("a public name") << std::string{R"([{"pattern":"topic","when":true}])"} << true;
    QTest::newRow("all names") << std::string{R"([{"pattern":"*","when":true}])"} << true;
    QTest::newRow("private ones") << std::string{R"([{"pattern":"private-{id}","when":true}])"} << false;
    QTest::newRow("presence and encrypted ones")
        << std::string{R"([{"pattern":"presence-a","when":true},{"pattern":"private-encrypted-*","when":true}])"}
        << false;
    QTest::newRow("a prefix that is optional") << std::string{R"([{"pattern":"[private-]a","when":true}])"} << true;
    QTest::newRow("a prefix in any case")
        << std::string{R"([{"pattern":"private-a","when":true,"ignore_case":true}])"} << true;
    QTest::newRow("other kinds only") << std::string{R"([{"pattern":"topic","when":true,"kinds":["private"]}])"}
                                      << false;
}

void RuleSetTest::itKnowsWhetherPublicNamesAreConcerned()
{
    QFETCH(std::string, rules);
    QFETCH(bool, concerned);
    QCOMPARE(rulesFrom(rules).concernsPublicNames(), concerned);
}

void RuleSetTest::theFirstMatchDecides()
{
    const RuleSet rules{{rule("order.{id:[0-9]+}"), rule("order.{id}"), rule("*")}};
    QCOMPARE(decider(rules, "order.5"), std::string{"order.{id:[0-9]+}"});
    QCOMPARE(decider(rules, "order.x"), std::string{"order.{id}"});
    QCOMPARE(decider(rules, "order.x.y"), std::string{"*"});
    QCOMPARE(decider(RuleSet{}, "order.5"), std::string{"none"});
    QCOMPARE(rules.find("private-order.5")->parameters, (Parameters{{"id", "5"}}));
}

void RuleSetTest::theBareNameIsTriedAfterTheWireName_data()
{
    QTest::addColumn<std::string>("pattern");
    QTest::addColumn<std::string>("channel");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char* pattern, const char* channel, bool matches) {
        QTest::addRow("%s %s", pattern, channel) << std::string{pattern} << std::string{channel} << matches;
    };
    for (const char* const channel : {"order.7", "private-order.7", "presence-order.7", "private-encrypted-order.7"})
        row("order.{uuid}", channel, true);
    row("order.{uuid}", "Private-order.7", false);
    row("private-admins", "private-admins", true);
    row("private-admins", "admins", false);
    row("private-admins", "presence-admins", false);
    row("encrypted-a", "private-encrypted-a", false);
    row("cache-a", "private-cache-a", true);
    row("[a]", "private-", false);
}

void RuleSetTest::theBareNameIsTriedAfterTheWireName()
{
    QFETCH(std::string, pattern);
    QFETCH(std::string, channel);
    QFETCH(bool, matches);
    QCOMPARE(RuleSet{{rule(pattern)}}.find(channel).has_value(), matches);
}

void RuleSetTest::kindsRestrictARule()
{
    const RuleSet rules{{rule("a", {Kind::Private, Kind::Encrypted}), rule("*")}};
    QCOMPARE(decider(rules, "private-a"), std::string{"a"});
    QCOMPARE(decider(rules, "private-encrypted-a"), std::string{"a"});
    QCOMPARE(decider(rules, "presence-a"), std::string{"*"});
    QCOMPARE(decider(rules, "a"), std::string{"*"});
}

void RuleSetTest::theSamePatternReplacesInPlace()
{
    std::vector<Rule> rules;
    QVERIFY(!addOrReplace(rules, rule("a")));
    QVERIFY(!addOrReplace(rules, rule("*")));
    QVERIFY(addOrReplace(rules, rule("a", {Kind::Presence})));
    QCOMPARE(rules.size(), std::size_t{2});
    QCOMPARE(rules[0].pattern.text(), std::string{"a"});
    QCOMPARE(rules[0].kinds, std::vector<Kind>{Kind::Presence});
}

void RuleSetTest::theIndexFindsWhatAskingEachRuleFinds()
{
    const std::vector<std::string> patterns{"{a}.x{b}", "private-{a:[0-9]+}", "order[.{id}]", "*-room-*", "a*",
                                            "X",        "{id:x1|y2}.z",       "presence-*",   "room"};
    const std::vector<std::string> channels{
        "1.x2", "private-1", "order",        "private-order.5", "a-room-b",     "abc",  "x",
        "X",    "y2.z",      "private-x1.z", "presence-room",   "private-room", "none", "room"};
    std::vector<Rule> rules;
    for (const std::string& pattern : patterns)
        rules.push_back(rule(pattern, {}, pattern == "X" ? Regex::CaseRule::Ignored : Regex::CaseRule::Counts));
    for (const std::string& channel : channels) {
        std::string expected = "none";
        for (const Rule& single : rules) {
            if (expected == "none" && RuleSet{{single}}.find(channel))
                expected = single.pattern.text();
        }
        QCOMPARE(decider(RuleSet{rules}, channel), expected);
    }
    QCOMPARE(decider(RuleSet{rules}, "x"), std::string{"X"});
    QCOMPARE(decider(RuleSet{rules}, "none"), std::string{"none"});
}

void RuleSetTest::unreachableRulesAreFound_data()
{
    QTest::addColumn<std::string>("rules");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char* name, const char* rules, const char* expected) {
        QTest::newRow(name) << std::string{rules} << std::string{expected};
    };
    row("in good order", R"({"private-admins":true,"private-{id}":true,"*":true})", "");
    row("after everything", R"({"*":true,"a":true,"b.{x}":true})", "1 by 0, 2 by 0");
    row("after its shape", R"({"order.{a}":true,"order.{b}":true})", "1 by 0");
    row("a name after its pattern", R"({"private-{id}":true,"private-admins":true})", "1 by 0");
    row("a name after other shapes", R"({"private-{id:[0-9]+}":true,"private-admins":true})", "");
    row("a bare name after its wire name", R"({"private-admins":true,"admins":true})", "");
    row("kinds that leave a gap", R"([{"pattern":"*","when":true,"kinds":["private"]},{"pattern":"a","when":true}])",
        "");
    row("kinds that leave none", R"([{"pattern":"*","when":true,"kinds":["private","presence"]},
                                     {"pattern":"a","when":true,"kinds":["presence"]}])",
        "1 by 0");
    row("hidden by two", R"([{"pattern":"*","when":true,"kinds":["private","private-encrypted","presence"]},
                             {"pattern":"{x}","when":true,"kinds":["public"]},{"pattern":"a","when":true}])",
        "2 by 0");
    row("impossible kinds", R"([{"pattern":"private-a","when":true,"kinds":["public"]}])", "0 by itself");
    row("another case rule", R"([{"pattern":"a.{x}","when":true},
                                 {"pattern":"A.{x}","when":true,"ignore_case":true}])",
        "");
}

void RuleSetTest::unreachableRulesAreFound()
{
    QFETCH(std::string, rules);
    QFETCH(std::string, expected);
    QCOMPARE(unreachable(rulesFrom(rules)), expected);
}

void RuleSetTest::aPatternWithoutEndIsUndecided()
{
    const RuleSet rules{{rule("{x:(a+)+}"), rule("*")}};
    const auto match = rules.find(std::string(150, 'a') + "b");
    QVERIFY(match && match->isUndecided);
    QCOMPARE(match->index, std::size_t{0});
}

QTEST_APPLESS_MAIN(RuleSetTest)
#include "rule_set_test.moc"
