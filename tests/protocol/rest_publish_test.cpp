#include "tests/support/engine_fixture.h"

#include "core/base/json.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::test;

/// Protocol document, "POST /apps/{id}/events" and "batch_events".
class RestPublishTest : public QObject {
    Q_OBJECT
private slots:
    void init() { m_server = std::make_unique<EngineFixture>(); }
    void cleanup() { m_server.reset(); }

    void RS1_RS17_aPublishIsAnsweredWithAnEmptyObject();
    void RS2_theFrameHasTheExactDataString_data();
    void RS2_theFrameHasTheExactDataString();
    void RS2_dataThatIsNoStringTravelsAsItsText_data();
    void RS2_dataThatIsNoStringTravelsAsItsText();
    void EN1_encryptedDataPassesThroughByteForByte_data();
    void EN1_encryptedDataPassesThroughByteForByte();
    void RS3_channelAndChannelsBothWork();
    void RS3_R10_aHundredChannelsPassAndNoMore();
    void R11_aChannelNamedTwiceGetsTheEventOnce();
    void RS4_theExcludedConnectionAloneIsSkipped();
    void RS4_R14_excludedIdsMustBeWellFormed_data();
    void RS4_R14_excludedIdsMustBeWellFormed();
    void RS6_R9_dataOfExactlyTheLimitPasses();
    void RS6_R9_dataIsMeasuredInBytesAfterDecoding();
    void RS5_R7_R8_R10_R13_aWrongRequestIsRefusedAndDeliversNothing_data();
    void RS5_R7_R8_R10_R13_aWrongRequestIsRefusedAndDeliversNothing();
    void RS7_oneInvalidChannelStopsAll();
    void R13_reservedNamesPassWithAWarning();
    void eventNamesMayHoldAnyCharacter();
    void parametersMayStandInTheQuery();
    void RS8_infoReturnsWhatAppliesToEachChannel();
    void RS8_unknownInfoIsRefused();
    void RS9_aBatchOfTenArrivesInOrder();
    void RS9_infoOfABatchHasItsOrder();
    void RS9_R12_aBatchIsAllOrNothing_data();
    void RS9_R12_aBatchIsAllOrNothing();
    void Q2_onlyA200DeliversAndItDeliversToAll();

private:
    HttpReply publish(std::string_view body) const { return m_server->post("/events", body); }

    std::unique_ptr<EngineFixture> m_server;
};

namespace {

/// A JSON list of `count` channels "c1" and so on.
std::string channelList(int count)
{
    std::string list;
    for (int i = 1; i <= count; ++i)
        list.append(list.empty() ? "" : ",").append("\"c" + std::to_string(i) + "\"");
    return "[" + list + "]";
}

std::string batchOf(int count)
{
    std::string items;
    for (int i = 1; i <= count; ++i)
        items.append(items.empty() ? "" : ",")
            .append(R"({"name":"e","channel":"news","data":")" + std::to_string(i) + R"("})");
    return R"({"batch":[)" + items + "]}";
}

} // namespace

void RestPublishTest::RS1_RS17_aPublishIsAnsweredWithAnEmptyObject()
{
    const HttpReply reply = publish(R"({"name":"e","channel":"news","data":"x"})");
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body, std::string{"{}"});
    QVERIFY(reply.header("Content-Type") != nullptr);
    QCOMPARE(*reply.header("Content-Type"), std::string{"application/json"});
    QCOMPARE(m_server->get("/channels").body, std::string{R"({"channels":{}})"});
}

void RestPublishTest::RS2_theFrameHasTheExactDataString_data()
{
    QTest::addColumn<std::string>("literal");
    const auto row = [](const char* tag, const char* literal) { QTest::newRow(tag) << std::string{literal}; };
    row("JSON text", R"("{\"n\":1,\"big\":12345678901234567890,\"a\":1.50}")");
    row("plain text", R"("hello")");
    row("empty", R"("")");
    row("escapes stay as they are", R"("\u00e9\/\ud83d\ude00\u0000\t")");
    row("UTF-8", R"("é 😀 ")");
    row("text that looks like JSON", R"("{not json")");
}

void RestPublishTest::RS2_theFrameHasTheExactDataString()
{
    QFETCH(std::string, literal);
    PusherClient client = m_server->connect();
    client.join("room.7");
    QCOMPARE(publish(R"({"name":"ping","channel":"room.7","data":)" + literal + "}").status, 200);
    QCOMPARE(client.expectMessage().text, R"({"event":"ping","channel":"room.7","data":)" + literal + "}");
}

void RestPublishTest::RS2_dataThatIsNoStringTravelsAsItsText_data()
{
    QTest::addColumn<std::string>("json");
    QTest::addColumn<std::string>("text");
    const auto row = [](const char* json, const char* text) {
        QTest::newRow(json) << std::string{json} << std::string{text};
    };
    row(R"({ "big" : 12345678901234567890, "s":"a \" b" })", R"({"big":12345678901234567890,"s":"a \" b"})");
    row("[1, 2.50 ,\n3]", "[1,2.50,3]");
    row("7", "7");
    row("false", "false");
}

void RestPublishTest::RS2_dataThatIsNoStringTravelsAsItsText()
{
    QFETCH(std::string, json);
    QFETCH(std::string, text);
    PusherClient client = m_server->connect();
    client.join("room.7");
    QCOMPARE(publish(R"({"name":"ping","channel":"room.7","data":)" + json + "}").status, 200);
    QCOMPARE(client.expectEvent("ping", "room.7").data(), text);
}

void RestPublishTest::EN1_encryptedDataPassesThroughByteForByte_data()
{
    QTest::addColumn<std::string>("channel");
    QTest::newRow("private-encrypted-") << std::string{"private-encrypted-vault"};
    QTest::newRow("private-encrypted-cache-") << std::string{"private-encrypted-cache-vault"};
}

void RestPublishTest::EN1_encryptedDataPassesThroughByteForByte()
{
    QFETCH(std::string, channel);
    const std::string literal = R"("{\"nonce\":\"ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7\",)"
                                R"(\"ciphertext\":\"qdXZDTiAq0LQdUsU9hNc4atjz5cTQce2YNpynj6\/WZE=\"}")";
    PusherClient client = m_server->connect();
    client.join(channel);
    if (channel.find("cache") != std::string::npos)
        client.expectEvent("pusher:cache_miss", channel);
    QCOMPARE(publish(R"({"name":"tea","channels":[")" + channel + R"("],"data":)" + literal + "}").status, 200);
    QCOMPARE(client.expectMessage().text, R"({"event":"tea","channel":")" + channel + R"(","data":)" + literal + "}");
}

void RestPublishTest::RS3_channelAndChannelsBothWork()
{
    PusherClient client = m_server->connect();
    for (const char* channel : {"a", "b", "c"})
        client.join(channel);
    QCOMPARE(publish(R"({"name":"one","channel":"a","data":""})").status, 200);
    client.expectEvent("one", "a");
    QCOMPARE(publish(R"({"name":"two","channels":["b","c"],"data":""})").status, 200);
    client.expectEvent("two", "b");
    client.expectEvent("two", "c");
    // Given both, the list counts.
    QCOMPARE(publish(R"({"name":"three","channel":"a","channels":["b"],"data":""})").status, 200);
    client.expectEvent("three", "b");
    client.expectSilence();
}

void RestPublishTest::RS3_R10_aHundredChannelsPassAndNoMore()
{
    PusherClient client = m_server->connect();
    client.join("c1");
    client.join("c100");
    QCOMPARE(publish(R"({"name":"e","data":"","channels":)" + channelList(100) + "}").status, 200);
    client.expectEvent("e", "c1");
    client.expectEvent("e", "c100");
    QCOMPARE(publish(R"({"name":"e","data":"","channels":)" + channelList(101) + "}").status, 400);
    QCOMPARE(publish(R"({"name":"e","data":"","channels":[]})").status, 400);
    client.expectSilence();
}

void RestPublishTest::R11_aChannelNamedTwiceGetsTheEventOnce()
{
    PusherClient client = m_server->connect();
    client.join("news");
    const HttpReply reply =
        publish(R"({"name":"e","data":"","channels":["news","x","news"],"info":"subscription_count"})");
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body, std::string{R"({"channels":{"news":{"subscription_count":1},"x":{"subscription_count":0}}})"});
    client.expectEvent("e", "news");
    client.expectSilence();
}

void RestPublishTest::RS4_theExcludedConnectionAloneIsSkipped()
{
    PusherClient sender = m_server->connect();
    PusherClient other = m_server->connect();
    for (PusherClient* client : {&sender, &other}) {
        client->join("a");
        client->join("b");
    }
    const HttpReply reply = publish(R"({"name":"e","data":"","channels":["a","b"],"info":"subscription_count",)"
                                    R"("socket_id":")" +
                                    sender.socketId() + R"("})");
    QCOMPARE(reply.body, std::string{R"({"channels":{"a":{"subscription_count":2},"b":{"subscription_count":2}}})"});
    other.expectEvent("e", "a");
    other.expectEvent("e", "b");
    sender.expectSilence();

    QCOMPARE(m_server->publish("a", "unknown", "", "1.1").status, 200);
    sender.expectEvent("unknown", "a");
    other.expectEvent("unknown", "a");
}

void RestPublishTest::RS4_R14_excludedIdsMustBeWellFormed_data()
{
    QTest::addColumn<std::string>("socketId");
    QTest::addColumn<int>("status");
    const auto row = [](const char* socketId, int status) {
        QTest::newRow(socketId) << std::string{socketId} << status;
    };
    for (const char* malformed : {R"("abc")", R"("1.1:x")", R"("")", R"("1")", R"("1.")", R"("-1.1")", R"("1.1\n")",
                                  "1.1", "7", "{}", "[\"1.1\"]"})
        row(malformed, 400);
    for (const char* unknown : {R"("1.1")", R"("999999999.999999999")", R"("18446744073709551616.1")", "null"})
        row(unknown, 200);
}

void RestPublishTest::RS4_R14_excludedIdsMustBeWellFormed()
{
    QFETCH(std::string, socketId);
    QFETCH(int, status);
    PusherClient client = m_server->connect();
    client.join("news");
    const HttpReply reply = publish(R"({"name":"e","channel":"news","data":"","socket_id":)" + socketId + "}");
    QCOMPARE(reply.status, status);
    if (status == 200) {
        client.expectEvent("e", "news");
    } else {
        QVERIFY(reply.isTextLine());
        QVERIFY(reply.body.find("socket_id") != std::string::npos);
        client.expectSilence();
    }
}

void RestPublishTest::RS6_R9_dataOfExactlyTheLimitPasses()
{
    PusherClient client = m_server->connect();
    client.join("news");
    QCOMPARE(m_server->publish("news", "e", std::string(10'240, 'x')).status, 200);
    QCOMPARE(client.expectEvent("e", "news").data(), std::string(10'240, 'x'));
    const HttpReply reply = m_server->publish("news", "e", std::string(10'241, 'x'));
    QCOMPARE(reply.status, 413);
    QVERIFY(reply.isTextLine());
    client.expectSilence();
}

void RestPublishTest::RS6_R9_dataIsMeasuredInBytesAfterDecoding()
{
    std::string escapes; // Six bytes in the request for each one of the data.
    for (int i = 0; i < 10'240; ++i)
        escapes.append("\\u0041");
    const auto withData = [](const std::string& literal) {
        return R"({"name":"e","channel":"news","data":)" + literal + "}";
    };
    QCOMPARE(publish(withData("\"" + escapes + "\"")).status, 200);
    QCOMPARE(publish(withData("\"" + escapes + "x\"")).status, 413);
    std::string letters; // Two bytes each.
    for (int i = 0; i < 5'120; ++i)
        letters.append("é");
    QCOMPARE(publish(withData("\"" + letters + "\"")).status, 200);
    QCOMPARE(publish(withData("\"" + letters + "x\"")).status, 413);
    QCOMPARE(publish(withData("[\"" + std::string(10'236, 'x') + "\"]")).status, 200);
    QCOMPARE(publish(withData("[\"" + std::string(10'237, 'x') + "\"]")).status, 413);
}

void RestPublishTest::RS5_R7_R8_R10_R13_aWrongRequestIsRefusedAndDeliversNothing_data()
{
    QTest::addColumn<std::string>("body");
    QTest::addColumn<std::string>("named"); // What the answer has to mention.
    const auto row = [](const char* tag, std::string body, const char* named = "") {
        QTest::newRow(tag) << std::move(body) << std::string{named};
    };
    row("R7 no JSON", "not json");
    row("R7 cut short", R"({"name":"e","channel":"news","data":"x")");
    row("R7 something behind it", R"({"name":"e","channel":"news","data":"x"}x)");
    row("R7 invalid UTF-8", "{\"name\":\"e\",\"channel\":\"news\",\"data\":\"\xff\"}");
    row("R7 a NUL byte", std::string("{\"name\":\"e\",\"channel\":\"news\",\"data\":\"\0\"}", 40));
    row("R7 a top-level array", R"([{"name":"e","channel":"news","data":"x"}])");
    row("R7 a top-level string", R"("news")");
    row("R7 too deep", R"({"name":"e","channel":"news","data":)" + std::string(40, '[') + std::string(40, ']') + "}");
    row("R8 no body", "");
    row("R8 RS5 no name", R"({"channel":"news","data":"x"})", "name");
    row("R8 no data", R"({"name":"e","channel":"news"})", "data");
    row("R8 data null", R"({"name":"e","channel":"news","data":null})", "data");
    row("R8 no channel", R"({"name":"e","data":"x"})", "channel");
    row("RS5 name not a string", R"({"name":7,"channel":"news","data":"x"})", "name");
    row("RS5 name null", R"({"name":null,"channel":"news","data":"x"})", "name");
    row("R13 name empty", R"({"name":"","channel":"news","data":"x"})", "name");
    row("RS5 R13 name of 201 characters", R"({"name":")" + std::string(201, 'e') + R"(","channel":"news","data":"x"})",
        "name");
    row("R10 channels empty", R"({"name":"e","channels":[],"data":"x"})", "channel");
    row("R10 channels not a list", R"({"name":"e","channels":"news","data":"x"})", "channel");
    row("R10 channels with a number", R"({"name":"e","channels":["news",7],"data":"x"})", "channel");
    row("R10 channel not a string", R"({"name":"e","channel":["news"],"data":"x"})", "channel");
    row("R10 a bad name", R"({"name":"e","channels":["news","a b"],"data":"x"})", "channel");
    row("R10 an empty name", R"({"name":"e","channels":["news",""],"data":"x"})", "channel");
    row("R10 a name of 201 characters",
        R"({"name":"e","channels":["news",")" + std::string(201, 'c') + R"("],"data":"x"})", "channel");
    row("R10 a foreign # name", R"({"name":"e","channels":["news","#foo"],"data":"x"})", "channel");
    row("info not a string", R"({"name":"e","channel":"news","data":"x","info":7})", "info");
}

void RestPublishTest::RS5_R7_R8_R10_R13_aWrongRequestIsRefusedAndDeliversNothing()
{
    QFETCH(std::string, body);
    QFETCH(std::string, named);
    PusherClient client = m_server->connect();
    client.join("news");
    const HttpReply reply = publish(body);
    QCOMPARE(reply.status, 400);
    QVERIFY2(reply.isTextLine(), reply.body.c_str());
    QVERIFY2(reply.body.find(named) != std::string::npos, reply.body.c_str());
    client.expectSilence();
}

void RestPublishTest::RS7_oneInvalidChannelStopsAll()
{
    PusherClient client = m_server->connect();
    client.join("news");
    for (const char* invalid : {"a b", "a/b", "#x", "é", "a:b", ""}) {
        const HttpReply reply =
            publish(R"({"name":"e","data":"","channels":["news",")" + std::string{invalid} + R"("]})");
        QCOMPARE(reply.status, 400);
    }
    client.expectSilence();
}

void RestPublishTest::R13_reservedNamesPassWithAWarning()
{
    PusherClient client = m_server->connect();
    client.join("news");
    for (const std::string name : {"pusher:x", "pusher_internal:x"}) {
        QCOMPARE(m_server->publish("news", name, "").status, 200);
        client.expectEvent(name, "news");
    }
    int warnings = 0;
    for (const engine::Event& event : m_server->engine().takeEvents().items)
        warnings += event.kind == engine::EventKind::ServerNotice && event.detail.find("reserved") != std::string::npos;
    QCOMPARE(warnings, 1);
}

void RestPublishTest::eventNamesMayHoldAnyCharacter()
{
    PusherClient client = m_server->connect();
    client.join("news");
    std::string longest;
    for (int i = 0; i < 200; ++i)
        longest.append("é");
    for (const std::string& name :
         {std::string{"App\\Events\\X"}, std::string{".name"}, std::string{"a \"b\"\n"}, longest}) {
        QCOMPARE(m_server->publish("news", name, "").status, 200);
        client.expectEvent(name, "news");
    }
}

void RestPublishTest::parametersMayStandInTheQuery()
{
    PusherClient client = m_server->connect();
    client.join("a");
    client.join("b");
    const auto post = [&](std::string_view body, pusher::QueryParameters own) {
        return request(m_server->port(), "POST",
                       signedTarget(m_server->app(), "POST", "/apps/app/events", body, std::move(own)), body);
    };
    QCOMPARE(post("", {{"name", "e"}, {"data", "1"}, {"channels[]", "b"}, {"channels[]", "a"}}).status, 200);
    client.expectEvent("e", "b");
    QCOMPARE(client.expectEvent("e", "a").data(), std::string{"1"});
    QCOMPARE(post(R"({"name":"body","data":"2"})", {{"name", "query"}, {"channel", "a"}}).status, 200);
    QCOMPARE(client.expectEvent("body", "a").data(), std::string{"2"});
}

void RestPublishTest::RS8_infoReturnsWhatAppliesToEachChannel()
{
    PusherClient first = m_server->connect();
    PusherClient second = m_server->connect();
    PusherClient same = m_server->connect();
    first.join("presence-x", memberData("u-1"));
    second.join("presence-x", memberData("u-2"));
    same.join("presence-x", memberData("u-2"));
    first.expectEvent("pusher_internal:member_added", "presence-x");
    first.join("room.7");
    const auto info = [&](const char* attributes) {
        return publish(R"({"name":"e","data":"","channels":["presence-x","room.7","empty"],"info":")" +
                       std::string{attributes} + R"("})");
    };
    QCOMPARE(info("user_count").body,
             std::string{R"({"channels":{"presence-x":{"user_count":2},"room.7":{},"empty":{}}})"});
    const nlohmann::json counts{{"presence-x", {{"user_count", 2}, {"subscription_count", 3}}},
                                {"room.7", {{"subscription_count", 1}}},
                                {"empty", {{"subscription_count", 0}}}};
    const HttpReply both = info("user_count,subscription_count");
    QCOMPARE(both.status, 200);
    QCOMPARE(both.json()["channels"].dump(), counts.dump());
}

void RestPublishTest::RS8_unknownInfoIsRefused()
{
    for (const char* info : {"size", "cache", "user_count,size", "User_Count", "user_count,", " user_count"}) {
        const HttpReply reply =
            publish(R"({"name":"e","data":"","channel":"news","info":")" + std::string{info} + R"("})");
        const bool isTrailingComma = std::string_view{info} == "user_count,";
        QCOMPARE(reply.status, isTrailingComma ? 200 : 400);
    }
}

void RestPublishTest::RS9_aBatchOfTenArrivesInOrder()
{
    PusherClient client = m_server->connect();
    client.join("news");
    const HttpReply reply = m_server->post("/batch_events", batchOf(10));
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body, std::string{"{}"});
    for (int i = 1; i <= 10; ++i)
        QCOMPARE(client.expectEvent("e", "news").data(), std::to_string(i));
    client.expectSilence();
}

void RestPublishTest::RS9_infoOfABatchHasItsOrder()
{
    PusherClient client = m_server->connect();
    client.join("presence-x", memberData("u-1"));
    client.join("news");
    const HttpReply reply = m_server->post(
        "/batch_events", R"({"batch":[{"name":"e","channel":"news","data":"","info":"subscription_count"},)"
                         R"({"name":"e","channel":"other","data":""},)"
                         R"({"name":"e","channel":"presence-x","data":"","info":"user_count","socket_id":")" +
                             client.socketId() + R"("}]})");
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.body, std::string{R"({"batch":[{"subscription_count":1},{},{"user_count":1}]})"});
    client.expectEvent("e", "news");
    client.expectSilence();
}

void RestPublishTest::RS9_R12_aBatchIsAllOrNothing_data()
{
    QTest::addColumn<std::string>("body");
    QTest::addColumn<int>("status");
    const auto row = [](const char* tag, std::string body, int status = 400) {
        QTest::newRow(tag) << std::move(body) << status;
    };
    const auto withLast = [](std::string_view item) {
        std::string body = batchOf(9);
        return body.replace(body.size() - 2, 2, "," + std::string{item} + "]}");
    };
    row("RS9 R12 eleven", batchOf(11));
    row("none", R"({"batch":[]})");
    row("R8 no batch", R"({"events":[]})");
    row("R8 an event instead of a batch", R"({"name":"e","channel":"news","data":"x"})");
    row("batch not a list", R"({"batch":{"name":"e","channel":"news","data":"x"}})");
    row("R12 the last has no name", withLast(R"({"channel":"news","data":"x"})"));
    row("R12 the last has a bad channel", withLast(R"({"name":"e","channel":"a b","data":"x"})"));
    row("R12 the last has no channel", withLast(R"({"name":"e","data":"x"})"));
    row("R12 the last has a bad socket_id", withLast(R"({"name":"e","channel":"news","data":"x","socket_id":"x"})"));
    row("R12 the last has unknown info", withLast(R"({"name":"e","channel":"news","data":"x","info":"x"})"));
    row("R12 the last is no object", withLast("7"));
    row("R12 the last is too large",
        withLast(R"({"name":"e","channel":"news","data":")" + std::string(10'241, 'x') + R"("})"), 413);
}

void RestPublishTest::RS9_R12_aBatchIsAllOrNothing()
{
    QFETCH(std::string, body);
    QFETCH(int, status);
    PusherClient client = m_server->connect();
    client.join("news");
    const HttpReply reply = m_server->post("/batch_events", body);
    QCOMPARE(reply.status, status);
    QVERIFY2(reply.isTextLine(), reply.body.c_str());
    client.expectSilence();
}

void RestPublishTest::Q2_onlyA200DeliversAndItDeliversToAll()
{
    constexpr int subscribers = 12;
    constexpr int publishes = 120;
    std::vector<PusherClient> clients;
    for (int i = 0; i < subscribers; ++i) {
        clients.push_back(m_server->connect());
        clients.back().join("news");
    }
    std::vector<std::vector<std::string>> expected(subscribers);
    for (int i = 0; i < publishes; ++i) {
        const std::string data = std::to_string(i);
        const auto excluded = static_cast<std::size_t>(i % (subscribers + 3));
        const std::string socket = excluded < clients.size() ? clients[excluded].socketId() : std::string{};
        int status = 0;
        int wanted = 200;
        if (i % 10 == 3) {
            wanted = 400;
            status = publish(R"({"name":"e","channels":["news","a b"],"data":")" + data + R"("})").status;
        } else if (i % 10 == 6) {
            wanted = 413;
            status = m_server->publish("news", "e", std::string(10'241, 'x')).status;
        } else if (i % 10 == 9) {
            wanted = 401;
            hub::AppConfig forger = m_server->app();
            forger.secret = "another";
            status =
                signedPost(m_server->port(), forger, "/events", R"({"name":"e","channel":"news","data":"x"})").status;
        } else {
            status = m_server->publish("news", "e", data, socket).status;
            for (std::size_t client = 0; client < clients.size(); ++client) {
                if (client != excluded)
                    expected[client].push_back(data);
            }
        }
        QCOMPARE(status, wanted);
    }
    for (std::size_t client = 0; client < clients.size(); ++client) {
        for (const std::string& data : expected[client])
            QCOMPARE(clients[client].expectEvent("e", "news").data(), data);
        clients[client].expectSilence();
    }
}

QTEST_GUILESS_MAIN(RestPublishTest)
#include "rest_publish_test.moc"
