#include "core/webhook/dispatcher.h"

#include "tests/core/webhook/dispatcher_fixture.h"

#include <QTest>

#include <algorithm>

using namespace castdeck;
using namespace castdeck::webhook;
using namespace std::chrono_literals;
using test::DispatcherFixture;
using test::eventsOf;
using test::makeAppWebhooks;
using test::makeBatchingApp;

using Names = std::vector<std::string>;

/// What is kept for the next start, and what a restart makes of it.
class DispatcherOutboxTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRestartGoesOnWithTheSameBytes();
    void aRestartKeepsGracePeriodsAndBatches();
    void whatArrivedIsNotSentAgainAfterARestart();
    void eventsThatCameAndWentAreNotWritten();
    void aBrokenOutboxIsReportedAndDelaysNothing();
    void theOutboxIsWrittenBeforeTheRequestLeaves();
    void releasingSendsWhatIsHeldBack();
};

namespace {

/// Looks whether what it is given is in the outbox already.
class WatchingTransport final : public Transport {
public:
    explicit WatchingTransport(const test::MemoryOutbox& outbox) : m_outbox{outbox} {}

    void post(TransportRequest request, Done) override
    {
        bodiesInOutbox.push_back(std::ranges::any_of(
            m_outbox.entries, [&request](const auto& entry) { return entry.second.text == request.body; }));
    }

    std::vector<bool> bodiesInOutbox;

private:
    const test::MemoryOutbox& m_outbox;
};

} // namespace

void DispatcherOutboxTest::aRestartGoesOnWithTheSameBytes()
{
    DispatcherFixture fixture;
    for (const char* const channel : {"a", "b", "a"})
        fixture.tell(EventKind::CacheMiss, std::string{"cache-"} + channel);
    fixture.tell(EventKind::ChannelOccupied, "cache-a");
    const auto before = fixture.transport.take();
    QCOMPARE(before.size(), std::size_t{2}); // The second of cache-a waits for the first.
    fixture.clock.advance(1h);
    AppWebhooks app = makeAppWebhooks();
    app.secret = "another-secret";
    fixture.restart({app});
    const auto after = fixture.transport.take();
    QCOMPARE(after.size(), std::size_t{2});
    for (std::size_t i = 0; i < 2; ++i) {
        QCOMPARE(after[i].request.body, before[i].request.body);
        QCOMPARE(*after[i].header("X-Pusher-Signature"), *before[i].header("X-Pusher-Signature"));
    }
    fixture.answer(after[0], {.status = 200, .failure = {}});
    QCOMPARE(eventsOf(fixture.answerAll()), (Names{"channel_occupied@cache-a"}));
}

void DispatcherOutboxTest::aRestartKeepsGracePeriodsAndBatches()
{
    DispatcherFixture fixture{{makeBatchingApp()}};
    fixture.tell(EventKind::ChannelVacated, "a");
    fixture.tell(EventKind::ChannelVacated, "b");
    fixture.tell(EventKind::ChannelOccupied, "c");
    QCOMPARE(fixture.outbox.entries.size(), std::size_t{3});
    fixture.restart({makeBatchingApp()});
    fixture.tell(EventKind::ChannelOccupied, "b");
    fixture.pass(1s);
    QCOMPARE(eventsOf(fixture.answerAll()), (Names{"channel_occupied@c"}));
    fixture.pass(3s);
    QCOMPARE(eventsOf(fixture.answerAll()), (Names{"channel_vacated@a"}));
    QVERIFY(fixture.outbox.entries.empty());
}

void DispatcherOutboxTest::whatArrivedIsNotSentAgainAfterARestart()
{
    DispatcherFixture fixture;
    fixture.tell(EventKind::ChannelOccupied, "a");
    (void)fixture.answerAll();
    fixture.tell(EventKind::ChannelOccupied, "b");
    fixture.restart();
    QCOMPARE(eventsOf(fixture.answerAll()), (Names{"channel_occupied@b"}));
    fixture.restart();
    QCOMPARE(fixture.answerAll(), Names{});
}

void DispatcherOutboxTest::eventsThatCameAndWentAreNotWritten()
{
    DispatcherFixture fixture;
    const auto event = [](const char* name) {
        return *parseEvent(std::string{R"({"name":")"} + name + R"(","channel":"a"})");
    };
    fixture.dispatcher().accept("app", event("channel_vacated"));
    fixture.dispatcher().accept("app", event("channel_occupied"));
    fixture.dispatcher().turn();
    QCOMPARE(fixture.outbox.writes, 0);
}

void DispatcherOutboxTest::aBrokenOutboxIsReportedAndDelaysNothing()
{
    DispatcherFixture fixture;
    fixture.outbox.isBroken = true;
    fixture.tell(EventKind::ChannelOccupied, "a");
    fixture.tell(EventKind::ChannelOccupied, "b");
    QCOMPARE(fixture.bodies().size(), std::size_t{2});
    QCOMPARE(fixture.notices, (Names{"webhooks that wait would not survive a restart: the disk is gone"}));
    fixture.outbox.isBroken = false;
    fixture.pass(1s);
    QCOMPARE(fixture.outbox.entries.size(), std::size_t{2});
}

void DispatcherOutboxTest::theOutboxIsWrittenBeforeTheRequestLeaves()
{
    const test::ManualClock clock;
    test::MemoryOutbox outbox;
    WatchingTransport transport{outbox};
    DeliveryLog log;
    Dispatcher dispatcher{clock, transport, outbox, log, [](const SendResult&) {}, [](const std::string&) {}};
    dispatcher.configure({makeAppWebhooks()});
    dispatcher.accept("app", *parseEvent(R"({"name":"channel_occupied","channel":"a"})"));
    QVERIFY(transport.bodiesInOutbox.empty());
    dispatcher.turn();
    QCOMPARE(transport.bodiesInOutbox, (std::vector<bool>{true}));
}

void DispatcherOutboxTest::releasingSendsWhatIsHeldBack()
{
    DispatcherFixture fixture{{makeBatchingApp()}};
    fixture.tell(EventKind::ChannelVacated, "a");
    fixture.tell(EventKind::ChannelOccupied, "b");
    QVERIFY(fixture.dispatcher().isIdle());
    fixture.dispatcher().release();
    fixture.dispatcher().turn();
    QVERIFY(!fixture.dispatcher().isIdle());
    QCOMPARE(eventsOf(fixture.answerAll()), (Names{"channel_occupied@b", "channel_vacated@a"}));
    QVERIFY(fixture.dispatcher().isIdle());
    QVERIFY(!fixture.dispatcher().nextDue());
}

QTEST_APPLESS_MAIN(DispatcherOutboxTest)
#include "dispatcher_outbox_test.moc"
