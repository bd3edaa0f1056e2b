#include "tests/support/engine_fixture.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::test;

/// Protocol document, "subscription_count".
class SubscriptionCountTest : public QObject {
    Q_OBJECT
private slots:
    void SC1_switchedOffThereIsNone();
    void SC1_switchedOnThereIsOneAfterEachChange();
    void SC1_presenceChannelsHaveNone();
    void SC2_aboveAHundredThereIsOneInFiveSeconds();

private:
    static hub::AppConfig countingApp()
    {
        auto app = makeApp();
        app.sendsSubscriptionCount = true;
        return app;
    }
    static void expectCount(PusherClient& client, const std::string& channel, int count)
    {
        const Message message = client.expectEvent("pusher_internal:subscription_count", channel);
        QCOMPARE(message.data(), R"({"subscription_count":)" + std::to_string(count) + "}");
    }
};

void SubscriptionCountTest::SC1_switchedOffThereIsNone()
{
    const EngineFixture fixture;
    auto first = fixture.connect();
    auto second = fixture.connect();
    first.join("news");
    second.join("news");
    second.leave("news");
    first.expectSilence();
}

void SubscriptionCountTest::SC1_switchedOnThereIsOneAfterEachChange()
{
    const EngineFixture fixture{countingApp()};
    for (const std::string channel : {"news", "private-a", "private-encrypted-a"}) {
        auto first = fixture.connect();
        auto second = fixture.connect();
        first.join(channel);
        expectCount(first, channel, 1);
        second.join(channel);
        expectCount(second, channel, 2);
        expectCount(first, channel, 2);
        second.leave(channel);
        expectCount(first, channel, 1);
        second.join(channel);
        expectCount(second, channel, 2);
        expectCount(first, channel, 2);
        second.reset();
        expectCount(first, channel, 1);
        first.expectSilence();
    }
}

void SubscriptionCountTest::SC1_presenceChannelsHaveNone()
{
    const EngineFixture fixture{countingApp()};
    auto client = fixture.connect();
    client.join("presence-a", memberData("ann"));
    client.expectSilence();
    client.join("presence-cache-a", memberData("ann"));
    client.expectEvent("pusher:cache_miss", "presence-cache-a");
    client.expectSilence();
}

void SubscriptionCountTest::SC2_aboveAHundredThereIsOneInFiveSeconds()
{
    const EngineFixture fixture{countingApp()};
    auto watcher = fixture.connect();
    watcher.join("news");
    std::vector<PusherClient> others;
    for (int i = 1; i <= 104; ++i) {
        others.push_back(fixture.connect());
        others.back().join("news");
    }
    for (int count = 1; count <= 100; ++count)
        expectCount(watcher, "news", count);
    const auto start = std::chrono::steady_clock::now();
    watcher.expectSilence();
    expectCount(watcher, "news", 105);
    QVERIFY(std::chrono::steady_clock::now() - start > std::chrono::milliseconds{3'500});
    watcher.expectSilence();
}

QTEST_GUILESS_MAIN(SubscriptionCountTest)
#include "subscription_count_test.moc"
