#include "core/remote/centrifugo_token.h"

#include <QTest>

using namespace castdeck::remote::centrifugo;

class CentrifugoTokenTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTokenIsSignedWithHs256();
    void everyClaimIsThereOnlyWhenGiven_data();
    void everyClaimIsThereOnlyWhenGiven();
};

/// The expected text was made with node:crypto, and a Centrifugo 6.9 took it.
void CentrifugoTokenTest::theTokenIsSignedWithHs256()
{
    const Claims claims{.user = "42", .info = R"({"name":"Ada"})", .channels = {"news"}};
    QCOMPARE(makeToken("hs", claims),
             std::string{"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
                         "eyJzdWIiOiI0MiIsImluZm8iOnsibmFtZSI6IkFkYSJ9LCJjaGFubmVscyI6WyJuZXdzIl19."
                         "tZIisJmWQD4XyMn0oW_dqaLoDVIinwxsFxLH442SFuM"});
    QVERIFY(makeToken("other", claims) != makeToken("hs", claims));
}

void CentrifugoTokenTest::everyClaimIsThereOnlyWhenGiven_data()
{
    QTest::addColumn<Claims>("claims");
    QTest::addColumn<std::string>("content");
    const std::chrono::system_clock::time_point end{std::chrono::milliseconds{1'700'000'000'999}};
    QTest::newRow("anonymous") << Claims{} << std::string{R"({"sub":""})"};
    QTest::newRow("user with quotes") << Claims{.user = "a\"b"} << std::string{R"({"sub":"a\"b"})"};
    QTest::newRow("whole seconds") << Claims{.user = "1", .expires = end}
                                   << std::string{R"({"sub":"1","exp":1700000000})"};
    QTest::newRow("channels") << Claims{.user = "1", .channels = {"a", "b:c"}}
                              << std::string{R"({"sub":"1","channels":["a","b:c"]})"};
}

void CentrifugoTokenTest::everyClaimIsThereOnlyWhenGiven()
{
    QFETCH(Claims, claims);
    const QByteArray token = QByteArray::fromStdString(makeToken("hs", claims));
    const QByteArray content = QByteArray::fromBase64(token.split('.').at(1), QByteArray::Base64UrlEncoding);
    QTEST(content.toStdString(), "content");
    QVERIFY(!token.contains('='));
}

QTEST_APPLESS_MAIN(CentrifugoTokenTest)
#include "centrifugo_token_test.moc"
