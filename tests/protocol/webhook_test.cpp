#include "core/base/crypto.h"
#include "core/base/json.h"
#include "core/engine/stored_outbox.h"
#include "core/webhook/webhook_event.h"
#include "tests/core/webhook/http_receiver.h"
#include "tests/core/webhook/socket_transport.h"
#include "tests/support/engine_fixture.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <iterator>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;
using Names = std::vector<std::string>;

/// Protocol document, "Webhooks": a running engine with real clients, and a web server of the user's.
class WebhookTest : public QObject {
    Q_OBJECT
private slots:
    void init() { m_receiver = std::make_unique<HttpReceiver>(); }
    void cleanup() { m_receiver.reset(); }

    void WH1_occupiedAtOnceAndVacatedThreeSecondsAfterTheLastLeft();
    void WH2_whoReturnsWithinThreeSecondsLeavesNoTrace();
    void WH3_membersAreToldOnceAUserWithTheSameGrace();
    void WH4_aClientEventTellsWhoSentWhat();
    void WH5_aCacheMissIsToldOnceWhileEmpty();
    void WH6_WH7_theHeadersAreThoseThatClientLibrariesCheck();
    void WH8_aFailureIsTriedAgainWithTheSameBytesUntilItSucceeds();
    void WH9_aReceiverThatHangsDelaysNoDelivery();
    void WH10_noApplicationHearsOfAnother();
    void SC1_aCountThatIsAnnouncedIsTold();
    void whatBecomesOfARequestIsInTheLiveLog();
    void changedWebhooksHoldAtOnceAndNobodyIsDisconnected();
    void Q13_theDeparturesOfAStopAreToldBeforeTheEngineEnds();
    void whatWaitsAtTheEndIsSentByTheNextEngine();
    void withoutATransportANoticeSaysSo();

private:
    static hub::AppConfig chattyApp(const std::string& id = "app")
    {
        hub::AppConfig app = makeApp(id);
        app.allowsClientEvents = true;
        app.limits.clientEventsPerSecond = 1'000;
        return app;
    }
    webhook::AppWebhooks webhooksOf(const hub::AppConfig& app, const std::string& path = "/hook") const
    {
        const std::string url = "http://127.0.0.1:" + std::to_string(m_receiver->port()) + path;
        return {app.id, app.key, app.secret, {{.id = {}, .url = url}}};
    }
    engine::EngineOptions optionsFor(const hub::AppConfig& app) const
    {
        engine::EngineOptions options;
        options.apps = {app};
        options.webhooks = {webhooksOf(app)};
        options.webhookTransport = std::make_shared<SocketTransport>();
        return options;
    }
    /// What the receiver got so far: "name@channel", with the user where there is one.
    Names told() const;
    bool isTold(const std::string& name) const { return std::ranges::count(told(), name) > 0; }

    std::unique_ptr<HttpReceiver> m_receiver;
};

namespace {

Names namesIn(const std::string& body)
{
    Names names;
    for (const webhook::WebhookEvent& event : webhook::parseBody(body).value_or(std::vector<webhook::WebhookEvent>{}))
        names.push_back(std::string{toText(event.kind)} + "@" + event.channel +
                        (event.userId.empty() ? "" : " " + event.userId));
    return names;
}

/// What the live log says of the webhooks; it is read once.
std::vector<engine::Event> takeWebhookEvents(engine::Engine& engine)
{
    std::vector<engine::Event> events = engine.takeEvents().items;
    std::erase_if(events, [](const engine::Event& event) {
        return event.kind != engine::EventKind::WebhookSent && event.kind != engine::EventKind::WebhookFailed;
    });
    return events;
}

} // namespace

Names WebhookTest::told() const
{
    Names all;
    for (const HttpReceiver::Received& request : m_receiver->received())
        std::ranges::move(namesIn(request.body), std::back_inserter(all));
    return all;
}

void WebhookTest::WH1_occupiedAtOnceAndVacatedThreeSecondsAfterTheLastLeft()
{
    EngineFixture fixture{optionsFor(makeApp())};
    auto first = fixture.connect();
    auto second = fixture.connect();
    const auto joined = std::chrono::steady_clock::now();
    first.join("room.7");
    QTRY_COMPARE(told(), (Names{"channel_occupied@room.7"}));
    QVERIFY(std::chrono::steady_clock::now() - joined < 3s);
    second.join("room.7");
    first.leave("room.7");
    const auto left = std::chrono::steady_clock::now();
    second.close();
    QTRY_COMPARE_WITH_TIMEOUT(told(), (Names{"channel_occupied@room.7", "channel_vacated@room.7"}), 10'000);
    QVERIFY(std::chrono::steady_clock::now() - left >= 3s);
}

void WebhookTest::WH2_whoReturnsWithinThreeSecondsLeavesNoTrace()
{
    EngineFixture fixture{optionsFor(makeApp())};
    auto client = fixture.connect();
    client.join("returns");
    client.join("goes");
    client.leave("returns");
    client.leave("goes"); // Held longer than the other one would be.
    client.join("returns");
    QTRY_VERIFY_WITH_TIMEOUT(isTold("channel_vacated@goes"), 10'000);
    QCOMPARE(told(), (Names{"channel_occupied@returns", "channel_occupied@goes", "channel_vacated@goes"}));
}

void WebhookTest::WH3_membersAreToldOnceAUserWithTheSameGrace()
{
    EngineFixture fixture{optionsFor(makeApp())};
    auto watcher = fixture.connect();
    watcher.join("presence-a", memberData("watcher"));
    auto ann = fixture.connect();
    auto annAgain = fixture.connect();
    auto bob = fixture.connect();
    ann.join("presence-a", memberData("ann"));
    annAgain.join("presence-a", memberData("ann"));
    bob.join("presence-a", memberData("bob"));
    (void)ann.takeAll();
    ann.leave("presence-a");
    bob.leave("presence-a");
    bob.join("presence-a", memberData("bob"));
    (void)annAgain.takeAll();
    const auto left = std::chrono::steady_clock::now();
    annAgain.leave("presence-a");
    QTRY_VERIFY_WITH_TIMEOUT(isTold("member_removed@presence-a ann"), 10'000);
    QVERIFY(std::chrono::steady_clock::now() - left >= 3s);
    QCOMPARE(told(),
             (Names{"channel_occupied@presence-a", "member_added@presence-a watcher", "member_added@presence-a ann",
                    "member_added@presence-a bob", "member_removed@presence-a ann"}));
}

void WebhookTest::WH4_aClientEventTellsWhoSentWhat()
{
    EngineFixture fixture{optionsFor(chattyApp())};
    auto client = fixture.connect();
    client.join("private-a");
    client.join("presence-a", memberData("ann"));
    client.send("client-wave", R"({"x":1})", "private-a");
    client.send("client-wave", R"({"x":1})", "presence-a");
    QTRY_VERIFY(isTold("client_event@private-a") && isTold("client_event@presence-a"));
    const std::string middle = R"(,"event":"client-wave","data":"{\"x\":1}","socket_id":")" + client.socketId() + "\"";
    const Names wanted{R"([{"name":"client_event","channel":"private-a")" + middle + "}]}",
                       R"([{"name":"client_event","channel":"presence-a")" + middle + R"(,"user_id":"ann"}]})"};
    std::size_t found = 0;
    for (const HttpReceiver::Received& request : m_receiver->received()) {
        const bool isOneOfThem =
            std::ranges::any_of(wanted, [&](const std::string& end) { return request.body.ends_with(end); });
        found += isOneOfThem ? 1U : 0U;
    }
    QCOMPARE(found, wanted.size());
}

void WebhookTest::WH5_aCacheMissIsToldOnceWhileEmpty()
{
    EngineFixture fixture{optionsFor(makeApp())};
    auto first = fixture.connect();
    auto second = fixture.connect();
    auto third = fixture.connect();
    first.join("cache-a");
    second.join("cache-a");
    QCOMPARE(fixture.publish("cache-a", "e", "{}").status, 200);
    third.join("cache-a");
    third.expectEvent("e", "cache-a");
    third.join("cache-b"); // What is told of it comes after all that went before.
    QTRY_VERIFY(isTold("cache_miss@cache-b"));
    QCOMPARE(std::ranges::count(told(), "cache_miss@cache-a"), 1);
}

void WebhookTest::WH6_WH7_theHeadersAreThoseThatClientLibrariesCheck()
{
    EngineFixture fixture{optionsFor(chattyApp())};
    auto client = fixture.connect();
    client.join("private-a");
    client.send("client-x", R"("\u00fc \ud83d\ude00 / \\")", "private-a");
    QTRY_VERIFY(isTold("client_event@private-a"));
    for (const HttpReceiver::Received& request : m_receiver->received()) {
        QCOMPARE(*request.header("Content-Type"), std::string{"application/json"});
        QCOMPARE(*request.header("X-Pusher-Key"), fixture.app().key);
        QCOMPARE(*request.header("X-Pusher-Signature"), hmacSha256Hex(fixture.app().secret, request.body));
        QVERIFY(request.body.starts_with(R"({"time_ms":)"));
    }
}

void WebhookTest::WH8_aFailureIsTriedAgainWithTheSameBytesUntilItSucceeds()
{
    EngineFixture fixture{optionsFor(makeApp())};
    m_receiver->answerWith(500);
    auto client = fixture.connect();
    client.join("a");
    QTRY_VERIFY_WITH_TIMEOUT(m_receiver->received().size() >= 2, 10'000);
    m_receiver->answerWith(204);
    const auto isDelivered = [&] { return fixture.engine().webhookStatus().at(0).waitingEvents == 0; };
    QTRY_VERIFY_WITH_TIMEOUT(isDelivered(), 10'000);
    const auto received = m_receiver->received();
    QVERIFY(received.size() >= 3);
    client.leave("a");
    QTRY_VERIFY_WITH_TIMEOUT(isTold("channel_vacated@a"), 10'000);
    QCOMPARE(told().size(), received.size() + 1);
    for (std::size_t i = 1; i < received.size(); ++i) {
        QCOMPARE(received[i].body, received[0].body);
        QCOMPARE(*received[i].header("X-Pusher-Signature"), *received[0].header("X-Pusher-Signature"));
    }
}

void WebhookTest::WH9_aReceiverThatHangsDelaysNoDelivery()
{
    constexpr int events = 300;
    EngineFixture fixture{optionsFor(chattyApp())};
    m_receiver->hangAfter(0);
    auto sender = fixture.connect();
    auto receiver = fixture.connect();
    sender.join("private-a");
    receiver.join("private-a");
    QTRY_COMPARE(m_receiver->received().size(), 1U); // And it is not answered.
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < events; ++i) {
        sender.send("client-x", json::toString(std::to_string(i)), "private-a");
        QCOMPARE(receiver.expectEvent("client-x", "private-a").data(), std::to_string(i));
        QCOMPARE(fixture.publish("private-a", "e", std::to_string(i)).status, 200);
        receiver.expectEvent("e", "private-a");
    }
    QVERIFY(std::chrono::steady_clock::now() - start < 10s); // The time that a single request is given.
    QCOMPARE(m_receiver->received().size(), 1U);
    m_receiver->letGo();
    QTRY_COMPARE_WITH_TIMEOUT(told().size(), std::size_t{events} + 1, 10'000);
}

void WebhookTest::WH10_noApplicationHearsOfAnother()
{
    HttpReceiver others;
    auto options = optionsFor(makeApp("first"));
    options.apps.push_back(makeApp("second"));
    options.apps.push_back(makeApp("third"));
    options.webhooks.push_back(webhooksOf(makeApp("second")));
    options.webhooks.back().targets.front().url = "http://127.0.0.1:" + std::to_string(others.port()) + "/";
    EngineFixture fixture{options};
    auto third = fixture.connect(2);
    auto second = fixture.connect(1);
    auto first = fixture.connect(0);
    third.join("room");
    second.join("room");
    first.join("room");
    QTRY_COMPARE(told(), (Names{"channel_occupied@room"}));
    QTRY_COMPARE(others.received().size(), 1U);
    QCOMPARE(*m_receiver->received()[0].header("X-Pusher-Key"), std::string{"first-key"});
    QCOMPARE(*others.received()[0].header("X-Pusher-Key"), std::string{"second-key"});
}

void WebhookTest::SC1_aCountThatIsAnnouncedIsTold()
{
    hub::AppConfig app = makeApp();
    app.sendsSubscriptionCount = true;
    EngineFixture fixture{optionsFor(app)};
    auto first = fixture.connect();
    auto second = fixture.connect();
    first.join("news");
    second.join("news");
    QTRY_COMPARE(told(), (Names{"channel_occupied@news", "subscription_count@news", "subscription_count@news"}));
    QVERIFY(m_receiver->received()[2].body.ends_with(
        R"([{"name":"subscription_count","channel":"news","subscription_count":2}]})"));
    const auto events = fixture.engine().takeEvents().items;
    QCOMPARE(std::ranges::count(events, engine::EventKind::ServerNotice, &engine::Event::kind), 1); // That it listens.
}

void WebhookTest::whatBecomesOfARequestIsInTheLiveLog()
{
    auto options = optionsFor(makeApp());
    options.webhooks[0].targets[0].headers = {{"Authorization", "Bearer marker-header"}};
    options.webhooks[0].targets[0].url += "?token=marker-token";
    EngineFixture fixture{options};
    m_receiver->answerWith(503);
    auto client = fixture.connect();
    client.join("a");
    std::vector<engine::Event> events;
    const auto hasEvents = [&](std::size_t count) {
        std::ranges::move(takeWebhookEvents(fixture.engine()), std::back_inserter(events));
        return events.size() >= count;
    };
    QTRY_VERIFY(hasEvents(1));
    m_receiver->answerWith(200);
    QTRY_VERIFY_WITH_TIMEOUT(hasEvents(2), 10'000);
    QVERIFY(events[0].kind == engine::EventKind::WebhookFailed);
    QCOMPARE(events[0].code, 503);
    QVERIFY(events[1].kind == engine::EventKind::WebhookSent);
    QCOMPARE(events[1].code, 200);
    const std::string shown = "1 event to http://127.0.0.1:" + std::to_string(m_receiver->port()) + "/hook: status ";
    for (const engine::Event& event : events) {
        QCOMPARE(event.appId, std::string{"app"});
        QVERIFY2(event.detail.starts_with(shown), event.detail.c_str());
        QVERIFY2(event.detail.find("marker") == std::string::npos, event.detail.c_str());
    }
    QCOMPARE(fixture.engine().deliveriesAfter(0).size(), 2U);
    QCOMPARE(fixture.engine().deliveriesAfter(1).at(0).attempt, 2U);
    QTRY_COMPARE(fixture.engine().webhookStatus().at(0).waitingEvents, 0U);
}

void WebhookTest::changedWebhooksHoldAtOnceAndNobodyIsDisconnected()
{
    auto options = optionsFor(makeApp());
    options.webhooks.clear();
    EngineFixture fixture{options};
    auto client = fixture.connect();
    client.join("before");
    fixture.engine().setWebhooks({webhooksOf(makeApp())});
    client.join("after");
    QTRY_COMPARE(told(), (Names{"channel_occupied@after"}));
    auto elsewhere = webhooksOf(makeApp(), "/elsewhere");
    elsewhere.targets[0].kinds = webhook::EventKinds{}.add(webhook::EventKind::MemberAdded);
    fixture.engine().setWebhooks({elsewhere});
    client.join("unheard");
    client.join("presence-a", memberData("ann"));
    QTRY_COMPARE(told(), (Names{"channel_occupied@after", "member_added@presence-a ann"}));
    client.expectSilence();
}

void WebhookTest::Q13_theDeparturesOfAStopAreToldBeforeTheEngineEnds()
{
    auto fixture = std::make_unique<EngineFixture>(optionsFor(makeApp()));
    auto client = fixture->connect();
    client.join("presence-a", memberData("ann"));
    QTRY_VERIFY(isTold("member_added@presence-a ann"));
    const auto start = std::chrono::steady_clock::now();
    fixture.reset();
    QVERIFY(std::chrono::steady_clock::now() - start < 12s);
    QCOMPARE(told(), (Names{"channel_occupied@presence-a", "member_added@presence-a ann",
                            "member_removed@presence-a ann", "channel_vacated@presence-a"}));
}

void WebhookTest::whatWaitsAtTheEndIsSentByTheNextEngine()
{
    const QTemporaryDir folder;
    const auto options = [&] {
        std::string notice;
        auto result = optionsFor(makeApp());
        const std::string path = folder.filePath("outbox.db").toStdString();
        result.webhookOutbox = std::make_shared<engine::StoredOutbox>(*store::OutboxFile::open(path, notice));
        return result;
    };
    m_receiver->answerWith(500);
    {
        EngineFixture fixture{options()};
        auto client = fixture.connect();
        client.join("a");
        QTRY_COMPARE(m_receiver->received().size(), 1U);
    }
    m_receiver->answerWith(200);
    const EngineFixture fixture{options()};
    QTRY_VERIFY_WITH_TIMEOUT(isTold("channel_vacated@a"), 10'000);
    const auto received = m_receiver->received();
    QVERIFY(received.size() >= 3);
    QCOMPARE(std::ranges::count(told(), "channel_vacated@a"), 1);
    QCOMPARE(namesIn(received.back().body), (Names{"channel_vacated@a"}));
    QCOMPARE(received[1].body, received[0].body);
    QCOMPARE(*received[1].header("X-Pusher-Signature"), *received[0].header("X-Pusher-Signature"));
}

void WebhookTest::withoutATransportANoticeSaysSo()
{
    auto options = optionsFor(makeApp());
    options.webhookTransport.reset();
    EngineFixture fixture{options};
    auto client = fixture.connect();
    client.join("a");
    const auto events = fixture.engine().takeEvents().items;
    QVERIFY(std::ranges::any_of(events, [](const engine::Event& event) {
        return event.detail.find("nothing to send them with") != std::string::npos;
    }));
    QVERIFY(fixture.engine().webhookStatus().empty());
}

QTEST_GUILESS_MAIN(WebhookTest)
#include "webhook_test.moc"
