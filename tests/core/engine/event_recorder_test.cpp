#include "core/engine/event_recorder.h"

#include "tests/support/manual_clock.h"

#include <QTest>

using namespace castdeck;
using namespace std::chrono_literals;
using engine::EventRecorder;

class EventRecorderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aStormIsTracedInPart();
    void whatNobodyLooksAtIsNotTraced();
    void anEventKeepsItsTrace();

private:
    test::ManualClock m_clock;
};

void EventRecorderTest::aStormIsTracedInPart()
{
    EventRecorder recorder{m_clock, true, {}};
    int traced = 0;
    for (int i = 0; i < 5'000; ++i)
        traced += recorder.wantsTrace(3) ? 1 : 0;
    QCOMPARE(traced, 100);
    m_clock.advance(1s);
    QVERIFY(recorder.wantsTrace(3));
}

void EventRecorderTest::whatNobodyLooksAtIsNotTraced()
{
    QVERIFY(!EventRecorder(m_clock, false, {}).wantsTrace(3));
    EventRecorder recorder{m_clock, true, {}};
    QVERIFY(!recorder.wantsTrace(0));
    QVERIFY(!recorder.wantsTrace(1'001));
    QVERIFY(recorder.wantsTrace(1'000));
}

void EventRecorderTest::anEventKeepsItsTrace()
{
    EventRecorder recorder{m_clock, true, {}};
    const auto trace = std::make_shared<hub::DeliveryTrace>(1, "1.2");
    recorder.record(hub::Fact{.kind = hub::FactKind::ApiMessage, .channel = "news", .receivers = 1, .trace = trace});
    trace->note(std::uint64_t{7} << 32 | 9, 0);
    const auto events = recorder.takeEvents();
    QCOMPARE(events.items.size(), std::size_t{1});
    QCOMPARE(events.items.front().trace->reached().front().socketId, "7.9");
    QCOMPARE(events.items.front().trace->exceptSocketId(), "1.2");
}

QTEST_GUILESS_MAIN(EventRecorderTest)
#include "event_recorder_test.moc"
