#include "core/auth/channel_pattern.h"

#include <QTest>

#include <chrono>

using namespace castdeck;
using namespace castdeck::auth;

namespace {

/// "uuid=5 id=7", or "no".
std::string matched(const std::string& pattern, const std::string& name,
                    Regex::CaseRule caseRule = Regex::CaseRule::Counts)
{
    const auto compiled = ChannelPattern::compile(pattern, caseRule);
    if (!compiled)
        return compiled.error().detail;
    Parameters parameters;
    if (compiled->match(name, parameters) != Regex::Outcome::Match)
        return "no";
    std::string text;
    for (const auto& [key, value] : parameters)
        text += (text.empty() ? "" : " ") + key + "=" + value;
    return text.empty() ? "yes" : text;
}

} // namespace

class ChannelPatternTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void namesMatchAsTheTableSays_data();
    void namesMatchAsTheTableSays();
    void caseIsIgnoredWhenWanted();
    void mistakesNameTheirPosition_data();
    void mistakesNameTheirPosition();
    void aRegularExpressionCannotLeaveItsBraces_data();
    void aRegularExpressionCannotLeaveItsBraces();
    void requiredTextsAreInEveryName_data();
    void requiredTextsAreInEveryName();
    void patternsAreAlikeWhateverTheirParametersAreCalled();
    void onlyAPlainNameIsLiteral();
    void aPatternThatTakesTooLongSaysSo();
};

void ChannelPatternTest::namesMatchAsTheTableSays_data()
{
    QTest::addColumn<std::string>("pattern");
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const std::string& pattern, const std::string& name, const std::string& expected) {
        QTest::addRow("%s on %s", pattern.c_str(), name.c_str()) << pattern << name << expected;
    };
    row("order.{uuid}", "order.5", "uuid=5");
    row("order.{uuid}", "order.a.b", "no");
    row("order.{uuid}", "order.a/b", "no");
    row("order.{uuid}", "order.", "no");
    row("order.{uuid}", "orderX5", "no");
    row("order.{uuid}", "ORDER.5", "no");
    row("order.{uuid}", "order.5\n", "no");
    row("order.{uuid}", "order.5\x7f", "no");
    row("order.{uuid}", "xorder.5", "no");
    row(R"(order.{id:\d+})", "order.5", "id=5");
    row(R"(order.{id:\d+})", "order.x", "no");
    row(R"(order.{id:\d+})", "order.5\n", "no");
    row(R"(order.{id:\d+$})", "order.5\n", "no");
    row("order[.{id}]", "order", "yes");
    row("order[.{id}]", "order.7", "id=7");
    row("order[.{id}]", "order.", "no");
    row("order[.{id}[.{part}]]", "order.7.a", "id=7 part=a");
    row("order[.{id}[.{part}]]", "order.7", "id=7");
    row("a.{x}.b.{y}", "a.1.b.2", "x=1 y=2");
    row("private-{id}", "private-admins-1", "id=admins-1");
    row("private-{id:[0-9]+}", "private-admins", "no");
    row("private-{id:[0-9]{2,4}}", "private-123", "id=123");
    row("private-{id:[0-9]{2,4}}", "private-1", "no");
    row("order.*", "order.a.b", "yes");
    row("order.*", "order.", "no");
    row("*", "x", "yes");
    row("*", "", "no");
    row("(", "x", "no");
    row("(", "(", "yes");
    row("a+b", "aab", "no");
    row("a+b", "a+b", "yes");
    row("a.b", "axb", "no");
    row("a|b", "a", "no");
    row("^a$", "a", "no");
    row(R"(\d)", "5", "no");
    row("a#b c", "a#b c", "yes");
    row("{id:a|b}-c", "a-c", "id=a");
    row("{id:a|b}-c", "a", "no");
    row("{id:(a|b)+}", "abba", "id=abba");
    row("{id:(?!admins$)[a-z]+}", "admins", "no");
    row("{id:(?!admins$)[a-z]+}", "admin", "id=admin");
    row("{id:\\(*a}", "((a", "id=((a");
    row("{id:(?i)a}-x", "A-x", "id=A");
    row("{id:(?i)a}-x", "A-X", "no");
    row("{user_id}.{part-2}", "7.8", "user_id=7 part-2=8");
    QTest::newRow("a byte that is not UTF-8") << std::string{"{id:.*}"} << std::string{"\xff"} << std::string{"no"};
    QTest::newRow("such a byte in front") << std::string{"{id:a}"}
                                          << std::string{"\xff"
                                                         "a"}
                                          << std::string{"no"};
    QTest::newRow("such a byte behind") << std::string{"{id:a.*}"} << std::string{"a\xff"} << std::string{"no"};
}

void ChannelPatternTest::namesMatchAsTheTableSays()
{
    QFETCH(std::string, pattern);
    QFETCH(std::string, name);
    QFETCH(std::string, expected);
    QCOMPARE(matched(pattern, name), expected);
}

void ChannelPatternTest::caseIsIgnoredWhenWanted()
{
    QCOMPARE(matched("order.{uuid}", "ORDER.5", Regex::CaseRule::Ignored), std::string{"uuid=5"});
    QCOMPARE(matched("order.{id:[a-z]+}", "Order.XY", Regex::CaseRule::Ignored), std::string{"id=XY"});
}

void ChannelPatternTest::mistakesNameTheirPosition_data()
{
    QTest::addColumn<std::string>("pattern");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const std::string& pattern, const std::string& expected) {
        QTest::addRow("%s", pattern.substr(0, 40).c_str()) << pattern << expected;
    };
    row("", "position 1: the pattern is empty");
    row("{x}.{x}", "position 6: the parameter \"x\" is there twice");
    row("a.{x", "position 3: \"{\" without \"}\"");
    row("a.{x:[0-9]{2}", "position 3: \"{\" without \"}\"");
    row("a.x}", "position 4: \"}\" without \"{\"");
    row("a[.b", "position 2: \"[\" without \"]\"");
    row("a.b]", "position 4: \"]\" without \"[\"");
    row("a[]", "position 3: the optional part is empty");
    row("a.{}", "position 4: a parameter's name has");
    row("a.{1}", "position 4: a parameter's name has");
    row("a.{actor.id}", "position 4: a parameter's name has");
    row("a.{x:}", "position 6: the regular expression is empty");
    row("a.{x:[0-9}", "position 10: missing terminating ]");
    row("a.{x:b(c}", "position 9: missing closing parenthesis");
    row("a.{x:b)}", "position 7: unmatched closing parenthesis");
    row("a.{x:*}", "position 6: quantifier does not follow a repeatable item");
    row("a.{x:(.)\\1}", "position 10: reference to non-existent subpattern");
    row("a.{x:b(*ACCEPT)}", "position 7: \"(*\" is not possible");
    row("a.{x:b\\\\(*ACCEPT)}", "position 9: \"(*\" is not possible");
    row("a.{x:(?<y>.)}", "position 6: the regular expression must not name groups");
    row("a.\xff", "position 1: the pattern is not valid UTF-8");
    row(std::string(1'001, 'a'), "position 1001: a pattern has at most 1,000 bytes");
    row(std::string(17, '[') + "a" + std::string(17, ']'), "position 17: too many optional parts");
}

void ChannelPatternTest::mistakesNameTheirPosition()
{
    QFETCH(std::string, pattern);
    QFETCH(std::string, expected);
    const auto compiled = ChannelPattern::compile(pattern);
    QVERIFY(!compiled);
    QCOMPARE(compiled.error().kind, ErrorKind::InvalidInput);
    QCOMPARE(QString::fromStdString(compiled.error().detail.substr(0, expected.size())),
             QString::fromStdString(expected));
}

void ChannelPatternTest::aRegularExpressionCannotLeaveItsBraces_data()
{
    QTest::addColumn<std::string>("pattern");
    QTest::addColumn<std::string>("name");
    QTest::newRow("an open quotation") << std::string{R"({x:\Qa}-b)"} << std::string{"a"};
    QTest::newRow("an open comment") << std::string{"{x:(?x)a#}-b"} << std::string{"a"};
    QTest::newRow("a verb that accepts at once") << std::string{"{x:a(*ACCEPT)}-b"} << std::string{"a"};
    QTest::newRow("an alternative") << std::string{"{x:a|}-b"} << std::string{"a"};
}

void ChannelPatternTest::aRegularExpressionCannotLeaveItsBraces()
{
    QFETCH(std::string, pattern);
    QFETCH(std::string, name);
    QVERIFY2(matched(pattern, name) != "x=" + name, matched(pattern, name).c_str());
    QVERIFY(matched(pattern, name) != "yes");
}

void ChannelPatternTest::requiredTextsAreInEveryName_data()
{
    QTest::addColumn<std::string>("pattern");
    QTest::addColumn<std::string>("texts");
    const auto row = [](const char* pattern, const char* texts) {
        QTest::newRow(pattern) << std::string{pattern} << std::string{texts};
    };
    row("order.{id}", "order.");
    row("private-{a}-room-{b}", "private- -room-");
    row("order[.paid].{id}", "order .");
    row("*", "");
    row("{id}", "");
    row("[a]", "");
    row("private-{id:a17[0-9]+}", "private-a17");
    row("private-{id:ab?c}", "private-a");
    row("private-{id:ab*}", "private-a");
    row("private-{id:ab{2}}", "private-a");
    row("private-{id:ab(?#b may be missing)?}", "private-a");
    row("private-{id:ab\\E?}", "private-a");
    row("private-{id:ab.c}", "private-ab");
    row("private-{id:ab|cd}", "private-");
    row("private-{id:a(b|c)}", "private-");
    row("[{id:abc}]", "");
    row("a.{id:\\d}.b", "a. .b");
}

void ChannelPatternTest::requiredTextsAreInEveryName()
{
    QFETCH(std::string, pattern);
    QFETCH(std::string, texts);
    const auto compiled = ChannelPattern::compile(pattern);
    std::string found;
    for (const std::string& text : compiled->requiredTexts())
        found += (found.empty() ? "" : " ") + text;
    QCOMPARE(found, texts);
}

void ChannelPatternTest::patternsAreAlikeWhateverTheirParametersAreCalled()
{
    const auto compile = [](const char* text) { return *ChannelPattern::compile(text); };
    QVERIFY(compile("order.{a}").hasShapeOf(compile("order.{b}")));
    QVERIFY(!compile("order.{a}").hasShapeOf(compile("order.{a:[0-9]}")));
    QVERIFY(!compile("order.{a}").hasShapeOf(*ChannelPattern::compile("order.{a}", Regex::CaseRule::Ignored)));
}

void ChannelPatternTest::onlyAPlainNameIsLiteral()
{
    QVERIFY(ChannelPattern::compile("private-admins")->isLiteral());
    QVERIFY(!ChannelPattern::compile("private-admins", Regex::CaseRule::Ignored)->isLiteral());
    for (const char* const pattern : {"a[b]", "a*", "a{b}", "{b:abc}", "*"})
        QVERIFY2(!ChannelPattern::compile(pattern)->isLiteral(), pattern);
}

void ChannelPatternTest::aPatternThatTakesTooLongSaysSo()
{
    const auto pattern = ChannelPattern::compile("{x:(a+)+}");
    Parameters parameters;
    const auto start = std::chrono::steady_clock::now();
    QCOMPARE(pattern->match(std::string(150, 'a') + "b", parameters), Regex::Outcome::TooManySteps);
    QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::milliseconds{500});
    // Some hundred thousand steps, which would end well below the library's own limit.
    QCOMPARE(pattern->match(std::string(18, 'a') + "b", parameters), Regex::Outcome::TooManySteps);
    QCOMPARE(pattern->match(std::string(8, 'a') + "b", parameters), Regex::Outcome::NoMatch);
}

QTEST_APPLESS_MAIN(ChannelPatternTest)
#include "channel_pattern_test.moc"
