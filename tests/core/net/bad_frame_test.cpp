#include "tests/core/net/frame_client.h"
#include "tests/core/net/test_server.h"

#include <QTest>

#include <numeric>
#include <string>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

namespace {

constexpr int continuation = 0;
constexpr int text = 1;
constexpr int binary = 2;
constexpr int closing = 8;
constexpr int ping = 9;

std::string bytes(std::initializer_list<int> values)
{
    std::string result;
    for (const int value : values)
        result += static_cast<char>(value);
    return result;
}

std::string fragments(int count, std::size_t size)
{
    std::string result;
    for (int i = 0; i < count; ++i)
        result += clientFrame(i == 0 ? text : continuation, std::string(size, 'f'));
    return result;
}

net::ServerOptions strict()
{
    auto options = TestServer::defaults();
    options.webSocket.acceptsBinary = false;
    return options;
}

} // namespace

/// Table F of the reliability document, with the limits of a default server.
class BadFrameTest : public QObject {
    Q_OBJECT
private slots:
    void isAnsweredWithTheCloseCode_data();
    void isAnsweredWithTheCloseCode();
    void F6_hugeLengthIsRefusedBeforeAnyPayload();
    void F9_firstBadByteOfAnUnfinishedMessageCloses();
    void F10_characterMaySpanFragments();
    void F13_framesAfterACloseFrameAreIgnored();
    void F16_pingFloodIsAnsweredUpToTheLimit();
    void F18_resetInMidFrameIsCleanedUp();
    void largestMessageAndMostFragmentsAreAllowed();
    void badFrameDisturbsNoOther();
    void serverCloseIsAnsweredAndEnds();
    void silentClientIsCutOffAfterAClose();
    void longReasonIsCutAtACharacter();
    void controlPingOfTheServerIsEmpty();
    void pausedConnectionLosesNothing();
    void peerIsToldOfTheEndOnce();
    void everyFrameCountsAsActivity();
};

void BadFrameTest::isAnsweredWithTheCloseCode_data()
{
    QTest::addColumn<std::string>("stream");
    QTest::addColumn<int>("code");
    const auto row = [](const char* name, const std::string& stream, int code) {
        QTest::newRow(name) << stream << code;
    };

    row("F1 unmasked", bytes({0x81, 0x01, 'a'}), 1002);
    row("F2 RSV1", clientFrame(fin | 0x40 | text, "a"), 1002);
    row("F2 RSV2", clientFrame(fin | 0x20 | text, "a"), 1002);
    row("F2 RSV3", clientFrame(fin | 0x10 | text, "a"), 1002);
    for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
        row(("F3 opcode " + std::to_string(opcode)).c_str(), clientFrame(fin | opcode, "a"), 1002);
    row("F4 ping of 126 bytes", clientFrame(fin | ping, std::string(126, 'p')), 1002);
    row("F4 fragmented ping", clientFrame(ping, "p"), 1002);
    row("F5 top bit of the length", bytes({0x82 - 1, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 1}), 1002);
    row("F7 message of 65,537 bytes", clientFrame(fin | text, std::string(65'537, 't')).substr(0, 14), 1009);
    row("F8 70 fragments of 1 KiB", fragments(70, 1'024), 1009);
    row("F9 overlong", clientFrame(fin | text, "\xC0\xAF"), 1007);
    row("F9 surrogate", clientFrame(fin | text, "\xED\xA0\x80"), 1007);
    row("F9 above U+10FFFF", clientFrame(fin | text, "\xF4\x90\x80\x80"), 1007);
    row("F9 cut short", clientFrame(fin | text, "\xE2\x82"), 1007);
    row("F11 binary", clientFrame(fin | binary, "b"), 1003);
    for (const int code : {0, 999, 1005, 1006, 1015, 2999})
        row(("F12 close code " + std::to_string(code)).c_str(), clientFrame(fin | closing, closeBody(code)), 1002);
    row("F12 close payload of 1 byte", clientFrame(fin | closing, "c"), 1002);
    row("F14 nothing to continue", clientFrame(fin | continuation, "c"), 1002);
    row("F14 text inside a message", clientFrame(text, "a") + clientFrame(fin | text, "b"), 1002);
    row("F15 length 5 in 16 bits", bytes({0x81, 0xFE, 0, 5, 0, 0, 0, 0}) + "hello", 1002);
    row("F15 length 5 in 64 bits", bytes({0x81, 0xFF, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0}) + "hello", 1002);
    row("1,025 fragments", fragments(1'025, 1), 1008);
}

void BadFrameTest::isAnsweredWithTheCloseCode()
{
    QFETCH(const std::string, stream);
    QFETCH(const int, code);
    TestServer server{strict()};
    FrameClient client{server.port()};
    client.send(stream);
    const auto before = std::chrono::steady_clock::now();
    QCOMPARE(client.closeCode(), code);
    QVERIFY(std::chrono::steady_clock::now() - before < 1s);
    QTRY_COMPARE(server.ledger().closedCodes(), std::vector<int>{code});
}

void BadFrameTest::F6_hugeLengthIsRefusedBeforeAnyPayload()
{
    TestServer server{strict()};
    FrameClient client{server.port()};
    client.send(bytes({0x81, 0xFF, 0, 0, 1, 0, 0, 0, 0, 0})); // Not even the mask.
    QCOMPARE(client.closeCode(), 1009);
}

void BadFrameTest::F9_firstBadByteOfAnUnfinishedMessageCloses()
{
    TestServer server{strict()};
    FrameClient client{server.port()};
    const auto frame = clientFrame(text, "ok\xFFmore to come");
    client.send(std::string_view{frame}.substr(0, frame.size() - 12));
    QCOMPARE(client.closeCode(), 1007);
}

void BadFrameTest::F10_characterMaySpanFragments()
{
    TestServer server{strict()};
    FrameClient client{server.port()};
    client.send(clientFrame(text, "a\xE2") + clientFrame(fin | ping, "") + clientFrame(continuation, "\x82") +
                clientFrame(fin | continuation, "\xAC"));
    QCOMPARE(client.next().value_or(WireFrame{}), (WireFrame{10, ""}));
    QCOMPARE(client.next().value_or(WireFrame{}), (WireFrame{text, "a\xE2\x82\xAC"}));
}

void BadFrameTest::F13_framesAfterACloseFrameAreIgnored()
{
    TestServer server{strict()};
    FrameClient client{server.port()};
    client.send(clientFrame(fin | closing, closeBody(4321)) + clientFrame(fin | text, "late") + bytes({0xFF, 0xFF}));
    const auto before = std::chrono::steady_clock::now();
    QCOMPARE(client.next().value_or(WireFrame{}), (WireFrame{closing, closeBody(4321)}));
    QVERIFY(!client.next());
    QVERIFY(client.hasEnded());
    QVERIFY(std::chrono::steady_clock::now() - before < 1s);
    QTRY_COMPARE(server.ledger().closedCodes(), std::vector<int>{4321});
}

void BadFrameTest::F16_pingFloodIsAnsweredUpToTheLimit()
{
    TestServer server{strict()};
    FrameClient canary{server.port()};
    FrameClient client{server.port()};
    std::string pings;
    for (int i = 0; i < 10'000; ++i)
        pings += clientFrame(fin | ping, "");
    client.send(pings);
    int pongs = 0;
    auto frame = client.next();
    for (; frame && frame->opcode == 10; frame = client.next())
        ++pongs;
    QCOMPARE(frame.value_or(WireFrame{}), (WireFrame{closing, closeBody(1008)}));
    QVERIFY2(pongs >= 100 && pongs <= 300, std::to_string(pongs).c_str()); // A loaded machine may see a second pass.
    canary.send(clientFrame(fin | text, "unharmed"));
    QCOMPARE(canary.next().value_or(WireFrame{}), (WireFrame{text, "unharmed"}));
}

void BadFrameTest::F18_resetInMidFrameIsCleanedUp()
{
    TestServer server{strict()};
    FrameClient client{server.port()};
    client.send(std::string_view{clientFrame(fin | text, "half a message")}.substr(0, 10));
    QTRY_COMPARE(server.server().totals().webSockets, 1U);
    client.socket().reset();
    QTRY_COMPARE_WITH_TIMEOUT(server.server().totals().open, 0U, 1000);
    QTRY_COMPARE(server.ledger().closedCodes(), std::vector<int>{1006});
    QCOMPARE(server.server().totals().webSockets, 0U);
}

void BadFrameTest::largestMessageAndMostFragmentsAreAllowed()
{
    TestServer server{strict()};
    FrameClient client{server.port()};
    const std::string largest(65'536, 'm');
    client.send(clientFrame(fin | text, largest));
    QVERIFY(client.next().value_or(WireFrame{}).payload == largest);
    client.send(fragments(1'023, 64) + clientFrame(fin | continuation, "end"));
    QCOMPARE(client.next().value_or(WireFrame{}).payload.size(), 1'023U * 64 + 3);
}

void BadFrameTest::badFrameDisturbsNoOther()
{
    TestServer server{strict()};
    FrameClient canary{server.port()};
    for (int i = 0; i < 10; ++i) {
        FrameClient bad{server.port()};
        bad.send(bytes({0x81, 0x01, 'a'}));
        QCOMPARE(bad.closeCode(), 1002);
        canary.send(clientFrame(fin | text, std::to_string(i)));
        QCOMPARE(canary.next().value_or(WireFrame{}), (WireFrame{text, std::to_string(i)}));
    }
    QTRY_COMPARE(server.server().totals().open, 1U);
}

void BadFrameTest::serverCloseIsAnsweredAndEnds()
{
    TestServer server{strict()};
    FrameClient client{server.port()};
    client.send(clientFrame(fin | text, "close 4009 not today"));
    QCOMPARE(client.next().value_or(WireFrame{}), (WireFrame{closing, closeBody(4009, "not today")}));
    client.send(clientFrame(fin | closing, closeBody(4009)));
    const auto before = std::chrono::steady_clock::now();
    QVERIFY(!client.next());
    QVERIFY(client.hasEnded());
    QVERIFY(std::chrono::steady_clock::now() - before < 500ms);
    QTRY_COMPARE(server.ledger().closedCodes(), std::vector<int>{4009});
}

void BadFrameTest::silentClientIsCutOffAfterAClose()
{
    TestServer server{strict()};
    FrameClient client{server.port()};
    client.send(clientFrame(fin | text, "close 4200 restart"));
    const auto before = std::chrono::steady_clock::now();
    QCOMPARE(client.closeCode(), 4200);
    const auto waited = std::chrono::steady_clock::now() - before;
    QVERIFY(waited > 900ms && waited < 2s);
}

void BadFrameTest::longReasonIsCutAtACharacter()
{
    TestServer server{strict()};
    FrameClient client{server.port()};
    std::string reason(122, 'r');
    client.send(clientFrame(fin | text, "close 4009 " + reason + "\xC3\xA9 and more"));
    QCOMPARE(client.next().value_or(WireFrame{}), (WireFrame{closing, closeBody(4009, reason)}));
}

void BadFrameTest::controlPingOfTheServerIsEmpty()
{
    TestServer server{strict()};
    FrameClient client{server.port()};
    client.send(clientFrame(fin | text, "ping me"));
    QCOMPARE(client.next().value_or(WireFrame{}), (WireFrame{ping, ""}));
}

void BadFrameTest::pausedConnectionLosesNothing()
{
    TestServer server{strict()};
    FrameClient client{server.port()};
    std::string stream = clientFrame(fin | text, "pause");
    for (int i = 0; i < 1000; ++i)
        stream += clientFrame(fin | text, std::to_string(i));
    client.send(stream);
    const auto before = std::chrono::steady_clock::now();
    for (int i = 0; i < 1000; ++i)
        QCOMPARE(client.next().value_or(WireFrame{}), (WireFrame{text, std::to_string(i)}));
    QVERIFY(std::chrono::steady_clock::now() - before > 50ms);
}

void BadFrameTest::peerIsToldOfTheEndOnce()
{
    TestServer server{strict()};
    {
        FrameClient client{server.port()};
        client.send(clientFrame(fin | text, "close 4009 x") + bytes({0x81, 0x01, 'a'}));
        QCOMPARE(client.closeCode(), 4009);
    }
    FrameClient vanishing{server.port()};
    vanishing.socket().close();
    QTRY_COMPARE(server.server().totals().open, 0U);
    QTRY_COMPARE(server.ledger().closedCodes(), (std::vector<int>{4009, 1006}));
    QCOMPARE(server.ledger().opened, 2);
}

void BadFrameTest::everyFrameCountsAsActivity()
{
    TestServer server{strict()};
    FrameClient client{server.port()};
    client.send(clientFrame(text, "a") + clientFrame(fin | ping, "") + clientFrame(fin | continuation, "b") +
                clientFrame(fin | 10, ""));
    QTRY_COMPARE(server.ledger().activities, 4);
}

QTEST_APPLESS_MAIN(BadFrameTest)

#include "bad_frame_test.moc"
