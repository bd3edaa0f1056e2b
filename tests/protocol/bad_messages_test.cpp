#include "tests/support/engine_fixture.h"

#include <QTest>

#include <algorithm>

#include <sys/socket.h>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

/// What clients may send that is not in order; the answers leave everybody else alone.
class BadMessagesTest : public QObject {
    Q_OBJECT
private slots:
    void init() { m_fixture = std::make_unique<EngineFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void P1_P2_whatIsNoMessageIsAnError_data();
    void P1_P2_whatIsNoMessageIsAnError();
    void P1_theEleventhInAMinuteCloses();
    void P3_aCommandNeedsItsData_data();
    void P3_aCommandNeedsItsData();
    void P14_namesOfTheServerAreRefused_data();
    void P14_namesOfTheServerAreRefused();
    void P17_deepNestingIsAnErrorAtOnce();
    void P18_aSignInThatIsNotRightIsAnError_data();
    void P18_aSignInThatIsNotRightIsAnError();
    void P19_theFirstIdentityStays();
    void P21_aFloodIsPausedAndThenClosedWhileOthersAreServed();

private:
    std::unique_ptr<EngineFixture> m_fixture;
};

void BadMessagesTest::P1_P2_whatIsNoMessageIsAnError_data()
{
    QTest::addColumn<std::string>("text");
    const auto row = [](const char* name, const char* text) { QTest::newRow(name) << std::string{text}; };
    row("P1 not json", "not json");
    row("P1 a list", "[]");
    row("P1 a number", "123");
    row("P1 null", "null");
    row("P1 a string", R"("x")");
    row("P1 empty", "");
    row("P1 two objects", R"({"event":"pusher:ping"}{"event":"pusher:ping"})");
    row("P1 a comma behind", R"({"event":"pusher:ping",})");
    row("P1 a lone control character", "{\"event\":\"pusher:ping\x01\"}");
    row("P2 no event", "{}");
    row("P2 event a list", R"({"event":[]})");
    row("P2 event a number", R"({"event":7})");
    row("P2 event an object", R"({"event":{}})");
    row("P2 event null", R"({"event":null})");
}

void BadMessagesTest::P1_P2_whatIsNoMessageIsAnError()
{
    QFETCH(std::string, text);
    auto client = m_fixture->connect();
    client.sendText(text);
    const auto message = client.expectError(std::nullopt).payloadText("message");
    QVERIFY2(message.starts_with("invalid message"), message.c_str());
    client.expectSilence();
}

void BadMessagesTest::P1_theEleventhInAMinuteCloses()
{
    auto other = m_fixture->connect();
    auto client = m_fixture->connect();
    for (int i = 0; i < 10; ++i) {
        client.sendText("not json");
        client.expectError(std::nullopt);
        client.expectSilence(); // Valid messages in between do not count, nor do they make up for anything.
    }
    client.sendText("not json");
    client.expectClose(1008);
    other.expectSilence();
}

void BadMessagesTest::P3_aCommandNeedsItsData_data()
{
    QTest::addColumn<std::string>("event");
    QTest::addColumn<std::string>("rest");
    QTest::addColumn<std::string>("named");
    for (const char* event : {"pusher:subscribe", "pusher:unsubscribe"}) {
        const auto row = [&](const char* rest, const char* named) {
            QTest::addRow("%s %s", event, rest) << std::string{event} << std::string{rest} << std::string{named};
        };
        row("", "data");
        row(R"(,"data":null)", "data");
        row(R"(,"data":[])", "data");
        row(R"(,"data":7)", "data");
        row(R"(,"data":"news")", "data");
        row(R"(,"data":{})", "channel");
        row(R"(,"data":{"channel":null})", "channel");
        row(R"(,"data":{"channel":7})", "channel");
        row(R"(,"data":{"channel":["news"]})", "channel");
    }
}

void BadMessagesTest::P3_aCommandNeedsItsData()
{
    QFETCH(std::string, event);
    QFETCH(std::string, rest);
    QFETCH(std::string, named);
    auto client = m_fixture->connect();
    client.sendText(R"({"event":")" + event + '"' + rest + "}");
    const auto text = client.expectError(std::nullopt).payloadText("message");
    QVERIFY2(text.find(named) != std::string::npos, text.c_str());
    client.expectSilence();
}

void BadMessagesTest::P14_namesOfTheServerAreRefused_data()
{
    QTest::addColumn<std::string>("event");
    for (const char* event : {"pusher:x", "pusher:error", "pusher_internal:member_removed", "pusher:signin_success",
                              "pusher_internal:subscription_succeeded"})
        QTest::newRow(event) << std::string{event};
}

void BadMessagesTest::P14_namesOfTheServerAreRefused()
{
    QFETCH(std::string, event);
    auto receiver = m_fixture->connect();
    auto client = m_fixture->connect();
    receiver.join("presence-a", memberData("bob"));
    client.join("presence-a", memberData("ann"));
    receiver.expectEvent("pusher_internal:member_added");
    client.send(event, R"({"user_id":"bob"})", "presence-a");
    const auto text = client.expectError(std::nullopt).payloadText("message");
    QVERIFY2(text.starts_with("unsupported event"), text.c_str());
    client.expectSilence();
    receiver.expectSilence();
}

void BadMessagesTest::P17_deepNestingIsAnErrorAtOnce()
{
    auto client = m_fixture->connect();
    const std::string open(10'000, '[');
    const std::string close(10'000, ']');
    const auto start = std::chrono::steady_clock::now();
    client.sendText(R"({"event":"pusher:subscribe","data":)" + open + close + "}");
    client.expectError(std::nullopt);
    QVERIFY(std::chrono::steady_clock::now() - start < 250ms); // Of which all but 5 ms is for a busy machine.
    client.sendText(open);
    client.expectError(std::nullopt);
    client.expectSilence();
}

void BadMessagesTest::P18_aSignInThatIsNotRightIsAnError_data()
{
    QTest::addColumn<std::string>("userData");
    QTest::addColumn<bool>("isSigned");
    QTest::newRow("a bad signature") << std::string{R"({"id":"ann"})"} << false;
    QTest::newRow("no id") << std::string{"{}"} << true;
    QTest::newRow("no JSON") << std::string{"ann"} << true;
}

void BadMessagesTest::P18_aSignInThatIsNotRightIsAnError()
{
    QFETCH(std::string, userData);
    QFETCH(bool, isSigned);
    auto client = m_fixture->connect();
    if (isSigned)
        client.signIn(userData);
    else
        client.send("pusher:signin", R"({"auth":"app-key:00","user_data":"{\"id\":\"ann\"}"})");
    client.expectError(std::nullopt);
    client.subscribe("#server-to-user-ann");
    client.expectRefusal("#server-to-user-ann", "AuthError", 401);
    client.expectSilence();
}

void BadMessagesTest::P19_theFirstIdentityStays()
{
    auto client = m_fixture->connect();
    client.signIn(R"({"id":"ann"})");
    client.expectEvent("pusher:signin_success");
    client.signIn(R"({"id":"bob"})");
    client.expectError(std::nullopt);
    client.subscribe("#server-to-user-bob");
    client.expectRefusal("#server-to-user-bob", "AuthError", 401);
    client.join("#server-to-user-ann");
}

void BadMessagesTest::P21_aFloodIsPausedAndThenClosedWhileOthersAreServed()
{
    auto canary = m_fixture->connect();
    auto flood = m_fixture->connect();
    std::string messages;
    for (int i = 0; i < 100; ++i)
        messages += maskedFrame(Opcode::Text, R"({"event":"pusher:ping"})");
    std::size_t offset = 0;
    std::size_t answered = 0;
    auto slowest = 0ms;
    const auto start = std::chrono::steady_clock::now();
    while (!flood.closeCode() && std::chrono::steady_clock::now() - start < 30s) {
        // As much as the server takes, without waiting for it.
        const ssize_t sent = ::send(flood.socket().descriptor(), messages.data() + offset, messages.size() - offset,
                                    MSG_DONTWAIT | MSG_NOSIGNAL);
        offset = (offset + static_cast<std::size_t>(std::max<ssize_t>(sent, 0))) % messages.size();
        if (sent < 0) {
            const auto asked = std::chrono::steady_clock::now();
            canary.expectSilence();
            const auto took = std::chrono::steady_clock::now() - asked;
            slowest = std::max(slowest, std::chrono::duration_cast<std::chrono::milliseconds>(took));
        }
        while (flood.next(sent < 0 ? 20ms : 0ms))
            ++answered;
        if (QTest::currentTestFailed())
            return;
    }
    const auto lasted = std::chrono::steady_clock::now() - start;
    QCOMPARE(flood.closeCode(), std::optional{1008});
    QVERIFY2(lasted > 9s && lasted < 15s, "closed too early or too late");
    QVERIFY2(answered >= 1'000 && answered < 3'000, qPrintable(QString::number(answered)));
    QVERIFY2(slowest < 250ms, qPrintable(QString::number(slowest.count())));
}

QTEST_GUILESS_MAIN(BadMessagesTest)
#include "bad_messages_test.moc"
