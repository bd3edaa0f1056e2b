#include "tests/support/engine_fixture.h"

#include <QTest>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

namespace {

hub::AppConfig impatientApp()
{
    auto app = makeApp();
    app.activityTimeout = 1s;
    app.pongTimeout = 2s;
    return app;
}

std::chrono::milliseconds since(SteadyTime start)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
}

} // namespace

/// Protocol document, "Liveness". The timers are of a second here; tests/core/hub has them at full length.
class LivenessTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { m_fixture = std::make_unique<EngineFixture>(impatientApp()); }
    void cleanupTestCase() { m_fixture.reset(); }

    void LV1_P4_aPingEventIsAnswered_data();
    void LV1_P4_aPingEventIsAnswered();
    void LV2_aControlPingIsAnswered();
    void LV3_LV6_aSilentClientIsPingedBothWays_data();
    void LV3_LV6_aSilentClientIsPingedBothWays();
    void LV4_Q5_whoStaysSilentIsClosedAndLeavesPresence();
    void LV5_anySignOfLifeKeepsTheConnection_data();
    void LV5_anySignOfLifeKeepsTheConnection();
    void LV7_whatTheServerSendsIsNoSignOfLife();

private:
    std::unique_ptr<EngineFixture> m_fixture;
};

void LivenessTest::LV1_P4_aPingEventIsAnswered_data()
{
    QTest::addColumn<std::string>("ping");
    QTest::newRow("data absent") << std::string{R"({"event": "pusher:ping"})"};
    QTest::newRow("an object") << std::string{R"({"event":"pusher:ping","data":{}})"};
    QTest::newRow("the text of an object") << std::string{R"({"event":"pusher:ping","data":"{}"})"};
    QTest::newRow("an empty text") << std::string{R"({"event":"pusher:ping","data":""})"};
    QTest::newRow("null") << std::string{R"({"event":"pusher:ping","data":null})"};
}

void LivenessTest::LV1_P4_aPingEventIsAnswered()
{
    QFETCH(std::string, ping);
    auto client = m_fixture->connect();
    client.sendText(ping);
    QCOMPARE(client.expectEvent("pusher:pong").text, std::string{R"({"event":"pusher:pong","data":"{}"})"});
}

void LivenessTest::LV2_aControlPingIsAnswered()
{
    auto client = m_fixture->connect();
    client.expectControlPong("are you there");
    client.expectControlPong("");
    client.expectControlPong(std::string(125, 'x'));
}

void LivenessTest::LV3_LV6_aSilentClientIsPingedBothWays_data()
{
    QTest::addColumn<bool>("subscribes");
    QTest::newRow("LV6 without a subscription") << false;
    QTest::newRow("LV3 with a subscription") << true;
}

void LivenessTest::LV3_LV6_aSilentClientIsPingedBothWays()
{
    QFETCH(bool, subscribes);
    auto client = m_fixture->connect();
    if (subscribes)
        client.join("news");
    const auto start = std::chrono::steady_clock::now();
    const Message ping = client.expectEvent("pusher:ping");
    QVERIFY2(since(start) > 900ms, "pinged before the activity timeout");
    QCOMPARE(ping.data(), std::string{"{}"});
    QVERIFY(!client.next(200ms).has_value());
    QCOMPARE(client.controlPings(), 1);
}

void LivenessTest::LV4_Q5_whoStaysSilentIsClosedAndLeavesPresence()
{
    auto watcher = m_fixture->connect();
    auto silent = m_fixture->connect();
    silent.setAnswersPings(false);
    silent.join("presence-a", memberData("silent"));
    watcher.join("presence-a", memberData("watcher"));
    silent.expectEvent("pusher_internal:member_added", "presence-a");
    const auto start = std::chrono::steady_clock::now();
    // The watcher is pinged as well; it answers while it waits.
    Message message = watcher.expectMessage();
    while (message.event() == "pusher:ping" && since(start) < patience)
        message = watcher.expectMessage();
    QVERIFY2(since(start) > 2'900ms, "gone before both timeouts had passed");
    QCOMPARE(message.event(), std::string{"pusher_internal:member_removed"});
    QCOMPARE(message.payloadText("user_id"), std::string{"silent"});
    silent.expectEvent("pusher:ping");
    silent.expectClose(4201);
}

void LivenessTest::LV5_anySignOfLifeKeepsTheConnection_data()
{
    QTest::addColumn<int>("opcode");
    QTest::addColumn<std::string>("answer");
    QTest::newRow("a control pong") << int{static_cast<int>(Opcode::Pong)} << std::string{};
    QTest::newRow("a control ping") << int{static_cast<int>(Opcode::Ping)} << std::string{"x"};
    QTest::newRow("pusher:pong") << int{static_cast<int>(Opcode::Text)} << std::string{R"({"event":"pusher:pong"})"};
    QTest::newRow("any message") << int{static_cast<int>(Opcode::Text)}
                                 << std::string{R"({"event":"pusher:subscribe","data":{"channel":"a"}})"};
}

void LivenessTest::LV5_anySignOfLifeKeepsTheConnection()
{
    QFETCH(int, opcode);
    QFETCH(std::string, answer);
    auto client = m_fixture->connect();
    client.setAnswersPings(false);
    client.expectEvent("pusher:ping");
    client.sendFrame(static_cast<Opcode>(opcode), answer);
    // Left alone it would be closed next; so it is asked again instead.
    Message message = client.expectMessage();
    if (message.event() == "pusher_internal:subscription_succeeded")
        message = client.expectMessage();
    QCOMPARE(message.event(), std::string{"pusher:ping"});
    QVERIFY(!client.closeCode());
}

void LivenessTest::LV7_whatTheServerSendsIsNoSignOfLife()
{
    auto client = m_fixture->connect();
    client.setAnswersPings(false);
    client.join("news");
    bool wasPinged = false;
    const auto deadline = Socket::inTime();
    while (!client.closeCode() && std::chrono::steady_clock::now() < deadline) {
        QCOMPARE(m_fixture->publish("news", "tick", "1").status, 200);
        while (const auto message = client.next(50ms))
            wasPinged = wasPinged || message->event() == "pusher:ping";
    }
    QVERIFY(wasPinged);
    QCOMPARE(client.closeCode(), std::optional{4201});
}

QTEST_GUILESS_MAIN(LivenessTest)
#include "liveness_test.moc"
