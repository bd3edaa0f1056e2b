#include "core/webhook/webhook_service.h"

#include "tests/core/webhook/dispatcher_fixture.h"
#include "tests/core/webhook/hub_feed.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace castdeck;
using namespace castdeck::webhook;
using namespace std::chrono_literals;
using test::eventsOf;
using test::FakeTransport;
using test::HubFeed;
using test::makeAppWebhooks;
using test::MemoryOutbox;

using Names = std::vector<std::string>;

/// The thread around the dispatcher, with the real clock.
class WebhookServiceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatHappensInTheHubIsPosted();
    void WH9_aReceiverThatHangsDelaysNoDelivery();
    void factsFromManyThreadsArriveInTheOrderOfTheirChannel();
    void aFloodIsBoundedAndCounted();
    void stoppingSendsWhatIsHeldBackAndWaitsForTheAnswer();
    void stoppingEndsInTimeWhenNobodyAnswers();
    void anAnswerAfterTheEndHurtsNobody();
    void changedSettingsHoldForWhatComes();
    void factsThatNobodyWantsAreNotKept();
};

namespace {

struct Running {
    explicit Running(std::vector<AppWebhooks> apps = {makeAppWebhooks()}) : service{makeService(std::move(apps))} {}

    std::unique_ptr<WebhookService> makeService(std::vector<AppWebhooks> apps)
    {
        return std::make_unique<WebhookService>(std::move(apps), clock, transport, outbox, [this](std::string notice) {
            const std::lock_guard lock{mutex};
            notices.push_back(std::move(notice));
        });
    }
    /// Waits until so many requests have been posted in all; unanswered.
    bool waitFor(std::size_t requests)
    {
        return QTest::qWaitFor(
            [&] {
                for (FakeTransport::Posted& next : transport.take())
                    posted.push_back(std::move(next));
                return posted.size() >= requests;
            },
            10'000);
    }
    Names takeNotices()
    {
        const std::lock_guard lock{mutex};
        return std::exchange(notices, {});
    }

    SystemClock clock;
    FakeTransport transport;
    MemoryOutbox outbox;
    std::mutex mutex; ///< Guards notices.
    Names notices;
    std::vector<FakeTransport::Posted> posted;
    std::unique_ptr<WebhookService> service; ///< Last: it uses all of the above.
};

void tell(WebhookService& service, const std::string& channel, const std::string& event = {})
{
    service.record({.kind = event.empty() ? hub::FactKind::Occupied : hub::FactKind::ClientEvent,
                    .appId = "app",
                    .channel = channel,
                    .event = event,
                    .dataLiteral = "\"\""});
}

} // namespace

void WebhookServiceTest::whatHappensInTheHubIsPosted()
{
    Running running;
    HubFeed hub{running.clock, *running.service};
    HubFeed::Client client{hub};
    client.join("room.7");
    QVERIFY(running.waitFor(1));
    QCOMPARE(eventsOf(running.posted[0].request.body), (Names{"channel_occupied@room.7"}));
    running.posted[0].done({.status = 200, .failure = {}});
    QVERIFY(QTest::qWaitFor([&] { return !running.service->deliveriesAfter(0).empty(); }, 10'000));
    QCOMPARE(running.service->deliveriesAfter(0).at(0).outcome, Delivery::Outcome::Delivered);
    QVERIFY(QTest::qWaitFor([&] { return running.service->status().at(0).waitingEvents == 0; }, 10'000));
}

void WebhookServiceTest::WH9_aReceiverThatHangsDelaysNoDelivery()
{
    Running running;
    HubFeed hub{running.clock, *running.service};
    HubFeed::Client sender{hub};
    HubFeed::Client receiver{hub};
    sender.join("private-a");
    receiver.join("private-a");
    QVERIFY(running.waitFor(1)); // And nobody answers, ever.
    (void)receiver.take();
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 5'000; ++i) {
        sender.whisper("private-a", "client-" + std::to_string(i), "x");
        QCOMPARE(receiver.take(), (Names{"client-" + std::to_string(i) + "@private-a"}));
    }
    QVERIFY(std::chrono::steady_clock::now() - start < 30s); // Far from the ten seconds of a single request.
    running.service->stop(0s);
    QCOMPARE(running.transport.take().size(), std::size_t{0});
}

void WebhookServiceTest::factsFromManyThreadsArriveInTheOrderOfTheirChannel()
{
    constexpr int threads = 4;
    constexpr int perThread = 200;
    Running running;
    std::vector<std::jthread> workers;
    for (int t = 0; t < threads; ++t) {
        workers.emplace_back([&running, t] {
            for (int i = 0; i < perThread; ++i)
                tell(*running.service, "private-" + std::to_string(t), "client-" + std::to_string(i));
        });
    }
    std::map<std::string, int> next;
    std::size_t answered = 0;
    while (answered < threads * perThread) {
        QVERIFY(running.waitFor(answered + 1));
        for (; answered < running.posted.size(); ++answered) {
            const FakeTransport::Posted& posted = running.posted[answered];
            const std::string channel = parseBody(posted.request.body)->at(0).channel;
            const std::string wanted = "\"event\":\"client-" + std::to_string(next[channel]++) + "\"";
            QVERIFY(posted.request.body.find(wanted) != std::string::npos);
            posted.done({.status = 200, .failure = {}});
        }
    }
    QCOMPARE(next.size(), std::size_t{threads});
}

void WebhookServiceTest::aFloodIsBoundedAndCounted()
{
    constexpr std::size_t flood = 50'000;
    Running running;
    for (std::size_t i = 0; i < flood; ++i)
        tell(*running.service, "private-a", "client-x");
    running.service->stop(0s);
    const TargetStatus status = running.service->status().at(0);
    QVERIFY(status.waitingEvents <= TargetPipeline::maxEvents);
    QCOMPARE(running.outbox.entries.size(), status.waitingEvents);
    std::size_t lostAtTheDoor = 0;
    for (const std::string& notice : running.takeNotices()) {
        if (notice.ends_with("too many came at once"))
            lostAtTheDoor += std::stoul(notice);
    }
    QCOMPARE(status.waitingEvents + status.refusedEvents + lostAtTheDoor, flood);
}

void WebhookServiceTest::stoppingSendsWhatIsHeldBackAndWaitsForTheAnswer()
{
    Running running;
    running.service->record({.kind = hub::FactKind::Vacated, .appId = "app", .channel = "a"});
    std::thread stopper{[&] { running.service->stop(10s); }};
    const bool isPosted = running.waitFor(1);
    if (isPosted)
        running.posted[0].done({.status = 200, .failure = {}});
    stopper.join();
    QVERIFY(isPosted);
    QCOMPARE(eventsOf(running.posted[0].request.body), (Names{"channel_vacated@a"}));
    QVERIFY(running.outbox.entries.empty());
    tell(*running.service, "b");
    QCOMPARE(running.service->deliveriesAfter(0).size(), std::size_t{1});
}

void WebhookServiceTest::stoppingEndsInTimeWhenNobodyAnswers()
{
    Running running;
    tell(*running.service, "a");
    QVERIFY(running.waitFor(1));
    const auto start = std::chrono::steady_clock::now();
    running.service->stop(300ms);
    const auto took = std::chrono::steady_clock::now() - start;
    QVERIFY(took >= 300ms);
    QVERIFY(took < 3s);
    QCOMPARE(running.outbox.entries.size(), std::size_t{1});
}

void WebhookServiceTest::anAnswerAfterTheEndHurtsNobody()
{
    Running running;
    tell(*running.service, "a");
    QVERIFY(running.waitFor(1));
    running.service->stop(0s);
    running.service.reset();
    running.posted[0].done({.status = 200, .failure = {}});
    QCOMPARE(running.outbox.entries.size(), std::size_t{1});
}

void WebhookServiceTest::changedSettingsHoldForWhatComes()
{
    Running running{{}};
    tell(*running.service, "a");
    running.service->configure({makeAppWebhooks()});
    tell(*running.service, "b");
    QVERIFY(running.waitFor(1));
    QCOMPARE(eventsOf(running.posted[0].request.body), (Names{"channel_occupied@b"}));
    running.service->configure({});
    tell(*running.service, "c");
    running.service->stop(0s);
    QVERIFY(running.transport.take().empty());
    QVERIFY(running.outbox.entries.empty());
}

void WebhookServiceTest::factsThatNobodyWantsAreNotKept()
{
    AppWebhooks app = makeAppWebhooks();
    app.targets.front().kinds = EventKinds{}.add(EventKind::MemberAdded);
    ServiceInbox inbox{10, 1'000};
    inbox.put(std::vector{app});
    inbox.put({.kind = hub::FactKind::Occupied, .appId = "app", .channel = "a"});
    inbox.put({.kind = hub::FactKind::MemberAdded, .appId = "other", .channel = "presence-a"});
    inbox.put({.kind = hub::FactKind::Subscribed, .appId = "app", .channel = "presence-a"});
    inbox.put({.kind = hub::FactKind::MemberRemoved, .appId = "app", .channel = "presence-a"});
    const ServiceInbox::Batch batch = inbox.wait(0ms);
    QCOMPARE(batch.events.size(), std::size_t{1}); // It may call off what the target wants to hear of.
    QCOMPARE(batch.events.front().event.kind, EventKind::MemberRemoved);
}

QTEST_GUILESS_MAIN(WebhookServiceTest)
#include "webhook_service_test.moc"
