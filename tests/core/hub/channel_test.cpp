#include "core/hub/channel.h"

#include "tests/support/fake_connection.h"
#include "tests/support/manual_clock.h"

#include <QTest>

using namespace castdeck;
using namespace std::chrono_literals;
using hub::Channel;
using hub::Shard;
using pusher::SocketId;
using test::FakeConnection;
using test::ManualClock;

using Names = std::vector<std::string>;

class ChannelTest : public QObject {
    Q_OBJECT
private slots:
    void aFanOutReachesTheSubscribersOfAllShards();
    void aShardWithoutSubscribersIsLeftAlone();
    void removingAStrangerChangesNothing();
    void SC1_upToAHundredSubscribersEveryCountGoesOut();
    void SC2_aboveAHundredOneCountInFiveSecondsGoesOut();

private:
    static SocketId id(int number) { return *SocketId::parse("1." + std::to_string(number)); }
    static Channel channel() { return {1, *pusher::ChannelName::parse("news")}; }
};

void ChannelTest::aFanOutReachesTheSubscribersOfAllShards()
{
    Shard one{0, [] {}};
    Shard two{1, [] {}};
    FakeConnection a;
    FakeConnection b;
    FakeConnection c;
    QVERIFY(one.add(id(1), a));
    QVERIFY(two.add(id(2), b));
    QVERIFY(two.add(id(3), c));
    Channel news = channel();
    news.add(id(1), {&one, ""});
    news.add(id(2), {&two, ""});
    news.add(id(3), {&two, ""});
    news.fanOut(makeFrame(R"({"event":"a"})"), id(3).value());
    one.drain();
    two.drain();
    QCOMPARE(a.takeNames(), Names{"a"});
    QCOMPARE(b.takeNames(), Names{"a"});
    QCOMPARE(c.takeNames(), Names{});
    QCOMPARE(news.size(), std::size_t{3});
}

void ChannelTest::aShardWithoutSubscribersIsLeftAlone()
{
    int wakes = 0;
    Shard shard{0, [&] { ++wakes; }};
    FakeConnection a;
    QVERIFY(shard.add(id(1), a));
    Channel news = channel();
    news.add(id(1), {&shard, ""});
    news.remove(id(1));
    shard.drain();
    wakes = 0;
    news.fanOut(makeFrame(R"({"event":"a"})"));
    QCOMPARE(wakes, 0);
    QCOMPARE(news.size(), std::size_t{0});
}

void ChannelTest::removingAStrangerChangesNothing()
{
    Shard shard{0, [] {}};
    Channel news = channel();
    news.add(id(1), {&shard, "ann"});
    news.remove(id(2));
    QCOMPARE(news.size(), std::size_t{1});
    QCOMPARE(news.find(id(1))->userId, std::string{"ann"});
    QCOMPARE(news.find(id(2)), nullptr);
}

void ChannelTest::SC1_upToAHundredSubscribersEveryCountGoesOut()
{
    const ManualClock clock;
    Shard shard{0, [] {}};
    Channel news = channel();
    for (int i = 1; i <= 100; ++i) {
        news.add(id(i), {&shard, ""});
        QVERIFY(news.takeCountTurn(clock.steady()));
        QVERIFY(!news.countIsDue(clock.steady() + 1h));
    }
}

void ChannelTest::SC2_aboveAHundredOneCountInFiveSecondsGoesOut()
{
    ManualClock clock;
    Shard shard{0, [] {}};
    Channel news = channel();
    for (int i = 1; i <= 101; ++i)
        news.add(id(i), {&shard, ""});
    QVERIFY(news.takeCountTurn(clock.steady()));
    QVERIFY(!news.takeCountTurn(clock.steady()));
    clock.advance(4'999ms);
    QVERIFY(!news.takeCountTurn(clock.steady()));
    QVERIFY(!news.countIsDue(clock.steady()));
    clock.advance(1ms);
    QVERIFY(news.countIsDue(clock.steady()));
    QVERIFY(news.takeCountTurn(clock.steady()));
    QVERIFY(!news.countIsDue(clock.steady() + 1h)); // What was due has gone out.
    news.remove(id(101));
    QVERIFY(news.takeCountTurn(clock.steady())); // A hundred are few again.
}

QTEST_APPLESS_MAIN(ChannelTest)
#include "channel_test.moc"
