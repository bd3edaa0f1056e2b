#include "core/webhook/delivery_log.h"

#include <QTest>

using namespace castdeck::webhook;

class DeliveryLogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whoReadsAgainGetsWhatCameSince();
    void theOldestGiveWay();
    void whoListensLearnsOfEachDelivery();
};

void DeliveryLogTest::whoReadsAgainGetsWhatCameSince()
{
    DeliveryLog log;
    QVERIFY(log.after(0).empty());
    log.add({.target = "a"});
    log.add({.target = "b"});
    const auto all = log.after(0);
    QCOMPARE(all.size(), std::size_t{2});
    QCOMPARE(all.back().number, std::uint64_t{2});
    QVERIFY(log.after(2).empty());
    log.add({.target = "c"});
    QCOMPARE(log.after(2).size(), std::size_t{1});
    QCOMPARE(log.after(2).front().target, "c");
}

void DeliveryLogTest::theOldestGiveWay()
{
    DeliveryLog log;
    for (std::size_t i = 0; i < DeliveryLog::capacity + 5; ++i)
        log.add({});
    QCOMPARE(log.after(0).size(), DeliveryLog::capacity);
    QCOMPARE(log.after(0).front().number, std::uint64_t{6});
}

void DeliveryLogTest::whoListensLearnsOfEachDelivery()
{
    std::vector<std::uint64_t> numbers;
    DeliveryLog* reachable = nullptr;
    DeliveryLog log{[&](const Delivery& delivery) {
        numbers.push_back(delivery.number);
        QCOMPARE(reachable->after(0).size(), numbers.size()); // It is in the log already, and nothing is locked.
    }};
    reachable = &log;
    log.add({});
    log.add({});
    QCOMPARE(numbers, (std::vector<std::uint64_t>{1, 2}));
}

QTEST_APPLESS_MAIN(DeliveryLogTest)
#include "delivery_log_test.moc"
