#include "core/rest/api.h"

#include "tests/support/hub_fixture.h"
#include "tests/support/signed_request.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

/// What the API does beyond single requests: pressure, rates and addresses.
class ApiTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_fixture.reset(); }

    void publishesWaitWhileTheServerIsUnderPressure();
    void publishesWaitWhileTheServerStops();
    void publishesAreLimitedWhereTheAppSaysSo();
    void withoutALimitPublishesAreNotCounted();
    void forgersFromElsewhereAreShutOutForAMinute();
    void forgersOnThisMachineAreNot();
    void A8_aReplayIsRefusedWhereTheAppSaysSo();
    void changedSecretsHoldAtOnce();
    void SG3_namesOfParametersHaveNoCase();
    void R13_reservedNamesAreWarnedOfOnceAMinute();
    void theLogIsToldToWhoSignsForTheApp();

private:
    SignedRequest publishRequest(const std::string& event = "e") const;
    http::Response handle(const SignedRequest& request, const std::string& address = "127.0.0.1");

    hub::AppConfig m_app;
    std::unique_ptr<HubFixture> m_fixture;
    std::unique_ptr<rest::Api> m_api;
    bool m_isUnderPressure = false;
    bool m_isStopping = false;
    std::vector<std::string> m_notices;
};

void ApiTest::init()
{
    m_app = makeApp();
    m_fixture = std::make_unique<HubFixture>(m_app);
    m_isUnderPressure = false;
    m_isStopping = false;
    m_notices.clear();
    m_api = std::make_unique<rest::Api>(
        m_fixture->hub(),
        rest::ApiServices{
            .isUnderPressure = [this] { return m_isUnderPressure; },
            .isStopping = [this] { return m_isStopping; },
            .notice = [this](std::string text) { m_notices.push_back(std::move(text)); },
            .log = [](const std::string& appId,
                      std::uint64_t number) { return "[\"" + appId + "\"," + std::to_string(number) + "]"; }});
}

SignedRequest ApiTest::publishRequest(const std::string& event) const
{
    const auto now = m_fixture->clock().wall().time_since_epoch();
    return {m_app, "POST", "/apps/app/events", R"({"name":")" + event + R"(","channel":"news","data":"x"})",
            std::chrono::duration_cast<std::chrono::seconds>(now).count()};
}

http::Response ApiTest::handle(const SignedRequest& request, const std::string& address)
{
    http::Request result;
    result.method = request.method();
    result.path = request.path();
    result.query = request.query();
    result.body = request.body();
    result.peerAddress = address;
    result.isPeerLoopback = address == "127.0.0.1";
    return m_api->handle(result);
}

void ApiTest::publishesWaitWhileTheServerIsUnderPressure()
{
    const auto client = m_fixture->connect();
    client->subscribe("news");
    m_fixture->settle();
    (void)client->connection().take();

    m_isUnderPressure = true;
    const http::Response refused = handle(publishRequest());
    QCOMPARE(refused.status, 503);
    QVERIFY(http::find(refused.headers, "Retry-After") != nullptr);
    m_fixture->settle();
    QVERIFY(client->connection().take().empty());

    m_isUnderPressure = false;
    QCOMPARE(handle(publishRequest()).status, 200);
    m_fixture->settle();
    QCOMPARE(client->connection().take().size(), std::size_t{1});
}

void ApiTest::publishesWaitWhileTheServerStops()
{
    m_isStopping = true;
    QCOMPARE(handle(publishRequest()).status, 503);
    http::Request ready;
    ready.method = "GET";
    ready.path = "/ready";
    QCOMPARE(m_api->handle(ready).status, 503);
    m_isStopping = false;
    QCOMPARE(m_api->handle(ready).status, 200);
}

void ApiTest::publishesAreLimitedWhereTheAppSaysSo()
{
    m_app.limits.publishesPerSecond = 5;
    m_fixture->application().configure(m_app);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(handle(publishRequest()).status, 200);
    const http::Response refused = handle(publishRequest());
    QCOMPARE(refused.status, 429);
    QVERIFY(http::find(refused.headers, "Retry-After") != nullptr);
    QCOMPARE(*http::find(refused.headers, "X-RateLimit-Limit"), std::string{"5"});
    m_fixture->clock().advance(1s);
    QCOMPARE(handle(publishRequest()).status, 200);
}

void ApiTest::withoutALimitPublishesAreNotCounted()
{
    for (int i = 0; i < 3'000; ++i)
        QCOMPARE(handle(publishRequest()).status, 200);
}

void ApiTest::forgersFromElsewhereAreShutOutForAMinute()
{
    SignedRequest forged = publishRequest();
    forged.with("auth_signature", std::string(64, 'a'));
    for (int i = 0; i < 20; ++i)
        QCOMPARE(handle(forged, "192.0.2.1").status, 401);
    const http::Response refused = handle(publishRequest(), "192.0.2.1");
    QCOMPARE(refused.status, 429);
    QCOMPARE(*http::find(refused.headers, "Retry-After"), std::string{"60"});
    QCOMPARE(handle(publishRequest(), "192.0.2.2").status, 200);
    m_fixture->clock().advance(60s);
    QCOMPARE(handle(publishRequest(), "192.0.2.1").status, 200);
}

void ApiTest::forgersOnThisMachineAreNot()
{
    SignedRequest forged = publishRequest();
    forged.with("auth_signature", std::string(64, 'a'));
    for (int i = 0; i < 50; ++i)
        QCOMPARE(handle(forged).status, 401);
    QCOMPARE(handle(publishRequest()).status, 200);
}

void ApiTest::A8_aReplayIsRefusedWhereTheAppSaysSo()
{
    QCOMPARE(handle(publishRequest()).status, 200);
    QCOMPARE(handle(publishRequest()).status, 200);
    m_app.refusesReplays = true;
    m_fixture->application().configure(m_app);
    QCOMPARE(handle(publishRequest()).status, 200);
    QCOMPARE(handle(publishRequest()).status, 401);
    m_fixture->clock().advance(1s);
    QCOMPARE(handle(publishRequest()).status, 200);
}

void ApiTest::changedSecretsHoldAtOnce()
{
    const SignedRequest before = publishRequest();
    m_app.secret = "another";
    m_fixture->application().configure(m_app);
    QCOMPARE(handle(before).status, 401);
    QCOMPARE(handle(publishRequest()).status, 200);
}

void ApiTest::SG3_namesOfParametersHaveNoCase()
{
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(m_fixture->clock().wall().time_since_epoch());
    SignedRequest request{m_app, "GET", "/apps/app/channels", "", now.count()};
    request.without("auth_version").adding("AUTH_Version", "1.0").adding("INFO", "user_count");
    const http::Response response = handle(request);
    QCOMPARE(response.status, 400); // The info that was signed counts, and this one needs a prefix.
    QCOMPARE(handle(request.adding("Filter_By_Prefix", "presence-")).status, 200);
    QCOMPARE(handle(request.adding("auth_version", "1.0")).status, 401);
}

void ApiTest::R13_reservedNamesAreWarnedOfOnceAMinute()
{
    QCOMPARE(handle(publishRequest("my-pusher:x")).status, 200);
    QVERIFY(m_notices.empty());
    QCOMPARE(handle(publishRequest("pusher:x")).status, 200);
    QCOMPARE(handle(publishRequest("pusher:y")).status, 200);
    QCOMPARE(m_notices.size(), std::size_t{1});
    QVERIFY(m_notices.front().find("app") != std::string::npos);
    m_fixture->clock().advance(60s);
    QCOMPARE(handle(publishRequest("pusher_internal:x")).status, 200);
    QCOMPARE(m_notices.size(), std::size_t{2});
}

void ApiTest::theLogIsToldToWhoSignsForTheApp()
{
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(m_fixture->clock().wall().time_since_epoch());
    SignedRequest request{m_app, "GET", "/apps/app/log", "", now.count()};
    QCOMPARE(handle(request).body, std::string{R"(["app",0])"});
    QCOMPARE(handle(request.with("after", "7")).body, std::string{R"(["app",7])"});
    QCOMPARE(handle(request.with("after", "-1")).status, 400);
    QCOMPARE(handle(request.with("auth_signature", std::string(64, 'a'))).status, 401);
}

QTEST_APPLESS_MAIN(ApiTest)
#include "api_test.moc"
