#include "core/engine/details_builder.h"

#include "tests/support/engine_fixture.h"
#include "tests/support/hub_fixture.h"

#include <QTest>

#include <algorithm>
#include <chrono>
#include <thread>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;
using engine::Details;
using engine::DetailsQuestion;
using engine::EventKind;

class DetailsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void connectionTellsItsHandshake();
    void secretHeadersAreNotKept();
    void connectionTellsSinceWhenItIsSubscribed();
    void timelineHasWhatItDidAndWhatItWasSent();
    void trafficIsCounted();
    void channelTellsItsSubscribersAndWhatHappened();
    void membersOfOneUserStandTogether();
    void twoPeopleWithOneIdAreFound();
    void cachedEventHasItsNameAndTimeLeft();
    void whatIsGoneHasNoDetails();
    void headlessServerKeepsNothing();
    void removedSocketIsToldAndStays();
    void othersSeeTheRemovedMemberLeave();
    void chronicleIsBounded();

private:
    static Details ask(EngineFixture& fixture, DetailsQuestion question)
    {
        const std::uint64_t id = fixture.engine().askDetails(std::move(question));
        const auto end = std::chrono::steady_clock::now() + 5s;
        while (std::chrono::steady_clock::now() < end) {
            for (Details& details : fixture.engine().takeDetails()) {
                if (details.commandId == id)
                    return std::move(details);
            }
            std::this_thread::yield();
        }
        return {};
    }
    static DetailsQuestion about(const PusherClient& client) { return {client.app().id, client.socketId(), {}}; }
    static DetailsQuestion aboutChannel(const std::string& channel) { return {makeApp().id, {}, channel}; }
    static std::vector<EventKind> kindsOf(const std::vector<engine::Happening>& happenings)
    {
        std::vector<EventKind> kinds;
        std::ranges::transform(happenings, std::back_inserter(kinds), &engine::Happening::kind);
        return kinds;
    }
};

void DetailsTest::connectionTellsItsHandshake()
{
    EngineFixture fixture;
    const std::string target = "/app/" + fixture.app().key + "?protocol=7&client=js&version=8.6.0";
    PusherClient client{fixture.port(), fixture.app(), target, {{"Origin", "http://localhost:8000"}, {"X-Page", "a"}}};
    const auto details = ask(fixture, about(client)).connection;
    QVERIFY(details);
    QCOMPARE(details->client, "js 8.6.0");
    QCOMPARE(details->protocol, "7");
    QCOMPARE(details->origin, "http://localhost:8000");
    QCOMPARE(details->path, "/app/" + fixture.app().key);
    QVERIFY(!details->isTls);
    QVERIFY(details->peer.starts_with("127.0.0.1"));
    const std::string* const page = http::find(details->headers, "x-page");
    QVERIFY(page != nullptr);
    QCOMPARE(*page, "a");
}

void DetailsTest::secretHeadersAreNotKept()
{
    EngineFixture fixture;
    const http::Headers headers{{"Cookie", "session=marker"}, {"Authorization", "Bearer marker"}};
    PusherClient client{fixture.port(), fixture.app(), {}, headers};
    const auto details = ask(fixture, about(client)).connection;
    QVERIFY(details);
    QVERIFY(http::find(details->headers, "Cookie") != nullptr);
    for (const http::Header& header : details->headers)
        QVERIFY2(header.value.find("marker") == std::string::npos, header.name.c_str());
}

void DetailsTest::connectionTellsSinceWhenItIsSubscribed()
{
    EngineFixture fixture;
    PusherClient client = fixture.connect();
    client.join("orders");
    client.join("presence-room", memberData("ana"));
    const auto details = ask(fixture, about(client)).connection;
    QVERIFY(details);
    QCOMPARE(details->subscriptionCount, 2U);
    QCOMPARE(details->subscriptions.size(), 2U);
    QCOMPARE(details->subscriptions[0].channel, "orders");
    QVERIFY(details->subscriptions[0].since.has_value());
    QCOMPARE(details->subscriptions[1].userId, "ana");
    QVERIFY(details->subscriptions[0].since <= details->subscriptions[1].since);
}

void DetailsTest::timelineHasWhatItDidAndWhatItWasSent()
{
    EngineFixture fixture;
    PusherClient client = fixture.connect();
    fixture.publish("orders", "too.early", "{}");
    client.join("orders");
    fixture.publish("orders", "order.shipped", "{\"id\":7}");
    fixture.publish("orders", "not.for.you", "{}", client.socketId());
    client.expectEvent("order.shipped");
    client.leave("orders");
    client.join("orders");
    const auto details = ask(fixture, about(client)).connection;
    QVERIFY(details);
    const std::vector wanted{EventKind::Connection, EventKind::Subscribed, EventKind::Unsubscribed,
                             EventKind::Subscribed};
    QCOMPARE(kindsOf(details->timeline), wanted); // The channel was vacant in between, which ends what is kept of it.
    fixture.publish("orders", "order.paid", "{\"id\":8}");
    fixture.publish("orders", "not.for.you", "{}", client.socketId());
    const auto later = ask(fixture, about(client)).connection;
    QCOMPARE(later->timeline.size(), wanted.size() + 1);
    QCOMPARE(later->timeline.back().event, "order.paid");
    QCOMPARE(later->timeline.back().excerpt, "{\"id\":8}");
    QCOMPARE(later->timeline.back().payloadBytes, 8U);
}

void DetailsTest::trafficIsCounted()
{
    EngineFixture fixture;
    PusherClient client = fixture.connect();
    client.join("orders");
    const auto before = ask(fixture, about(client)).connection->traffic;
    QVERIFY(before);
    QCOMPARE(before->messagesIn, 1U);
    QCOMPARE(before->messagesOut, 2U); // The greeting and the success.
    client.send("pusher:ping", "{}");
    client.expectEvent("pusher:pong");
    // The client may have read the answer before the worker has counted its bytes.
    std::optional<engine::TrafficDetails> after;
    const auto isCounted = [&] {
        after = ask(fixture, about(client)).connection->traffic;
        return after->bytesOut > before->bytesOut;
    };
    QTRY_VERIFY(isCounted());
    QCOMPARE(after->messagesIn, 2U);
    QCOMPARE(after->messagesOut, 3U);
    QCOMPARE(after->clientPings, 1U);
    QVERIFY(after->bytesIn > before->bytesIn);
    QVERIFY(after->silentFor.has_value());
    QVERIFY(*after->silentFor < 5s);
}

void DetailsTest::channelTellsItsSubscribersAndWhatHappened()
{
    EngineFixture fixture;
    PusherClient first = fixture.connect();
    PusherClient second = fixture.connect();
    first.join("orders");
    second.join("orders");
    fixture.publish("orders", "order.shipped", "{\"id\":7}");
    const auto details = ask(fixture, aboutChannel("orders")).channel;
    QVERIFY(details);
    QCOMPARE(details->subscriberCount, 2U);
    QCOMPARE(details->subscribers.size(), 2U);
    QVERIFY(details->subscribers[0].since.has_value());
    const std::vector wanted{EventKind::Occupied, EventKind::Subscribed, EventKind::Subscribed, EventKind::ApiMessage};
    QCOMPARE(kindsOf(details->recent), wanted);
    QCOMPARE(details->recent.back().receivers, 2U);
    QCOMPARE(details->limits.maxEventDataBytes, std::size_t{10'240});
}

void DetailsTest::membersOfOneUserStandTogether()
{
    EngineFixture fixture;
    PusherClient laptop = fixture.connect();
    PusherClient phone = fixture.connect();
    laptop.join("presence-room", memberData("ana", R"({"name":"Ana"})"));
    phone.join("presence-room", memberData("ana", R"({"name":"Ana"})"));
    const auto details = ask(fixture, aboutChannel("presence-room")).channel;
    QVERIFY(details);
    QCOMPARE(details->members.size(), 1U);
    QCOMPARE(details->members[0].sockets.size(), 2U);
    QCOMPARE(details->members[0].sockets[1].socketId, phone.socketId());
    QVERIFY(details->members[0].sockets[1].since.has_value());
    QVERIFY(details->members[0].otherInfos.empty());
}

void DetailsTest::twoPeopleWithOneIdAreFound()
{
    EngineFixture fixture;
    PusherClient ana = fixture.connect();
    ana.join("presence-room", memberData("1", R"({"name":"Ana"})"));
    {
        PusherClient bo = fixture.connect();
        bo.join("presence-room", memberData("1", R"({"name":"Bo"})"));
        const auto details = ask(fixture, aboutChannel("presence-room")).channel;
        QVERIFY(details);
        QCOMPARE(details->members[0].userInfo, R"({"name":"Ana"})");
        QCOMPARE(details->members[0].otherInfos.size(), 1U);
        QCOMPARE(details->members[0].otherInfos[0].first, bo.socketId());
        QCOMPARE(details->members[0].otherInfos[0].second, R"({"name":"Bo"})");
        bo.leave("presence-room");
    }
    QVERIFY(ask(fixture, aboutChannel("presence-room")).channel->members[0].otherInfos.empty());
}

void DetailsTest::cachedEventHasItsNameAndTimeLeft()
{
    EngineFixture fixture;
    PusherClient client = fixture.connect();
    client.join("cache-prices");
    QVERIFY(!ask(fixture, aboutChannel("cache-prices")).channel->cached);
    fixture.publish("cache-prices", "price.set", R"({"eur":"3.20"})");
    const auto cached = ask(fixture, aboutChannel("cache-prices")).channel->cached;
    QVERIFY(cached);
    QCOMPARE(cached->event, "price.set");
    QCOMPARE(cached->data, R"({"eur":"3.20"})");
    QVERIFY(cached->age < 5s);
    QVERIFY(cached->timeLeft > 1'700s && cached->timeLeft <= 1'800s);
}

void DetailsTest::whatIsGoneHasNoDetails()
{
    EngineFixture fixture;
    const Details socket = ask(fixture, {makeApp().id, "1.1", {}});
    QCOMPARE(socket.question.socketId, "1.1");
    QVERIFY(!socket.connection);
    QVERIFY(!ask(fixture, aboutChannel("nobody")).channel);
    QVERIFY(!ask(fixture, {"no-app", {}, "orders"}).channel);
}

void DetailsTest::headlessServerKeepsNothing()
{
    engine::EngineOptions options;
    options.apps = {makeApp()};
    options.recordsEvents = false;
    EngineFixture fixture{options};
    PusherClient client = fixture.connect();
    client.join("orders");
    const auto details = ask(fixture, about(client)).connection;
    QVERIFY(details);
    QVERIFY(!details->traffic);
    QVERIFY(details->headers.empty());
    QVERIFY(details->timeline.empty());
    QCOMPARE(details->subscriptions.size(), 1U);
    QVERIFY(!details->subscriptions[0].since);
    QVERIFY(ask(fixture, aboutChannel("orders")).channel->recent.empty());
}

void DetailsTest::removedSocketIsToldAndStays()
{
    EngineFixture fixture;
    PusherClient client = fixture.connect();
    client.join("orders");
    fixture.engine().removeFromChannel(makeApp().id, client.socketId(), "orders");
    client.expectRefusal("orders", "Removed", 403);
    fixture.publish("orders", "order.shipped", "{}");
    client.expectSilence();
    client.join("orders");
}

void DetailsTest::othersSeeTheRemovedMemberLeave()
{
    EngineFixture fixture;
    PusherClient ana = fixture.connect();
    PusherClient bo = fixture.connect();
    ana.join("presence-room", memberData("ana"));
    bo.join("presence-room", memberData("bo"));
    ana.expectEvent("pusher_internal:member_added");
    fixture.engine().removeFromChannel(makeApp().id, bo.socketId(), "presence-room");
    ana.expectEvent("pusher_internal:member_removed");
}

void DetailsTest::chronicleIsBounded()
{
    engine::Chronicle chronicle;
    const auto note = [&](hub::FactKind kind, EventKind eventKind, const std::string& channel) {
        engine::Event event;
        event.kind = eventKind;
        event.channel = channel;
        event.socketId = "1.1";
        chronicle.note({.kind = kind, .appId = "app", .channel = channel, .socketId = "1.1"}, event);
    };
    note(hub::FactKind::Connection, EventKind::Connection, {});
    note(hub::FactKind::Occupied, EventKind::Occupied, "orders");
    for (int i = 0; i < 1'000; ++i)
        note(hub::FactKind::ClientEvent, EventKind::ClientEvent, "orders");
    QCOMPARE(chronicle.ofConnection("app", "1.1").size(), engine::Chronicle::maxOfConnection);
    QCOMPARE(chronicle.ofChannel("app", "orders").size(), engine::Chronicle::maxOfChannel);
    note(hub::FactKind::Vacated, EventKind::Vacated, "orders");
    note(hub::FactKind::Disconnection, EventKind::Disconnection, {});
    QVERIFY(chronicle.ofConnection("app", "1.1").empty());
    QVERIFY(chronicle.ofChannel("app", "orders").empty());
}

QTEST_GUILESS_MAIN(DetailsTest)
#include "details_test.moc"
