#include "core/webhook/delivery_queue.h"

#include "tests/support/manual_clock.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::webhook;
using namespace std::chrono_literals;
using test::ManualClock;
using Verdict = DeliveryQueue::Verdict;
using Ids = std::vector<std::uint64_t>;

class DeliveryQueueTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void requestsOfOneChannelGoOneAfterTheOther();
    void aFailedRequestHoldsUpItsChannelsOnly();
    void aBatchWaitsForAllItsChannels();
    void fourRequestsAreInFlightAtMost();
    void W1_failuresAreRetriedWithGrowingDelays();
    void WH8_retriesStopByFiveMinutes();
    void WH8_successEndsTheRetries();
    void theFiveMinutesBeginWithTheFirstAttempt();
    void anAnswerNobodyWaitsForIsIgnored();
    void eventsAndBytesAreCounted();

private:
    void add(std::uint64_t id, std::vector<std::string> channels)
    {
        m_queue->add({id, "body", "key", "signature", std::move(channels), 2}, m_clock.steady());
    }
    Ids startAll()
    {
        Ids ids;
        while (const WebhookRequest* const request = m_queue->start(m_clock.steady()))
            ids.push_back(request->id);
        return ids;
    }
    Verdict finish(std::uint64_t id, bool isSuccess)
    {
        return m_queue->finish(id, isSuccess, m_clock.steady())->verdict;
    }

    ManualClock m_clock;
    std::unique_ptr<DeliveryQueue> m_queue;
};

void DeliveryQueueTest::init()
{
    m_queue = std::make_unique<DeliveryQueue>();
}

void DeliveryQueueTest::requestsOfOneChannelGoOneAfterTheOther()
{
    add(1, {"a"});
    add(2, {"a"});
    add(3, {"b"});
    QCOMPARE(startAll(), (Ids{1, 3}));
    QCOMPARE(finish(3, true), Verdict::Delivered);
    QCOMPARE(startAll(), Ids{});
    QCOMPARE(finish(1, true), Verdict::Delivered);
    QCOMPARE(startAll(), (Ids{2}));
}

void DeliveryQueueTest::aFailedRequestHoldsUpItsChannelsOnly()
{
    add(1, {"a"});
    add(2, {"a"});
    QCOMPARE(startAll(), (Ids{1}));
    QCOMPARE(finish(1, false), Verdict::Retry);
    add(3, {"b"});
    QCOMPARE(startAll(), (Ids{3}));
    m_clock.advance(1'200ms);
    QCOMPARE(startAll(), (Ids{1}));
    finish(1, true);
    QCOMPARE(startAll(), (Ids{2}));
}

void DeliveryQueueTest::aBatchWaitsForAllItsChannels()
{
    add(1, {"a"});
    add(2, {"b"});
    add(3, {"a", "b"});
    add(4, {"b"});
    QCOMPARE(startAll(), (Ids{1, 2}));
    finish(2, true);
    QCOMPARE(startAll(), Ids{});
    finish(1, true);
    QCOMPARE(startAll(), (Ids{3}));
    finish(3, true);
    QCOMPARE(startAll(), (Ids{4}));
    finish(4, true);
    QCOMPARE(m_queue->size(), std::size_t{0});
}

void DeliveryQueueTest::fourRequestsAreInFlightAtMost()
{
    for (std::uint64_t id = 1; id <= 6; ++id)
        add(id, {"a" + std::to_string(id)});
    QCOMPARE(startAll(), (Ids{1, 2, 3, 4}));
    QVERIFY(!m_queue->nextDue());
    finish(2, true);
    QVERIFY(m_queue->nextDue().has_value());
    QCOMPARE(startAll(), (Ids{5}));
}

void DeliveryQueueTest::W1_failuresAreRetriedWithGrowingDelays()
{
    add(1, {"a"});
    for (const auto nominal : {1'000ms, 2'000ms, 4'000ms, 8'000ms, 16'000ms, 32'000ms, 60'000ms, 60'000ms}) {
        QCOMPARE(startAll(), (Ids{1}));
        QCOMPARE(finish(1, false), Verdict::Retry);
        const auto delay = *m_queue->nextDue() - m_clock.steady();
        QVERIFY(delay >= nominal * 8 / 10);
        QVERIFY(delay <= nominal * 12 / 10);
        m_clock.advance(std::chrono::duration_cast<std::chrono::milliseconds>(delay) - 1ms);
        QCOMPARE(startAll(), Ids{});
        m_clock.advance(1ms);
    }
}

void DeliveryQueueTest::WH8_retriesStopByFiveMinutes()
{
    add(1, {"a"});
    add(2, {"a"});
    const SteadyTime first = m_clock.steady();
    SteadyTime last = first;
    Verdict verdict = Verdict::Retry;
    for (int attempt = 0; verdict == Verdict::Retry; ++attempt) {
        QVERIFY(attempt < 14);
        QCOMPARE(startAll(), (Ids{1}));
        last = m_clock.steady();
        verdict = finish(1, false);
        if (verdict == Verdict::Retry)
            m_clock.advance(
                std::chrono::duration_cast<std::chrono::milliseconds>(*m_queue->nextDue() - m_clock.steady()));
    }
    QCOMPARE(verdict, Verdict::GivenUp);
    QVERIFY(last - first <= 5min);
    QVERIFY(last - first >= 3min);
    QCOMPARE(startAll(), (Ids{2}));
}

void DeliveryQueueTest::WH8_successEndsTheRetries()
{
    add(1, {"a"});
    startAll();
    finish(1, false);
    m_clock.advance(1'200ms);
    QCOMPARE(startAll(), (Ids{1}));
    const auto attempt = m_queue->finish(1, true, m_clock.steady());
    QCOMPARE(attempt->verdict, Verdict::Delivered);
    QCOMPARE(attempt->number, 2U);
    QCOMPARE(m_queue->size(), std::size_t{0});
    m_clock.advance(10min);
    QCOMPARE(startAll(), Ids{});
}

void DeliveryQueueTest::theFiveMinutesBeginWithTheFirstAttempt()
{
    add(1, {"a"});
    m_clock.advance(10min);
    startAll();
    m_clock.advance(10s);
    const auto attempt = m_queue->finish(1, false, m_clock.steady());
    QCOMPARE(attempt->verdict, Verdict::Retry);
    QCOMPARE(attempt->duration, 10'000ms);
}

void DeliveryQueueTest::anAnswerNobodyWaitsForIsIgnored()
{
    add(1, {"a"});
    QVERIFY(!m_queue->finish(1, true, m_clock.steady()));
    QVERIFY(!m_queue->finish(2, true, m_clock.steady()));
    startAll();
    finish(1, false);
    QVERIFY(!m_queue->finish(1, true, m_clock.steady()));
    QCOMPARE(m_queue->inFlight(), std::size_t{0});
}

void DeliveryQueueTest::eventsAndBytesAreCounted()
{
    add(1, {"a"});
    add(2, {"b"});
    QCOMPARE(m_queue->events(), std::size_t{4});
    QCOMPARE(m_queue->bytes(), std::size_t{8});
    startAll();
    finish(1, false);
    QCOMPARE(m_queue->events(), std::size_t{4});
    finish(2, true);
    QCOMPARE(m_queue->events(), std::size_t{2});
    QCOMPARE(m_queue->bytes(), std::size_t{4});
    QCOMPARE(m_queue->ids(), (Ids{1}));
}

QTEST_APPLESS_MAIN(DeliveryQueueTest)
#include "delivery_queue_test.moc"
