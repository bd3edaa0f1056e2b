#include "core/webhook/dispatcher.h"

#include "core/base/crypto.h"
#include "tests/core/webhook/dispatcher_fixture.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::webhook;
using namespace std::chrono_literals;
using test::DispatcherFixture;
using test::eventsOf;
using test::makeAppWebhooks;

using Names = std::vector<std::string>;

/// What the settings of targets do, and what must never be told of them.
class DispatcherTargetsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTargetHearsOnlyOfWhatItWants();
    void aRemovedTargetTakesItsQueueAlong();
    void aChangedSecretHoldsForWhatComes();
    void anUnfitTargetIsReportedAndNotUsed();
    void twoTargetsWithOneUrlBothGetTheirEvents();
    void Q10_secretsAreNeitherInNoticesNorInTheLogNorInTheOutbox();
};

void DispatcherTargetsTest::aTargetHearsOnlyOfWhatItWants()
{
    AppWebhooks app = makeAppWebhooks();
    app.targets.front().kinds = *eventKindsNamed("presence");
    app.targets.front().channels.startsWith = "presence-a";
    DispatcherFixture fixture{{app}};
    fixture.tell(EventKind::ChannelOccupied, "presence-a");
    fixture.tell(EventKind::MemberAdded, "presence-b", "u");
    fixture.tell(EventKind::ChannelVacated, "presence-a");
    fixture.pass(5s);
    QCOMPARE(fixture.answerAll(), Names{});
    QVERIFY(fixture.outbox.entries.empty());
    fixture.tell(EventKind::MemberAdded, "presence-a1", "u");
    QCOMPARE(eventsOf(fixture.answerAll()), (Names{"member_added@presence-a1 u"}));
}

void DispatcherTargetsTest::aRemovedTargetTakesItsQueueAlong()
{
    DispatcherFixture fixture;
    fixture.tell(EventKind::ChannelOccupied, "a");
    fixture.tell(EventKind::ChannelVacated, "b");
    const auto posted = fixture.transport.take();
    fixture.dispatcher().configure({});
    fixture.dispatcher().turn();
    QVERIFY(fixture.outbox.entries.empty());
    QCOMPARE(fixture.notices,
             (Names{"2 webhook events for http://127.0.0.1:9/app are dropped: the target was removed"}));
    fixture.answer(posted.at(0), {.status = 200, .failure = {}});
    QVERIFY(fixture.deliveries().empty());

    fixture.tell(EventKind::ChannelOccupied, "c");
    QVERIFY(fixture.bodies().empty());
}

void DispatcherTargetsTest::aChangedSecretHoldsForWhatComes()
{
    DispatcherFixture fixture;
    fixture.tell(EventKind::ChannelOccupied, "a");
    const auto before = fixture.transport.take();
    AppWebhooks app = makeAppWebhooks();
    app.key = "key-2";
    app.secret = "secret-2";
    fixture.dispatcher().configure({app});
    fixture.tell(EventKind::ChannelOccupied, "b");
    const auto later = fixture.transport.take();
    QCOMPARE(*later.at(0).header("X-Pusher-Key"), "key-2");
    QCOMPARE(*later.at(0).header("X-Pusher-Signature"), hmacSha256Hex("secret-2", later[0].request.body));
    fixture.answer(before.at(0), {.status = 500, .failure = {}});
    fixture.pass(1'200ms);
    QCOMPARE(*fixture.transport.take().at(0).header("X-Pusher-Key"), "app-key");
}

void DispatcherTargetsTest::anUnfitTargetIsReportedAndNotUsed()
{
    AppWebhooks app = makeAppWebhooks();
    app.targets.front().url = "http://0.0.0.0/";
    DispatcherFixture fixture{{app}};
    QCOMPARE(fixture.notices.size(), std::size_t{1});
    QVERIFY(fixture.notices[0].starts_with("a webhook of application app is not used: "));
    fixture.tell(EventKind::ChannelOccupied, "a");
    QVERIFY(fixture.bodies().empty());
}

void DispatcherTargetsTest::twoTargetsWithOneUrlBothGetTheirEvents()
{
    AppWebhooks app = makeAppWebhooks();
    app.targets.push_back(app.targets.front());
    app.targets[0].kinds = *eventKindsNamed("channel_existence");
    app.targets[1].kinds = *eventKindsNamed("presence");
    DispatcherFixture fixture{{app}};
    fixture.tell(EventKind::ChannelOccupied, "presence-a");
    fixture.tell(EventKind::MemberAdded, "presence-a", "u");
    QCOMPARE(eventsOf(fixture.answerAll()), (Names{"channel_occupied@presence-a", "member_added@presence-a u"}));
}

void DispatcherTargetsTest::Q10_secretsAreNeitherInNoticesNorInTheLogNorInTheOutbox()
{
    AppWebhooks app = makeAppWebhooks();
    WebhookTarget& target = app.targets.front();
    target.url += "?token=marker-token";
    target.headers = {{"Authorization", "Bearer marker-header"}};
    DispatcherFixture fixture{{app}};
    fixture.tell({.kind = hub::FactKind::ClientEvent,
                  .appId = "app",
                  .channel = "private-a",
                  .event = "client-x",
                  .dataLiteral = R"("marker-payload")"});
    for (auto passed = 0s; passed < 6min; passed += 1s) {
        for (const auto& posted : fixture.transport.take())
            fixture.answer(
                posted, {.status = 0, .failure = "POST " + target.url + " Bearer marker-header marker-secret failed"});
        fixture.pass(1s);
    }
    fixture.dispatcher().configure({});
    std::string all;
    for (const std::string& notice : fixture.notices)
        all += notice;
    for (const Delivery& delivery : fixture.deliveries())
        all += delivery.target + delivery.failure + delivery.appId;
    QVERIFY(all.find("given up") != std::string::npos);
    QVERIFY2(all.find("marker") == std::string::npos, all.c_str());

    DispatcherFixture waiting{{app}};
    waiting.tell(EventKind::ChannelOccupied, "a");
    const OutboxEntry& entry = waiting.outbox.entries.begin()->second;
    QCOMPARE((entry.target + entry.text + entry.key + entry.signature).find("marker"), std::string::npos);
}

QTEST_APPLESS_MAIN(DispatcherTargetsTest)
#include "dispatcher_targets_test.moc"
