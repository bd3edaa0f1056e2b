#include "core/webhook/grace_period.h"

#include "core/webhook/cache_miss_filter.h"
#include "tests/support/manual_clock.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::webhook;
using namespace std::chrono_literals;
using test::ManualClock;

class GracePeriodTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void WH1_aDepartureWaitsThreeSeconds();
    void WH2_aReturnTakesTheDepartureBack();
    void WH3_membersAndChannelsAreApart();
    void departuresComeOutInTheOrderInWhichTheyWentIn();
    void oneDepartureIsHeldOnce();
    void WH5_aChannelMissesOnceInTenSeconds();
    void theFilterOfMissesIsBounded();

private:
    static WebhookEvent event(EventKind kind, std::string channel, std::string userId = {})
    {
        return {kind, std::move(channel), std::move(userId), "{}"};
    }
    static WebhookEvent vacated(std::string channel) { return event(EventKind::ChannelVacated, std::move(channel)); }
    static WebhookEvent occupied(std::string channel) { return event(EventKind::ChannelOccupied, std::move(channel)); }

    ManualClock m_clock;
};

void GracePeriodTest::WH1_aDepartureWaitsThreeSeconds()
{
    GracePeriod grace;
    QVERIFY(!grace.nextDue());
    QVERIFY(grace.hold({7, vacated("a")}, m_clock.steady()));
    QCOMPARE(*grace.nextDue(), m_clock.steady() + 3s);
    m_clock.advance(2'999ms);
    QVERIFY(grace.takeDue(m_clock.steady()).empty());
    m_clock.advance(1ms);
    const auto due = grace.takeDue(m_clock.steady());
    QCOMPARE(due.size(), std::size_t{1});
    QCOMPARE(due.front().id, std::uint64_t{7});
    QVERIFY(!grace.nextDue());
    QVERIFY(!grace.takeReturn(occupied("a")));
}

void GracePeriodTest::WH2_aReturnTakesTheDepartureBack()
{
    GracePeriod grace;
    grace.hold({7, vacated("a")}, m_clock.steady());
    m_clock.advance(2'999ms);
    QVERIFY(!grace.takeReturn(occupied("b")));
    QVERIFY(!grace.takeReturn(vacated("a")));
    const auto departure = grace.takeReturn(occupied("a"));
    QVERIFY(departure.has_value());
    QCOMPARE(departure->id, std::uint64_t{7});
    QVERIFY(!grace.takeReturn(occupied("a")));
    QCOMPARE(grace.size(), std::size_t{0});
    QVERIFY(grace.takeAll().empty());
}

void GracePeriodTest::WH3_membersAndChannelsAreApart()
{
    GracePeriod grace;
    grace.hold({1, event(EventKind::MemberRemoved, "presence-a", "u-1")}, m_clock.steady());
    grace.hold({2, vacated("presence-a")}, m_clock.steady());
    QVERIFY(!grace.takeReturn(event(EventKind::MemberAdded, "presence-a", "u-2")));
    QVERIFY(!grace.takeReturn(event(EventKind::MemberAdded, "presence-b", "u-1")));
    QCOMPARE(grace.takeReturn(occupied("presence-a"))->id, std::uint64_t{2});
    QCOMPARE(grace.takeReturn(event(EventKind::MemberAdded, "presence-a", "u-1"))->id, std::uint64_t{1});
}

void GracePeriodTest::departuresComeOutInTheOrderInWhichTheyWentIn()
{
    GracePeriod grace;
    for (std::uint64_t id = 1; id <= 3; ++id) {
        grace.hold({id, vacated("a" + std::to_string(id))}, m_clock.steady());
        m_clock.advance(10ms);
    }
    (void)grace.takeReturn(occupied("a2"));
    m_clock.advance(3s);
    const auto due = grace.takeDue(m_clock.steady());
    QCOMPARE(due.size(), std::size_t{2});
    QCOMPARE(due[0].id, std::uint64_t{1});
    QCOMPARE(due[1].id, std::uint64_t{3});
}

void GracePeriodTest::oneDepartureIsHeldOnce()
{
    GracePeriod grace;
    QVERIFY(!grace.has(vacated("a")));
    QVERIFY(grace.hold({1, vacated("a")}, m_clock.steady()));
    QVERIFY(grace.has(vacated("a")));
    QVERIFY(!grace.hold({2, vacated("a")}, m_clock.steady()));
    QCOMPARE(grace.takeAll().size(), std::size_t{1});
}

void GracePeriodTest::WH5_aChannelMissesOnceInTenSeconds()
{
    CacheMissFilter filter;
    QVERIFY(filter.passes("cache-a", m_clock.steady()));
    QVERIFY(filter.passes("cache-b", m_clock.steady()));
    m_clock.advance(9'999ms);
    QVERIFY(!filter.passes("cache-a", m_clock.steady()));
    m_clock.advance(1ms);
    QVERIFY(filter.passes("cache-a", m_clock.steady()));
    QVERIFY(!filter.passes("cache-a", m_clock.steady()));
}

void GracePeriodTest::theFilterOfMissesIsBounded()
{
    CacheMissFilter filter;
    for (std::size_t i = 0; i <= CacheMissFilter::maxChannels; ++i)
        QVERIFY(filter.passes("cache-" + std::to_string(i), m_clock.steady()));
    QVERIFY(!filter.passes("cache-1", m_clock.steady()));
    QVERIFY(filter.passes("cache-0", m_clock.steady()));
}

QTEST_APPLESS_MAIN(GracePeriodTest)
#include "grace_period_test.moc"
