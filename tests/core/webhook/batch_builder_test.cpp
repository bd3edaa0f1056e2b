#include "core/webhook/batch_builder.h"

#include "tests/support/manual_clock.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::webhook;
using namespace std::chrono_literals;
using test::ManualClock;

class BatchBuilderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutBatchingEachEventIsARequestAtOnce();
    void aBatchWaitsOneSecondAfterItsFirstEvent();
    void fiftyEventsWaitForNothing();
    void aBatchStaysBelowWhatWebServersTake();
    void switchingBatchingOffLetsTheRestGoOneByOne();

private:
    void add(BatchBuilder& builder, std::uint64_t id, std::size_t bytes = 10) const
    {
        builder.add({id, {EventKind::ClientEvent, "a", {}, std::string(bytes, 'x')}}, m_clock.steady());
    }
    static std::vector<std::uint64_t> ids(const std::vector<TrackedEvent>& events)
    {
        std::vector<std::uint64_t> result;
        for (const TrackedEvent& event : events)
            result.push_back(event.id);
        return result;
    }

    ManualClock m_clock;
};

void BatchBuilderTest::withoutBatchingEachEventIsARequestAtOnce()
{
    BatchBuilder builder;
    QVERIFY(!builder.isDue(m_clock.steady()));
    QVERIFY(builder.take().empty());
    add(builder, 1);
    add(builder, 2);
    QVERIFY(builder.isDue(m_clock.steady()));
    QCOMPARE(ids(builder.take()), (std::vector<std::uint64_t>{1}));
    QCOMPARE(ids(builder.take()), (std::vector<std::uint64_t>{2}));
    QVERIFY(!builder.nextDue());
}

void BatchBuilderTest::aBatchWaitsOneSecondAfterItsFirstEvent()
{
    BatchBuilder builder;
    builder.setBatching(true);
    add(builder, 1);
    m_clock.advance(999ms);
    add(builder, 2);
    QVERIFY(!builder.isDue(m_clock.steady()));
    QCOMPARE(*builder.nextDue(), m_clock.steady() + 1ms);
    m_clock.advance(1ms);
    QVERIFY(builder.isDue(m_clock.steady()));
    QCOMPARE(ids(builder.take()), (std::vector<std::uint64_t>{1, 2}));
}

void BatchBuilderTest::fiftyEventsWaitForNothing()
{
    BatchBuilder builder;
    builder.setBatching(true);
    for (std::uint64_t id = 1; id <= 49; ++id)
        add(builder, id);
    QVERIFY(!builder.isDue(m_clock.steady()));
    add(builder, 50);
    add(builder, 51);
    QVERIFY(builder.isDue(m_clock.steady()));
    const auto batch = builder.take();
    QCOMPARE(batch.size(), std::size_t{50});
    QCOMPARE(batch.back().id, std::uint64_t{50});
    QVERIFY(!builder.isDue(m_clock.steady()));
    QCOMPARE(builder.size(), std::size_t{1});
}

void BatchBuilderTest::aBatchStaysBelowWhatWebServersTake()
{
    BatchBuilder builder;
    builder.setBatching(true);
    add(builder, 1, BatchBuilder::maxBytes - 1);
    QVERIFY(!builder.isDue(m_clock.steady()));
    add(builder, 2, 2);
    QVERIFY(builder.isDue(m_clock.steady()));
    QCOMPARE(ids(builder.take()), (std::vector<std::uint64_t>{1}));
    QVERIFY(!builder.isDue(m_clock.steady()));
    add(builder, 3, BatchBuilder::maxBytes + 1);
    QCOMPARE(ids(builder.take()), (std::vector<std::uint64_t>{2}));
    QCOMPARE(ids(builder.take()), (std::vector<std::uint64_t>{3}));
}

void BatchBuilderTest::switchingBatchingOffLetsTheRestGoOneByOne()
{
    BatchBuilder builder;
    builder.setBatching(true);
    add(builder, 1);
    add(builder, 2);
    builder.setBatching(false);
    QVERIFY(builder.isDue(m_clock.steady()));
    QCOMPARE(ids(builder.take()), (std::vector<std::uint64_t>{1}));
}

QTEST_APPLESS_MAIN(BatchBuilderTest)
#include "batch_builder_test.moc"
