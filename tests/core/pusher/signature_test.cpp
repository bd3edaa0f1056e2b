#include "core/pusher/signature.h"

#include <QTest>

using namespace castdeck;
using pusher::QueryParameters;
using pusher::Signer;

class SignatureTest : public QObject {
    Q_OBJECT
private slots:
    void SG1_vectorsReproduce_data();
    void SG1_vectorsReproduce();
    void SG1_T5_T10_bodyDigestsReproduce();
    void SG1_channelAndUserAuthStartWithTheKey();
    void SG1_aSignedQueryReproducesTheVector();
    void SG2_theDocumentedDigestBelongsToMrPusher();

    void queryIsDecodedInOrder_data();
    void queryIsDecodedInOrder();
    void brokenEscapesStayAsTheyAre_data();
    void brokenEscapesStayAsTheyAre();
    void onlyUnreservedCharactersStayUnescaped();
    void everyByteSurvivesEscaping();
    void findingGivesTheFirstOfAName();
    void SG3_canonicalQueryIsDecodedLowercasedAndSorted_data();
    void SG3_canonicalQueryIsDecodedLowercasedAndSorted();
    void SG9_arraysKeepTheirOrder();
    void signedQueryNamesTheBodyOnlyWhenThereIsOne();
};

void SignatureTest::SG1_vectorsReproduce_data()
{
    QTest::addColumn<std::string>("secret");
    QTest::addColumn<std::string>("message");
    QTest::addColumn<std::string>("digest");
    const auto row = [](const char* tag, const char* secret, const std::string& message, const char* digest) {
        QTest::newRow(tag) << std::string{secret} << message << std::string{digest};
    };

    // Published by Pusher and its libraries.
    constexpr const char* docs = "7ad3773142a6692b25b8";
    row("D private", docs, "1234.1234:private-foobar",
        "58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4");
    row("D user", docs, R"(1234.1234::user::{"id":"12345"})",
        "4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba");
    row("D presence, Mr. Channels", docs,
        R"(1234.1234:presence-foobar:{"user_id":10,"user_info":{"name":"Mr. Channels"}})",
        "31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80");
    row("D presence, Mr. Pusher", docs, R"(1234.1234:presence-foobar:{"user_id":10,"user_info":{"name":"Mr. Pusher"}})",
        "afaed3695da2ffd16931f457e338e6c9f2921fa133ce7dac49f529792be6304c");
    row("D REST", docs,
        "POST\n/apps/3/events\nauth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0&"
        "body_md5=ec365a775a4cd0599faeb73354201b6f",
        "da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c");
    row("Hg webhook", "secret", R"({"hello":"world"})",
        "2677ad3e7c090b2fa2c0fb13020d66d5420879b8316eb356a2d60fb9073bc778");
    row("Hn webhook", "tofu",
        R"({"time_ms":1403175510755,"events":[{"channel":"test_channel","name":"channel_vacated"}]})",
        "c17257e92037cd7de407ebc1ed174ceb7b2e518db127f44411b9ffc4f5b28cc5");
    row("Hn GET", "tofu", "GET\n/event\nauth_key=f00d&auth_timestamp=1234567890&auth_version=1.0&baz=123454321&foo=bar",
        "d8bdbd31911fb7400a14fbd36fd7de053494725b64400ae5856deafe304b34a9");
    row("Hn UTF-8 user", "tofu", R"(1.1::user::{"id":"ą§¶™€łü€ß£"})",
        "620494cee53d6c568b49598313194088afda37218f0d059af03c0c898ed61ff4");
    row("Hn data on non-presence", "tofu", R"(123.456:private-encrypted-bla:"foo")",
        "962c48b78bf93d98ff4c92ee7dff04865821455b7b401e9d60a9e0a90af2c105");
    row("Hp special characters", "thisisasecret", "45055.28877557:-azAZ9_=@,.;",
        "d1c20ad7684c172271f92c108e11b45aef07499b005796ae1ec5beb924f361c4");
    row("Hp webhook", "thisisasecret", R"({"hello":"world"})",
        "40e0ad3b9aa49529322879e84de1aaaf18bde1efe839ca263d540cc865510d25");

    constexpr const char* own = "app-secret-1";
    const std::string auth = "auth_key=app-key-1&auth_timestamp=1700000000&auth_version=1.0";
    row("T1", own, "4711.815:private-room.7", "bd713411a6964ddf9b119f56ef6673b2dde8dcfd4ba086f385821ee57b331887");
    row("T2", own, R"(4711.815:presence-lobby:{"user_id":"u-42","user_info":{"name":"Zoë"}})",
        "96dd826f9a9f10f50550e14aed2d380eb7c47e9dd028e752202a8545282b093a");
    row("T3", own, R"(4711.815::user::{"id":"u-42","user_info":{"name":"Zoë"},"watchlist":["u-7","u-9"]})",
        "0fd41150024eb89037f9c7fbf666651b6d8cac22cd9e183b40f62d3f33eda011");
    row("T4", own, "4711.815:private-encrypted-cache-vault",
        "c2a8e1b7feab24d6eed71366d8eb426bc4d2594968dc6e6d6384605029f76bd0");
    row("T6", own, "POST\n/apps/900/events\n" + auth + "&body_md5=2e23e5538a38e619ef5d58a3bdc522ac",
        "07f8a81d45dfcae74429d0959f54ed01cbeb749736e6bc6132c6be7d3b230d8f");
    row("T7", own, "GET\n/apps/900/channels\n" + auth + "&filter_by_prefix=presence-&info=user_count",
        "8d356177c662a11d60e7244e586556b8d631b290f66f27f98bb2d2ac9d1d1fbf");
    row("T8", own,
        "GET\n/apps/900/channels/presence-lobby/users\n" + auth + "&body_md5=d41d8cd98f00b204e9800998ecf8427e",
        "11d07ca8dcf55fb4dcb3adc1ec4a096c5348acfeb7baf37610419704333ad718");
    row("T9", own, "GET\n/apps/900/channels/cache-a=b@c,d.e;f\n" + auth + "&info=cache,subscription_count",
        "69a26518498ce573199c3d68a2def9fb8f6902c17bd420cf82ec6590550bfdc1");
    row("T10", own,
        "POST\n/apps/900/users/u-42/terminate_connections\n" + auth + "&body_md5=99914b932bd37a50b983c5e7c90ae93b",
        "d62fe28bb9d600a52cac88adfff1d02b02c02f5321febb9553787d24758a71cc");
    row("T11", own, R"({"time_ms":1700000000123,"events":[{"name":"channel_occupied","channel":"room.7"}]})",
        "f17c879df72fbd40af2daba3f081b27b3e980bbe8b5c1c3c807a9ed331e8df6d");
    row("T12", own,
        R"({"time_ms":1700000000123,"events":[{"name":"client_event","channel":"presence-lobby",)"
        R"("event":"client-wave","data":"{\"x\":1}","socket_id":"4711.815","user_id":"u-42"}]})",
        "9bafcbf187aca573080b2a0e78801a8dfc7743a61a71dc6db84f77d4044b3d3a");
}

void SignatureTest::SG1_vectorsReproduce()
{
    QFETCH(std::string, secret);
    QFETCH(std::string, message);
    QFETCH(std::string, digest);
    QCOMPARE(Signer("key", secret).sign(message), digest);
}

void SignatureTest::SG1_T5_T10_bodyDigestsReproduce()
{
    QCOMPARE(md5Hex(R"({"name":"foo","channels":["project-3"],"data":"{\"some\":\"data\"}"})"),
             std::string{"ec365a775a4cd0599faeb73354201b6f"});
    QCOMPARE(md5Hex(R"({"name":"ping","channel":"room.7","data":"{\"n\":1}"})"),
             std::string{"2e23e5538a38e619ef5d58a3bdc522ac"});
    QCOMPARE(md5Hex("{}"), std::string{"99914b932bd37a50b983c5e7c90ae93b"});
    QCOMPARE(md5Hex(""), std::string{"d41d8cd98f00b204e9800998ecf8427e"});
}

void SignatureTest::SG1_channelAndUserAuthStartWithTheKey()
{
    const Signer signer{"app-key-1", "app-secret-1"};
    QCOMPARE(signer.channelAuth("4711.815", "private-room.7"),
             std::string{"app-key-1:bd713411a6964ddf9b119f56ef6673b2dde8dcfd4ba086f385821ee57b331887"});
    QCOMPARE(signer.channelAuth("4711.815", "presence-lobby", R"({"user_id":"u-42","user_info":{"name":"Zoë"}})"),
             std::string{"app-key-1:96dd826f9a9f10f50550e14aed2d380eb7c47e9dd028e752202a8545282b093a"});
    QCOMPARE(signer.userAuth("4711.815", R"({"id":"u-42","user_info":{"name":"Zoë"},"watchlist":["u-7","u-9"]})"),
             std::string{"app-key-1:0fd41150024eb89037f9c7fbf666651b6d8cac22cd9e183b40f62d3f33eda011"});
    // Empty channel_data was sent all the same, and is signed with its colon.
    QCOMPARE(pusher::channelAuthText("1.1", "private-x", ""), std::string{"1.1:private-x:"});
}

void SignatureTest::SG1_aSignedQueryReproducesTheVector()
{
    const Signer signer{"app-key-1", "app-secret-1"};
    const std::string body = R"({"name":"ping","channel":"room.7","data":"{\"n\":1}"})";
    QCOMPARE(pusher::signedQuery(signer, "POST", "/apps/900/events", body, 1'700'000'000),
             std::string{"auth_key=app-key-1&auth_timestamp=1700000000&auth_version=1.0&"
                         "body_md5=2e23e5538a38e619ef5d58a3bdc522ac&"
                         "auth_signature=07f8a81d45dfcae74429d0959f54ed01cbeb749736e6bc6132c6be7d3b230d8f"});
    QCOMPARE(pusher::signedQuery(signer, "GET", "/apps/900/channels/cache-a=b@c,d.e;f", "", 1'700'000'000,
                                 {{"info", "cache,subscription_count"}}),
             std::string{"info=cache%2Csubscription_count&auth_key=app-key-1&auth_timestamp=1700000000&"
                         "auth_version=1.0&"
                         "auth_signature=69a26518498ce573199c3d68a2def9fb8f6902c17bd420cf82ec6590550bfdc1"});
}

void SignatureTest::SG2_theDocumentedDigestBelongsToMrPusher()
{
    const Signer signer{"278d425bdf160c739803", "7ad3773142a6692b25b8"};
    const std::string documented =
        "278d425bdf160c739803:afaed3695da2ffd16931f457e338e6c9f2921fa133ce7dac49f529792be6304c";
    const auto authFor = [&](std::string_view name) {
        return signer.channelAuth("1234.1234", "presence-foobar",
                                  R"({"user_id":10,"user_info":{"name":")" + std::string{name} + R"("}})");
    };
    QCOMPARE(authFor("Mr. Pusher"), documented);
    QVERIFY(authFor("Mr. Channels") != documented);
}

void SignatureTest::queryIsDecodedInOrder_data()
{
    QTest::addColumn<std::string>("query");
    QTest::addColumn<QueryParameters>("expected");
    const auto row = [](const char* tag, const char* query, QueryParameters expected) {
        QTest::newRow(tag) << std::string{query} << std::move(expected);
    };
    row("empty", "", {});
    row("order is kept", "b=1&a=2&b=3", {{"b", "1"}, {"a", "2"}, {"b", "3"}});
    row("no equals sign", "a&b=", {{"a", ""}, {"b", ""}});
    row("no name", "=x", {{"", "x"}});
    row("equals sign in the value", "a=b=c", {{"a", "b=c"}});
    row("empty pairs are skipped", "&&a=1&&b=2&", {{"a", "1"}, {"b", "2"}});
    row("escapes", "a%5B%5d=%2c%C3%AB", {{"a[]", ",ë"}});
    row("plus is a space", "a+b=c+d%2B", {{"a b", "c d+"}});
    row("decoded once", "a=%2541", {{"a", "%41"}});
    row("escaped separators stay in the value", "a=1%26b%3D2", {{"a", "1&b=2"}});
}

void SignatureTest::queryIsDecodedInOrder()
{
    QFETCH(std::string, query);
    QFETCH(QueryParameters, expected);
    QVERIFY(pusher::parseQuery(query) == expected);
}

void SignatureTest::brokenEscapesStayAsTheyAre_data()
{
    QTest::addColumn<std::string>("text");
    for (const char* text : {"%", "%4", "%zz", "%4z", "%z4", "100%", "%%", "a%+"})
        QTest::newRow(text) << std::string{text};
}

void SignatureTest::brokenEscapesStayAsTheyAre()
{
    QFETCH(std::string, text);
    QCOMPARE(pusher::percentDecode(text), text);
}

void SignatureTest::onlyUnreservedCharactersStayUnescaped()
{
    const std::string unreserved = "ABCXYZabcxyz0189-._~";
    QCOMPARE(pusher::percentEncode(unreserved), unreserved);
    QCOMPARE(pusher::percentEncode("=@,;/ +%&#?"), std::string{"%3D%40%2C%3B%2F%20%2B%25%26%23%3F"});
    QCOMPARE(pusher::percentEncode("ë"), std::string{"%C3%AB"});
}

void SignatureTest::everyByteSurvivesEscaping()
{
    std::string bytes;
    for (int i = 0; i < 256; ++i)
        bytes.push_back(static_cast<char>(i));
    QCOMPARE(pusher::percentDecode(pusher::percentEncode(bytes)), bytes);
}

void SignatureTest::findingGivesTheFirstOfAName()
{
    const QueryParameters parameters{{"a", "1"}, {"b", "2"}, {"a", "3"}};
    QVERIFY(pusher::find(parameters, "a") != nullptr);
    QCOMPARE(*pusher::find(parameters, "a"), std::string{"1"});
    QVERIFY(pusher::find(parameters, "A") == nullptr);
    QVERIFY(pusher::find({}, "a") == nullptr);
}

void SignatureTest::SG3_canonicalQueryIsDecodedLowercasedAndSorted_data()
{
    QTest::addColumn<std::string>("query");
    QTest::addColumn<std::string>("canonical");
    const auto row = [](const char* tag, const char* query, const char* canonical) {
        QTest::newRow(tag) << std::string{query} << std::string{canonical};
    };
    row("empty", "", "");
    row("sorted by name", "info=user_count&auth_key=k&filter_by_prefix=p",
        "auth_key=k&filter_by_prefix=p&info=user_count");
    row("sorted bytewise", "b_=1&b=2&b1=3&a~=4", "a~=4&b=2&b1=3&b_=1");
    row("names in lower case, before they are sorted", "b=1&Aa=2&AUTH_KEY=3", "aa=2&auth_key=3&b=1");
    row("values keep their case", "a=XyZ", "a=XyZ");
    row("values are decoded", "info=cache%2Csubscription_count", "info=cache,subscription_count");
    row("raw spelling", "info=cache,subscription_count", "info=cache,subscription_count");
    row("missing value", "a&b", "a=&b=");
    row("separators are not escaped again", "a=1%26b%3D2", "a=1&b=2");
    row("the signature is left out", "auth_signature=xyz&a=1", "a=1");
    row("the signature is left out in any case", "Auth_Signature=xyz&a=1", "a=1");
    row("an array's name is another name", "auth_signature[]=x&a=1", "a=1&auth_signature[]=x");
}

void SignatureTest::SG3_canonicalQueryIsDecodedLowercasedAndSorted()
{
    QFETCH(std::string, query);
    QFETCH(std::string, canonical);
    QCOMPARE(pusher::canonicalQuery(pusher::parseQuery(query)), canonical);
}

void SignatureTest::SG9_arraysKeepTheirOrder()
{
    QCOMPARE(pusher::canonicalQuery(pusher::parseQuery("z=1&k[]=b&k%5B%5D=a&k[]=c")),
             std::string{"k[]=b&k[]=a&k[]=c&z=1"});
}

void SignatureTest::signedQueryNamesTheBodyOnlyWhenThereIsOne()
{
    const Signer signer{"k", "s"};
    QVERIFY(pusher::signedQuery(signer, "POST", "/x", "{}", 1).find("body_md5=99914b") != std::string::npos);
    QVERIFY(pusher::signedQuery(signer, "GET", "/x", "", 1).find("body_md5") == std::string::npos);
}

QTEST_APPLESS_MAIN(SignatureTest)
#include "signature_test.moc"
