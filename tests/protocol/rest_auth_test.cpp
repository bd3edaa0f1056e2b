#include "tests/support/engine_fixture.h"
#include "tests/support/signed_request.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::test;

using Spelling = SignedRequest::Spelling;
using Change = std::function<void(SignedRequest&)>;

/// Protocol document, "REST request signing". Requests are signed without the code under test.
class RestAuthTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();

    void SG3_escapedAndRawSpellingVerify_data();
    void SG3_escapedAndRawSpellingVerify();
    void SG4_A1_aTimestampFarOffIsRefusedWithItsSkew();
    void SG5_A2_A3_wrongOrMissingParametersAreRefused_data();
    void SG5_A2_A3_wrongOrMissingParametersAreRefused();
    void SG6_A4_theBodyMustMatchItsDigest_data();
    void SG6_A4_theBodyMustMatchItsDigest();
    void SG7_aGetWithTheDigestOfNothingVerifies();
    void SG8_A6_theKeyMustBelongToTheApp();
    void SG9_arraysVerifyInTheOrderSent();
    void A5_oneChangedByteIsRefused_data();
    void A5_oneChangedByteIsRefused();
    void A7_aDisabledAppIsForbiddenAfterTheSignature();
    void A8_aReplayPassesUnlessReplaysAreRefused();
    void RS20_punctuationWorksRawOrEncodedInThePath_data();
    void RS20_punctuationWorksRawOrEncodedInThePath();
    void answersNeverNameTheSecretOrTheRightSignature();

private:
    SignedRequest publishRequest(long long secondsOff = 0) const;
    HttpReply send(const SignedRequest& request, Spelling spelling = Spelling::Escaped) const;

    std::unique_ptr<EngineFixture> m_server;
};

namespace {

constexpr const char* body = R"({"name":"ping","channel":"room.7","data":"{\"n\":1}"})";

long long now()
{
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

void RestAuthTest::init()
{
    engine::EngineOptions options;
    options.apps = {makeApp("a"), makeApp("b"), makeApp("off"), makeApp("strict")};
    options.apps[2].isEnabled = false;
    options.apps[3].refusesReplays = true;
    m_server = std::make_unique<EngineFixture>(options);
}

void RestAuthTest::cleanup()
{
    m_server.reset();
}

SignedRequest RestAuthTest::publishRequest(long long secondsOff) const
{
    return {m_server->app(), "POST", "/apps/a/events", body, now() + secondsOff};
}

HttpReply RestAuthTest::send(const SignedRequest& signedRequest, Spelling spelling) const
{
    return request(m_server->port(), signedRequest.method(), signedRequest.target(spelling), signedRequest.body());
}

void RestAuthTest::SG3_escapedAndRawSpellingVerify_data()
{
    QTest::addColumn<Change>("change");
    const auto row = [](const char* tag, Change change) { QTest::newRow(tag) << std::move(change); };
    row("a comma", [](SignedRequest& request) { request.with("info", "subscription_count,user_count"); });
    row("names in mixed case", [](SignedRequest& request) { request.with("X-Extra", "A"); });
    row("sorted after the authentication", [](SignedRequest& request) { request.with("zzz", "1"); });
    row("sorted before the authentication", [](SignedRequest& request) { request.with("aaa", "1"); });
    row("no value", [](SignedRequest& request) { request.with("flag", ""); });
    row("brackets and punctuation", [](SignedRequest& request) { request.with("p[q]", "=@,.;:/?"); });
}

void RestAuthTest::SG3_escapedAndRawSpellingVerify()
{
    QFETCH(Change, change);
    for (const Spelling spelling : {Spelling::Escaped, Spelling::Raw}) {
        SignedRequest request{m_server->app(), "GET", "/apps/a/channels", {}, now()};
        request.with("filter_by_prefix", "presence-");
        change(request);
        const HttpReply reply = send(request, spelling);
        QVERIFY2(reply.status == 200, reply.body.c_str());
    }
}

void RestAuthTest::SG4_A1_aTimestampFarOffIsRefusedWithItsSkew()
{
    // On the far side of each limit, so that a second that passes on the way changes nothing.
    QCOMPARE(send(publishRequest(-600)).status, 401);
    QVERIFY(send(publishRequest(-600)).body.find("60") != std::string::npos);
    QCOMPARE(send(publishRequest(+602)).status, 401);
    QCOMPARE(send(publishRequest(+599)).status, 200);
    QCOMPARE(send(publishRequest(-597)).status, 200);
}

void RestAuthTest::SG5_A2_A3_wrongOrMissingParametersAreRefused_data()
{
    QTest::addColumn<Change>("change");
    const auto without = [](const char* name) {
        QTest::newRow(qPrintable(QString{"no %1"}.arg(name)))
            << Change{[name](SignedRequest& request) { request.without(name); }};
    };
    const auto with = [](const char* name, const std::string& value) {
        QTest::newRow(qPrintable(QString{"%1 \"%2\""}.arg(name, QString::fromStdString(value))))
            << Change{[name, value](SignedRequest& request) { request.with(name, value); }};
    };
    const auto twice = [](const char* name, const char* value) {
        QTest::newRow(qPrintable(QString{"%1 twice"}.arg(name)))
            << Change{[name, value](SignedRequest& request) { request.adding(name, value); }};
    };
    for (const char* name : {"auth_key", "auth_timestamp", "auth_version", "auth_signature"})
        without(name);
    for (const char* key : {"", "A-key", "a-key ", "unknown"})
        with("auth_key", key);
    for (const char* version : {"", "1", "1.1", "2.0", "1.0 "})
        with("auth_version", version);
    for (const char* timestamp : {"", "1e9", "-5", " 1", "now", "0", "12345678901234567890"})
        with("auth_timestamp", timestamp);
    with("auth_timestamp", std::to_string(now()) + ".5");
    with("auth_timestamp", "+" + std::to_string(now()));
    for (const std::string& signature :
         {std::string{}, std::string(63, 'a'), std::string(64, 'a'), std::string(65, 'a')})
        with("auth_signature", signature);
    twice("auth_key", "a-key");
    twice("auth_version", "1.0");
    twice("auth_timestamp", "1");
    twice("body_md5", "d41d8cd98f00b204e9800998ecf8427e");
    QTest::newRow("auth_signature upper case") << Change{[](SignedRequest& request) {
        std::string signature = request.signature();
        std::ranges::transform(signature, signature.begin(), [](char c) { return c >= 'a' ? char(c - 32) : c; });
        request.with("auth_signature", signature);
    }};
    QTest::newRow("auth_signature one character short")
        << Change{[](SignedRequest& request) { request.with("auth_signature", request.signature().substr(1)); }};
    QTest::newRow("auth_signature one character long")
        << Change{[](SignedRequest& request) { request.with("auth_signature", request.signature() + "0"); }};
    QTest::newRow("auth_signature as an array") << Change{[](SignedRequest& request) {
        const std::string signature = request.signature();
        request.without("auth_signature").adding("auth_signature[]", signature);
    }};
}

void RestAuthTest::SG5_A2_A3_wrongOrMissingParametersAreRefused()
{
    QFETCH(Change, change);
    PusherClient subscriber = m_server->connect();
    subscriber.join("room.7");
    SignedRequest request = publishRequest();
    change(request);
    const HttpReply reply = send(request);
    QCOMPARE(reply.status, 401);
    QVERIFY(reply.isTextLine());
    subscriber.expectSilence();
}

void RestAuthTest::SG6_A4_theBodyMustMatchItsDigest_data()
{
    QTest::addColumn<Change>("change");
    const auto row = [](const char* tag, Change change) { QTest::newRow(tag) << std::move(change); };
    row("no digest", [](SignedRequest& request) { request.without("body_md5"); });
    row("an empty digest", [](SignedRequest& request) { request.with("body_md5", ""); });
    row("the digest of nothing",
        [](SignedRequest& request) { request.with("body_md5", "d41d8cd98f00b204e9800998ecf8427e"); });
    row("another body's digest",
        [](SignedRequest& request) { request.with("body_md5", "99914b932bd37a50b983c5e7c90ae93b"); });
    row("the digest in upper case",
        [](SignedRequest& request) { request.with("body_md5", "2E23E5538A38E619EF5D58A3BDC522AC"); });
}

void RestAuthTest::SG6_A4_theBodyMustMatchItsDigest()
{
    QFETCH(Change, change);
    QCOMPARE(send(publishRequest()).status, 200);
    SignedRequest request = publishRequest();
    change(request);
    const HttpReply reply = send(request);
    QCOMPARE(reply.status, 401);
    QVERIFY(reply.body.find("body_md5") != std::string::npos);
}

void RestAuthTest::SG7_aGetWithTheDigestOfNothingVerifies()
{
    SignedRequest request{m_server->app(), "GET", "/apps/a/channels/presence-lobby/users", {}, now()};
    request.with("body_md5", "d41d8cd98f00b204e9800998ecf8427e");
    const HttpReply reply = send(request);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body, std::string{R"({"users":[]})"});
    request.with("body_md5", "99914b932bd37a50b983c5e7c90ae93b");
    QCOMPARE(send(request).status, 401);
}

void RestAuthTest::SG8_A6_theKeyMustBelongToTheApp()
{
    const SignedRequest foreign{m_server->app(0), "POST", "/apps/b/events", body, now()};
    const HttpReply foreignKey = send(foreign);
    QCOMPARE(foreignKey.status, 401);
    // Signed with the right secret for the app in the path, but under the other key.
    SignedRequest mixed{m_server->app(1), "POST", "/apps/b/events", body, now()};
    QCOMPARE(send(mixed.with("auth_key", "a-key")).status, 401);

    const SignedRequest unknown{makeApp("nobody"), "POST", "/apps/b/events", body, now()};
    const HttpReply unknownKey = send(unknown);
    QCOMPARE(unknownKey.status, 401);
    QCOMPARE(unknownKey.body, foreignKey.body);
    QVERIFY(unknownKey.isTextLine());

    const SignedRequest nowhere{m_server->app(0), "POST", "/apps/nobody/events", body, now()};
    QCOMPARE(send(nowhere).status, 404);
}

void RestAuthTest::SG9_arraysVerifyInTheOrderSent()
{
    for (const Spelling spelling : {Spelling::Escaped, Spelling::Raw}) {
        SignedRequest request{m_server->app(), "GET", "/apps/a/channels", {}, now()};
        request.adding("k[]", "b").adding("k[]", "a").adding("k[]", "c");
        QCOMPARE(send(request, spelling).status, 200);
    }
    SignedRequest ordered{m_server->app(), "GET", "/apps/a/channels", {}, now()};
    ordered.adding("k[]", "a").adding("k[]", "b");
    std::string target = ordered.target(Spelling::Raw);
    target.replace(target.find("k[]=a&k[]=b"), 11, "k[]=b&k[]=a");
    QCOMPARE(request(m_server->port(), "GET", target).status, 401);
}

void RestAuthTest::A5_oneChangedByteIsRefused_data()
{
    QTest::addColumn<std::string>("part");
    for (const char* part : {"method", "path", "query", "body"})
        QTest::newRow(part) << std::string{part};
}

void RestAuthTest::A5_oneChangedByteIsRefused()
{
    QFETCH(std::string, part);
    SignedRequest original{m_server->app(), "POST", "/apps/a/users/u-42/terminate_connections", "{}", now()};
    original.with("extra", "x");
    std::string method = "POST";
    std::string target = original.target();
    std::string sentBody = "{}";
    QCOMPARE(request(m_server->port(), method, target, sentBody).status, 200);
    if (part == "path")
        target.replace(target.find("u-42"), 4, "u-43");
    else if (part == "query")
        target.replace(target.find("extra=x"), 7, "extra=y");
    else if (part == "body")
        sentBody = "[]";
    else
        target = SignedRequest{m_server->app(), "POST", "/apps/a/channels", {}, now()}.target();
    if (part == "method")
        method = "GET";
    QCOMPARE(request(m_server->port(), method, target, method == "GET" ? std::string{} : sentBody).status, 401);
}

void RestAuthTest::A7_aDisabledAppIsForbiddenAfterTheSignature()
{
    const hub::AppConfig& off = m_server->app(2);
    QCOMPARE(send({off, "POST", "/apps/off/events", body, now()}).status, 403);
    QVERIFY(send({off, "GET", "/apps/off/channels", {}, now()}).isTextLine());
    SignedRequest forged{off, "POST", "/apps/off/events", body, now()};
    QCOMPARE(send(forged.with("auth_signature", std::string(64, 'a'))).status, 401);
    // Before the parameters are looked at.
    QCOMPARE(send({off, "POST", "/apps/off/events", "not json", now()}).status, 403);
}

void RestAuthTest::A8_aReplayPassesUnlessReplaysAreRefused()
{
    const SignedRequest usual = publishRequest();
    QCOMPARE(send(usual).status, 200);
    QCOMPARE(send(usual).status, 200);

    const SignedRequest strict{m_server->app(3), "POST", "/apps/strict/events", body, now()};
    QCOMPARE(send(strict).status, 200);
    QCOMPARE(send(strict).status, 401);
    SignedRequest other{m_server->app(3), "POST", "/apps/strict/events", body, now()};
    QCOMPARE(send(other.with("nonce", "1")).status, 200);
}

void RestAuthTest::RS20_punctuationWorksRawOrEncodedInThePath_data()
{
    QTest::addColumn<std::string>("signedPath");
    QTest::addColumn<std::string>("sentPath");
    const std::string raw = "/apps/a/channels/cache-a=b@c,d.e;f";
    const std::string encoded = "/apps/a/channels/cache-a%3Db%40c%2Cd.e%3Bf";
    QTest::newRow("T9 raw") << raw << raw;
    QTest::newRow("encoded, signed as sent") << encoded << encoded;
    QTest::newRow("encoded, signed before encoding") << raw << encoded;
    QTest::newRow("encoded in lower case") << raw << std::string{"/apps/a/channels/cache-a%3db%40c%2cd.e%3bf"};
}

void RestAuthTest::RS20_punctuationWorksRawOrEncodedInThePath()
{
    QFETCH(std::string, signedPath);
    QFETCH(std::string, sentPath);
    PusherClient subscriber = m_server->connect();
    subscriber.join("cache-a=b@c,d.e;f");
    SignedRequest query{m_server->app(), "GET", signedPath, {}, now()};
    query.with("info", "cache,subscription_count");
    const HttpReply reply = request(m_server->port(), "GET", sentPath + "?" + query.query());
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body, std::string{R"({"occupied":true,"subscription_count":1,"cache":null})"});
}

void RestAuthTest::answersNeverNameTheSecretOrTheRightSignature()
{
    SignedRequest request = publishRequest();
    const std::string right = request.signature();
    const HttpReply reply = send(request.with("auth_signature", std::string(64, '0')));
    QCOMPARE(reply.status, 401);
    QVERIFY(reply.body.find(right) == std::string::npos);
    QVERIFY(reply.body.find(m_server->app().secret) == std::string::npos);
}

QTEST_GUILESS_MAIN(RestAuthTest)
#include "rest_auth_test.moc"
