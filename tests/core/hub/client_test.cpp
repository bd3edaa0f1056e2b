#include "core/hub/client.h"

#include "core/base/ascii.h"
#include "tests/support/hub_fixture.h"

#include <QTest>

using namespace castdeck;
using namespace std::chrono_literals;
using pusher::CloseCode;
using test::FakeClient;
using test::HubFixture;

using Names = std::vector<std::string>;

/// What depends on time or bytes; the rest of a client's behaviour is proven over real sockets in tests/protocol.
class ClientTest : public QObject {
    Q_OBJECT
private slots:
    void LV3_silenceIsAskedAboutWithBothPings();
    void LV4_whoStaysSilentAfterThePingIsClosed();
    void LV5_anyActivityAfterThePingEndsTheWait();
    void LV7_whatTheServerSendsIsNoActivity();
    void aSleepingMachineAsksAllBeforeItJudges();
    void Q12_aJumpOfTheWallClockClosesNobody();
    void US10_whoIsNotAuthorizedInTimeIsClosed();
    void US10_joiningOrSigningInIsInTime_data();
    void US10_joiningOrSigningInIsInTime();
    void P1_theEleventhInvalidMessageInAMinuteCloses();
    void P1_invalidMessagesAreForgottenAfterAMinute();
    void whatAnAnswerRepeatsIsCutBetweenCharacters_data();
    void whatAnAnswerRepeatsIsCutBetweenCharacters();
    void CE8_theWindowOfClientEventsMovesWithTime();
    void aChangedRateOfClientEventsHoldsAtOnce();
    void P21_aFloodPausesReadingAndThenCloses();
    void P21_tenSecondsAreTenHoweverOftenTheTransportTicks();
    void P21_aBurstThatEndsIsForgiven();
    void aClosingClientIsNotHeardAnyMore();
    void aRejectedClientHasNothingToClose();
};

namespace {

/// The transport ticks every connection about once a second.
void tickFor(HubFixture& fixture, FakeClient& client, std::chrono::seconds time)
{
    for (auto passed = 0s; passed < time; passed += 1s) {
        fixture.clock().advance(1s);
        client.client().tick(fixture.clock().steady());
        fixture.settle();
    }
}

constexpr auto clientEvent = R"({"event":"client-x","channel":"private-a","data":{}})";

} // namespace

void ClientTest::LV3_silenceIsAskedAboutWithBothPings()
{
    HubFixture fixture;
    const auto client = fixture.connect();
    tickFor(fixture, *client, 29s);
    QCOMPARE(client->connection().takeNames(), Names{});
    tickFor(fixture, *client, 1s);
    QCOMPARE(client->connection().takeNames(), Names{"pusher:ping"});
    QCOMPARE(client->connection().pings(), 1);
    tickFor(fixture, *client, 29s); // Once is enough.
    QCOMPARE(client->connection().takeNames(), Names{});
    QCOMPARE(client->connection().pings(), 1);
}

void ClientTest::LV4_whoStaysSilentAfterThePingIsClosed()
{
    HubFixture fixture;
    const auto client = fixture.connect();
    tickFor(fixture, *client, 59s);
    QVERIFY(!client->connection().closeCode());
    tickFor(fixture, *client, 1s);
    QVERIFY(client->connection().closeCode() == CloseCode::PongNotReceived);
}

void ClientTest::LV5_anyActivityAfterThePingEndsTheWait()
{
    HubFixture fixture;
    const auto client = fixture.connect();
    for (int i = 0; i < 5; ++i) {
        tickFor(fixture, *client, 59s);
        client->client().noteActivity(fixture.clock().steady());
    }
    QVERIFY(!client->connection().closeCode());
    QCOMPARE(client->connection().pings(), 5);
}

void ClientTest::LV7_whatTheServerSendsIsNoActivity()
{
    HubFixture fixture;
    const auto client = fixture.connect();
    client->subscribe("news");
    for (int i = 0; i < 60; ++i) {
        fixture.publish("news", "tick", "1");
        tickFor(fixture, *client, 1s);
    }
    QVERIFY(client->connection().closeCode() == CloseCode::PongNotReceived);
}

void ClientTest::aSleepingMachineAsksAllBeforeItJudges()
{
    HubFixture fixture;
    const auto client = fixture.connect();
    tickFor(fixture, *client, 30s);
    QCOMPARE(client->connection().pings(), 1);
    fixture.clock().advance(8h);
    client->client().tick(fixture.clock().steady());
    QVERIFY(!client->connection().closeCode());
    QCOMPARE(client->connection().pings(), 2);
    tickFor(fixture, *client, 29s);
    QVERIFY(!client->connection().closeCode());
    tickFor(fixture, *client, 1s);
    QVERIFY(client->connection().closeCode() == CloseCode::PongNotReceived);
}

void ClientTest::Q12_aJumpOfTheWallClockClosesNobody()
{
    HubFixture fixture;
    const auto client = fixture.connect();
    fixture.clock().jumpWall(24h);
    tickFor(fixture, *client, 1s);
    fixture.clock().jumpWall(-48h);
    tickFor(fixture, *client, 1s);
    QCOMPARE(client->connection().takeNames(), Names{});
    QVERIFY(!client->connection().closeCode());
}

void ClientTest::US10_whoIsNotAuthorizedInTimeIsClosed()
{
    auto app = test::makeApp();
    app.requiresAuthorizedConnections = true;
    app.activityTimeout = 300s;
    HubFixture fixture{app};
    const auto client = fixture.connect();
    client->subscribe("news"); // A public channel authorizes nobody.
    tickFor(fixture, *client, 29s);
    QVERIFY(!client->connection().closeCode());
    (void)client->connection().take();
    tickFor(fixture, *client, 1s);
    QCOMPARE(client->connection().take().at(0).code(), 4009);
    QVERIFY(client->connection().closeCode() == CloseCode::Unauthorized);
}

void ClientTest::US10_joiningOrSigningInIsInTime_data()
{
    QTest::addColumn<bool>("signsIn");
    QTest::newRow("joining a private channel") << false;
    QTest::newRow("signing in") << true;
}

void ClientTest::US10_joiningOrSigningInIsInTime()
{
    QFETCH(bool, signsIn);
    auto app = test::makeApp();
    app.requiresAuthorizedConnections = true;
    app.activityTimeout = 300s;
    HubFixture fixture{app};
    const auto client = fixture.connect();
    const std::string auth = test::userAuth(app, client->socketId(), R"({"id":"ann"})");
    if (signsIn)
        client->receive(R"({"event":"pusher:signin","data":{"auth":")" + auth +
                        R"(","user_data":"{\"id\":\"ann\"}"}})");
    else
        client->subscribe("private-a");
    tickFor(fixture, *client, 60s);
    QVERIFY(!client->connection().closeCode());
}

void ClientTest::P1_theEleventhInvalidMessageInAMinuteCloses()
{
    HubFixture fixture;
    const auto client = fixture.connect();
    for (int i = 0; i < 10; ++i) {
        client->receive("not json");
        fixture.clock().advance(5s);
    }
    fixture.settle();
    QCOMPARE(client->connection().takeNames(), Names(10, "pusher:error"));
    QVERIFY(!client->connection().closeCode());
    client->receive("not json");
    fixture.settle();
    QVERIFY(client->connection().closeCode() == CloseCode::PolicyViolation);
}

void ClientTest::P1_invalidMessagesAreForgottenAfterAMinute()
{
    HubFixture fixture;
    const auto client = fixture.connect();
    for (int i = 0; i < 50; ++i) {
        client->receive("not json");
        fixture.clock().advance(6s);
    }
    fixture.settle();
    QCOMPARE(client->connection().takeNames(), Names(50, "pusher:error"));
    QVERIFY(!client->connection().closeCode());
}

void ClientTest::whatAnAnswerRepeatsIsCutBetweenCharacters_data()
{
    QTest::addColumn<std::string>("before");
    QTest::addColumn<std::string>("after");
    QTest::newRow("an unknown event") << std::string{R"({"event":")"} << std::string{R"("})"};
    QTest::newRow("a channel to leave") << std::string{R"({"event":"pusher:unsubscribe","data":{"channel":")"}
                                        << std::string{R"("}})"};
}

/// A browser closes the connection over one text frame that is not UTF-8.
void ClientTest::whatAnAnswerRepeatsIsCutBetweenCharacters()
{
    QFETCH(std::string, before);
    QFETCH(std::string, after);
    HubFixture fixture;
    const auto client = fixture.connect();
    for (const std::string start : {"", "x", "xx"}) {
        std::string name = start;
        while (name.size() < 300)
            name += "\xE2\x82\xAC"; // €
        client->receive(before + name + after);
        fixture.settle();
        const auto answers = client->connection().take();
        QCOMPARE(answers.size(), std::size_t{1});
        QCOMPARE(answers.front().event(), std::string{"pusher:error"});
        QVERIFY2(isValidUtf8(answers.front().text), answers.front().text.c_str());
    }
}

void ClientTest::CE8_theWindowOfClientEventsMovesWithTime()
{
    auto app = test::makeApp();
    app.allowsClientEvents = true;
    HubFixture fixture{app};
    const auto sender = fixture.connect();
    const auto receiver = fixture.connect();
    sender->subscribe("private-a");
    receiver->subscribe("private-a");
    fixture.settle();
    (void)sender->connection().take();
    (void)receiver->connection().take();
    const auto send = [&](int count) {
        for (int i = 0; i < count; ++i)
            sender->receive(clientEvent);
        fixture.settle();
    };
    send(11);
    QCOMPARE(receiver->connection().takeNames(), Names(10, "client-x@private-a"));
    QCOMPARE(sender->connection().take().at(0).code(), 4301);
    fixture.clock().advance(999ms);
    send(1);
    QCOMPARE(receiver->connection().takeNames(), Names{});
    fixture.clock().advance(1ms);
    send(11);
    QCOMPARE(receiver->connection().takeNames(), Names(10, "client-x@private-a"));
    QVERIFY(!sender->connection().closeCode());
}

void ClientTest::aChangedRateOfClientEventsHoldsAtOnce()
{
    auto app = test::makeApp();
    app.allowsClientEvents = true;
    HubFixture fixture{app};
    const auto sender = fixture.connect();
    const auto receiver = fixture.connect();
    sender->subscribe("private-a");
    receiver->subscribe("private-a");
    fixture.settle();
    (void)receiver->connection().take();
    const auto received = [&](int sent) {
        for (int i = 0; i < sent; ++i)
            sender->receive(clientEvent);
        fixture.settle();
        return receiver->connection().take().size();
    };
    QCOMPARE(received(11), std::size_t{10});
    app.limits.clientEventsPerSecond = 3;
    fixture.application().configure(app);
    fixture.clock().advance(1s);
    QCOMPARE(received(11), std::size_t{3});
}

void ClientTest::P21_aFloodPausesReadingAndThenCloses()
{
    HubFixture fixture;
    const auto client = fixture.connect();
    int seconds = 0;
    for (; seconds < 60 && !client->connection().closeCode(); ++seconds) {
        for (int i = 0; i < 1'000 && client->connection().isReading(); ++i)
            client->receive(R"({"event":"pusher:ping"})");
        tickFor(fixture, *client, 1s);
    }
    QVERIFY(client->connection().closeCode() == CloseCode::PolicyViolation);
    QVERIFY2(seconds >= 10 && seconds <= 12, qPrintable(QString::number(seconds)));
    // The burst, and then what the rate allows: nothing that was read goes unanswered.
    const std::size_t answered = client->connection().take().size();
    QVERIFY2(answered >= 1'000 && answered <= 2'200, qPrintable(QString::number(answered)));
}

void ClientTest::P21_tenSecondsAreTenHoweverOftenTheTransportTicks()
{
    HubFixture fixture;
    const auto client = fixture.connect();
    const auto start = fixture.clock().steady();
    while (!client->connection().closeCode() && fixture.clock().steady() - start < 60s) {
        for (int i = 0; i < 1'000 && client->connection().isReading(); ++i)
            client->receive(R"({"event":"pusher:ping"})");
        fixture.clock().advance(100ms);
        client->client().tick(fixture.clock().steady());
        fixture.settle();
    }
    const auto lasted = fixture.clock().steady() - start;
    QVERIFY(lasted >= 10s && lasted <= 12s);
}

void ClientTest::P21_aBurstThatEndsIsForgiven()
{
    HubFixture fixture;
    const auto client = fixture.connect();
    for (int i = 0; i < 1'050; ++i)
        client->receive(R"({"event":"pusher:ping"})");
    QVERIFY(!client->connection().isReading());
    tickFor(fixture, *client, 1s);
    QVERIFY(client->connection().isReading());
    tickFor(fixture, *client, 20s);
    QVERIFY(!client->connection().closeCode());
    QCOMPARE(client->connection().take().size(), std::size_t{1'050});
}

void ClientTest::aClosingClientIsNotHeardAnyMore()
{
    HubFixture fixture;
    const auto client = fixture.connect();
    for (int i = 0; i < 11; ++i)
        client->receive("[]");
    client->subscribe("news");
    fixture.settle();
    QVERIFY(fixture.application().channels().empty());
    client->closed();
    client->closed();
    QCOMPARE(fixture.application().connectionCount(), std::size_t{0});
}

void ClientTest::aRejectedClientHasNothingToClose()
{
    HubFixture fixture;
    auto handshake = fixture.handshake();
    handshake.path = "/app/other";
    const auto client = fixture.connect(handshake);
    QCOMPARE(client->connection().take().at(0).code(), 4001);
    QVERIFY(client->connection().closeCode() == CloseCode::UnknownApp);
    client->receive(R"({"event":"pusher:ping"})");
    client->client().tick(fixture.clock().steady() + 1h);
    client->closed();
    QCOMPARE(client->connection().takeNames(), Names{});
}

QTEST_APPLESS_MAIN(ClientTest)
#include "client_test.moc"
