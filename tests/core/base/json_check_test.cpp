#include "core/base/json_check.h"

#include <QTest>

using namespace castdeck;

class JsonCheckTest : public QObject {
    Q_OBJECT
private slots:
    void validTextsPass_data();
    void validTextsPass();
    void mistakesAreFoundWhereTheyAre_data();
    void mistakesAreFoundWhereTheyAre();
    void zeroBytesAreMistakes();
    void depthIsLimitedForBothContainers();
};

namespace {

std::string nested(int levels, char opening, char closing)
{
    std::string text;
    for (int i = 0; i < levels; ++i)
        text += opening == '{' ? "{\"a\":" : "[";
    text += '1';
    return text + std::string(static_cast<std::size_t>(levels), closing);
}

} // namespace

void JsonCheckTest::validTextsPass_data()
{
    QTest::addColumn<std::string>("text");
    for (const char* text : {
             "null",
             "true",
             "false",
             "0",
             "-0",
             "10",
             "-1.5",
             "0.000",
             "1e5",
             "1E+5",
             "1e-5",
             "1.25e10",
             "\"\"",
             "\"a\"",
             "{}",
             "[]",
             "[[]]",
             "[1,2]",
             "{\"a\":1}",
             "{\"a\":{\"b\":[null]}}",
             " \t\r\n1 \t\r\n",
             "[ 1 , 2 ]",
             "{ \"a\" : 1 , \"b\" : 2 }",
             "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"",
             "\"\x7f\"",
             "12345678901234567890123",
             "1e999",
             "\"\\ud800\"",
             "{\"\":0}",
             "\"\xE2\x82\xAC\"",
         })
        QTest::addRow("%s", text) << std::string{text};
}

void JsonCheckTest::validTextsPass()
{
    QFETCH(std::string, text);
    QVERIFY(!json::check(text));
}

void JsonCheckTest::mistakesAreFoundWhereTheyAre_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<int>("offset");

    QTest::newRow("empty") << std::string{} << 0;
    QTest::newRow("blanks only") << std::string{"  "} << 2;
    QTest::newRow("two values") << std::string{"1 2"} << 2;
    QTest::newRow("word cut") << std::string{"tru"} << 3;
    QTest::newRow("word misspelt") << std::string{"nulL"} << 3;
    QTest::newRow("word continued") << std::string{"truex"} << 4;
    QTest::newRow("upper-case word") << std::string{"True"} << 0;
    QTest::newRow("NaN") << std::string{"NaN"} << 0;
    QTest::newRow("plus sign") << std::string{"+1"} << 0;
    QTest::newRow("minus alone") << std::string{"-"} << 1;
    QTest::newRow("leading zero") << std::string{"01"} << 1;
    QTest::newRow("leading zero, negative") << std::string{"-01"} << 2;
    QTest::newRow("no digit before the point") << std::string{".5"} << 0;
    QTest::newRow("no digit after the point") << std::string{"1."} << 2;
    QTest::newRow("no digit in the exponent") << std::string{"1e"} << 2;
    QTest::newRow("sign only in the exponent") << std::string{"1e+"} << 3;
    QTest::newRow("hexadecimal") << std::string{"0x1"} << 1;
    QTest::newRow("single quotes") << std::string{"'a'"} << 0;
    QTest::newRow("string not closed") << std::string{"\"abc"} << 4;
    QTest::newRow("escape cut") << std::string{"\"\\"} << 2;
    QTest::newRow("unknown escape") << std::string{"\"\\x41\""} << 2;
    QTest::newRow("unicode escape too short") << std::string{"\"\\u12\""} << 5;
    QTest::newRow("unicode escape cut") << std::string{"\"\\u123"} << 6;
    QTest::newRow("unicode escape with a letter") << std::string{"\"\\u12g4\""} << 5;
    QTest::newRow("line feed in a string") << std::string{"\"a\nb\""} << 2;
    QTest::newRow("last control character in a string") << std::string{"\"\x1f\""} << 1;
    QTest::newRow("tab in a string") << std::string{"\"\t\""} << 1;
    QTest::newRow("not UTF-8") << std::string{"[1,\"ab\xFF\"]"} << 4;
    QTest::newRow("byte order mark") << std::string{"\xEF\xBB\xBF{}"} << 0;
    QTest::newRow("high byte outside a string") << std::string{"[\xC3\xA9]"} << 1;
    QTest::newRow("array not closed") << std::string{"[1"} << 2;
    QTest::newRow("array closed as object") << std::string{"[1}"} << 2;
    QTest::newRow("array without comma") << std::string{"[1 2]"} << 3;
    QTest::newRow("array ends with a comma") << std::string{"[1,]"} << 3;
    QTest::newRow("array begins with a comma") << std::string{"[,1]"} << 1;
    QTest::newRow("object not closed") << std::string{"{\"a\":1"} << 6;
    QTest::newRow("object closed as array") << std::string{"{\"a\":1]"} << 6;
    QTest::newRow("object without colon") << std::string{"{\"a\" 1}"} << 5;
    QTest::newRow("object without value") << std::string{"{\"a\":}"} << 5;
    QTest::newRow("object ends with a comma") << std::string{"{\"a\":1,}"} << 7;
    QTest::newRow("name without quotes") << std::string{"{a:1}"} << 1;
    QTest::newRow("number as a name") << std::string{"{1:1}"} << 1;
    QTest::newRow("comment") << std::string{"[1/**/]"} << 2;
    QTest::newRow("closing bracket only") << std::string{"]"} << 0;
    QTest::newRow("form feed is no blank") << std::string{"\f1"} << 0;
}

void JsonCheckTest::mistakesAreFoundWhereTheyAre()
{
    QFETCH(std::string, text);
    QFETCH(int, offset);
    const auto error = json::check(text);
    QVERIFY(error);
    QCOMPARE(static_cast<int>(error->offset), offset);
    QVERIFY(!error->message.empty());
}

void JsonCheckTest::zeroBytesAreMistakes()
{
    using namespace std::string_literals;
    for (const std::string& text : {"\0"s, "1\0"s, "[\0]"s, "\"\0\""s, "\"\\\0\""s, "{\0}"s, "{\"a\"\0:1}"s, "[1\0"s})
        QVERIFY(json::check(text));
}

void JsonCheckTest::depthIsLimitedForBothContainers()
{
    QVERIFY(!json::check(nested(32, '[', ']')));
    QVERIFY(!json::check(nested(32, '{', '}')));
    QCOMPARE(json::check(nested(33, '[', ']'))->offset, std::size_t{32});
    QVERIFY(json::check(nested(33, '{', '}')));
    QVERIFY(!json::check("1", 0));
    QVERIFY(json::check("[]", 0));
    // What nests deeper than any stack is refused at the limit, not by a crash.
    QCOMPARE(json::check(std::string(1'000'000, '['))->offset, std::size_t{32});
}

QTEST_APPLESS_MAIN(JsonCheckTest)
#include "json_check_test.moc"
