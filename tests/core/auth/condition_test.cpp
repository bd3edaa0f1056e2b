#include "core/auth/condition.h"

#include "core/auth/explanation.h"
#include "core/auth/rule_reader.h"
#include "core/base/ascii.h"
#include "tests/core/auth/config.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::auth;
using test::parsed;

namespace {

/// Somebody with a value of every kind.
struct Sample {
    Sample()
    {
        actor.id = "5";
        actor.name = "Zoë";
        actor.roles = {"editor", "author"};
        actor.attributes["team"] = {{"red"}, false};
        actor.attributes["tags"] = {{"a", "b"}, true};
        actor.attributes["api_token"] = {{"marker-attribute"}, false};
        request.headers = {{"SECRET", "marker-header"}, {"Cookie", "SESSID=marker-cookie"}, {"Empty", ""}};
        request.query = {{"page", "marker-query"}};
        request.form = {{"x", "marker-form"}};
        request.socketId = "4821.9047";
        request.remoteIp = "127.0.0.1";
        request.path = "/pusher/auth";
        request.method = "POST";
    }

    Subject subject(bool isKnown = true) const
    {
        return {request, "private-order.5.x+y", parameters, isKnown ? &actor : nullptr};
    }

    AuthorizationRequest request;
    Actor actor;
    Parameters parameters{{"uuid", "5"}, {"odd", "x+y"}};
};

const std::vector<std::string> parameterNames{"uuid", "odd", "absent"};

Condition conditionFrom(const std::string& json)
{
    std::vector<Problem> problems;
    const OrderedJson value = parsed(json);
    auto condition = readCondition(JsonSource{value, problems}, parameterNames);
    if (!condition)
        qFatal("%s", qPrintable(test::textOf(problems)));
    return std::move(*condition);
}

std::string compare(const std::string& value, const std::string& op, const std::string& to = {})
{
    return R"({"value":")" + value + R"(","is":")" + op + "\"" + (to.empty() ? "" : ",\"to\":" + to) + "}";
}

} // namespace

class ConditionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyValueAndOperatorDoesWhatItSays_data();
    void everyValueAndOperatorDoesWhatItSays();
    void aMissingValueMakesComparisonsFalse_data();
    void aMissingValueMakesComparisonsFalse();
    void conditionsJoin_data();
    void conditionsJoin();
    void anUnknownHandshakeIsNoPermission_data();
    void anUnknownHandshakeIsNoPermission();
    void aRegularExpressionWithoutEndIsNoPermission_data();
    void aRegularExpressionWithoutEndIsNoPermission();
    void explanationsNameTheComparedValues_data();
    void explanationsNameTheComparedValues();
    void explanationsShowNoSecret_data();
    void explanationsShowNoSecret();
    void whatIsShownIsShortAndValid();
};

void ConditionTest::everyValueAndOperatorDoesWhatItSays_data()
{
    QTest::addColumn<std::string>("condition");
    QTest::addColumn<bool>("expected");
    const auto row = [](const std::string& value, const std::string& op, const std::string& to, bool expected) {
        QTest::addRow("%s %s %s", value.c_str(), op.c_str(), to.c_str()) << compare(value, op, to) << expected;
    };
    row("actor", "equals", R"("5")", true);
    row("actor.id", "equals", R"("5")", true);
    row("actor.id", "equals", R"("05")", false);
    row("actor.id", "equals", "5", true);
    row("actor.id", "equals", R"("{uuid}")", true);
    row("actor.id", "equals", R"("{odd}")", false);
    row("actor.id", "equals", R"("{uuid}5")", false);
    row("actor.id", "equals", R"("{absent}")", false);
    row("actor.id", "not-equals", R"("{absent}")", false);
    row("param.uuid", "equals", R"("{actor.id}")", true);
    row("actor.id", "not-equals", R"("6")", true);
    row("actor.id", "not-equals", R"("5")", false);
    row("actor.name", "equals", R"("Zoë")", true);
    row("actor.role", "equals", R"("editor")", true);
    row("actor.role", "in", R"(["admin","editor"])", true);
    row("actor.role", "in", R"(["admin"])", false);
    row("actor.role", "in", "[]", false);
    row("actor.id", "in", R"(["4","{uuid}"])", true);
    row("actor.roles", "contains", R"("author")", true);
    row("actor.roles", "contains", R"("auth")", false);
    row("actor.roles", "equals", R"("editor")", false);
    row("actor.roles", "not-equals", R"("editor")", false);
    row("actor.role", "contains", R"("editor")", true);
    row("actor.attr.team", "equals", R"("red")", true);
    row("actor.attr.tags", "contains", R"("b")", true);
    row("actor.attr.none", "exists", "", false);
    row("actor.attr.none", "missing", "", true);
    row("header.SECRET", "equals", R"("marker-header")", true);
    row("header.secret", "equals", R"("marker-header")", true);
    row("header.SECRET", "equals", R"("Marker-header")", false);
    row("header.SECRET", "starts-with", R"("marker-")", true);
    row("header.SECRET", "starts-with", R"("arker-")", false);
    row("header.SECRET", "starts-with", R"("marker-header-and-more")", false);
    row("header.Empty", "exists", "", true);
    row("header.Empty", "equals", R"("")", true);
    row("header.Other", "missing", "", true);
    row("query.page", "equals", R"("marker-query")", true);
    row("form.x", "equals", R"("marker-form")", true);
    row("form.y", "exists", "", false);
    row("param.uuid", "equals", R"("5")", true);
    row("param.absent", "missing", "", true);
    row("channel", "starts-with", R"("private-order.")", true);
    row("channel.bare", "equals", R"("order.5.x+y")", true);
    row("channel.kind", "equals", R"("private")", true);
    row("socket_id", "equals", R"("4821.9047")", true);
    row("remote.ip", "equals", R"("127.0.0.1")", true);
    row("path", "equals", R"("/pusher/auth")", true);
    row("method", "equals", R"("POST")", true);
    row("channel", "matches", R"("private-.*")", true);
    row("channel", "matches", R"("private")", false);
    row("actor.name", "matches", R"("Zo.")", true);
    row("channel.bare", "matches", R"("order\\.{uuid}\\.{odd}")", true);
    row("actor.id", "matches", R"("[0-9]{1,4}")", true);
    row("actor.id", "matches", R"("\\p{Nd}")", true);
    row("actor.id", "matches", R"("{absent}")", false);
}

void ConditionTest::everyValueAndOperatorDoesWhatItSays()
{
    QFETCH(std::string, condition);
    QFETCH(bool, expected);
    const Sample sample;
    QCOMPARE(conditionFrom(condition).evaluate(sample.subject()),
             expected ? Condition::Outcome::Yes : Condition::Outcome::No);
}

void ConditionTest::aMissingValueMakesComparisonsFalse_data()
{
    QTest::addColumn<std::string>("condition");
    QTest::addColumn<bool>("expected");
    for (const char* const op : {"equals", "not-equals", "starts-with", "matches", "contains"})
        QTest::newRow(op) << compare("actor.role", op, R"("x")") << false;
    QTest::newRow("in") << compare("actor.role", "in", R"(["x"])") << false;
    QTest::newRow("exists") << compare("actor.role", "exists") << false;
    QTest::newRow("missing") << compare("actor.role", "missing") << true;
    QTest::newRow("not") << R"({"not":)" + compare("actor.role", "equals", R"("x")") + "}" << true;
}

void ConditionTest::aMissingValueMakesComparisonsFalse()
{
    QFETCH(std::string, condition);
    QFETCH(bool, expected);
    const Sample sample;
    QCOMPARE(conditionFrom(condition).evaluate(sample.subject(false)),
             expected ? Condition::Outcome::Yes : Condition::Outcome::No);
}

void ConditionTest::conditionsJoin_data()
{
    QTest::addColumn<std::string>("condition");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char* condition, bool expected) {
        QTest::newRow(condition) << std::string{condition} << expected;
    };
    row("true", true);
    row("false", false);
    row(R"({"all":[]})", true);
    row(R"({"any":[]})", false);
    row(R"({"all":[true,true]})", true);
    row(R"({"all":[true,false]})", false);
    row(R"({"any":[false,true]})", true);
    row(R"({"any":[false,false]})", false);
    row(R"({"not":true})", false);
    row(R"({"not":{"any":[false,{"all":[true,false]}]}})", true);
}

void ConditionTest::conditionsJoin()
{
    QFETCH(std::string, condition);
    QFETCH(bool, expected);
    const Sample sample;
    QCOMPARE(conditionFrom(condition).evaluate(sample.subject()),
             expected ? Condition::Outcome::Yes : Condition::Outcome::No);
}

void ConditionTest::anUnknownHandshakeIsNoPermission_data()
{
    QTest::addColumn<std::string>("condition");
    QTest::addColumn<int>("outcome");
    const auto row = [](const char* tag, const std::string& condition, Condition::Outcome outcome) {
        QTest::newRow(tag) << condition << static_cast<int>(outcome);
    };
    const std::string hasHeader = compare("header.SECRET", "exists");
    row("header", hasHeader, Condition::Outcome::Failed);
    row("missing", compare("header.X-None", "missing"), Condition::Outcome::Failed);
    row("not", R"({"not":)" + hasHeader + "}", Condition::Outcome::Failed);
    row("any", R"({"any":[)" + hasHeader + ",true]}", Condition::Outcome::Failed);
    row("all", R"({"all":[false,)" + hasHeader + "]}", Condition::Outcome::No);
    row("query", compare("query.page", "missing"), Condition::Outcome::Failed);
    row("address", compare("remote.ip", "missing"), Condition::Outcome::Failed);
    row("channel", compare("channel", "exists"), Condition::Outcome::Yes);
    row("actor", compare("actor.id", "equals", "\"5\""), Condition::Outcome::Yes);
}

void ConditionTest::anUnknownHandshakeIsNoPermission()
{
    QFETCH(std::string, condition);
    QFETCH(int, outcome);
    Sample sample;
    sample.request.isHandshakeUnknown = true;
    QCOMPARE(static_cast<int>(conditionFrom(condition).evaluate(sample.subject())), outcome);
}

void ConditionTest::aRegularExpressionWithoutEndIsNoPermission_data()
{
    QTest::addColumn<std::string>("condition");
    const std::string endless = compare("actor.name", "matches", R"("(a+)+")");
    QTest::newRow("alone") << endless;
    QTest::newRow("not") << R"({"not":)" + endless + "}";
    QTest::newRow("any") << R"({"any":[)" + endless + ",true]}";
    QTest::newRow("all") << R"({"all":[true,)" + endless + "]}";
    QTest::newRow("with a parameter") << compare("actor.name", "matches", R"("(a+)+{uuid}")");
}

void ConditionTest::aRegularExpressionWithoutEndIsNoPermission()
{
    QFETCH(std::string, condition);
    Sample sample;
    sample.actor.name = std::string(5'000, 'a') + "b";
    QCOMPARE(conditionFrom(condition).evaluate(sample.subject()), Condition::Outcome::Failed);
}

void ConditionTest::explanationsNameTheComparedValues_data()
{
    QTest::addColumn<std::string>("condition");
    QTest::addColumn<bool>("isKnown");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char* name, const std::string& condition, const char* expected, bool isKnown = true) {
        QTest::newRow(name) << condition << isKnown << std::string{expected};
    };
    const std::string isAdmin = compare("actor.role", "equals", R"("admin")");
    const std::string isEditor = compare("actor.role", "equals", R"("editor")");
    row("equals", isAdmin, R"(actor.role is "editor", wanted "admin")");
    row("missing value", isAdmin, R"(actor.role is missing, wanted "admin")", false);
    row("parameter", compare("actor.id", "equals", R"("{odd}")"), R"(actor.id is "5", wanted "x+y")");
    row("absent parameter", compare("actor.id", "equals", R"("{absent}")"), R"(actor.id is "5", wanted "{absent}")");
    row("not-equals", compare("actor.id", "not-equals", R"("5")"), R"(actor.id is "5", wanted anything but "5")");
    row("in", compare("actor.id", "in", R"(["6","7"])"), R"(actor.id is "5", wanted one of "6", "7")");
    row("in nothing", compare("actor.id", "in", "[]"), R"(actor.id is "5", wanted one of an empty list)");
    row("contains", compare("actor.roles", "contains", R"("admin")"),
        R"(actor.roles is the list "editor", "author", wanted "admin" in it)");
    row("starts-with", compare("channel", "starts-with", R"("x")"),
        R"(channel is "private-order.5.x+y", wanted a text that starts with "x")");
    row("matches", compare("actor.id", "matches", R"("[a-z]+")"),
        R"(actor.id is "5", wanted a text that matches "[a-z]+")");
    row("exists", compare("actor.attr.x", "exists"), "actor.attr.x is missing");
    row("missing", compare("actor.id", "missing"), R"(actor.id is "5", wanted none)");
    row("false", "false", "nobody is allowed");
    row("not", R"({"not":)" + isEditor + "}", R"(actor.role is "editor", which is excluded)");
    row("not not", R"({"not":{"not":)" + isAdmin + "}}", R"(actor.role is "editor", wanted "admin")");
    row("all", R"({"all":[)" + isEditor + "," + isAdmin + "]}", R"(actor.role is "editor", wanted "admin")");
    row("any", R"({"any":[)" + isAdmin + "," + compare("actor.id", "equals", R"("6")") + "]}",
        R"(actor.role is "editor", wanted "admin"; and actor.id is "5", wanted "6")");
    row("empty any", R"({"any":[]})", "there is no alternative to satisfy");
    row("not any", R"({"not":{"any":[false,)" + isEditor + "]}}", R"(actor.role is "editor", which is excluded)");
}

void ConditionTest::explanationsNameTheComparedValues()
{
    QFETCH(std::string, condition);
    QFETCH(bool, isKnown);
    QFETCH(std::string, expected);
    const Sample sample;
    const Condition read = conditionFrom(condition);
    QCOMPARE(read.evaluate(sample.subject(isKnown)), Condition::Outcome::No);
    QCOMPARE(explainRefusal(read, sample.subject(isKnown)), expected);
}

void ConditionTest::explanationsShowNoSecret_data()
{
    QTest::addColumn<std::string>("condition");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const std::string& condition, const char* expected) {
        QTest::newRow(condition.c_str()) << condition << std::string{expected};
    };
    row(compare("header.SECRET", "equals", R"("marker-wanted")"), "header.SECRET is ••••, wanted ••••");
    row(compare("header.Other", "equals", R"("marker-wanted")"), "header.Other is missing, wanted ••••");
    row(compare("header.Cookie", "in", R"(["marker-a","marker-b"])"),
        "header.Cookie is ••••, wanted one of ••••, ••••");
    row(compare("actor.attr.api_token", "equals", R"("marker-wanted")"), "actor.attr.api_token is ••••, wanted ••••");
    row(compare("header.SECRET", "starts-with", R"("marker-x")"),
        "header.SECRET is ••••, wanted a text that starts with ••••");
    row(compare("header.SECRET", "matches", R"("marker-x+")"),
        "header.SECRET is ••••, wanted a text that matches ••••");
    row(compare("query.page", "equals", R"("marker-wanted")"), "query.page is ••••, wanted ••••");
    row(compare("form.x", "equals", R"("marker-wanted")"), "form.x is ••••, wanted ••••");
    row(compare("actor.id", "equals", R"("{header.SECRET}")"), R"(actor.id is "5", wanted ••••)");
    row(R"({"not":)" + compare("header.SECRET", "exists") + "}", "header.SECRET is ••••, which is excluded");
}

void ConditionTest::explanationsShowNoSecret()
{
    QFETCH(std::string, condition);
    QFETCH(std::string, expected);
    const Sample sample;
    const std::string explanation = explainRefusal(conditionFrom(condition), sample.subject());
    QCOMPARE(explanation, expected);
    QVERIFY(explanation.find("marker") == std::string::npos);
}

void ConditionTest::whatIsShownIsShortAndValid()
{
    QCOMPARE(quotedForPeople("a\nb\"c"), std::string{R"("a\nb\"c")"});
    QCOMPARE(quotedForPeople("\xff"
                             "a"),
             std::string{"\"?a\""});
    const std::string long1 = quotedForPeople(std::string(99, 'a') + "ë" + std::string(900, 'b'));
    QCOMPARE(long1, "\"" + std::string(99, 'a') + "…\"");
    QVERIFY(isValidUtf8(long1));
}

QTEST_APPLESS_MAIN(ConditionTest)
#include "condition_test.moc"
