#include "tests/core/net/frame_client.h"
#include "tests/core/net/test_server.h"

#include <QTest>

#include <sys/socket.h>

#include <string>
#include <vector>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

namespace {

constexpr int text = 1;
constexpr int megabyte = 1'000'000;

/// More than any socket buffer takes.
constexpr int flood = 40 * megabyte;

void orderFlood(FrameClient& client, int bytes)
{
    client.send(clientFrame(fin | text, "flood " + std::to_string(bytes)));
}

/// Reads as long as frames come; the number of bytes in messages.
std::size_t readMessages(FrameClient& client, int& closeCode)
{
    std::size_t bytes = 0;
    while (const auto frame = client.next(3s)) {
        if (frame->opcode == text)
            bytes += frame->payload.size();
        else if (frame->payload.size() >= 2)
            closeCode =
                static_cast<unsigned char>(frame->payload[0]) << 8 | static_cast<unsigned char>(frame->payload[1]);
    }
    return bytes;
}

} // namespace

/// Section 4 of the reliability document.
class SlowConsumerTest : public QObject {
    Q_OBJECT
private slots:
    void queueBeyondTheLimitClosesWith4100();
    void slowClientSeesWholeFramesAndTheCloseCode();
    void slowClientIsToldWhyBeforeItIsClosed();
    void peerThatTakesNothingClosesWith4100();
    void readerBelowTheLimitStays();
    void burstThatTheSocketTakesIsNoReasonToClose();
    void largestQueuesGoFirstWhenAllAreTooMuch();
    void pressureShowsBeforeTheTotalLimit();
};

void SlowConsumerTest::queueBeyondTheLimitClosesWith4100()
{
    TestServer server;
    FrameClient healthy{server.port()};
    FrameClient slow{server.port()};
    orderFlood(slow, flood);
    QTRY_COMPARE(server.ledger().closedCodes(), std::vector<int>{4100});
    QCOMPARE(server.server().totals().slowConsumers, 1U);

    healthy.send(clientFrame(fin | text, "still here"));
    QCOMPARE(healthy.next().value_or(WireFrame{}), (WireFrame{text, "still here"}));
    QTRY_COMPARE(server.server().totals().open, 1U);
    QCOMPARE(server.server().totals().queuedBytes, 0U);
}

void SlowConsumerTest::slowClientSeesWholeFramesAndTheCloseCode()
{
    TestServer server;
    FrameClient slow{server.port()};
    orderFlood(slow, flood);
    QTRY_COMPARE(server.server().totals().slowConsumers, 1U);
    int closeCode = 0;
    const auto bytes = readMessages(slow, closeCode);
    QVERIFY(slow.hasEnded());
    QCOMPARE(closeCode, 4100);
    QVERIFY(bytes > 0 && bytes < flood && bytes % 10'000 == 0);
}

void SlowConsumerTest::slowClientIsToldWhyBeforeItIsClosed()
{
    TestServer server;
    FrameClient slow{server.port()};
    slow.send(clientFrame(fin | text, "say goodbye"));
    orderFlood(slow, flood);
    QTRY_COMPARE(server.server().totals().slowConsumers, 1U);
    std::vector<std::string> last{"", ""};
    while (auto frame = slow.next(3s))
        last = {last[1], frame->payload};
    QCOMPARE(last, (std::vector<std::string>{"goodbye: slow consumer", closeBody(4100, "slow consumer")}));
}

void SlowConsumerTest::peerThatTakesNothingClosesWith4100()
{
    auto options = TestServer::defaults();
    options.webSocket.maxQueuedBytes = 2 * flood;
    options.webSocket.writeStall = 400ms;
    TestServer server{options};
    FrameClient stalled{server.port()};
    orderFlood(stalled, flood);
    QTRY_VERIFY(server.server().totals().queuedBytes > 0);
    QVERIFY(server.ledger().closedCodes().empty());
    QTRY_COMPARE(server.ledger().closedCodes(), std::vector<int>{4100});
    QTRY_COMPARE(server.server().totals().open, 0U);
}

void SlowConsumerTest::readerBelowTheLimitStays()
{
    auto options = TestServer::defaults();
    options.webSocket.maxQueuedBytes = 2 * flood;
    options.webSocket.writeStall = 1s;
    TestServer server{options};
    FrameClient reader{server.port()};
    orderFlood(reader, flood);
    // Reads all the time, yet takes longer than a stall may last.
    const auto before = std::chrono::steady_clock::now();
    std::size_t bytes = 0;
    while (bytes < flood) {
        const auto frame = reader.next();
        QVERIFY(frame && frame->opcode == text);
        bytes += frame->payload.size();
        // How fast it reads is what is tested, so there is nothing to wait for: the pauses make it slow.
        if (bytes % (100'000) == 0 && std::chrono::steady_clock::now() - before < 2500ms)
            QTest::qSleep(10);
    }
    QVERIFY(std::chrono::steady_clock::now() - before > 2s);
    QCOMPARE(server.server().totals().slowConsumers, 0U);
    QTRY_COMPARE(server.server().totals().queuedBytes, 0U);
}

void SlowConsumerTest::burstThatTheSocketTakesIsNoReasonToClose()
{
    auto options = TestServer::defaults();
    options.webSocket.maxQueuedBytes = 100'000;
    TestServer server{options};
    FrameClient reader{server.port()};
    orderFlood(reader, 500'000);
    for (int i = 0; i < 50; ++i)
        QCOMPARE(reader.next().value_or(WireFrame{}).payload.size(), 10'000U);
    QCOMPARE(server.server().totals().slowConsumers, 0U);
}

void SlowConsumerTest::largestQueuesGoFirstWhenAllAreTooMuch()
{
    auto options = TestServer::defaults();
    options.webSocket.maxQueuedBytes = 10 * flood;
    options.maxQueuedBytesTotal = 2 * flood;
    TestServer server{options};
    FrameClient small{server.port()};
    FrameClient large{server.port()};
    orderFlood(small, flood);
    QTRY_VERIFY(server.server().totals().queuedBytes > flood / 2);
    orderFlood(large, 2 * flood);
    QCOMPARE(large.closeCode(), 4100);
    QCOMPARE(server.server().totals().slowConsumers, 1U);

    std::size_t bytes = 0;
    while (bytes < flood) {
        const auto frame = small.next();
        QVERIFY(frame && frame->opcode == text);
        bytes += frame->payload.size();
    }
}

void SlowConsumerTest::pressureShowsBeforeTheTotalLimit()
{
    auto options = TestServer::defaults();
    options.webSocket.maxQueuedBytes = 10 * flood;
    // The socket buffers take some megabytes of the flood; what stays is between 80 and 100 % of this.
    options.maxQueuedBytesTotal = flood + megabyte;
    TestServer server{options};
    QVERIFY(!server.server().isUnderPressure());
    FrameClient slow{server.port()};
    orderFlood(slow, flood);
    QTRY_VERIFY(server.server().isUnderPressure());
    QCOMPARE(server.server().totals().slowConsumers, 0U);
    slow.socket().reset();
    QTRY_VERIFY(!server.server().isUnderPressure());
}

QTEST_APPLESS_MAIN(SlowConsumerTest)

#include "slow_consumer_test.moc"
