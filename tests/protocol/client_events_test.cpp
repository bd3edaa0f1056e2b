#include "tests/support/engine_fixture.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::test;

/// Protocol document, "Client events".
class ClientEventsTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_fixture.reset(); }

    void CE1_clientEventsAreOffByDefault();
    void CE2_allOthersGetItAndTheSenderDoesNot();
    void CE3_P13_channelsThatCarryNone_data();
    void CE3_P13_channelsThatCarryNone();
    void CE4_P13_theSenderMustBeSubscribed();
    void CE5_P14_theNameMustBeginWithClient_data();
    void CE5_P14_theNameMustBeginWithClient();
    void CE6_onPresenceChannelsTheServerNamesTheSender();
    void CE7_onPrivateChannelsNobodyIsNamed();
    void CE8_P15_theEleventhInASecondIsDropped();
    void CE9_dataArrivesAsTheSameJson_data();
    void CE9_dataArrivesAsTheSameJson();
    void CE10_P16_dataHasALimit();
    void CE11_clientEventsAreNotCached();
    void nameAndMembersAreChecked_data();
    void nameAndMembersAreChecked();

private:
    std::unique_ptr<EngineFixture> m_fixture;
};

void ClientEventsTest::init()
{
    auto app = makeApp();
    app.allowsClientEvents = true;
    m_fixture = std::make_unique<EngineFixture>(app);
}

void ClientEventsTest::CE1_clientEventsAreOffByDefault()
{
    const EngineFixture fixture;
    auto sender = fixture.connect();
    auto receiver = fixture.connect();
    sender.join("private-a");
    receiver.join("private-a");
    sender.send("client-x", "{}", "private-a");
    sender.expectError(std::nullopt);
    receiver.expectSilence();
}

void ClientEventsTest::CE2_allOthersGetItAndTheSenderDoesNot()
{
    auto sender = m_fixture->connect();
    auto sameUser = m_fixture->connect();
    auto other = m_fixture->connect();
    auto stranger = m_fixture->connect();
    other.join("presence-a", memberData("bob"));
    sender.join("presence-a", memberData("ann"));
    other.expectEvent("pusher_internal:member_added", "presence-a");
    sameUser.join("presence-a", memberData("ann"));
    stranger.join("presence-b", memberData("cyd"));
    sender.send("client-x", R"({"a":1})", "presence-a");
    sender.expectSilence();
    QCOMPARE(sameUser.expectEvent("client-x", "presence-a").data(), std::string{R"({"a":1})"});
    other.expectEvent("client-x", "presence-a");
    for (PusherClient* client : {&sameUser, &other, &stranger})
        client->expectSilence();
}

void ClientEventsTest::CE3_P13_channelsThatCarryNone_data()
{
    QTest::addColumn<std::string>("channel");
    for (const char* channel :
         {"news", "cache-prices", "private-encrypted-a", "private-encrypted-cache-a", "#server-to-user-ann"})
        QTest::newRow(channel) << std::string{channel};
}

void ClientEventsTest::CE3_P13_channelsThatCarryNone()
{
    QFETCH(std::string, channel);
    auto sender = m_fixture->connect();
    auto receiver = m_fixture->connect();
    for (PusherClient* client : {&sender, &receiver}) {
        client->signIn(R"({"id":"ann"})");
        client->expectEvent("pusher:signin_success");
        client->join(channel);
        client->takeAll();
    }
    sender.send("client-x", "{}", channel);
    sender.expectError(std::nullopt);
    sender.expectSilence();
    receiver.expectSilence();
}

void ClientEventsTest::CE4_P13_theSenderMustBeSubscribed()
{
    auto sender = m_fixture->connect();
    auto receiver = m_fixture->connect();
    receiver.join("private-a");
    sender.send("client-x", "{}", "private-a");
    sender.expectError(std::nullopt);
    sender.join("private-a");
    sender.leave("private-a");
    sender.send("client-x", "{}", "private-a");
    sender.expectError(std::nullopt);
    receiver.expectSilence();
}

void ClientEventsTest::CE5_P14_theNameMustBeginWithClient_data()
{
    QTest::addColumn<std::string>("event");
    for (const char* event : {"my-client-x", "Client-x", "client", "client_x", " client-x", "xclient-y", "pusher:x",
                              "pusher_internal:member_removed", "hello"})
        QTest::newRow(event) << std::string{event};
}

void ClientEventsTest::CE5_P14_theNameMustBeginWithClient()
{
    QFETCH(std::string, event);
    auto sender = m_fixture->connect();
    auto receiver = m_fixture->connect();
    sender.join("private-a");
    receiver.join("private-a");
    sender.send(event, R"({"user_id":"ann"})", "private-a");
    const auto text = sender.expectError(std::nullopt).payloadText("message");
    QVERIFY2(text.starts_with("unsupported event"), text.c_str());
    sender.expectSilence();
    receiver.expectSilence();
}

void ClientEventsTest::CE6_onPresenceChannelsTheServerNamesTheSender()
{
    auto receiver = m_fixture->connect();
    auto sender = m_fixture->connect();
    sender.join("presence-a", memberData("ann"));
    receiver.join("presence-a", memberData("bob"));
    sender.expectEvent("pusher_internal:member_added", "presence-a");
    sender.sendText(R"({"event":"client-x","channel":"presence-a","data":{},"user_id":"forged"})");
    const Message message = receiver.expectEvent("client-x", "presence-a");
    QCOMPARE(message.text, std::string{R"({"event":"client-x","channel":"presence-a","data":"{}","user_id":"ann"})"});
}

void ClientEventsTest::CE7_onPrivateChannelsNobodyIsNamed()
{
    auto receiver = m_fixture->connect();
    auto sender = m_fixture->connect();
    sender.signIn(R"({"id":"ann"})");
    sender.expectEvent("pusher:signin_success");
    sender.join("private-a");
    receiver.join("private-a");
    sender.sendText(R"({"event":"client-x","channel":"private-a","data":{},"user_id":"forged"})");
    const Message message = receiver.expectEvent("client-x", "private-a");
    QVERIFY2(!message.json.contains("user_id"), message.text.c_str());
}

void ClientEventsTest::CE8_P15_theEleventhInASecondIsDropped()
{
    auto sender = m_fixture->connect();
    auto receiver = m_fixture->connect();
    sender.join("private-a");
    receiver.join("private-a");
    for (int i = 1; i <= 11; ++i)
        sender.send("client-x", std::to_string(i), "private-a");
    sender.expectError(4301);
    sender.expectSilence();
    for (int i = 1; i <= 10; ++i)
        QCOMPARE(receiver.expectEvent("client-x", "private-a").data(), std::to_string(i));
    receiver.expectSilence();
    // It works again once the second has passed, and until then each attempt is refused in the same way.
    const auto isDelivered = [&] {
        sender.send("client-again", "1", "private-a");
        const auto answers = sender.takeAll();
        return answers.empty();
    };
    QVERIFY(QTest::qWaitFor(isDelivered, 5'000));
    receiver.expectEvent("client-again", "private-a");
    receiver.expectSilence();
}

void ClientEventsTest::CE9_dataArrivesAsTheSameJson_data()
{
    QTest::addColumn<std::string>("sent");
    QTest::addColumn<std::string>("received");
    const auto row = [](const char* name, const char* sent, const char* received) {
        QTest::newRow(name) << std::string{sent} << std::string{received};
    };
    row("an object", R"({ "b" : 1, "a" : [ true, null ] })", R"({"b":1,"a":[true,null]})");
    row("big numbers", R"({"n":12345678901234567890,"f":1.10e5})", R"({"n":12345678901234567890,"f":1.10e5})");
    row("escapes and blanks inside", R"({"s":"a \" b \u00e9 \/"})", R"({"s":"a \" b \u00e9 \/"})");
    row("a string stays that string", R"("hel\"lo")", "hel\"lo");
    row("the text of JSON", R"("{\"a\":1}")", R"({"a":1})");
    row("a number", "5", "5");
    row("null", "null", "null");
}

void ClientEventsTest::CE9_dataArrivesAsTheSameJson()
{
    QFETCH(std::string, sent);
    QFETCH(std::string, received);
    auto sender = m_fixture->connect();
    auto receiver = m_fixture->connect();
    sender.join("private-a");
    receiver.join("private-a");
    sender.send("client-x", sent, "private-a");
    const Message message = receiver.expectEvent("client-x", "private-a");
    QVERIFY(message.json["data"].is_string());
    QCOMPARE(message.data(), received);
}

void ClientEventsTest::CE10_P16_dataHasALimit()
{
    auto sender = m_fixture->connect();
    auto receiver = m_fixture->connect();
    sender.join("private-a");
    receiver.join("private-a");
    const std::string largest(10'240, 'x');
    sender.send("client-x", '"' + largest + '"', "private-a");
    QCOMPARE(receiver.expectEvent("client-x", "private-a").data().size(), largest.size());
    sender.send("client-x", '"' + largest + "x\"", "private-a");
    const auto text = sender.expectError(std::nullopt).payloadText("message");
    QVERIFY2(text.find("data too large") != std::string::npos, text.c_str());
    // Bytes count, not characters; an object counts as its text, without the blanks that are not forwarded.
    sender.send("client-x", "[ \"" + largest.substr(4) + "\" ]", "private-a");
    QCOMPARE(receiver.expectEvent("client-x", "private-a").data().size(), largest.size());
    sender.send("client-x", '"' + largest.substr(1) + "é\"", "private-a");
    sender.expectError(std::nullopt);
    sender.send("client-x", R"({"a":")" + largest + "\"}", "private-a");
    sender.expectError(std::nullopt);
    receiver.expectSilence();
}

void ClientEventsTest::CE11_clientEventsAreNotCached()
{
    auto sender = m_fixture->connect();
    sender.join("private-cache-a");
    sender.expectEvent("pusher:cache_miss", "private-cache-a");
    sender.send("client-x", "{}", "private-cache-a");
    sender.expectSilence();
    auto late = m_fixture->connect();
    late.join("private-cache-a");
    late.expectEvent("pusher:cache_miss", "private-cache-a");
    late.expectSilence();
}

void ClientEventsTest::nameAndMembersAreChecked_data()
{
    QTest::addColumn<std::string>("text");
    QTest::newRow("no channel") << std::string{R"({"event":"client-x","data":{}})"};
    QTest::newRow("a channel that is no string") << std::string{R"({"event":"client-x","channel":7,"data":{}})"};
    QTest::newRow("no data") << std::string{R"({"event":"client-x","channel":"private-a"})"};
    QTest::newRow("201 characters") << R"({"event":"client-)" + std::string(194, 'x') +
                                           R"(","channel":"private-a","data":{}})";
}

void ClientEventsTest::nameAndMembersAreChecked()
{
    QFETCH(std::string, text);
    auto sender = m_fixture->connect();
    auto receiver = m_fixture->connect();
    sender.join("private-a");
    receiver.join("private-a");
    sender.sendText(text);
    sender.expectError(std::nullopt);
    sender.send("client-" + std::string(193, 'x'), "{}", "private-a");
    receiver.expectEvent("client-" + std::string(193, 'x'), "private-a");
    receiver.expectSilence();
}

QTEST_GUILESS_MAIN(ClientEventsTest)
#include "client_events_test.moc"
