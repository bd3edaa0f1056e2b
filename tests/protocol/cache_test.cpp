#include "tests/support/engine_fixture.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::test;

/// Protocol document, "Cache channels".
class CacheTest : public QObject {
    Q_OBJECT
private slots:
    void CA1_aSubscriberOfAnEmptyCacheChannelGetsAMiss_data();
    void CA1_aSubscriberOfAnEmptyCacheChannelGetsAMiss();
    void CA2_CA6_afterAPublishASubscriberGetsThatEventAndNoMiss_data();
    void CA2_CA6_afterAPublishASubscriberGetsThatEventAndNoMiss();
    void CA3_aPublishWithoutSubscribersIsKept();
    void CA4_theEventOutlivesTheLastSubscriber();
    void CA5_onlyTheLastEventIsKept();
    void CA5_theEventExpires();
    void CA7_memberEventsAreNotKept();
    void aRefusedPublishLeavesTheEventAsItIs();
    void theExcludedSenderGetsTheEventFromTheCache();
    void appsKeepEventsOfTheirOwn();
    void Q3_otherChannelsHaveNoHistory();
};

namespace {

std::optional<std::string> memberFor(const std::string& channel, const char* user = "u-1")
{
    return channel.starts_with("presence-") ? std::optional{memberData(user)} : std::nullopt;
}

void addCacheChannels()
{
    QTest::addColumn<std::string>("channel");
    for (const char* name : {"cache-x", "private-cache-x", "private-encrypted-cache-x", "presence-cache-x"})
        QTest::newRow(name) << std::string{name};
}

} // namespace

void CacheTest::CA1_aSubscriberOfAnEmptyCacheChannelGetsAMiss_data()
{
    addCacheChannels();
}

void CacheTest::CA1_aSubscriberOfAnEmptyCacheChannelGetsAMiss()
{
    QFETCH(std::string, channel);
    EngineFixture server;
    PusherClient client = server.connect();
    client.join(channel, memberFor(channel));
    QCOMPARE(client.expectEvent("pusher:cache_miss", channel).data(), std::string{"{}"});
    client.expectSilence();
}

void CacheTest::CA2_CA6_afterAPublishASubscriberGetsThatEventAndNoMiss_data()
{
    addCacheChannels();
}

void CacheTest::CA2_CA6_afterAPublishASubscriberGetsThatEventAndNoMiss()
{
    QFETCH(std::string, channel);
    EngineFixture server;
    PusherClient early = server.connect();
    early.join(channel, memberFor(channel));
    early.expectEvent("pusher:cache_miss", channel);
    QCOMPARE(server.publish(channel, "price", R"({"n":12345678901234567890})").status, 200);
    const Message live = early.expectEvent("price", channel);

    PusherClient late = server.connect();
    late.join(channel, memberFor(channel));
    const Message replayed = late.expectEvent("price", channel);
    QCOMPARE(replayed.text, live.text);
    QCOMPARE(replayed.data(), std::string{R"({"n":12345678901234567890})"});
    late.expectSilence();
}

void CacheTest::CA3_aPublishWithoutSubscribersIsKept()
{
    EngineFixture server;
    QCOMPARE(server.publish("cache-x", "price", "1").status, 200);
    PusherClient client = server.connect();
    client.join("cache-x");
    QCOMPARE(client.expectEvent("price", "cache-x").data(), std::string{"1"});
}

void CacheTest::CA4_theEventOutlivesTheLastSubscriber()
{
    EngineFixture server;
    PusherClient first = server.connect();
    first.join("cache-x");
    first.expectEvent("pusher:cache_miss", "cache-x");
    QCOMPARE(server.publish("cache-x", "price", "1").status, 200);
    first.expectEvent("price", "cache-x");
    first.leave("cache-x");
    QCOMPARE(server.get("/channels").body, std::string{R"({"channels":{}})"});

    PusherClient second = server.connect();
    second.join("cache-x");
    second.expectEvent("price", "cache-x");
    second.close();

    first.join("cache-x");
    first.expectEvent("price", "cache-x");
}

void CacheTest::CA5_onlyTheLastEventIsKept()
{
    EngineFixture server;
    QCOMPARE(server.publish("cache-x", "price", "1").status, 200);
    QCOMPARE(server.publish("cache-x", "volume", "2").status, 200);
    PusherClient client = server.connect();
    client.join("cache-x");
    QCOMPARE(client.expectEvent("volume", "cache-x").data(), std::string{"2"});
    client.expectSilence();
}

void CacheTest::CA5_theEventExpires()
{
    hub::AppConfig app = makeApp();
    app.limits.cacheTtl = std::chrono::seconds{1};
    EngineFixture server{app};
    QCOMPARE(server.publish("cache-x", "price", "1").status, 200);
    PusherClient early = server.connect();
    early.join("cache-x");
    early.expectEvent("price", "cache-x");
    QTRY_VERIFY(server.get("/channels/cache-x", {{"info", "cache"}}).json()["cache"].is_null());

    PusherClient late = server.connect();
    late.join("cache-x");
    late.expectEvent("pusher:cache_miss", "cache-x");
}

void CacheTest::CA7_memberEventsAreNotKept()
{
    const std::string channel = "presence-cache-x";
    EngineFixture server;
    PusherClient first = server.connect();
    first.join(channel, memberData("u-1"));
    first.expectEvent("pusher:cache_miss", channel);

    PusherClient second = server.connect();
    second.join(channel, memberData("u-2"));
    second.expectEvent("pusher:cache_miss", channel);
    first.expectEvent("pusher_internal:member_added", channel);

    QCOMPARE(server.publish(channel, "price", "1").status, 200);
    first.expectEvent("price", channel);
    second.close();
    first.expectEvent("pusher_internal:member_removed", channel);

    PusherClient third = server.connect();
    third.join(channel, memberData("u-3"));
    third.expectEvent("price", channel);
    third.expectSilence();
}

void CacheTest::aRefusedPublishLeavesTheEventAsItIs()
{
    EngineFixture server;
    QCOMPARE(server.publish("cache-x", "price", "1").status, 200);
    QCOMPARE(server.post("/events", R"({"name":"price","data":"2","channels":["cache-x","not valid"]})").status, 400);
    QCOMPARE(server.publish("cache-x", "price", std::string(10'241, 'x')).status, 413);
    PusherClient client = server.connect();
    client.join("cache-x");
    QCOMPARE(client.expectEvent("price", "cache-x").data(), std::string{"1"});
}

void CacheTest::theExcludedSenderGetsTheEventFromTheCache()
{
    EngineFixture server;
    PusherClient sender = server.connect();
    sender.join("cache-x");
    sender.expectEvent("pusher:cache_miss", "cache-x");
    QCOMPARE(server.publish("cache-x", "price", "1", sender.socketId()).status, 200);
    sender.expectSilence();
    sender.leave("cache-x");
    sender.join("cache-x");
    sender.expectEvent("price", "cache-x");
}

void CacheTest::appsKeepEventsOfTheirOwn()
{
    engine::EngineOptions options;
    options.apps = {makeApp("a"), makeApp("b")};
    EngineFixture server{options};
    QCOMPARE(server.publish("cache-x", "price", "1").status, 200);
    PusherClient client = server.connect(1);
    client.join("cache-x");
    client.expectEvent("pusher:cache_miss", "cache-x");
}

void CacheTest::Q3_otherChannelsHaveNoHistory()
{
    EngineFixture server;
    for (const char* channel : {"news", "my-cache-x", "private-x", "private-encrypted-x", "presence-x"})
        QCOMPARE(server.publish(channel, "e", "1").status, 200);
    PusherClient client = server.connect();
    for (const std::string channel : {"news", "my-cache-x", "private-x", "private-encrypted-x", "presence-x"}) {
        client.join(channel, memberFor(channel));
        client.expectSilence();
    }
    client.close();

    // What happens while a client is away is not made up for.
    QCOMPARE(server.publish("news", "e", "2").status, 200);
    PusherClient returned = server.connect();
    returned.join("news");
    returned.expectSilence();
}

QTEST_GUILESS_MAIN(CacheTest)
#include "cache_test.moc"
