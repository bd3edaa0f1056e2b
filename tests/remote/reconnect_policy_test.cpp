#include "core/remote/reconnect_policy.h"

#include <QTest>

using namespace castdeck::remote;
using namespace std::chrono_literals;
using Action = NextStep::Action;

namespace {

unsigned lowest(unsigned)
{
    return 0;
}
unsigned middle(unsigned bound)
{
    return bound / 2;
}
unsigned highest(unsigned bound)
{
    return bound - 1;
}

} // namespace

class ReconnectPolicyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void CL1_theRangeOfTheCodeDecides_data();
    void CL1_theRangeOfTheCodeDecides();
    void CL2_plainTextIsChangedToTlsOnce();
    void delaysGrowToThirtySeconds();
    void delaysAreSpreadByTwentyPercent();
    void aHeldConnectionClearsTheFailures();
};

void ReconnectPolicyTest::CL1_theRangeOfTheCodeDecides_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("stops");
    QTest::addColumn<int>("leastDelayMs");
    QTest::newRow("4001 unknown key") << 4001 << true << 0;
    QTest::newRow("4009 not authorised") << 4009 << true << 0;
    QTest::newRow("4099") << 4099 << true << 0;
    QTest::newRow("4100 over capacity") << 4100 << false << 1'000;
    QTest::newRow("4199") << 4199 << false << 1'000;
    QTest::newRow("4200 restart") << 4200 << false << 0;
    QTest::newRow("4201 no pong") << 4201 << false << 0;
    QTest::newRow("4299") << 4299 << false << 0;
    QTest::newRow("1006 broken") << 1006 << false << 1'000;
    QTest::newRow("1009 too big") << 1009 << false << 1'000;
    QTest::newRow("4300") << 4300 << false << 1'000;
}

void ReconnectPolicyTest::CL1_theRangeOfTheCodeDecides()
{
    QFETCH(int, code);
    QFETCH(bool, stops);
    QFETCH(int, leastDelayMs);
    ReconnectPolicy policy{lowest};
    const NextStep step = policy.after(code, true);
    QCOMPARE(step.action == Action::Stop, stops);
    QCOMPARE(step.delay.count(), leastDelayMs);
}

void ReconnectPolicyTest::CL2_plainTextIsChangedToTlsOnce()
{
    ReconnectPolicy policy;
    QVERIFY(policy.after(4000, false).action == Action::RetryWithTls);
    QVERIFY(policy.after(4000, true).action == Action::Stop);
}

void ReconnectPolicyTest::delaysGrowToThirtySeconds()
{
    ReconnectPolicy policy{middle};
    QList<int> seconds;
    for (int i = 0; i < 9; ++i)
        seconds << static_cast<int>((policy.after(4200, true).delay.count() + 50) / 1'000);
    QCOMPARE(seconds, (QList<int>{0, 1, 2, 4, 8, 16, 30, 30, 30}));
}

void ReconnectPolicyTest::delaysAreSpreadByTwentyPercent()
{
    ReconnectPolicy low{lowest};
    ReconnectPolicy high{highest};
    for (int i = 0; i < 4; ++i) {
        low.after(4200, true);
        high.after(4200, true);
    }
    QCOMPARE(low.after(4200, true).delay, 6'400ms);
    QCOMPARE(high.after(4200, true).delay, 9'600ms);
}

void ReconnectPolicyTest::aHeldConnectionClearsTheFailures()
{
    ReconnectPolicy policy{lowest};
    policy.after(4200, true);
    QVERIFY(policy.after(4200, true).delay > 0ms);
    policy.reset();
    QCOMPARE(policy.after(4200, true).delay, 0ms);
}

QTEST_APPLESS_MAIN(ReconnectPolicyTest)
#include "reconnect_policy_test.moc"
