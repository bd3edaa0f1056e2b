#include "core/webhook/dispatcher.h"

#include "core/base/crypto.h"
#include "tests/core/webhook/dispatcher_fixture.h"
#include "tests/core/webhook/hub_feed.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::webhook;
using namespace std::chrono_literals;
using test::DispatcherFixture;
using test::eventsOf;
using test::HubFeed;
using test::makeAppWebhooks;

using Names = std::vector<std::string>;

/// The way of an event from the hub to the wire, with time in the test's hand and without threads.
class DispatcherTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void WH1_occupiedIsToldAtOnceAndVacatedThreeSecondsAfterTheLastLeft();
    void WH2_whoReturnsWithinThreeSecondsLeavesNoTrace();
    void WH2_holdsForTargetsThatHearOfOccupiedOnly();
    void WH3_membersAreToldOnceAUserWithTheSameGrace();
    void WH4_aClientEventTellsWhoSentWhat();
    void WH5_aCacheMissIsToldOnceWhileEmpty();
    void WH6_WH7_theHeadersAreThoseThatClientLibrariesCheck();
    void WH8_aFailureIsRetriedWithTheSameBytesUntilItSucceeds();
    void WH8_afterFiveMinutesTheRequestIsGivenUpAndReported();
    void W2_aRedirectIsAFailure();
    void W3_aTargetThatHangsHoldsUpNoOther();
    void WH10_noApplicationHearsOfAnother();
    void batchesKeepOrderAndHoldOneApplication();
    void whatDoesNotFitIsRefusedCountedAndReportedOnce();
};

namespace {

/// Hands the facts of a hub to a dispatcher.
class Feed final : public hub::Observer {
public:
    explicit Feed(DispatcherFixture& fixture) : m_fixture{fixture} {}

    void record(const hub::Fact& fact) override
    {
        if (eventKindOf(fact.kind))
            m_fixture.tell(fact);
    }

private:
    DispatcherFixture& m_fixture;
};

/// A hub in front of the dispatcher.
struct WholeWay : DispatcherFixture {
    using DispatcherFixture::DispatcherFixture;

    Feed feed{*this};
    HubFeed hub{clock, feed};
};

} // namespace

void DispatcherTest::WH1_occupiedIsToldAtOnceAndVacatedThreeSecondsAfterTheLastLeft()
{
    WholeWay way;
    HubFeed::Client first{way.hub};
    HubFeed::Client second{way.hub};
    first.join("room.7");
    QCOMPARE(eventsOf(way.answerAll()), (Names{"channel_occupied@room.7"}));
    second.join("room.7");
    first.leave("room.7");
    way.pass(5s);
    QCOMPARE(way.answerAll(), Names{});
    second.leave("room.7");
    way.pass(2'900ms);
    QCOMPARE(way.answerAll(), Names{});
    way.pass(100ms);
    QCOMPARE(eventsOf(way.answerAll()), (Names{"channel_vacated@room.7"}));
}

void DispatcherTest::WH2_whoReturnsWithinThreeSecondsLeavesNoTrace()
{
    WholeWay way;
    HubFeed::Client client{way.hub};
    client.join("room.7");
    (void)way.answerAll();
    client.leave("room.7");
    way.pass(2'900ms);
    client.join("room.7");
    way.pass(10s);
    QCOMPARE(way.answerAll(), Names{});
    client.leave("room.7");
    way.pass(3s);
    client.join("room.7");
    QCOMPARE(eventsOf(way.answerAll()), (Names{"channel_vacated@room.7", "channel_occupied@room.7"}));
}

void DispatcherTest::WH2_holdsForTargetsThatHearOfOccupiedOnly()
{
    AppWebhooks app = makeAppWebhooks();
    app.targets.front().kinds = EventKinds{}.add(EventKind::ChannelOccupied);
    WholeWay way{{app}};
    HubFeed::Client client{way.hub};
    client.join("room.7");
    client.leave("room.7");
    way.pass(1s);
    client.join("room.7");
    QCOMPARE(eventsOf(way.answerAll()), (Names{"channel_occupied@room.7"}));
    client.leave("room.7");
    way.pass(3s);
    client.join("room.7");
    QCOMPARE(eventsOf(way.answerAll()), (Names{"channel_occupied@room.7"}));
    QVERIFY(way.outbox.entries.empty());
}

void DispatcherTest::WH3_membersAreToldOnceAUserWithTheSameGrace()
{
    WholeWay way;
    HubFeed::Client ann{way.hub};
    HubFeed::Client annAgain{way.hub};
    HubFeed::Client bob{way.hub};
    bob.join("presence-a", "bob");
    ann.join("presence-a", "ann");
    annAgain.join("presence-a", "ann");
    QCOMPARE(eventsOf(way.answerAll()),
             (Names{"channel_occupied@presence-a", "member_added@presence-a bob", "member_added@presence-a ann"}));
    ann.leave("presence-a");
    way.pass(4s);
    QCOMPARE(way.answerAll(), Names{});
    annAgain.leave("presence-a");
    way.pass(2'900ms);
    ann.join("presence-a", "ann");
    way.pass(4s);
    QCOMPARE(way.answerAll(), Names{});
    ann.leave("presence-a");
    way.pass(3s);
    QCOMPARE(eventsOf(way.answerAll()), (Names{"member_removed@presence-a ann"}));
}

void DispatcherTest::WH4_aClientEventTellsWhoSentWhat()
{
    AppWebhooks app = makeAppWebhooks();
    app.targets.front().kinds = *eventKindsNamed("client_events");
    WholeWay way{{app}};
    HubFeed::Client client{way.hub};
    client.join("presence-a", "ann");
    client.join("private-a");
    client.whisper("presence-a", "client-wave", R"({"big":12345678901234567890})");
    client.whisper("private-a", "client-wave", "plain");
    const auto bodies = way.answerAll();
    QCOMPARE(bodies.size(), std::size_t{2});
    const std::string start = R"({"time_ms":1700000000000,"events":[{"name":"client_event","channel":")";
    QCOMPARE(bodies[0], start + R"(presence-a","event":"client-wave","data":"{\"big\":12345678901234567890}",)" +
                            R"("socket_id":")" + client.socketId() + R"(","user_id":"ann"}]})");
    QCOMPARE(bodies[1], start + R"(private-a","event":"client-wave","data":"plain","socket_id":")" + client.socketId() +
                            R"("}]})");
}

void DispatcherTest::WH5_aCacheMissIsToldOnceWhileEmpty()
{
    AppWebhooks app = makeAppWebhooks();
    app.targets.front().kinds = *eventKindsNamed("cache_misses");
    WholeWay way{{app}};
    std::vector<std::unique_ptr<HubFeed::Client>> clients;
    for (int i = 0; i < 5; ++i) {
        clients.push_back(std::make_unique<HubFeed::Client>(way.hub));
        clients.back()->join("cache-prices");
        way.pass(1s);
    }
    QCOMPARE(eventsOf(way.answerAll()), (Names{"cache_miss@cache-prices"}));
}

void DispatcherTest::WH6_WH7_theHeadersAreThoseThatClientLibrariesCheck()
{
    AppWebhooks app = makeAppWebhooks();
    app.targets.front().headers = {{"Authorization", "Bearer t"}};
    DispatcherFixture fixture{{app}};
    fixture.tell(EventKind::ChannelOccupied, "room.7");
    const auto posted = fixture.transport.take();
    QCOMPARE(posted.size(), std::size_t{1});
    QCOMPARE(posted[0].request.url, "http://127.0.0.1:9/app");
    QCOMPARE(*posted[0].header("Content-Type"), "application/json");
    QCOMPARE(*posted[0].header("X-Pusher-Key"), "app-key");
    QCOMPARE(*posted[0].header("X-Pusher-Signature"), hmacSha256Hex("marker-secret", posted[0].request.body));
    QCOMPARE(*posted[0].header("Authorization"), "Bearer t");
    QCOMPARE(posted[0].request.timeout, 10s);
    QCOMPARE(posted[0].request.connectTimeout, 3s);
}

void DispatcherTest::WH8_aFailureIsRetriedWithTheSameBytesUntilItSucceeds()
{
    DispatcherFixture fixture;
    fixture.tell(EventKind::ChannelOccupied, "room.7");
    const auto first = fixture.transport.take();
    fixture.answer(first.at(0), {.status = 500, .failure = {}});
    fixture.pass(1'200ms);
    const auto second = fixture.transport.take();
    fixture.answer(second.at(0), {.status = 0, .failure = "connection refused"});
    fixture.pass(2'400ms);
    const auto third = fixture.transport.take();
    for (const auto& retry : {second.at(0), third.at(0)}) {
        QCOMPARE(retry.request.body, first[0].request.body);
        QCOMPARE(*retry.header("X-Pusher-Signature"), *first[0].header("X-Pusher-Signature"));
        QCOMPARE(*retry.header("X-Pusher-Key"), *first[0].header("X-Pusher-Key"));
    }
    fixture.answer(third[0], {.status = 204, .failure = {}});
    fixture.pass(6min);
    QVERIFY(fixture.transport.take().empty());
    const auto log = fixture.deliveries();
    QCOMPARE(log.size(), std::size_t{3});
    QCOMPARE(log[0].status, 500);
    QCOMPARE(log[1].failure, "connection refused");
    QCOMPARE(log[2].attempt, 3U);
    QCOMPARE(log[0].outcome, Delivery::Outcome::WillRetry);
    QCOMPARE(log[2].outcome, Delivery::Outcome::Delivered);
    QCOMPARE(log[2].bytes, first[0].request.body.size());
    QVERIFY(fixture.outbox.entries.empty());
}

void DispatcherTest::WH8_afterFiveMinutesTheRequestIsGivenUpAndReported()
{
    DispatcherFixture fixture;
    fixture.tell(EventKind::ChannelOccupied, "room.7");
    for (auto passed = 0ms; passed < 6min; passed += 100ms) {
        (void)fixture.answerAll(503);
        fixture.pass(100ms);
    }
    const auto log = fixture.deliveries();
    QVERIFY(log.size() >= 9 && log.size() <= 11);
    QCOMPARE(log.back().outcome, Delivery::Outcome::GivenUp);
    QVERIFY(log.back().at - log.front().at <= 5min);
    QCOMPARE(fixture.notices.size(), std::size_t{1});
    QVERIFY(fixture.notices[0].starts_with("1 webhook events for http://127.0.0.1:9/app are given up"));
    QVERIFY(fixture.notices[0].ends_with("status 503"));
    QVERIFY(fixture.outbox.entries.empty());
}

void DispatcherTest::W2_aRedirectIsAFailure()
{
    DispatcherFixture fixture;
    fixture.tell(EventKind::ChannelOccupied, "room.7");
    (void)fixture.answerAll(302);
    QCOMPARE(fixture.deliveries().at(0).outcome, Delivery::Outcome::WillRetry);
    QCOMPARE(fixture.outbox.entries.size(), std::size_t{1});
}

void DispatcherTest::W3_aTargetThatHangsHoldsUpNoOther()
{
    AppWebhooks app = makeAppWebhooks();
    app.targets.push_back({.id = {}, .url = "http://127.0.0.1:9/hangs"});
    DispatcherFixture fixture{{app}};
    std::size_t hanging = 0;
    Names heard;
    for (int i = 0; i < 10; ++i) {
        fixture.tell(EventKind::ChannelOccupied, "room." + std::to_string(i));
        for (const auto& posted : fixture.transport.take()) {
            if (posted.request.url.ends_with("hangs")) {
                ++hanging;
                continue;
            }
            heard.push_back(eventsOf(posted.request.body).at(0));
            fixture.answer(posted, {.status = 200, .failure = {}});
        }
    }
    QCOMPARE(heard.size(), std::size_t{10});
    QCOMPARE(hanging, DeliveryQueue::maxInFlight);
}

void DispatcherTest::WH10_noApplicationHearsOfAnother()
{
    AppWebhooks one = makeAppWebhooks("app");
    AppWebhooks other = makeAppWebhooks("other");
    one.targets.front().isBatching = true;
    other.targets.front().isBatching = true;
    other.secret = "other-secret";
    DispatcherFixture fixture{{one, other}};
    fixture.tell({.kind = hub::FactKind::Occupied, .appId = "app", .channel = "a"});
    fixture.tell({.kind = hub::FactKind::Occupied, .appId = "other", .channel = "b"});
    fixture.tell({.kind = hub::FactKind::Occupied, .appId = "third", .channel = "c"});
    fixture.pass(1s);
    const auto posted = fixture.transport.take();
    QCOMPARE(posted.size(), std::size_t{2});
    QCOMPARE(posted[0].request.url, "http://127.0.0.1:9/app");
    QCOMPARE(eventsOf(posted[0].request.body), (Names{"channel_occupied@a"}));
    QCOMPARE(eventsOf(posted[1].request.body), (Names{"channel_occupied@b"}));
    QCOMPARE(*posted[1].header("X-Pusher-Key"), "other-key");
    QCOMPARE(*posted[1].header("X-Pusher-Signature"), hmacSha256Hex("other-secret", posted[1].request.body));
}

void DispatcherTest::batchesKeepOrderAndHoldOneApplication()
{
    DispatcherFixture fixture{{test::makeBatchingApp()}};
    Names told;
    for (int i = 0; i < 60; ++i) {
        const std::string channel = "room." + std::to_string(i);
        told.push_back("channel_occupied@" + channel);
        fixture.tell(EventKind::ChannelOccupied, channel);
    }
    const auto full = fixture.answerAll();
    QCOMPARE(full.size(), std::size_t{1});
    QCOMPARE(eventsOf(full), Names(told.begin(), told.begin() + 50));
    fixture.pass(900ms);
    QCOMPARE(fixture.answerAll(), Names{});
    fixture.pass(100ms);
    QCOMPARE(eventsOf(fixture.answerAll()), Names(told.begin() + 50, told.end()));
}

void DispatcherTest::whatDoesNotFitIsRefusedCountedAndReportedOnce()
{
    DispatcherFixture fixture;
    for (std::size_t i = 0; i < TargetPipeline::maxEvents + 20; ++i)
        fixture.dispatcher().accept(
            "app", *parseEvent(R"({"name":"cache_miss","channel":"cache-)" + std::to_string(i) + "\"}"));
    fixture.pass(1s);
    const auto status = fixture.dispatcher().status();
    QCOMPARE(status.size(), std::size_t{1});
    QCOMPARE(status[0].waitingEvents, TargetPipeline::maxEvents);
    QCOMPARE(status[0].refusedEvents, std::size_t{20});
    QCOMPARE(status[0].requestsInFlight, DeliveryQueue::maxInFlight);
    QCOMPARE(fixture.notices, (Names{"20 webhook events for http://127.0.0.1:9/app are lost: too many wait for it"}));
    QCOMPARE(fixture.outbox.entries.size(), TargetPipeline::maxEvents);

    const std::string large(TargetPipeline::maxBytes / 2, 'x');
    DispatcherFixture bytes;
    for (int i = 0; i < 3; ++i)
        bytes.tell({.kind = hub::FactKind::ClientEvent,
                    .appId = "app",
                    .channel = "private-a",
                    .dataLiteral = '"' + large + '"'});
    QCOMPARE(bytes.dispatcher().status().at(0).waitingEvents, std::size_t{1});
    QCOMPARE(bytes.dispatcher().status().at(0).refusedEvents, std::size_t{2});
}

QTEST_APPLESS_MAIN(DispatcherTest)
#include "dispatcher_test.moc"
