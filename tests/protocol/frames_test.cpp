#include "tests/support/engine_fixture.h"

#include <QTest>

#include <set>

using namespace castdeck;
using namespace castdeck::test;

/// Protocol document, "Frames and events".
class FramesTest : public QObject {
    Q_OBJECT
private slots:
    void FR1_dataIsAlwaysThereAndAStringExceptInErrors();
    void FR2_whatIsNoMessageIsAnErrorAndTheConnectionStays();
    void FR3_anUnknownEventIsAnErrorAndTheConnectionStays();
    void FR4_theDataOfACommandMayBeTheTextOfAnObject();
    void FR5_anErrorHoldsAnObjectWithMessageAndCode();
    void unknownMembersAreIgnored();
    void escapedNamesOfMembersAreUnderstood();
};

namespace {

void check(const std::vector<Message>& messages, std::set<std::string>& seen)
{
    for (const Message& message : messages) {
        seen.insert(message.event());
        QVERIFY2(message.json.contains("data"), message.text.c_str());
        const bool isError = message.event() == "pusher:error";
        QVERIFY2(isError ? message.json["data"].is_object() : message.json["data"].is_string(), message.text.c_str());
    }
}

} // namespace

void FramesTest::FR1_dataIsAlwaysThereAndAStringExceptInErrors()
{
    auto app = makeApp();
    app.allowsClientEvents = true;
    app.sendsSubscriptionCount = true;
    engine::EngineOptions options;
    options.apps = {app, makeApp("impatient")};
    options.apps[1].activityTimeout = std::chrono::seconds{1};
    const EngineFixture fixture{options};
    std::set<std::string> seen;

    auto silent = fixture.open("/app/impatient-key?protocol=7");
    check({silent.expectMessage(), silent.expectMessage()}, seen); // The greeting and the server's ping.

    auto ann = fixture.connect();
    auto bob = fixture.connect();
    ann.signIn(R"({"id":"ann","watchlist":["bob"]})");
    for (const char* channel : {"news", "cache-prices", "private-a", "private-encrypted-a"})
        ann.subscribe(channel);
    ann.subscribe("presence-a", memberData("ann"));
    ann.subscribeWith("private-b", "wrong");
    ann.sendText("not json");
    check(ann.takeAll(), seen);
    bob.join("presence-a", memberData("bob"));
    bob.send("client-x", R"({"a":[1]})", "presence-a");
    bob.leave("presence-a");
    fixture.publish("news", "hello", "");
    check(ann.takeAll(), seen);
    ann.sendText(R"({"event":"pusher:ping"})");
    check({ann.expectMessage()}, seen);

    const std::set<std::string> all{"pusher:connection_established",
                                    "pusher:ping",
                                    "pusher:pong",
                                    "pusher:error",
                                    "pusher:signin_success",
                                    "pusher:cache_miss",
                                    "pusher:subscription_error",
                                    "pusher_internal:subscription_succeeded",
                                    "pusher_internal:subscription_count",
                                    "pusher_internal:watchlist_events",
                                    "pusher_internal:member_added",
                                    "pusher_internal:member_removed",
                                    "client-x",
                                    "hello"};
    QVERIFY(seen == all);
}

void FramesTest::FR2_whatIsNoMessageIsAnErrorAndTheConnectionStays()
{
    const EngineFixture fixture;
    auto client = fixture.connect();
    client.sendText("{\"event\":");
    client.expectError(std::nullopt);
    client.expectSilence();
}

void FramesTest::FR3_anUnknownEventIsAnErrorAndTheConnectionStays()
{
    const EngineFixture fixture;
    auto client = fixture.connect();
    for (const char* event : {"hello", "", "pusher:connection_established", "pusher:subscribe "}) {
        client.send(event, "{}");
        client.expectError(std::nullopt);
        client.expectSilence();
    }
}

void FramesTest::FR4_theDataOfACommandMayBeTheTextOfAnObject()
{
    const EngineFixture fixture;
    auto client = fixture.connect();
    client.send("pusher:subscribe", R"("{\"channel\":\"news\"}")");
    client.expectEvent("pusher_internal:subscription_succeeded", "news");
    client.send("pusher:unsubscribe", R"(" { \"channel\" : \"news\" } ")");
    client.expectSilence();
    QVERIFY(fixture.waitFor([](const engine::Snapshot& snapshot) { return snapshot.channelCount == 0; }));
}

void FramesTest::FR5_anErrorHoldsAnObjectWithMessageAndCode()
{
    const EngineFixture fixture;
    auto client = fixture.connect();
    client.send("nonsense", "{}");
    const Message error = client.expectMessage();
    QCOMPARE(error.event(), std::string{"pusher:error"});
    QVERIFY(!error.json.contains("channel"));
    QVERIFY(error.json["data"].is_object());
    QVERIFY(error.json["data"]["code"].is_null());
    QVERIFY(error.json["data"]["message"].is_string());
}

void FramesTest::unknownMembersAreIgnored()
{
    const EngineFixture fixture;
    auto client = fixture.connect();
    client.sendText(
        R"({"x":[{}],"data":{"y":1,"channel":"news","auth":null},"user_id":"forged","event":"pusher:subscribe"})");
    client.expectEvent("pusher_internal:subscription_succeeded", "news");
}

void FramesTest::escapedNamesOfMembersAreUnderstood()
{
    const EngineFixture fixture;
    auto client = fixture.connect();
    client.sendText(R"({"\u0065vent":"pusher:sub\u0073cribe","d\u0061ta":{"\u0063hannel":"n\u0065ws"}})");
    client.expectEvent("pusher_internal:subscription_succeeded", "news");
}

QTEST_GUILESS_MAIN(FramesTest)
#include "frames_test.moc"
