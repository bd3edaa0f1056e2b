#include "core/hub/rate_limit.h"

#include "tests/support/manual_clock.h"

#include <QTest>

using namespace castdeck;
using namespace std::chrono_literals;
using hub::SlidingWindow;
using hub::TokenBucket;
using test::ManualClock;

class RateLimitTest : public QObject {
    Q_OBJECT
private slots:
    void aWindowAllowsItsCountInAnySpan();
    void aWindowMovesWithTimeAndDoesNotResetAtOnce();
    void aWindowOfZeroAllowsNothing();
    void aRefusalDoesNotCount();
    void aBucketIsEmptyAfterItsBurst();
    void aBucketFillsAtItsRateUpToTheBurst();
    void aBucketOwesAtMostOneSecond();
    void whatIsGivenBackCanBeTakenAgain();
};

void RateLimitTest::aWindowAllowsItsCountInAnySpan()
{
    const ManualClock clock;
    SlidingWindow window{3, 1s};
    for (int i = 0; i < 3; ++i)
        QVERIFY(window.take(clock.steady()));
    QVERIFY(!window.take(clock.steady()));
}

void RateLimitTest::aWindowMovesWithTimeAndDoesNotResetAtOnce()
{
    ManualClock clock;
    SlidingWindow window{2, 1s};
    QVERIFY(window.take(clock.steady()));
    clock.advance(600ms);
    QVERIFY(window.take(clock.steady()));
    clock.advance(399ms);
    QVERIFY(!window.take(clock.steady()));
    clock.advance(1ms); // One second after the first.
    QVERIFY(window.take(clock.steady()));
    QVERIFY(!window.take(clock.steady()));
    clock.advance(600ms);
    QVERIFY(window.take(clock.steady()));
}

void RateLimitTest::aWindowOfZeroAllowsNothing()
{
    SlidingWindow window{0, 1s};
    QVERIFY(!window.take(ManualClock{}.steady()));
}

void RateLimitTest::aRefusalDoesNotCount()
{
    ManualClock clock;
    SlidingWindow window{1, 1s};
    QVERIFY(window.take(clock.steady()));
    clock.advance(900ms);
    QVERIFY(!window.take(clock.steady()));
    clock.advance(100ms);
    QVERIFY(window.take(clock.steady()));
}

void RateLimitTest::aBucketIsEmptyAfterItsBurst()
{
    TokenBucket bucket{10, 3, ManualClock{}.steady()};
    for (int i = 0; i < 3; ++i) {
        QVERIFY(!bucket.isEmpty());
        bucket.take();
    }
    QVERIFY(bucket.isEmpty());
}

void RateLimitTest::aBucketFillsAtItsRateUpToTheBurst()
{
    ManualClock clock;
    TokenBucket bucket{10, 3, clock.steady()};
    for (int i = 0; i < 3; ++i)
        bucket.take();
    clock.advance(99ms);
    bucket.refill(clock.steady());
    QVERIFY(bucket.isEmpty());
    clock.advance(2ms);
    bucket.refill(clock.steady());
    QVERIFY(!bucket.isEmpty());
    clock.advance(1h);
    bucket.refill(clock.steady());
    for (int i = 0; i < 3; ++i)
        bucket.take();
    QVERIFY(bucket.isEmpty());
}

void RateLimitTest::aBucketOwesAtMostOneSecond()
{
    ManualClock clock;
    TokenBucket bucket{10, 3, clock.steady()};
    for (int i = 0; i < 1'000; ++i)
        bucket.take();
    clock.advance(1'101ms);
    bucket.refill(clock.steady());
    QVERIFY(!bucket.isEmpty());
}

void RateLimitTest::whatIsGivenBackCanBeTakenAgain()
{
    TokenBucket bucket{10, 1, ManualClock{}.steady()};
    bucket.take();
    QVERIFY(bucket.isEmpty());
    bucket.giveBack();
    QVERIFY(!bucket.isEmpty());
}

QTEST_APPLESS_MAIN(RateLimitTest)
#include "rate_limit_test.moc"
