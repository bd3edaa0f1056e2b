#include "core/pusher/server_message.h"

#include "core/base/json.h"

#include <QTest>

using namespace castdeck;
namespace message = pusher::message;

class ServerMessageTest : public QObject {
    Q_OBJECT
private slots:
    void textsAreExact_data();
    void textsAreExact();
    void FR1_everyMessageHasStringData_data();
    void FR1_everyMessageHasStringData();
    void FR5_errorDataIsAnObject();
};

namespace {

using Members = std::vector<std::pair<std::string_view, std::string_view>>;

/// Every kind of message once, and the cases where one of them could go wrong.
void addMessages()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("expected");
    const auto row = [](const char* tag, std::string text, const char* expected) {
        QTest::newRow(tag) << std::move(text) << std::string{expected};
    };
    row("CN2 connection_established", message::connectionEstablished("4711.815", std::chrono::seconds{30}),
        R"({"event":"pusher:connection_established","data":"{\"socket_id\":\"4711.815\",\"activity_timeout\":30}"})");
    row("ping", message::ping(), R"({"event":"pusher:ping","data":"{}"})");
    row("pong", message::pong(), R"({"event":"pusher:pong","data":"{}"})");
    row("event", message::event("ping", "room.7", R"("{\"n\":1}")"),
        R"({"event":"ping","channel":"room.7","data":"{\"n\":1}"})");
    row("event with a name that needs escapes", message::event("a\"\\\n", "room.7", R"("")"),
        R"({"event":"a\"\\\n","channel":"room.7","data":""})");
    row("event whose data keeps its own escapes", message::event("e", "c", R"("\u00e9\/é")"),
        R"({"event":"e","channel":"c","data":"\u00e9\/é"})");
    row("CE6 client event with its sender", message::event("client-typing", "presence-lobby", R"("{}")", "u-\"42"),
        R"({"event":"client-typing","channel":"presence-lobby","data":"{}","user_id":"u-\"42"})");
    row("SU1 subscription_succeeded", message::subscriptionSucceeded("news"),
        R"({"event":"pusher_internal:subscription_succeeded","channel":"news","data":"{}"})");
    row("PR3 presence without members", message::presenceSucceeded("presence-x", {}),
        R"({"event":"pusher_internal:subscription_succeeded","channel":"presence-x",)"
        R"("data":"{\"presence\":{\"count\":0,\"ids\":[],\"hash\":{}}}"})");
    row("PR2 presence with members",
        message::presenceSucceeded("presence-x", Members{{"0", R"({"name":"Zoë"})"}, {"1", "{}"}}),
        R"({"event":"pusher_internal:subscription_succeeded","channel":"presence-x","data":"{\"presence\":)"
        R"({\"count\":2,\"ids\":[\"0\",\"1\"],\"hash\":{\"0\":{\"name\":\"Zoë\"},\"1\":{}}}}"})");
    row("SU11 subscription_error", message::subscriptionError("private-room.7", "AuthError", "a \"b\"", 401),
        R"({"event":"pusher:subscription_error","channel":"private-room.7",)"
        R"("data":"{\"type\":\"AuthError\",\"error\":\"a \\\"b\\\"\",\"status\":401}"})");
    row("SC1 subscription_count", message::subscriptionCount("news", 7),
        R"({"event":"pusher_internal:subscription_count","channel":"news","data":"{\"subscription_count\":7}"})");
    row("member_added", message::memberAdded("presence-x", "u-42", R"({"big":12345678901234567890})"),
        R"({"event":"pusher_internal:member_added","channel":"presence-x",)"
        R"("data":"{\"user_id\":\"u-42\",\"user_info\":{\"big\":12345678901234567890}}"})");
    row("member_removed", message::memberRemoved("presence-x", "u-42"),
        R"({"event":"pusher_internal:member_removed","channel":"presence-x","data":"{\"user_id\":\"u-42\"}"})");
    row("CA1 cache_miss", message::cacheMiss("cache-prices"),
        R"({"event":"pusher:cache_miss","channel":"cache-prices","data":"{}"})");
    row("US1 signin_success", message::signinSuccess(R"({"id":"u-42"})"),
        R"({"event":"pusher:signin_success","data":"{\"user_data\":\"{\\\"id\\\":\\\"u-42\\\"}\"}"})");
    const std::vector<std::string> one{"u-7"};
    const std::vector<std::string> two{"u-8", "u-9"};
    row("WL1 watchlist, both groups", message::watchlistEvents(one, two),
        R"({"event":"pusher_internal:watchlist_events","data":"{\"events\":[)"
        R"({\"name\":\"online\",\"user_ids\":[\"u-7\"]},{\"name\":\"offline\",\"user_ids\":[\"u-8\",\"u-9\"]}]}"})");
    row("WL1 watchlist, nobody online", message::watchlistEvents({}, one),
        R"({"event":"pusher_internal:watchlist_events","data":"{\"events\":[)"
        R"({\"name\":\"offline\",\"user_ids\":[\"u-7\"]}]}"})");
    row("WL1 watchlist, nobody offline", message::watchlistEvents(one, {}),
        R"({"event":"pusher_internal:watchlist_events","data":"{\"events\":[)"
        R"({\"name\":\"online\",\"user_ids\":[\"u-7\"]}]}"})");
}

} // namespace

void ServerMessageTest::textsAreExact_data()
{
    addMessages();
}

void ServerMessageTest::textsAreExact()
{
    QFETCH(std::string, text);
    QFETCH(std::string, expected);
    QCOMPARE(text, expected);
}

void ServerMessageTest::FR1_everyMessageHasStringData_data()
{
    addMessages();
}

void ServerMessageTest::FR1_everyMessageHasStringData()
{
    QFETCH(std::string, text);
    const auto object = json::Value::parse(text);
    QVERIFY(object);
    QVERIFY(object->find("event")->is(json::Kind::String));
    QVERIFY(object->find("data")->is(json::Kind::String));
}

void ServerMessageTest::FR5_errorDataIsAnObject()
{
    QCOMPARE(message::error(4301, "too \"fast\""),
             std::string{R"({"event":"pusher:error","data":{"code":4301,"message":"too \"fast\""}})"});
    QCOMPARE(message::error(std::nullopt, "x"),
             std::string{R"({"event":"pusher:error","data":{"code":null,"message":"x"}})"});
}

QTEST_APPLESS_MAIN(ServerMessageTest)
#include "server_message_test.moc"
