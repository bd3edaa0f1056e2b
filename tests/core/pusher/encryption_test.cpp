#include "core/pusher/encryption.h"

#include "core/base/json.h"

#include <QTest>

#include <numeric>

using namespace castdeck;
using pusher::EncryptionKey;

namespace {

EncryptionKey masterKey()
{
    return *EncryptionKey::fromBase64("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
}

EncryptionKey vaultSecret()
{
    return pusher::sharedSecret("private-encrypted-vault", masterKey());
}

std::string dataWith(std::string_view nonce, std::string_view cipherText)
{
    return R"({"nonce":)" + json::toString(nonce) + R"(,"ciphertext":)" + json::toString(cipherText) + "}";
}

constexpr std::string_view nonceText = "ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7";
constexpr std::string_view cipherText = "qdXZDTiAq0LQdUsU9hNc4atjz5cTQce2YNpynj6/WZE=";

} // namespace

class EncryptionTest : public QObject {
    Q_OBJECT
private slots:
    void SG1_EN2_sharedSecretsReproduce_data();
    void SG1_EN2_sharedSecretsReproduce();
    void SG1_EN2_sealingReproducesT15();
    void EN2_openingReproducesT15();
    void everySealingHasANonceOfItsOwn();
    void emptyAndLargeTextsSurvive();
    void EN5_tamperedDataIsRejected();
    void EN5_malformedDataIsRejected_data();
    void EN5_malformedDataIsRejected();
    void anotherChannelsSecretDoesNotOpen();
    void keysOfTheWrongLengthAreRefused_data();
    void keysOfTheWrongLengthAreRefused();
};

void EncryptionTest::SG1_EN2_sharedSecretsReproduce_data()
{
    QTest::addColumn<std::string>("channel");
    QTest::addColumn<std::string>("master");
    QTest::addColumn<std::string>("secret");
    const auto row = [](const char* tag, const char* channel, const char* master, const char* secret) {
        QTest::newRow(tag) << std::string{channel} << std::string{master} << std::string{secret};
    };
    row("Hn", "private-encrypted-bla",
        "zyrm8pvV2C9fJcBfhyXzvxbJVN/H7QLmbe0xJi1GhPU=", "nlr49ISQHz91yS3cy/yWmW8wFMNeTnNL5tNHnbPJcLQ=");
    row("Hp", "private-encrypted-channel-a",
        "YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=", "Rp+wpkNpL89qhqco1JkIG31AVXyU8PUVJBr1B2MvdoA=");
    row("Hy", "private-encrypted-channel",
        "OHRXNUZRTG5pUTFzQlFGd3J3N3Q2VFZFc0paZDEweVk=", "VmIsNZtCSteh8kazd2toc+ofhohBtUouQRSDtRvuyVI=");
    row("T13", "private-encrypted-vault",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "wp8Orjt2S4H4n8dDP7pa2A9reduRTTedbaiVnjqomsc=");
    row("T14", "private-encrypted-cache-vault",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "I1qRd7K02IuwO4ry62hz+N90H4dWRix9T6tcfEGHAus=");
}

void EncryptionTest::SG1_EN2_sharedSecretsReproduce()
{
    QFETCH(std::string, channel);
    QFETCH(std::string, master);
    QFETCH(std::string, secret);
    const auto key = EncryptionKey::fromBase64(master);
    QVERIFY(key);
    QCOMPARE(key->toBase64(), master);
    QCOMPARE(pusher::sharedSecret(channel, *key).toBase64(), secret);
}

void EncryptionTest::SG1_EN2_sealingReproducesT15()
{
    pusher::Nonce nonce{};
    std::iota(nonce.begin(), nonce.end(), static_cast<unsigned char>(100));
    QCOMPARE(pusher::sealed(R"({"secret":"tea"})", vaultSecret(), nonce), dataWith(nonceText, cipherText));
}

void EncryptionTest::EN2_openingReproducesT15()
{
    const auto plainText = pusher::opened(dataWith(nonceText, cipherText), vaultSecret());
    QVERIFY(plainText);
    QCOMPARE(*plainText, std::string{R"({"secret":"tea"})"});
}

void EncryptionTest::everySealingHasANonceOfItsOwn()
{
    QVERIFY(pusher::sealed("x", vaultSecret()) != pusher::sealed("x", vaultSecret()));
}

void EncryptionTest::emptyAndLargeTextsSurvive()
{
    for (const std::string& text :
         {std::string{}, std::string{"x"}, std::string(10'000, 'y'), std::string{"Zoë\0!", 6}}) {
        const auto plainText = pusher::opened(pusher::sealed(text, vaultSecret()), vaultSecret());
        QVERIFY(plainText);
        QCOMPARE(*plainText, text);
    }
}

void EncryptionTest::EN5_tamperedDataIsRejected()
{
    // Characters 0 to 20 hold the tag, the rest the cipher text.
    for (std::size_t i = 0; i + 2 < cipherText.size(); ++i) {
        std::string changed{cipherText};
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        const auto plainText = pusher::opened(dataWith(nonceText, changed), vaultSecret());
        QVERIFY2(!plainText, qPrintable(QString::number(i)));
        QCOMPARE(plainText.error().kind, ErrorKind::Unauthorized);
    }
    std::string otherNonce{nonceText};
    otherNonce[0] = 'A';
    QVERIFY(!pusher::opened(dataWith(otherNonce, cipherText), vaultSecret()));
}

void EncryptionTest::EN5_malformedDataIsRejected_data()
{
    QTest::addColumn<std::string>("data");
    const auto row = [](const char* tag, std::string data) { QTest::newRow(tag) << std::move(data); };
    row("not JSON", "tea");
    row("not an object", "[]");
    row("an object without members", "{}");
    row("nonce missing", R"({"ciphertext":"qdXZDTiAq0LQdUsU9hNc4atjz5cTQce2YNpynj6/WZE="})");
    row("cipher text missing", R"({"nonce":"ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7"})");
    row("nonce not a string", R"({"nonce":7,"ciphertext":"qdXZDTiAq0LQdUsU9hNc4atjz5cTQce2YNpynj6/WZE="})");
    row("nonce not base64", dataWith("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!", cipherText));
    row("nonce of 23 bytes", dataWith("ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXo=", cipherText));
    row("nonce of 25 bytes", dataWith("ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fA==", cipherText));
    row("nonce empty", dataWith("", cipherText));
    row("cipher text not base64", dataWith(nonceText, "qdXZ DTiA"));
    row("cipher text of 15 bytes", dataWith(nonceText, "qdXZDTiAq0LQdUsU9hNc"));
    row("cipher text empty", dataWith(nonceText, ""));
}

void EncryptionTest::EN5_malformedDataIsRejected()
{
    QFETCH(std::string, data);
    const auto plainText = pusher::opened(data, vaultSecret());
    QVERIFY(!plainText);
    QCOMPARE(plainText.error().kind, ErrorKind::InvalidInput);
}

void EncryptionTest::anotherChannelsSecretDoesNotOpen()
{
    const EncryptionKey other = pusher::sharedSecret("private-encrypted-other", masterKey());
    const auto plainText = pusher::opened(dataWith(nonceText, cipherText), other);
    QVERIFY(!plainText);
    QCOMPARE(plainText.error().kind, ErrorKind::Unauthorized);
}

void EncryptionTest::keysOfTheWrongLengthAreRefused_data()
{
    QTest::addColumn<std::string>("text");
    QTest::newRow("empty") << std::string{};
    QTest::newRow("31 bytes") << std::string{"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg=="};
    QTest::newRow("33 bytes") << std::string{"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g"};
    QTest::newRow("32 characters as they are") << std::string{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
    QTest::newRow("not base64") << std::string(44, '!');
}

void EncryptionTest::keysOfTheWrongLengthAreRefused()
{
    QFETCH(std::string, text);
    const auto key = EncryptionKey::fromBase64(text);
    QVERIFY(!key);
    QVERIFY(text.empty() || key.error().detail.find(text) == std::string::npos);
}

QTEST_APPLESS_MAIN(EncryptionTest)
#include "encryption_test.moc"
