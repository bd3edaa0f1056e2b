#include "core/base/crypto.h"

#include "core/base/ascii.h"

#include <QTest>

#include <set>

using namespace castdeck;

class CryptoTest : public QObject {
    Q_OBJECT
private slots:
    void hmacReproducesPublishedVectors_data();
    void hmacReproducesPublishedVectors();
    void oneKeySignsManyMessages();
    void md5ReproducesPublishedVectors_data();
    void md5ReproducesPublishedVectors();
    void hexIsLowerCase();
    void comparingSeesEveryDifference();
    void randomNumbersStayBelowTheBound();
    void randomTextsHaveTheirLengthAndDiffer();
};

void CryptoTest::hmacReproducesPublishedVectors_data()
{
    QTest::addColumn<std::string>("key");
    QTest::addColumn<std::string>("message");
    QTest::addColumn<std::string>("digest");

    // RFC 4231, test cases 1, 2, 3, 6 and 7.
    QTest::newRow("RFC 4231, 1") << std::string(20, '\x0b') << std::string{"Hi There"}
                                 << std::string{"b0344c61d8db38535ca8afceaf0bf12b"
                                                "881dc200c9833da726e9376c2e32cff7"};
    QTest::newRow("RFC 4231, 2") << std::string{"Jefe"} << std::string{"what do ya want for nothing?"}
                                 << std::string{"5bdcc146bf60754e6a042426089575c7"
                                                "5a003f089d2739839dec58b964ec3843"};
    QTest::newRow("RFC 4231, 3") << std::string(20, '\xaa') << std::string(50, '\xdd')
                                 << std::string{"773ea91e36800e46854db8ebd09181a7"
                                                "2959098b3ef8c122d9635514ced565fe"};
    QTest::newRow("RFC 4231, 6: key longer than a block")
        << std::string(131, '\xaa') << std::string{"Test Using Larger Than Block-Size Key - Hash Key First"}
        << std::string{"60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"};
    QTest::newRow("RFC 4231, 7: both longer than a block")
        << std::string(131, '\xaa')
        << std::string{"This is a test using a larger than block-size key and a larger than block-size data. The key "
                       "needs to be hashed before being used by the HMAC algorithm."}
        << std::string{"9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"};
    QTest::newRow("Pusher docs, private channel")
        << std::string{"7ad3773142a6692b25b8"} << std::string{"1234.1234:private-foobar"}
        << std::string{"58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4"};
    QTest::newRow("not ASCII") << std::string{"tofu"} << std::string{"1.1::user::{\"id\":\"ą§¶™€łü€ß£\"}"}
                               << std::string{"620494cee53d6c568b49598313194088afda37218f0d059af03c0c898ed61ff4"};
    QTest::newRow("empty key and message")
        << std::string{} << std::string{}
        << std::string{"b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"};
}

void CryptoTest::hmacReproducesPublishedVectors()
{
    QFETCH(std::string, key);
    QFETCH(std::string, message);
    QFETCH(std::string, digest);
    QCOMPARE(hmacSha256Hex(key, message), digest);
}

void CryptoTest::oneKeySignsManyMessages()
{
    const HmacSha256 hmac{"secret"};
    const std::string first = hmac.hex("a");
    QCOMPARE(hmac.hex("b"), hmacSha256Hex("secret", "b"));
    QCOMPARE(hmac.hex("a"), first);
}

void CryptoTest::md5ReproducesPublishedVectors_data()
{
    QTest::addColumn<std::string>("message");
    QTest::addColumn<std::string>("digest");

    QTest::newRow("RFC 1321, empty") << std::string{} << std::string{"d41d8cd98f00b204e9800998ecf8427e"};
    QTest::newRow("RFC 1321, abc") << std::string{"abc"} << std::string{"900150983cd24fb0d6963f7d28e17f72"};
    QTest::newRow("Pusher docs, body") << std::string{R"({"name":"foo","channels":["project-3"],)"
                                                      R"("data":"{\"some\":\"data\"}"})"}
                                       << std::string{"ec365a775a4cd0599faeb73354201b6f"};
    QTest::newRow("empty object") << std::string{"{}"} << std::string{"99914b932bd37a50b983c5e7c90ae93b"};
}

void CryptoTest::md5ReproducesPublishedVectors()
{
    QFETCH(std::string, message);
    QFETCH(std::string, digest);
    QCOMPARE(md5Hex(message), digest);
}

void CryptoTest::hexIsLowerCase()
{
    const std::array<unsigned char, 4> bytes{0x00, 0x0F, 0xA5, 0xFF};
    QCOMPARE(toHex(bytes), std::string{"000fa5ff"});
    QCOMPARE(toHex({}), std::string{});
}

void CryptoTest::comparingSeesEveryDifference()
{
    QVERIFY(equalsInConstantTime("", ""));
    QVERIFY(equalsInConstantTime("abc", "abc"));
    QVERIFY(!equalsInConstantTime("abc", "abd"));
    QVERIFY(!equalsInConstantTime("abc", "Abc"));
    QVERIFY(!equalsInConstantTime("abc", "ab"));
    QVERIFY(!equalsInConstantTime("abc", std::string_view{"abc"}.substr(0, 2)));
    QVERIFY(!equalsInConstantTime(std::string_view{"abc"}.substr(0, 2), "abc"));
    QVERIFY(!equalsInConstantTime("abc", ""));
}

void CryptoTest::randomNumbersStayBelowTheBound()
{
    std::set<std::uint32_t> seen;
    for (int i = 0; i < 1'000; ++i) {
        const std::uint32_t value = randomBelow(10);
        QVERIFY(value < 10);
        seen.insert(value);
    }
    QCOMPARE(seen.size(), std::size_t{10}); // Misses one of ten with a probability of 10^-45.
    QCOMPARE(randomBelow(1), std::uint32_t{0});
}

void CryptoTest::randomTextsHaveTheirLengthAndDiffer()
{
    const std::string text = randomHex(16);
    QCOMPARE(text.size(), std::size_t{32});
    QCOMPARE(text.find_first_not_of("0123456789abcdef"), std::string::npos);
    QVERIFY(text != randomHex(16));
    QVERIFY(randomHex(0).empty());
}

QTEST_APPLESS_MAIN(CryptoTest)
#include "crypto_test.moc"
