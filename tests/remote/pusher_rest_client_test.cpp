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
    void anEventArrives();
    void theExcludedSocketIsLeftOut();
    void manyChannelsAreSentInSeveralRequests();
    void whatBreaksARuleIsNotSent_data();
    void whatBreaksARuleIsNotSent();
    void goodChannelsAreSentBesideBadOnes();
    void onlyEncryptedDataGoesToEncryptedChannels();
    void aBatchArrivesInOrder();
    void batchesOfAWrongSizeAreRefused();
    void channelsAndUsersAreListed();
    void namesWithEveryAllowedCharacterAreFound();
    void connectionsAreCounted();
    void aUserIsTerminated();
    void aWrongSecretIsUnauthorized();
    void anUnknownAppIsABadResponse();
    void aStoppedServerIsUnreachableForEveryChannel();

private:
    PusherEndpoint endpoint() const;
    SendReport send(PusherRestClient& rest, const OutgoingEvent& event);
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

SendReport PusherRestClientTest::send(PusherRestClient& rest, const OutgoingEvent& event)
{
    std::optional<SendReport> report;
    rest.trigger(event, this, [&](const SendReport& answer) { report = answer; });
    [&] { QTRY_VERIFY(report); }();
    return report.value_or(SendReport{});
}

RestAnswer PusherRestClientTest::ask(const std::function<void(PusherRestClient::Done)>& question)
{
    std::optional<RestAnswer> result;
    question([&](const RestAnswer& answer) { result = answer; });
    [&] { QTRY_VERIFY(result); }();
    return result.value_or(RestAnswer{});
}

void PusherRestClientTest::anEventArrives()
{
    PusherRestClient rest{m_http, endpoint(), m_clock};
    auto client = m_fixture->connect();
    client.join("news");
    const std::string data = "{ \"n\":12345678901234567890, \"t\":\"\\u00e9ü\" }";
    const SendReport report =
        send(rest, {.name = "headline", .channels = {"news", "news"}, .data = data, .excludeSocketId = {}});
    QCOMPARE(report.channels.size(), std::size_t{1});
    QVERIFY2(report.isAllSent(), report.channels[0].text.c_str());
    QCOMPARE(report.channels[0].status, 200);
    const auto message = client.expectEvent("headline");
    QCOMPARE(message.data(), data);
}

void PusherRestClientTest::theExcludedSocketIsLeftOut()
{
    PusherRestClient rest{m_http, endpoint(), m_clock};
    auto first = m_fixture->connect();
    auto second = m_fixture->connect();
    first.join("news");
    second.join("news");
    QVERIFY(
        send(rest, {.name = "e", .channels = {"news"}, .data = "{}", .excludeSocketId = first.socketId()}).isAllSent());
    QVERIFY(send(rest, {.name = "last", .channels = {"news"}, .data = "{}", .excludeSocketId = {}}).isAllSent());
    QCOMPARE(first.expectMessage().event(), "last");
    QCOMPARE(second.expectMessage().event(), "e");
}

void PusherRestClientTest::manyChannelsAreSentInSeveralRequests()
{
    PusherRestClient rest{m_http, endpoint(), m_clock};
    auto client = m_fixture->connect();
    OutgoingEvent event{.name = "e", .channels = {}, .data = "{}", .excludeSocketId = {}};
    for (int i = 0; i < 250; ++i)
        event.channels.push_back("c" + std::to_string(i));
    client.join("c0");
    client.join("c150");
    client.join("c249");
    const SendReport report = send(rest, event);
    QCOMPARE(report.channels.size(), std::size_t{250});
    QVERIFY(report.isAllSent());
    QCOMPARE(report.channels[249].channel, "c249");
    for (const char* channel : {"c0", "c150", "c249"})
        QCOMPARE(client.expectMessage().channel(), channel);
}

void PusherRestClientTest::whatBreaksARuleIsNotSent_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("channel");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<QString>("exclude");
    QTest::addColumn<QString>("code");
    QTest::newRow("empty name") << "" << "a" << 2 << "" << "bad_event";
    QTest::newRow("201 characters") << QString(201, 'x') << "a" << 2 << "" << "bad_event";
    QTest::newRow("200 characters") << QString(200, QChar{0xE9}) << "a" << 2 << "" << "";
    QTest::newRow("reserved name") << "pusher:x" << "a" << 2 << "" << "bad_event";
    QTest::newRow("bad channel") << "e" << "a b" << 2 << "" << "bad_channel";
    QTest::newRow("10,240 bytes") << "e" << "a" << 10'240 << "" << "";
    QTest::newRow("10,241 bytes") << "e" << "a" << 10'241 << "" << "payload_too_large";
    QTest::newRow("bad socket") << "e" << "a" << 2 << "1.1:x" << "bad_option";
}

void PusherRestClientTest::whatBreaksARuleIsNotSent()
{
    QFETCH(QString, name);
    QFETCH(QString, channel);
    QFETCH(int, bytes);
    QFETCH(QString, exclude);
    PusherRestClient rest{m_http, endpoint(), m_clock};
    const SendReport report = send(rest, {.name = name.toStdString(),
                                          .channels = {channel.toStdString()},
                                          .data = std::string(static_cast<std::size_t>(bytes), '1'),
                                          .excludeSocketId = exclude.toStdString()});
    QCOMPARE(report.channels.size(), std::size_t{1});
    QTEST(QString::fromUtf8(toText(report.channels[0].code).data()), "code");
    // What never left the program has no HTTP status.
    QCOMPARE(report.channels[0].status, report.isAllSent() ? 200 : 0);
}

void PusherRestClientTest::goodChannelsAreSentBesideBadOnes()
{
    PusherRestClient rest{m_http, endpoint(), m_clock};
    const SendReport report =
        send(rest, {.name = "e", .channels = {"a", "b b", "c"}, .data = "{}", .excludeSocketId = {}});
    QCOMPARE(report.channels.size(), std::size_t{3});
    QVERIFY(report.channels[0].code == SendCode::None);
    QVERIFY(report.channels[1].code == SendCode::BadChannel);
    QVERIFY(report.channels[2].code == SendCode::None);
    QVERIFY(!report.isAllSent());
}

void PusherRestClientTest::onlyEncryptedDataGoesToEncryptedChannels()
{
    PusherRestClient rest{m_http, endpoint(), m_clock};
    const std::string sealed = R"({"nonce":"ZGVm","ciphertext":"qdXZ"})";
    for (const auto& [data, isSent] :
         {std::pair{std::string{"{}"}, false}, std::pair{std::string{"x"}, false},
          std::pair{std::string{R"({"nonce":1,"ciphertext":2})"}, false}, std::pair{sealed, true}}) {
        const SendReport report =
            send(rest, {.name = "e", .channels = {"private-encrypted-a"}, .data = data, .excludeSocketId = {}});
        QCOMPARE(report.isAllSent(), isSent);
        QVERIFY(isSent || report.channels[0].code == SendCode::BadChannel);
    }
}

void PusherRestClientTest::aBatchArrivesInOrder()
{
    PusherRestClient rest{m_http, endpoint(), m_clock};
    auto client = m_fixture->connect();
    client.join("a");
    client.join("b");
    const RestAnswer answer = ask([&](auto done) {
        rest.triggerBatch({{.name = "1", .channels = {"a"}, .data = "{}", .excludeSocketId = {}},
                           {.name = "2", .channels = {"b"}, .data = "{}", .excludeSocketId = {}},
                           {.name = "3", .channels = {"a"}, .data = "{}", .excludeSocketId = client.socketId()},
                           {.name = "4", .channels = {"a"}, .data = "{}", .excludeSocketId = {}}},
                          this, std::move(done));
    });
    QVERIFY2(answer.code == SendCode::None, answer.text.c_str());
    for (const char* name : {"1", "2", "4"})
        QCOMPARE(client.expectMessage().event(), name);
}

void PusherRestClientTest::batchesOfAWrongSizeAreRefused()
{
    PusherRestClient rest{m_http, endpoint(), m_clock};
    const OutgoingEvent event{.name = "e", .channels = {"a"}, .data = "{}", .excludeSocketId = {}};
    for (const std::size_t size : {std::size_t{0}, std::size_t{11}})
        QVERIFY(ask([&](auto done) { rest.triggerBatch(std::vector(size, event), this, std::move(done)); }).code ==
                SendCode::BadOption);
    QVERIFY(ask([&](auto done) { rest.triggerBatch(std::vector(10, event), this, std::move(done)); }).code ==
            SendCode::None);
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
    QVERIFY(ask([&](auto done) { rest.channels("", "user_count", this, std::move(done)); }).code == SendCode::Rejected);
    QCOMPARE(ask([&](auto done) { rest.channel("news", "subscription_count", this, std::move(done)); }).body,
             R"({"occupied":true,"subscription_count":1})");
    QCOMPARE(ask([&](auto done) { rest.users("presence-a", this, std::move(done)); }).body,
             R"({"users":[{"id":"u-1"}]})");
    QVERIFY(ask([&](auto done) { rest.users("news", this, std::move(done)); }).code == SendCode::Rejected);
}

void PusherRestClientTest::namesWithEveryAllowedCharacterAreFound()
{
    PusherRestClient rest{m_http, endpoint(), m_clock};
    auto client = m_fixture->connect();
    client.join("cache-a=b@c,d.e;f_G-9");
    const RestAnswer answer = ask(
        [&](auto done) { rest.channel("cache-a=b@c,d.e;f_G-9", "subscription_count,cache", this, std::move(done)); });
    QVERIFY2(answer.code == SendCode::None, answer.text.c_str());
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
    QVERIFY(ask([&](auto done) { rest.terminateUser("u-1", this, std::move(done)); }).code == SendCode::None);
    QTRY_VERIFY(m_fixture->engine().snapshot()->connectionCount == 0);
}

void PusherRestClientTest::aWrongSecretIsUnauthorized()
{
    PusherEndpoint wrong = endpoint();
    wrong.secret = "marker-zqx";
    PusherRestClient rest{m_http, wrong, m_clock};
    const SendReport report = send(rest, {.name = "e", .channels = {"a"}, .data = "{}", .excludeSocketId = {}});
    QVERIFY(report.channels[0].code == SendCode::Unauthorized);
    QCOMPARE(report.channels[0].status, 401);
    QVERIFY(report.channels[0].text.find("marker-zqx") == std::string::npos);
}

void PusherRestClientTest::anUnknownAppIsABadResponse()
{
    PusherEndpoint wrong = endpoint();
    wrong.appId = "nobody";
    PusherRestClient rest{m_http, wrong, m_clock};
    const SendReport report = send(rest, {.name = "e", .channels = {"a"}, .data = "{}", .excludeSocketId = {}});
    QVERIFY(report.channels[0].code == SendCode::BadResponse);
    QCOMPARE(report.channels[0].status, 404);
}

void PusherRestClientTest::aStoppedServerIsUnreachableForEveryChannel()
{
    PusherRestClient rest{m_http, endpoint(), m_clock};
    m_fixture.reset();
    OutgoingEvent event{.name = "e", .channels = {}, .data = "{}", .excludeSocketId = {}};
    for (int i = 0; i < 150; ++i)
        event.channels.push_back("c" + std::to_string(i));
    const SendReport report = send(rest, event);
    QCOMPARE(report.channels.size(), std::size_t{150});
    for (const ChannelReport& entry : report.channels)
        QVERIFY(entry.code == SendCode::Unreachable);
}

QTEST_GUILESS_MAIN(PusherRestClientTest)
#include "pusher_rest_client_test.moc"
