#include "tests/bench/ledger.h"

#include <QTest>

using castdeck::bench::eventData;
using castdeck::bench::Ledger;

namespace {

constexpr std::size_t dataBytes = 40;

std::string message(std::uint64_t sequence)
{
    return R"({"event":"bench","channel":"bench","data":")" + eventData(sequence, dataBytes) + "\"}";
}

Ledger recorded(std::initializer_list<std::uint64_t> first, std::initializer_list<std::uint64_t> second)
{
    Ledger ledger{2, 8, dataBytes};
    for (const auto sequence : first)
        ledger.record(0, message(sequence));
    for (const auto sequence : second)
        ledger.record(1, message(sequence));
    return ledger;
}

} // namespace

class LedgerTest : public QObject {
    Q_OBJECT

private slots:
    void anEventIsCompleteOnceEveryConnectionHasIt();
    void aLostCopyIsCountedWhenALaterOneArrives();
    void aDoubledCopyIsCounted();
    void aSwappedPairIsCounted();
    void aChangedByteIsNoEvent();
    void anEventThatWasNeverPublishedIsNoEvent();
};

void LedgerTest::anEventIsCompleteOnceEveryConnectionHasIt()
{
    const auto ledger = recorded({0, 1, 2}, {0, 1});
    QCOMPARE(ledger.completed(), 2U);
    QCOMPARE(ledger.deliveries(), 5U);
    QCOMPARE(ledger.missing() + ledger.repeatedOrLate(), 0U);
}

void LedgerTest::aLostCopyIsCountedWhenALaterOneArrives()
{
    const auto ledger = recorded({0, 1, 2}, {0, 2});
    QCOMPARE(ledger.missing(), 1U);
    QCOMPARE(ledger.completed(), 3U);
}

void LedgerTest::aDoubledCopyIsCounted()
{
    const auto ledger = recorded({0, 0, 1}, {0, 1});
    QCOMPARE(ledger.repeatedOrLate(), 1U);
    QCOMPARE(ledger.completed(), 2U);
}

void LedgerTest::aSwappedPairIsCounted()
{
    const auto ledger = recorded({0, 2, 1, 3}, {0, 1, 2, 3});
    QCOMPARE(ledger.missing(), 1U);
    QCOMPARE(ledger.repeatedOrLate(), 1U);
}

void LedgerTest::aChangedByteIsNoEvent()
{
    Ledger ledger{1, 8, dataBytes};
    auto damaged = message(0);
    damaged[damaged.size() - 3] = 'y';
    QVERIFY(!ledger.record(0, damaged));
    QVERIFY(ledger.record(0, message(0)));
    QVERIFY(!ledger.record(0, damaged));
    QCOMPARE(ledger.deliveries(), 1U);
}

void LedgerTest::anEventThatWasNeverPublishedIsNoEvent()
{
    Ledger ledger{1, 8, dataBytes};
    QVERIFY(ledger.record(0, message(7)));
    QVERIFY(!ledger.record(0, message(16)));
}

QTEST_APPLESS_MAIN(LedgerTest)
#include "ledger_test.moc"
