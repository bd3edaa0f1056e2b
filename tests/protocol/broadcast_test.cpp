#include "core/broadcast/broadcast.h"

#include "core/broadcast/event_catalog.h"
#include "tests/support/authorization.h"
#include "tests/support/engine_fixture.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::broadcast;
using namespace castdeck::test;

namespace {

struct UserAdded {
    Channels broadcastOn() const { return {Channel("a"), PrivateChannel("b"), PresenceChannel("c")}; }
};

const CallOptions byNobody = CallOptions{}.as(Actor::nobody());

std::string frame(const std::string& event, const std::string& channel, const std::string& data)
{
    return R"({"event":")" + event + R"(","channel":")" + channel + R"(","data":")" + data + "\"}";
}

std::string succeeded(const std::string& channel)
{
    return frame("pusher_internal:subscription_succeeded", channel, "{}");
}

/// "sent, 1 receiver; skipped, no actor"
std::string wordsOf(const Report& report)
{
    std::string text;
    for (const Entry& entry : report.entries)
        text += (text.empty() ? "" : "; ") + describe(entry).substr(describe(entry).find(": ") + 2);
    return text;
}

} // namespace

/// The worked scenarios from the facade through the embedded server to its clients, every frame to the byte.
class BroadcastTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void scenario1_everybodyLearnsOfARelease();
    void scenario2_administratorsAreAlerted();
    void scenario6_eachChannelHasItsFrame();
    void scenario7_withNobodyLoggedInPublicChannelsAreSent();

private:
    std::unique_ptr<EngineFixture> m_server;
};

void BroadcastTest::init()
{
    auto options = scenarioOptions(scenarioRules);
    options.apps[0].activityTimeout = std::chrono::seconds{120};
    m_server = std::make_unique<EngineFixture>(options);
    ConnectionsConfig config;
    config.environmentDefault = "local";
    config.connections = {{"local", Options{{"driver", R"("local")"}}}};
    Services services;
    services.local = m_server->engine().localPublisher();
    Broadcast::install(std::make_shared<Manager>(config, services));
    Broadcast::manager()->setOperator({"operator"});
}

void BroadcastTest::cleanup()
{
    Broadcast::install(nullptr);
    m_server.reset();
}

void BroadcastTest::scenario1_everybodyLearnsOfARelease()
{
    auto client = m_server->open("/app/478b45309560f3456211?protocol=7&client=js&version=7.0.3&flash=false");
    const Message greeting = client.expectMessage();
    const std::string socketId = greeting.payloadText("socket_id");
    QVERIFY(!socketId.empty());
    QCOMPARE(greeting.text, R"({"event":"pusher:connection_established","data":"{\"socket_id\":\")" + socketId +
                                R"(\",\"activity_timeout\":120}"})");
    client.sendText(R"({"event":"pusher:subscribe","data":{"auth":"","channel":"releases"}})");
    QCOMPARE(client.expectMessage().text, succeeded("releases"));
    PusherClient elsewhere = m_server->connect();
    elsewhere.join("news");

    QCOMPARE(wordsOf(Broadcast::channel(NewRelease("4.0.0")).get()), std::string{"sent, 1 receiver"});
    QCOMPARE(client.expectMessage().text,
             frame("NewRelease", "releases", R"({\"message\":\"Version 4.0.0 has been released !\"})"));
    client.expectSilence(); // One, and no more.
    elsewhere.expectSilence();

    Broadcast::channel("news", NewRelease("4.0.1")).get();
    elsewhere.expectEvent("NewRelease", "news");
    client.expectSilence();
}

void BroadcastTest::scenario2_administratorsAreAlerted()
{
    PusherClient admin = m_server->connect();
    const std::string form = "socket_id=" + admin.socketId() + "&channel_name=private-admins";
    const HttpReply reply = askPermission(m_server->port(), "/pusher/auth", form, "ada-token");
    const std::string auth = reply.json().value("auth", "");
    QCOMPARE(reply.body, R"({"auth":")" + auth + "\"}");
    admin.sendText(R"({"event":"pusher:subscribe","data":{"auth":")" + auth + R"(","channel":"private-admins"}})");
    QCOMPARE(admin.expectMessage().text, succeeded("private-admins"));

    const auto alert = [](const std::string& level) {
        return frame("AdminUserAlert", "private-admins",
                     R"({\"message\":\"Some dependencies are outdated !\",\"level\":\")" + level + R"(\"})");
    };
    Broadcast::channel(AdminUserAlert("Some dependencies are outdated !", "warning"));
    QCOMPARE(admin.expectMessage().text, alert("warning"));
    Broadcast::channel(AdminUserAlert("Some dependencies are outdated !"));
    QCOMPARE(admin.expectMessage().text, alert("error"));

    // Two spellings of one name: only the private value asks who sends.
    const AdminUserAlert unsaid{"x"};
    QCOMPARE(wordsOf(Broadcast::channel(unsaid, byNobody).get()), std::string{"skipped, no actor"});
    admin.expectSilence();
    QCOMPARE(wordsOf(Broadcast::channel(Channel("private-admins"), unsaid, byNobody).get()),
             std::string{"sent, 1 receiver"});
    admin.expectEvent("AdminUserAlert", "private-admins");
}

void BroadcastTest::scenario6_eachChannelHasItsFrame()
{
    PusherClient first = m_server->connect();
    PusherClient second = m_server->connect();
    PusherClient both = m_server->connect();
    first.join("channel1");
    second.join("channel2");
    both.join("channel1");
    both.join("channel2");
    const Report report = Broadcast::channel({"channel1", "channel2"}, "event_name", {{"key", "value"}}).get();
    QCOMPARE(wordsOf(report), std::string{"sent, 2 receivers; sent, 2 receivers"});
    const std::string data = R"({\"key\":\"value\"})";
    for (PusherClient* const client : {&first, &both})
        QCOMPARE(client->expectMessage().text, frame("event_name", "channel1", data));
    for (PusherClient* const client : {&second, &both})
        QCOMPARE(client->expectMessage().text, frame("event_name", "channel2", data));
    for (PusherClient* const client : {&first, &second, &both})
        client->expectSilence();
}

void BroadcastTest::scenario7_withNobodyLoggedInPublicChannelsAreSent()
{
    PusherClient client = m_server->connect();
    client.join("a");
    client.join("private-b");
    client.join("presence-c", R"({"user_id":"1"})");
    const Report report = Broadcast::channel(UserAdded(), byNobody).get();
    QCOMPARE(wordsOf(report), std::string{"sent, 1 receiver; skipped, no actor; skipped, no actor"});
    QVERIFY(report.isSuccess());
    QCOMPARE(client.expectMessage().text, frame("UserAdded", "a", "{}"));
    client.expectSilence();

    QCOMPARE(wordsOf(Broadcast::channel(UserAdded(), CallOptions{}.as({"1"})).get()),
             std::string{"sent, 1 receiver; sent, 1 receiver; sent, 1 receiver"});
    for (const char* const channel : {"a", "private-b", "presence-c"})
        QCOMPARE(client.expectMessage().text, frame("UserAdded", channel, "{}"));
}

QTEST_GUILESS_MAIN(BroadcastTest)
#include "broadcast_test.moc"
