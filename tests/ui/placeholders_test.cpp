#include "ui/text/placeholders.h"

#include "ui/text/shown_text.h"

#include <QtTest/QTest>

using namespace castdeck;
using namespace castdeck::ui;

using Values = PlaceholderSet::Values;

class PlaceholdersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aValueIsWrittenByItsPlace_data();
    void aValueIsWrittenByItsPlace();
    void everythingElseStaysByteForByte();
    void aNameWithoutAValueIsAMistakeWithItsPlace();
    void whatCannotBeReadIsToldWithItsPlace_data();
    void whatCannotBeReadIsToldWithItsPlace();
    void aValueThatDoesNotSuitIsRefused_data();
    void aValueThatDoesNotSuitIsRefused();
    void aNameIsAskedForOnceInAllTexts();
    void theFieldsKeepTheOrderOfTheText();
    void aNameDescribedTwiceIsPointedOut();
    void valuesAreNotExpandedAgain();
};

void PlaceholdersTest::aValueIsWrittenByItsPlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("rendered");
    QTest::newRow("a number alone is a number")
        << QByteArray{R"({"m":{{x:number=10}}})"} << QByteArray{"15"} << QByteArray{R"({"m":15})"};
    QTest::newRow("a number keeps its digits")
        << QByteArray{R"([{{x:number}}])"} << QByteArray{"18446744073709551616.10"}
        << QByteArray{"[18446744073709551616.10]"};
    QTest::newRow("a number between quotes")
        << QByteArray{R"("in {{x:number}} minutes")"} << QByteArray{"15"} << QByteArray{R"("in 15 minutes")"};
    QTest::newRow("a text alone is quoted")
        << QByteArray{R"({"t":{{x}}})"} << QByteArray{"say \"hi\""} << QByteArray{R"({"t":"say \"hi\""})"};
    QTest::newRow("a text between quotes is escaped")
        << QByteArray{R"({"t":"{{x}}!"})"} << QByteArray{"a\"b\\c\nd"} << QByteArray{R"({"t":"a\"b\\c\nd!"})"};
    QTest::newRow("a quote cannot end the string")
        << QByteArray{R"({"t":"{{x}}"})"} << QByteArray{R"(","admin":true,")"}
        << QByteArray{R"({"t":"\",\"admin\":true,\""})"};
    QTest::newRow("a choice alone is quoted")
        << QByteArray{R"([{{x:choice(info, warn)}}])"} << QByteArray{"warn"} << QByteArray{R"(["warn"])"};
    QTest::newRow("raw JSON") << QByteArray{R"({"o":{{x:json}}})"} << QByteArray{R"({"a":[1.0]})"}
                              << QByteArray{R"({"o":{"a":[1.0]}})"};
    QTest::newRow("raw JSON between quotes is text")
        << QByteArray{R"("{{x:json}}")"} << QByteArray{R"({"a":1})"} << QByteArray{R"("{\"a\":1}")"};
    QTest::newRow("a key, next to a brace of the text")
        << QByteArray{R"({{{x}}:1})"} << QByteArray{"k"} << QByteArray{R"({"k":1})"};
    QTest::newRow("a default with braces")
        << QByteArray{R"([{{x:json={"a":{"b":1}}}}])"} << QByteArray{"2"} << QByteArray{"[2]"};
    QTest::newRow("quotes in a string before it")
        << QByteArray{R"(["\"",{{x}}])"} << QByteArray{"a"} << QByteArray{R"(["\"","a"])"};
    QTest::newRow("two braces meant as such")
        << QByteArray{R"(["{{\"{{\"}}{{x}}"])"} << QByteArray{"a"} << QByteArray{R"(["{{a"])"};
}

void PlaceholdersTest::aValueIsWrittenByItsPlace()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, rendered);
    const PlaceholderSet set{{PlaceholderText{text.toStdString(), Syntax::Json}}};
    const auto result = set.render(0, {{"x", value.toStdString()}});
    QVERIFY2(!result.mistake, result.mistake ? qPrintable(result.mistake->sentence) : "");
    QCOMPARE(QByteArray::fromStdString(result.text), rendered);
}

void PlaceholdersTest::everythingElseStaysByteForByte()
{
    const std::string text = "{ \"b\" :\t1.0,\r\n \"a\\/\\u00e9\" : {\"b\":{}}, \"b\":-0.0 }  \xC2\xA0";
    const PlaceholderSet none{{PlaceholderText{text, Syntax::Json}}};
    QVERIFY(none.fields().empty());
    QCOMPARE(none.render(0, {}).text, text);
    const PlaceholderSet one{{PlaceholderText{"{{x}}" + text, Syntax::Plain}}};
    QCOMPARE(one.render(0, {{"x", "'"}}).text, '\'' + text);
}

void PlaceholdersTest::aNameWithoutAValueIsAMistakeWithItsPlace()
{
    const PlaceholderSet set{{PlaceholderText{"{\n  \"a\": {{minutes:number}}\n}", Syntax::Json}}};
    for (const Values& values : {Values{}, Values{{"minutes", ""}}, Values{{"minuten", "1"}}}) {
        const auto result = set.render(0, values);
        QVERIFY(result.mistake);
        QCOMPARE(result.mistake->sentence, QStringLiteral("minutes is not filled in."));
        QCOMPARE(result.mistake->place, (TextPlace{2, 8}));
        QVERIFY(result.text.empty());
    }
}

void PlaceholdersTest::whatCannotBeReadIsToldWithItsPlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("word");
    QTest::addColumn<int>("column");
    QTest::newRow("no end") << QByteArray{"[{{x]"} << QStringLiteral("}}") << 2;
    QTest::newRow("no name") << QByteArray{"[1,{{}}]"} << QStringLiteral("no placeholder") << 4;
    QTest::newRow("another language's") << QByteArray{"[{{#if x}}]"} << QStringLiteral("no placeholder") << 2;
    QTest::newRow("an unknown type") << QByteArray{"[{{x:date}}]"} << QStringLiteral("date") << 2;
    QTest::newRow("nothing to choose from") << QByteArray{"[{{x:choice( , )}}]"} << QStringLiteral("choose") << 2;
    QTest::newRow("a default that is no number") << QByteArray{"[{{x:number=ten}}]"} << QStringLiteral("number") << 2;
    QTest::newRow("a default that is no choice")
        << QByteArray{"[{{x:choice(a,b)=c}}]"} << QStringLiteral("choices") << 2;
}

void PlaceholdersTest::whatCannotBeReadIsToldWithItsPlace()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, word);
    QFETCH(int, column);
    const PlaceholderText read{text.toStdString(), Syntax::Json};
    QVERIFY(read.mistake());
    QVERIFY2(read.mistake()->sentence.contains(word), qPrintable(read.mistake()->sentence));
    QCOMPARE(read.mistake()->place, (TextPlace{1, column}));
    QVERIFY(PlaceholderSet{{read}}.render(0, {{"x", "1"}}).mistake);
}

void PlaceholdersTest::aValueThatDoesNotSuitIsRefused_data()
{
    QTest::addColumn<QByteArray>("placeholder");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("a word as number") << QByteArray{"{{x:number}}"} << QByteArray{"ten"};
    QTest::newRow("a number with a tail") << QByteArray{"{{x:number}}"} << QByteArray{"1,\"admin\":true"};
    QTest::newRow("a number with blanks") << QByteArray{"{{x:number}}"} << QByteArray{" 1"};
    QTest::newRow("leading zeros") << QByteArray{"{{x:number}}"} << QByteArray{"007"};
    QTest::newRow("not a choice") << QByteArray{"{{x:choice(a,b)}}"} << QByteArray{"c"};
    QTest::newRow("no JSON") << QByteArray{"{{x:json}}"} << QByteArray{"{a:1}"};
    QTest::newRow("two values of JSON") << QByteArray{"{{x:json}}"} << QByteArray{"1,2"};
    QTest::newRow("no UTF-8") << QByteArray{"{{x}}"} << QByteArray{"\xFF"};
}

void PlaceholdersTest::aValueThatDoesNotSuitIsRefused()
{
    QFETCH(QByteArray, placeholder);
    QFETCH(QByteArray, value);
    const PlaceholderSet set{{PlaceholderText{placeholder.toStdString(), Syntax::Json}}};
    QVERIFY(!set.mistake());
    QVERIFY(set.render(0, {{"x", value.toStdString()}}).mistake);
}

void PlaceholdersTest::aNameIsAskedForOnceInAllTexts()
{
    const PlaceholderSet set{{PlaceholderText{"orders.{{id}}", Syntax::Plain}, PlaceholderText{"done", Syntax::Plain},
                              PlaceholderText{R"({"id":{{id:number=7}},"text":"Order {{id}}"})", Syntax::Json}}};
    QCOMPARE(set.fields().size(), std::size_t{1});
    QCOMPARE(set.fields().front(), (Placeholder{"id", FieldType::Number, {}, "7"}));
    QCOMPARE(set.render(0, {{"id", "12"}}).text, std::string{"orders.12"});
    QCOMPARE(set.render(2, {{"id", "12"}}).text, std::string{R"({"id":12,"text":"Order 12"})"});
}

void PlaceholdersTest::theFieldsKeepTheOrderOfTheText()
{
    const PlaceholderSet set{{PlaceholderText{
        "{{minutes:number=10}} {{text:long}} {{level:choice(info,warn,critical)}} {{note=}}", Syntax::Plain}}};
    const std::vector<Placeholder> expected{{"minutes", FieldType::Number, {}, "10"},
                                            {"text", FieldType::Long},
                                            {"level", FieldType::Choice, {"info", "warn", "critical"}},
                                            {"note", FieldType::Text, {}, ""}};
    QVERIFY(set.fields() == expected);
    QCOMPARE(presetOf(expected[0]), std::string{"10"});
    QCOMPARE(presetOf(expected[2]), std::string{"info"});
    QVERIFY(problemOfValue(expected[3], {}).isEmpty()); // An empty default allows an empty value.
}

void PlaceholdersTest::aNameDescribedTwiceIsPointedOut()
{
    const PlaceholderSet set{{PlaceholderText{"[{{x:number}},\n{{x:long}}]", Syntax::Json}}};
    QVERIFY(set.mistake());
    QCOMPARE(set.mistake()->place, (TextPlace{2, 1}));
}

void PlaceholdersTest::valuesAreNotExpandedAgain()
{
    const PlaceholderSet set{{PlaceholderText{"{{a}} {{b}}", Syntax::Plain}}};
    QCOMPARE(set.render(0, {{"a", "{{b}}"}, {"b", "{{a}}"}}).text, std::string{"{{b}} {{a}}"});
}

QTEST_APPLESS_MAIN(PlaceholdersTest)
#include "placeholders_test.moc"
