#include "core/base/json.h"

#include <QTest>

using namespace castdeck;

class JsonTest : public QObject {
    Q_OBJECT
private slots:
    void parseErrorNamesTheByte();
    void valuesAreSlicesOfTheText();
    void kindIsSeenFromTheFirstByte_data();
    void kindIsSeenFromTheFirstByte();
    void escapesDecode_data();
    void escapesDecode();
    void membersKeepOrderAndDuplicates();
    void structureInsideStringsIsText();
    void lastMemberOfANameIsFound();
    void namesAreComparedDecoded();
    void elementsKeepTheirBytes();
    void writtenStringsReadBack_data();
    void writtenStringsReadBack();
    void compactingTouchesOnlyBlanksBetweenTokens();
};

void JsonTest::parseErrorNamesTheByte()
{
    const auto value = json::Value::parse("[1,]");
    QVERIFY(!value);
    QCOMPARE(value.error().kind, ErrorKind::InvalidInput);
    QVERIFY(value.error().detail.ends_with("at byte 4"));
}

void JsonTest::valuesAreSlicesOfTheText()
{
    const std::string text = "  {\"big\" : 12345678901234567890.10 }  ";
    const auto value = json::Value::parse(text);
    QVERIFY(value);
    QCOMPARE(value->raw(), std::string_view{"{\"big\" : 12345678901234567890.10 }"});
    QCOMPARE(value->raw().data(), text.data() + 2);
    QCOMPARE(value->find("big")->raw(), std::string_view{"12345678901234567890.10"});
}

void JsonTest::kindIsSeenFromTheFirstByte_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<int>("kind");
    const auto row = [](const char* text, json::Kind kind) {
        QTest::newRow(text) << std::string{text} << static_cast<int>(kind);
    };
    row("{}", json::Kind::Object);
    row("[]", json::Kind::Array);
    row("\"true\"", json::Kind::String);
    row("-1", json::Kind::Number);
    row("0", json::Kind::Number);
    row("true", json::Kind::True);
    row("false", json::Kind::False);
    row("null", json::Kind::Null);
}

void JsonTest::kindIsSeenFromTheFirstByte()
{
    QFETCH(std::string, text);
    QFETCH(int, kind);
    QCOMPARE(static_cast<int>(json::Value::parse(text)->kind()), kind);
}

void JsonTest::escapesDecode_data()
{
    QTest::addColumn<std::string>("raw");
    QTest::addColumn<std::string>("text");

    QTest::newRow("none") << std::string{"\"plain\""} << std::string{"plain"};
    QTest::newRow("empty") << std::string{"\"\""} << std::string{};
    QTest::newRow("all simple ones") << std::string{R"("\"\\\/\b\f\n\r\t")"} << std::string{"\"\\/\b\f\n\r\t"};
    QTest::newRow("two bytes") << std::string{R"("Zo\u00eb")"} << std::string{"Zo\xC3\xAB"};
    QTest::newRow("upper-case digits") << std::string{R"("\u00EB")"} << std::string{"\xC3\xAB"};
    QTest::newRow("three bytes") << std::string{R"("\u20ac")"} << std::string{"\xE2\x82\xAC"};
    QTest::newRow("surrogate pair") << std::string{R"("\ud83d\ude00!")"} << std::string{"\xF0\x9F\x98\x80!"};
    QTest::newRow("largest pair") << std::string{R"("\udbff\udfff")"} << std::string{"\xF4\x8F\xBF\xBF"};
    QTest::newRow("zero") << std::string{R"("a\u0000b")"} << std::string{"a\0b", 3};
    QTest::newRow("high surrogate alone") << std::string{R"("\ud83d")"} << std::string{"\xEF\xBF\xBD"};
    QTest::newRow("high surrogate, then text") << std::string{R"("\ud83dabcdefgh")"}
                                               << std::string{"\xEF\xBF\xBD"
                                                              "abcdefgh"};
    QTest::newRow("high surrogate, then another escape") << std::string{R"("\ud83d\u0041")"}
                                                         << std::string{"\xEF\xBF\xBD"
                                                                        "A"};
    QTest::newRow("high surrogate, then an escape that is no number")
        << std::string{R"("\ud83d\nde00")"} << std::string{"\xEF\xBF\xBD\nde00"};
    QTest::newRow("high surrogate, then one above the low ones")
        << std::string{R"("\ud83d\ue000")"} << std::string{"\xEF\xBF\xBD\xEE\x80\x80"};
    QTest::newRow("low surrogate alone") << std::string{R"("\ude00x")"} << std::string{"\xEF\xBF\xBDx"};
    QTest::newRow("escaped backslash before u") << std::string{R"("\\u0041")"} << std::string{"\\u0041"};
    QTest::newRow("escaped quote at the end") << std::string{R"("a\\")"} << std::string{"a\\"};
}

void JsonTest::escapesDecode()
{
    QFETCH(std::string, raw);
    QFETCH(std::string, text);
    const auto value = json::Value::parse(raw);
    QVERIFY(value);
    QCOMPARE(value->text(), text);
    QCOMPARE(value->textBytes(), text.size());
}

void JsonTest::membersKeepOrderAndDuplicates()
{
    const auto object = json::Value::parse(R"({ "b" : 1 , "a" : [ 2 , {} ] , "b" : "x" })");
    const auto members = object->members();
    QCOMPARE(members.size(), std::size_t{3});
    QCOMPARE(members[0].key.text(), std::string{"b"});
    QCOMPARE(members[0].value.raw(), std::string_view{"1"});
    QCOMPARE(members[1].key.text(), std::string{"a"});
    QCOMPARE(members[1].value.raw(), std::string_view{"[ 2 , {} ]"});
    QCOMPARE(members[2].value.raw(), std::string_view{"\"x\""});
    QVERIFY(json::Value::parse(" { } ")->members().empty());
}

void JsonTest::structureInsideStringsIsText()
{
    const auto object = json::Value::parse(R"({"a":"}],\"{[","b\":":[":","]"]})");
    const auto members = object->members();
    QCOMPARE(members.size(), std::size_t{2});
    QCOMPARE(members[0].value.text(), std::string{"}],\"{["});
    QCOMPARE(members[1].key.text(), std::string{"b\":"});
    QCOMPARE(members[1].value.elements().size(), std::size_t{2});
}

void JsonTest::lastMemberOfANameIsFound()
{
    const auto object = json::Value::parse(R"({"a":1,"b":2,"a":3})");
    QCOMPARE(object->find("a")->raw(), std::string_view{"3"});
    QVERIFY(!object->find("A"));
    QVERIFY(!object->find(""));
}

void JsonTest::namesAreComparedDecoded()
{
    const auto object = json::Value::parse(R"({"user\u005fid":1,"a\\b":2})");
    QCOMPARE(object->find("user_id")->raw(), std::string_view{"1"});
    QCOMPARE(object->find("a\\b")->raw(), std::string_view{"2"});
    QVERIFY(!object->find("a\\\\b"));
}

void JsonTest::elementsKeepTheirBytes()
{
    const auto array = json::Value::parse("[ 1.0 , -0 , \"\\u00e9\" , [ ] , null]");
    std::vector<std::string_view> raw;
    for (const json::Value& element : array->elements())
        raw.push_back(element.raw());
    QCOMPARE(raw, (std::vector<std::string_view>{"1.0", "-0", "\"\\u00e9\"", "[ ]", "null"}));
    QVERIFY(json::Value::parse("[\n]")->elements().empty());
}

void JsonTest::writtenStringsReadBack_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("written");

    QTest::newRow("plain") << std::string{"abc"} << std::string{"\"abc\""};
    QTest::newRow("empty") << std::string{} << std::string{"\"\""};
    QTest::newRow("quote and backslash") << std::string{"a\"b\\c"} << std::string{R"("a\"b\\c")"};
    QTest::newRow("slash needs no escape") << std::string{"a/b"} << std::string{"\"a/b\""};
    QTest::newRow("control characters") << std::string{"\n\r\t\b\x01\x1f"}
                                        << std::string{R"("\n\r\t\u0008\u0001\u001f")"};
    QTest::newRow("zero byte") << std::string(1, '\0') << std::string{R"("\u0000")"};
    QTest::newRow("UTF-8 stays") << std::string{"Zo\xC3\xAB \xF0\x9F\x98\x80"}
                                 << std::string{"\"Zo\xC3\xAB \xF0\x9F\x98\x80\""};
    QTest::newRow("delete stays") << std::string{"\x7f"} << std::string{"\"\x7f\""};
    QTest::newRow("JSON in a string") << std::string{R"({"a":"b"})"} << std::string{R"("{\"a\":\"b\"}")"};
}

void JsonTest::writtenStringsReadBack()
{
    QFETCH(std::string, text);
    QFETCH(std::string, written);
    QCOMPARE(json::toString(text), written);
    QCOMPARE(json::Value::parse(written)->text(), text);
    std::string out = "x";
    json::appendString(out, text);
    QCOMPARE(out, "x" + written);
}

void JsonTest::compactingTouchesOnlyBlanksBetweenTokens()
{
    QCOMPARE(json::compact(" { \"a b\" : [ 1 ,\n\t2.50 ] ,\r\"\\\" \" : \" \" } "),
             std::string{"{\"a b\":[1,2.50],\"\\\" \":\" \"}"});
    QCOMPARE(json::compact("\"\\\\\" "), std::string{"\"\\\\\""});
}

QTEST_APPLESS_MAIN(JsonTest)
#include "json_test.moc"
