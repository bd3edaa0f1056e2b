#include "core/rest/request_guard.h"

#include <QTest>

using namespace castdeck;
using namespace std::chrono_literals;
using rest::RequestGuard;

class RequestGuardTest : public QObject {
    Q_OBJECT
private slots:
    void twentyFailuresInAMinuteBlockAnAddressForAMinute();
    void oldFailuresDoNotCount();
    void addressesAreJudgedApart();
    void manyAddressesAreNotRememberedForEver();
    void A8_aSignatureIsFreshOnce();
    void A8_aSignatureIsForgottenWhenItsTimestampHasExpired();
    void publishesAreLimitedWithRoomForABurst();
    void aChangedRateHoldsAtOnce();
    void appsHavePublishesOfTheirOwn();

private:
    const SteadyTime m_start{1h};
    const std::string m_address{"192.0.2.1"};
};

void RequestGuardTest::twentyFailuresInAMinuteBlockAnAddressForAMinute()
{
    RequestGuard guard;
    for (int i = 0; i < 20; ++i) {
        QVERIFY(!guard.isBlocked(m_address, m_start + i * 1s));
        guard.noteFailure(m_address, m_start + i * 1s);
    }
    QVERIFY(guard.isBlocked(m_address, m_start + 19s));
    QVERIFY(guard.isBlocked(m_address, m_start + 19s + 59s));
    QVERIFY(!guard.isBlocked(m_address, m_start + 19s + 60s));
    guard.noteFailure(m_address, m_start + 80s);
    QVERIFY(!guard.isBlocked(m_address, m_start + 80s));
}

void RequestGuardTest::oldFailuresDoNotCount()
{
    RequestGuard guard;
    for (int i = 0; i < 100; ++i) {
        guard.noteFailure(m_address, m_start + i * 4s); // 15 a minute
        QVERIFY(!guard.isBlocked(m_address, m_start + i * 4s));
    }
}

void RequestGuardTest::addressesAreJudgedApart()
{
    RequestGuard guard;
    for (int i = 0; i < 20; ++i)
        guard.noteFailure(m_address, m_start);
    QVERIFY(guard.isBlocked(m_address, m_start));
    QVERIFY(!guard.isBlocked("192.0.2.2", m_start));
}

void RequestGuardTest::manyAddressesAreNotRememberedForEver()
{
    RequestGuard guard;
    for (int i = 0; i < 25'000; ++i)
        guard.noteFailure("address " + std::to_string(i), m_start);
    for (int i = 0; i < 20; ++i)
        guard.noteFailure(m_address, m_start);
    QVERIFY(guard.isBlocked(m_address, m_start));
}

void RequestGuardTest::A8_aSignatureIsFreshOnce()
{
    RequestGuard guard;
    QVERIFY(guard.isFresh("a", m_start));
    QVERIFY(guard.isFresh("b", m_start));
    QVERIFY(!guard.isFresh("a", m_start));
    QVERIFY(!guard.isFresh("b", m_start + 5s));
}

void RequestGuardTest::A8_aSignatureIsForgottenWhenItsTimestampHasExpired()
{
    RequestGuard guard;
    QVERIFY(guard.isFresh("a", m_start));
    // Made for a time 599 s ahead, it verifies for 1,198 s.
    QVERIFY(!guard.isFresh("a", m_start + 1'199s));
    QVERIFY(guard.isFresh("a", m_start + 1'200s));
    QVERIFY(!guard.isFresh("a", m_start + 1'201s));
}

void RequestGuardTest::publishesAreLimitedWithRoomForABurst()
{
    RequestGuard guard;
    const auto granted = [&](SteadyTime now) {
        int count = 0;
        while (count < 1'000 && guard.mayPublish("app", 10, now))
            ++count;
        return count;
    };
    QCOMPARE(granted(m_start), 20);
    QCOMPARE(granted(m_start), 0);
    QCOMPARE(granted(m_start + 1s), 10);
    QCOMPARE(granted(m_start + 1s + 100ms), 1);
    QCOMPARE(granted(m_start + 1h), 20);
}

void RequestGuardTest::aChangedRateHoldsAtOnce()
{
    RequestGuard guard;
    while (guard.mayPublish("app", 1, m_start)) {
    }
    int granted = 0;
    while (granted < 1'000 && guard.mayPublish("app", 10, m_start))
        ++granted;
    QCOMPARE(granted, 20);
    QVERIFY(!guard.mayPublish("app", 10, m_start + 99ms));
    QVERIFY(guard.mayPublish("app", 10, m_start + 100ms));
}

void RequestGuardTest::appsHavePublishesOfTheirOwn()
{
    RequestGuard guard;
    while (guard.mayPublish("a", 1, m_start)) {
    }
    QVERIFY(guard.mayPublish("b", 1, m_start));
}

QTEST_APPLESS_MAIN(RequestGuardTest)
#include "request_guard_test.moc"
