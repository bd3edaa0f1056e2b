#include "core/remote/pusher_rest_client.h"

#include "core/base/json.h"
#include "tests/support/engine_fixture.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::remote;
using castdeck::test::EngineFixture;

/// Our HTTP client against our server.
class PusherRestClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void channelsAndUsersAreListed();
    void namesWithEveryAllowedCharacterAreFound();
    void connectionsAreCounted();
    void aUserIsTerminated();
    void aWrongSecretIsUnauthorized();
    void anUnknownAppIsABadResponse();
    void aStoppedServerIsUnreachable();

private:
    PusherEndpoint endpoint() const;
    RestAnswer ask(const std::function<void(PusherRestClient::Done)>& question);

    std::unique_ptr<EngineFixture> m_fixture;
    HttpClient m_http;
    SystemClock m_clock;
};

void PusherRestClientTest::init()
{
    m_fixture = std::make_unique<EngineFixture>();
}

PusherEndpoint PusherRestClientTest::endpoint() const
{
    PusherEndpoint endpoint;
    endpoint.restHost = endpoint.socketHost = "127.0.0.1";
    endpoint.port = m_fixture->port();
    endpoint.usesTls = false;
    endpoint.appId = m_fixture->app().id;
    endpoint.key = m_fixture->app().key;
    endpoint.secret = m_fixture->app().secret;
    return endpoint;
}

RestAnswer PusherRestClientTest::ask(const std::function<void(PusherRestClient::Done)>& question)
{
    std::optional<RestAnswer> result;
    question([&](const RestAnswer& answer) { result = answer; });
    [&] { QTRY_VERIFY(result); }();
    return result.value_or(RestAnswer{});
}

void PusherRestClientTest::channelsAndUsersAreListed()
{
    PusherRestClient rest{m_http, endpoint(), m_clock};
    auto client = m_fixture->connect();
    client.join("news");
    const std::string member = test::memberData("u-1");
    client.join("presence-a", member);
    const RestAnswer all = ask([&](auto done) { rest.channels("", "", this, std::move(done)); });
    QVERIFY(nlohmann::json::parse(all.body) == nlohmann::json::parse(R"({"channels":{"news":{},"presence-a":{}}})"));
    QCOMPARE(ask([&](auto done) { rest.channels("presence-", "user_count", this, std::move(done)); }).body,
             R"({"channels":{"presence-a":{"user_count":1}}})");
    QVERIFY(ask([&](auto done) { rest.channels("", "user_count", this, std::move(done)); }).code ==
            broadcast::Code::Rejected);
    QCOMPARE(ask([&](auto done) { rest.channel("news", "subscription_count", this, std::move(done)); }).body,
             R"({"occupied":true,"subscription_count":1})");
    QCOMPARE(ask([&](auto done) { rest.users("presence-a", this, std::move(done)); }).body,
             R"({"users":[{"id":"u-1"}]})");
    QVERIFY(ask([&](auto done) { rest.users("news", this, std::move(done)); }).code == broadcast::Code::Rejected);
}

void PusherRestClientTest::namesWithEveryAllowedCharacterAreFound()
{
    PusherRestClient rest{m_http, endpoint(), m_clock};
    auto client = m_fixture->connect();
    client.join("cache-a=b@c,d.e;f_G-9");
    const RestAnswer answer = ask(
        [&](auto done) { rest.channel("cache-a=b@c,d.e;f_G-9", "subscription_count,cache", this, std::move(done)); });
    QVERIFY2(answer.code == broadcast::Code::None, answer.text.c_str());
    QVERIFY2(answer.body.find("\"subscription_count\":1") != std::string::npos, answer.body.c_str());
}

void PusherRestClientTest::connectionsAreCounted()
{
    PusherRestClient rest{m_http, endpoint(), m_clock};
    const auto first = m_fixture->connect();
    const auto second = m_fixture->connect();
    QCOMPARE(ask([&](auto done) { rest.connections(this, std::move(done)); }).body, R"({"connections":2})");
}

void PusherRestClientTest::aUserIsTerminated()
{
    PusherRestClient rest{m_http, endpoint(), m_clock};
    auto client = m_fixture->connect();
    client.signIn(R"({"id":"u-1"})");
    client.expectEvent("pusher:signin_success");
    QVERIFY(ask([&](auto done) { rest.terminateUser("u-1", this, std::move(done)); }).code == broadcast::Code::None);
    QTRY_VERIFY(m_fixture->engine().snapshot()->connectionCount == 0);
}

void PusherRestClientTest::aWrongSecretIsUnauthorized()
{
    PusherEndpoint wrong = endpoint();
    wrong.secret = "marker-zqx";
    PusherRestClient rest{m_http, wrong, m_clock};
    const RestAnswer answer = ask([&](auto done) { rest.connections(this, std::move(done)); });
    QVERIFY(answer.code == broadcast::Code::Unauthorized);
    QCOMPARE(answer.status, 401);
    QVERIFY(answer.text.find("marker-zqx") == std::string::npos);
}

void PusherRestClientTest::anUnknownAppIsABadResponse()
{
    PusherEndpoint wrong = endpoint();
    wrong.appId = "nobody";
    PusherRestClient rest{m_http, wrong, m_clock};
    const RestAnswer answer = ask([&](auto done) { rest.connections(this, std::move(done)); });
    QVERIFY(answer.code == broadcast::Code::BadResponse);
    QCOMPARE(answer.status, 404);
}

void PusherRestClientTest::aStoppedServerIsUnreachable()
{
    PusherRestClient rest{m_http, endpoint(), m_clock};
    m_fixture.reset();
    QVERIFY(ask([&](auto done) { rest.connections(this, std::move(done)); }).code == broadcast::Code::Unreachable);
}

QTEST_GUILESS_MAIN(PusherRestClientTest)
#include "pusher_rest_client_test.moc"
