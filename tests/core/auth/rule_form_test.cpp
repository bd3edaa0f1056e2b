#include "core/auth/rule_form.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::auth;
using Who = RuleForm::Who;

/// Between the JSON of a rule and the form in which people change it.
class RuleFormTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void conditionsOfTheFormComeBackAsTheyWere_data();
    void conditionsOfTheFormComeBackAsTheyWere();
    void whatTheFormDoesNotShowIsKept();
    void whatIsWrongIsSaid_data();
    void whatIsWrongIsSaid();
};

Q_DECLARE_METATYPE(castdeck::auth::RuleForm::Who)

void RuleFormTest::conditionsOfTheFormComeBackAsTheyWere_data()
{
    QTest::addColumn<QByteArray>("when");
    QTest::addColumn<Who>("who");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isDenied");
    const auto row = [](const char* when, Who who, const char* value, bool isDenied = false) {
        QTest::newRow(when) << QByteArray{when} << who << QByteArray{value} << isDenied;
    };
    row("true", Who::Everybody, "");
    row("false", Who::Everybody, "", true);
    row(R"({"value":"actor","is":"exists"})", Who::SignedIn, "");
    row(R"({"not":{"value":"actor","is":"exists"}})", Who::SignedIn, "", true);
    row(R"({"value":"actor.roles","is":"contains","to":"staff"})", Who::Role, "staff");
    row(R"({"value":"actor.id","is":"in","to":["1","2"]})", Who::Users, "1, 2");
    row(R"({"not":{"value":"actor.id","is":"in","to":["7"]}})", Who::Users, "7", true);
    row(R"({"value":"actor.id","is":"equals","to":"{id}"})", Who::UserNamed, "id");
    row(R"({"value":"actor.id","is":"in","to":["a,b"]})", Who::Condition,
        R"({"value":"actor.id","is":"in","to":["a,b"]})");
    row(R"({"not":{"value":"path","is":"equals","to":"x"}})", Who::Condition,
        R"({"not":{"value":"path","is":"equals","to":"x"}})");
    row(R"({"value":"header.SECRET","is":"equals","to":"${SECRET}"})", Who::Condition,
        R"({"value":"header.SECRET","is":"equals","to":"${SECRET}"})");
}

void RuleFormTest::conditionsOfTheFormComeBackAsTheyWere()
{
    QFETCH(QByteArray, when);
    QFETCH(Who, who);
    QFETCH(QByteArray, value);
    QFETCH(bool, isDenied);
    const std::string json = R"({"pattern":"private-orders.{id}","when":)" + when.toStdString() + "}";
    const auto form = ruleFormOf(json);
    QVERIFY(form);
    QCOMPARE(form->who, who);
    QCOMPARE(QByteArray::fromStdString(form->value), value);
    QCOMPARE(form->isDenied, isDenied);
    const auto again = ruleText(*form);
    QVERIFY2(again, again ? "" : again.error().detail.c_str());
    QCOMPARE(*again, json);
}

void RuleFormTest::whatTheFormDoesNotShowIsKept()
{
    auto form = ruleFormOf(R"({"x-owner":"shop","pattern":"room.{n}","when":true,"guards":["token"],)"
                           R"("kinds":["presence"],"member":{"name":"{actor.name}"},"note":"old"})");
    QVERIFY(form);
    QCOMPARE(form->kinds, std::vector{Kind::Presence});
    QCOMPARE(form->note, std::string{"old"});
    form->pattern = "hall.{n}";
    form->note.clear();
    form->kinds.clear();
    const std::string wanted = R"({"x-owner":"shop","pattern":"hall.{n}","when":true,"guards":["token"],)"
                               R"("member":{"name":"{actor.name}"}})";
    const auto text = ruleText(*form);
    QVERIFY(text);
    QCOMPARE(*text, wanted);
}

void RuleFormTest::whatIsWrongIsSaid_data()
{
    QTest::addColumn<RuleForm>("form");
    QTest::addColumn<QByteArray>("sentence");
    const auto row = [](const RuleForm& form, const char* sentence) {
        QTest::newRow(sentence) << form << QByteArray{sentence};
    };
    row({}, "A rule needs a pattern");
    row({.pattern = "a{"}, "is no pattern");
    row({.pattern = "a", .who = Who::Role, .value = "  "}, "Say which ones");
    row({.pattern = "a", .who = Who::UserNamed, .value = "id"}, "when.to");
    row({.pattern = "a", .who = Who::Condition, .value = "{"}, "is not JSON");
    row({.pattern = "a", .who = Who::Condition, .value = R"({"value":"actor","is":"maybe"})"}, "when.is");
    row({.pattern = "a", .member = "[1]"}, "must be a JSON object");
}

void RuleFormTest::whatIsWrongIsSaid()
{
    QFETCH(RuleForm, form);
    QFETCH(QByteArray, sentence);
    const auto text = ruleText(form);
    QVERIFY(!text);
    QVERIFY2(QByteArray::fromStdString(text.error().detail).contains(sentence), text.error().detail.c_str());
}

QTEST_APPLESS_MAIN(RuleFormTest)
#include "rule_form_test.moc"
