#include "core/base/ascii.h"

#include <QTest>

using namespace castdeck;

class AsciiTest : public QObject {
    Q_OBJECT
private slots:
    void comparingIgnoresTheCaseOfLettersOnly();
    void loweringLeavesOtherBytesAlone();
    void digitsAreNeverTheEmptyText();
    void numbersAreWholeTexts_data();
    void numbersAreWholeTexts();
    void hexadecimalDigitsHaveTheirValue();
    void charactersAreCodePoints();
    void aCutFallsBetweenCharacters();
    void utf8IsCheckedToTheLastByte_data();
    void utf8IsCheckedToTheLastByte();
};

void AsciiTest::comparingIgnoresTheCaseOfLettersOnly()
{
    QVERIFY(equalsIgnoringCase("Sec-WebSocket-Key", "sec-websocket-KEY"));
    QVERIFY(equalsIgnoringCase("", ""));
    QVERIFY(!equalsIgnoringCase("host", "hosts"));
    QVERIFY(!equalsIgnoringCase("@", "`")); // 32 apart like 'A' and 'a', but no letters.
    QVERIFY(!equalsIgnoringCase("[", "{"));
    QVERIFY(!equalsIgnoringCase("\xC3\x89", "\xC3\xA9")); // É and é: only ASCII has a case here.
}

void AsciiTest::loweringLeavesOtherBytesAlone()
{
    QCOMPARE(toLower("ABCXYZ-@[`{09"), std::string{"abcxyz-@[`{09"});
    QCOMPARE(toLower("\xC3\x89T\xC3\x89"), std::string{"\xC3\x89t\xC3\x89"});
}

void AsciiTest::digitsAreNeverTheEmptyText()
{
    QVERIFY(isDigits("0123456789"));
    QVERIFY(!isDigits(""));
    QVERIFY(!isDigits("12a"));
    QVERIFY(!isDigits("-1"));
    QVERIFY(!isDigits("1 "));
    QVERIFY(!isDigits("/"));
    QVERIFY(!isDigits(":"));
}

void AsciiTest::numbersAreWholeTexts_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<quint64>("maximum");
    QTest::addColumn<bool>("isNumber");
    QTest::addColumn<quint64>("value");

    QTest::newRow("zero") << std::string{"0"} << quint64{10} << true << quint64{0};
    QTest::newRow("leading zeros") << std::string{"0007"} << quint64{10} << true << quint64{7};
    QTest::newRow("the maximum itself") << std::string{"10"} << quint64{10} << true << quint64{10};
    QTest::newRow("one above the maximum") << std::string{"11"} << quint64{10} << false << quint64{0};
    QTest::newRow("2^64 - 1") << std::string{"18446744073709551615"} << quint64{UINT64_MAX} << true
                              << quint64{UINT64_MAX};
    QTest::newRow("2^64") << std::string{"18446744073709551616"} << quint64{UINT64_MAX} << false << quint64{0};
    QTest::newRow("empty") << std::string{} << quint64{10} << false << quint64{0};
    QTest::newRow("plus sign") << std::string{"+1"} << quint64{10} << false << quint64{0};
    QTest::newRow("minus sign") << std::string{"-1"} << quint64{10} << false << quint64{0};
    QTest::newRow("blank before") << std::string{" 1"} << quint64{10} << false << quint64{0};
    QTest::newRow("blank after") << std::string{"1 "} << quint64{10} << false << quint64{0};
    QTest::newRow("hexadecimal") << std::string{"0x1"} << quint64{10} << false << quint64{0};
    QTest::newRow("exponent") << std::string{"1e1"} << quint64{10} << false << quint64{0};
}

void AsciiTest::numbersAreWholeTexts()
{
    QFETCH(std::string, text);
    QFETCH(quint64, maximum);
    QFETCH(bool, isNumber);
    QFETCH(quint64, value);
    const auto number = parseNumber(text, maximum);
    QCOMPARE(number.has_value(), isNumber);
    QCOMPARE(quint64{number.value_or(0)}, value);
}

void AsciiTest::hexadecimalDigitsHaveTheirValue()
{
    const std::string digits = "0123456789abcdef";
    for (int value = 0; value < 16; ++value)
        QCOMPARE(hexValue(digits[static_cast<std::size_t>(value)]), value);
    QCOMPARE(hexValue('A'), 10);
    QCOMPARE(hexValue('F'), 15);
    for (const char c : {'/', ':', '@', 'G', '`', 'g', '\0', '\xAA'})
        QCOMPARE(hexValue(c), -1);
}

void AsciiTest::charactersAreCodePoints()
{
    QCOMPARE(characterCount(""), std::size_t{0});
    QCOMPARE(characterCount("abc"), std::size_t{3});
    QCOMPARE(characterCount("Zo\xC3\xAB"), std::size_t{3});
    QCOMPARE(characterCount("\xE2\x82\xAC\xF0\x9F\x98\x80"), std::size_t{2}); // € and a face
}

void AsciiTest::aCutFallsBetweenCharacters()
{
    const std::string text = "a\xE2\x82\xAC\xC3\xA9"; // a€é
    const std::size_t expected[] = {0, 1, 1, 1, 4, 4, 6, 6};
    for (std::size_t longest = 0; longest < std::size(expected); ++longest)
        QCOMPARE(leading(text, longest).size(), expected[longest]);
}

void AsciiTest::utf8IsCheckedToTheLastByte_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<bool>("isValid");

    QTest::newRow("empty") << std::string{} << true;
    QTest::newRow("zero byte") << std::string(1, '\0') << true;
    QTest::newRow("two bytes, smallest") << std::string{"\xC2\x80"} << true;
    QTest::newRow("two bytes, largest") << std::string{"\xDF\xBF"} << true;
    QTest::newRow("three bytes, smallest") << std::string{"\xE0\xA0\x80"} << true;
    QTest::newRow("before the surrogates") << std::string{"\xED\x9F\xBF"} << true;
    QTest::newRow("after the surrogates") << std::string{"\xEE\x80\x80"} << true;
    QTest::newRow("U+FFFF") << std::string{"\xEF\xBF\xBF"} << true;
    QTest::newRow("four bytes, smallest") << std::string{"\xF0\x90\x80\x80"} << true;
    QTest::newRow("U+10FFFF") << std::string{"\xF4\x8F\xBF\xBF"} << true;
    QTest::newRow("continuation alone") << std::string{"a\x80"} << false;
    QTest::newRow("overlong slash, two bytes") << std::string{"\xC0\xAF"} << false;
    QTest::newRow("overlong C1") << std::string{"\xC1\xBF"} << false;
    QTest::newRow("overlong, three bytes") << std::string{"\xE0\x9F\xBF"} << false;
    QTest::newRow("overlong, four bytes") << std::string{"\xF0\x8F\xBF\xBF"} << false;
    QTest::newRow("first surrogate") << std::string{"\xED\xA0\x80"} << false;
    QTest::newRow("last surrogate") << std::string{"\xED\xBF\xBF"} << false;
    QTest::newRow("U+110000") << std::string{"\xF4\x90\x80\x80"} << false;
    QTest::newRow("F5") << std::string{"\xF5\x80\x80\x80"} << false;
    QTest::newRow("FF") << std::string{"\xFF"} << false;
    QTest::newRow("two bytes cut") << std::string{"\xC3"} << false;
    QTest::newRow("three bytes cut after one") << std::string{"\xE2"} << false;
    QTest::newRow("three bytes cut after two") << std::string{"\xE2\x82"} << false;
    QTest::newRow("four bytes cut after three") << std::string{"\xF0\x9F\x98"} << false;
    QTest::newRow("second byte is a letter") << std::string{"\xC3(a"} << false;
    QTest::newRow("third byte is a letter") << std::string{"\xE2\x82(a"} << false;
    QTest::newRow("fourth byte is a letter") << std::string{"\xF0\x9F\x98(a"} << false;
    QTest::newRow("good, then bad") << std::string{"\xC3\xA9\xC3"} << false;
}

void AsciiTest::utf8IsCheckedToTheLastByte()
{
    QFETCH(std::string, text);
    QFETCH(bool, isValid);
    QCOMPARE(isValidUtf8(text), isValid);
}

QTEST_APPLESS_MAIN(AsciiTest)
#include "ascii_test.moc"
