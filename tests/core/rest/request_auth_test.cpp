#include "core/rest/request_auth.h"

#include "tests/support/app.h"
#include "tests/support/signed_request.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::test;

using Change = std::function<void(SignedRequest&)>;

namespace {

constexpr long long serverTime = 1'700'000'000;

/// The application of the project's vectors.
hub::AppConfig vectorApp()
{
    hub::AppConfig app = makeApp("900");
    app.key = "app-key-1";
    app.secret = "app-secret-1";
    return app;
}

Result<void> verify(const http::Request& request, long long now = serverTime)
{
    const hub::AppConfig app = vectorApp();
    return rest::verify(request, pusher::parseQuery(request.query), pusher::Signer{app.key, app.secret},
                        WallTime{std::chrono::seconds{now}});
}

http::Request requestOf(const SignedRequest& request,
                        SignedRequest::Spelling spelling = SignedRequest::Spelling::Escaped)
{
    http::Request result;
    result.method = request.method();
    result.path = request.path();
    result.query = request.query(spelling);
    result.body = request.body();
    return result;
}

SignedRequest publishRequest()
{
    // Not a raw string: moc loses its way in this one and finds no class behind it.
    return {vectorApp(), "POST", "/apps/900/events",
            "{\"name\":\"ping\",\"channel\":\"room.7\",\"data\":\"{\\\"n\\\":1}\"}", serverTime};
}

} // namespace

class RequestAuthTest : public QObject {
    Q_OBJECT
private slots:
    void SG1_theVectorsVerify_data();
    void SG1_theVectorsVerify();
    void SG4_A1_skewBelowTenMinutesPasses_data();
    void SG4_A1_skewBelowTenMinutesPasses();
    void A1_theErrorStatesTheSkew();
    void eachFaultIsNamed_data();
    void eachFaultIsNamed();
    void theFirstFaultInTheOrderOfTheDocumentIsTold();
    void SG7_theDigestOfNothingIsAcceptedForAnEmptyBody();
    void theSignatureMayCoverTheDecodedPath();
};

void RequestAuthTest::SG1_theVectorsVerify_data()
{
    QTest::addColumn<std::string>("method");
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("own");
    QTest::addColumn<std::string>("body");
    QTest::addColumn<std::string>("signature");
    const auto row = [](const char* tag, const char* method, const char* path, const char* own, const char* body,
                        const char* signature) {
        QTest::newRow(tag) << std::string{method} << std::string{path} << std::string{own} << std::string{body}
                           << std::string{signature};
    };
    row("T6", "POST", "/apps/900/events", "body_md5=2e23e5538a38e619ef5d58a3bdc522ac",
        R"({"name":"ping","channel":"room.7","data":"{\"n\":1}"})",
        "07f8a81d45dfcae74429d0959f54ed01cbeb749736e6bc6132c6be7d3b230d8f");
    row("T7", "GET", "/apps/900/channels", "info=user_count&filter_by_prefix=presence-", "",
        "8d356177c662a11d60e7244e586556b8d631b290f66f27f98bb2d2ac9d1d1fbf");
    row("T8", "GET", "/apps/900/channels/presence-lobby/users", "body_md5=d41d8cd98f00b204e9800998ecf8427e", "",
        "11d07ca8dcf55fb4dcb3adc1ec4a096c5348acfeb7baf37610419704333ad718");
    row("T9", "GET", "/apps/900/channels/cache-a=b@c,d.e;f", "info=cache,subscription_count", "",
        "69a26518498ce573199c3d68a2def9fb8f6902c17bd420cf82ec6590550bfdc1");
    row("T9 escaped", "GET", "/apps/900/channels/cache-a%3Db%40c%2Cd.e%3Bf", "info=cache%2Csubscription_count", "",
        "69a26518498ce573199c3d68a2def9fb8f6902c17bd420cf82ec6590550bfdc1");
    row("T10", "POST", "/apps/900/users/u-42/terminate_connections", "body_md5=99914b932bd37a50b983c5e7c90ae93b", "{}",
        "d62fe28bb9d600a52cac88adfff1d02b02c02f5321febb9553787d24758a71cc");
}

void RequestAuthTest::SG1_theVectorsVerify()
{
    QFETCH(std::string, method);
    QFETCH(std::string, path);
    QFETCH(std::string, own);
    QFETCH(std::string, body);
    QFETCH(std::string, signature);
    http::Request request;
    request.method = method;
    request.path = path;
    request.query = own + "&auth_key=app-key-1&auth_timestamp=1700000000&auth_version=1.0&auth_signature=" + signature;
    request.body = body;
    QVERIFY(verify(request));
    request.query.back() = request.query.back() == '0' ? '1' : '0';
    QVERIFY(!verify(request));
}

void RequestAuthTest::SG4_A1_skewBelowTenMinutesPasses_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<bool>("passes");
    for (const auto& [seconds, passes] : {std::pair{0, true},
                                          {599, true},
                                          {-599, true},
                                          {600, false},
                                          {-600, false},
                                          {86'400, false},
                                          {-86'400, false}})
        QTest::addRow("%d s", seconds) << seconds << passes;
}

void RequestAuthTest::SG4_A1_skewBelowTenMinutesPasses()
{
    QFETCH(int, seconds);
    QFETCH(bool, passes);
    QCOMPARE(verify(requestOf(publishRequest()), serverTime + seconds).has_value(), passes);
}

void RequestAuthTest::A1_theErrorStatesTheSkew()
{
    const auto late = verify(requestOf(publishRequest()), serverTime + 754);
    QVERIFY(late.error().detail.find("754 seconds behind") != std::string::npos);
    const auto early = verify(requestOf(publishRequest()), serverTime - 601);
    QVERIFY(early.error().detail.find("601 seconds ahead") != std::string::npos);
}

void RequestAuthTest::eachFaultIsNamed_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<std::string>("named");
    const auto without = [](const char* name) {
        QTest::addRow("no %s", name) << Change{[name](SignedRequest& request) { request.without(name); }}
                                     << std::string{name};
    };
    const auto with = [](const char* name, const std::string& value, const char* named) {
        QTest::addRow("%s '%.40s'", name, value.c_str())
            << Change{[name, value](SignedRequest& request) { request.with(name, value); }} << std::string{named};
    };
    const auto twice = [](const char* name, const char* value) {
        QTest::addRow("%s twice", name) << Change{[name, value](SignedRequest& request) {
            request.adding(name, value);
        }} << std::string{name};
    };
    for (const char* name : {"auth_key", "auth_timestamp", "auth_version", "auth_signature", "body_md5"})
        without(name);
    with("auth_key", "APP-KEY-1", "auth_key");
    with("auth_version", "1.1", "auth_version");
    for (const char* timestamp : {"", "1e9", "-5", " 1700000000", "1700000000 ", "+1700000000", "0x6553F100",
                                  "17000000000000000000", "99999999999999999999"})
        with("auth_timestamp", timestamp, "auth_timestamp");
    with("body_md5", "", "body_md5");
    with("body_md5", "2E23E5538A38E619EF5D58A3BDC522AC", "body_md5");
    for (const std::size_t length : {0, 63, 64, 65})
        with("auth_signature", std::string(length, 'a'), "auth_signature");
    twice("auth_key", "app-key-1");
    twice("auth_timestamp", "1700000000");
    twice("auth_version", "1.0");
    twice("body_md5", "2e23e5538a38e619ef5d58a3bdc522ac");
}

void RequestAuthTest::eachFaultIsNamed()
{
    QFETCH(Change, change);
    QFETCH(std::string, named);
    SignedRequest request = publishRequest();
    QVERIFY(verify(requestOf(request)));
    const std::string right = request.signature();
    change(request);
    const auto verified = verify(requestOf(request));
    QVERIFY(!verified);
    QCOMPARE(verified.error().kind, ErrorKind::Unauthorized);
    QVERIFY2(verified.error().detail.find(named) != std::string::npos, verified.error().detail.c_str());
    QVERIFY(verified.error().detail.find(right) == std::string::npos);
    QVERIFY(verified.error().detail.find(vectorApp().secret) == std::string::npos);
}

void RequestAuthTest::theFirstFaultInTheOrderOfTheDocumentIsTold()
{
    SignedRequest request = publishRequest();
    const auto fault = [&] { return verify(requestOf(request)).error().detail; };
    request.with("auth_signature", "x");
    QVERIFY(fault().find("auth_signature") != std::string::npos);
    request.with("body_md5", "x");
    QVERIFY(fault().find("body_md5") != std::string::npos);
    request.with("auth_timestamp", "x");
    QVERIFY(fault().find("auth_timestamp") != std::string::npos);
    request.with("auth_version", "x");
    QVERIFY(fault().find("auth_version") != std::string::npos);
    request.with("auth_key", "x");
    QVERIFY(fault().find("auth_key") != std::string::npos);
}

void RequestAuthTest::SG7_theDigestOfNothingIsAcceptedForAnEmptyBody()
{
    SignedRequest request{vectorApp(), "GET", "/apps/900/channels", {}, serverTime};
    QVERIFY(verify(requestOf(request)));
    QVERIFY(verify(requestOf(request.with("body_md5", "d41d8cd98f00b204e9800998ecf8427e"))));
    QVERIFY(!verify(requestOf(request.with("body_md5", "99914b932bd37a50b983c5e7c90ae93b"))));
    // It takes part in the signature like any other parameter.
    http::Request stripped = requestOf(request.with("body_md5", "d41d8cd98f00b204e9800998ecf8427e"));
    stripped.query.erase(stripped.query.find("body_md5="), 42);
    QVERIFY(!verify(stripped));
}

void RequestAuthTest::theSignatureMayCoverTheDecodedPath()
{
    const SignedRequest decoded{vectorApp(), "GET", "/apps/900/channels/a@b", {}, serverTime};
    http::Request request = requestOf(decoded);
    request.path = "/apps/900/channels/a%40b";
    QVERIFY(verify(request));
    request.path = "/apps/900/channels/a%41b";
    QVERIFY(!verify(request));
}

QTEST_APPLESS_MAIN(RequestAuthTest)
#include "request_auth_test.moc"
