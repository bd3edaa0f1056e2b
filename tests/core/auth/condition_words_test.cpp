#include "core/auth/condition_words.h"

#include "core/auth/rule_reader.h"
#include "core/base/ascii.h"
#include "tests/core/auth/config.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::auth;

class ConditionWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aConditionReadsAsASentence_data();
    void aConditionReadsAsASentence();
    void aFunctionIsNamedAsSuch();
    void longConditionsAreCut();
};

namespace {

Condition conditionFrom(const std::string& json)
{
    std::vector<Problem> problems;
    const OrderedJson value = test::parsed(json);
    auto condition = readCondition(JsonSource{value, problems}, {"uuid"});
    if (!condition)
        qFatal("%s", qPrintable(test::textOf(problems)));
    return std::move(*condition);
}

} // namespace

void ConditionWordsTest::aConditionReadsAsASentence_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char* words, const char* json) {
        QTest::newRow(words) << QByteArray{json} << QByteArray{words};
    };
    row("everybody", "true");
    row("nobody", "false");
    row("everybody", R"({"all":[]})");
    row("nobody", R"({"any":[]})");
    row(R"(actor.role is "admin")", R"({"value":"actor.role","is":"equals","to":"admin"})");
    row(R"(actor.id is "{uuid}")", R"({"value":"actor.id","is":"equals","to":"{uuid}"})");
    row(R"(actor.id is not "1")", R"({"value":"actor.id","is":"not-equals","to":"1"})");
    row(R"(actor.id is one of "1", "2")", R"({"value":"actor.id","is":"in","to":["1","2"]})");
    row(R"(actor.roles contains "x")", R"({"value":"actor.roles","is":"contains","to":"x"})");
    row(R"(actor.name starts with "A")", R"({"value":"actor.name","is":"starts-with","to":"A"})");
    row(R"(actor.name matches "A.*")", R"({"value":"actor.name","is":"matches","to":"A.*"})");
    row("actor is there", R"({"value":"actor","is":"exists"})");
    row("actor.attr.team is missing", R"({"value":"actor.attr.team","is":"missing"})");
    row("header.SECRET is ••••", R"({"value":"header.SECRET","is":"equals","to":"secret"})");
    row("not (actor is there)", R"({"not":{"value":"actor","is":"exists"}})");
    row("actor is there and (everybody or nobody)",
        R"({"all":[{"value":"actor","is":"exists"},{"any":[true,false]}]})");
}

void ConditionWordsTest::aConditionReadsAsASentence()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, words);
    QCOMPARE(QByteArray::fromStdString(inWords(conditionFrom(json.toStdString()))), words);
}

void ConditionWordsTest::aFunctionIsNamedAsSuch()
{
    const Rule rule{.pattern = *ChannelPattern::compile("a"),
                    .when = RuleFunction{[](const auto&...) -> RuleAnswer { return true; }}};
    QCOMPARE(inWords(rule), "decided by a function of the program");
}

void ConditionWordsTest::longConditionsAreCut()
{
    std::string list = "true";
    for (int i = 0; i < 200; ++i)
        list += R"(,{"value":"actor.name","is":"equals","to":"ööööööö"})";
    const std::string words = inWords(conditionFrom("{\"any\":[" + list + "]}"));
    QVERIFY(words.size() < 600);
    QVERIFY(words.ends_with("…"));
    QVERIFY(isValidUtf8(words));
}

QTEST_APPLESS_MAIN(ConditionWordsTest)
#include "condition_words_test.moc"
