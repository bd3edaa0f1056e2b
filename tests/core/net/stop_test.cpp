#include "tests/core/net/frame_client.h"
#include "tests/core/net/test_server.h"

#include <QTest>

#include <string>
#include <vector>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

namespace {

constexpr int text = 1;
constexpr int closing = 8;

using Time = std::chrono::steady_clock::time_point;

Time now()
{
    return std::chrono::steady_clock::now();
}

} // namespace

class StopTest : public QObject {
    Q_OBJECT
private slots:
    void Q13_clientsAreClosedInASpread_data();
    void Q13_clientsAreClosedInASpread();
    void clientThatNeverAnswersHoldsUpNothing();
    void clientThatReadsNothingHoldsUpNothing();
    void runningRequestIsAnswered();
    void idleConnectionsEndAndNewOnesAreRefused();
    void idleConnectionsDoNotDelayTheStop();
    void endlessRequestIsCutOff();
    void workerRunsTasksAndItsHookInTurns();
    void connectionIsLookedAtOnceASecond();
    void taskPostedAfterTheEndIsDropped();
};

void StopTest::Q13_clientsAreClosedInASpread_data()
{
    QTest::addColumn<unsigned>("workers");
    QTest::newRow("one worker") << 1U;
    QTest::newRow("three workers") << 3U;
}

void StopTest::Q13_clientsAreClosedInASpread()
{
    QFETCH(const unsigned, workers);
    constexpr int count = 500;
    auto options = TestServer::defaults();
    options.workers = workers;
    TestServer server{options};
    std::vector<FrameClient> clients;
    for (int i = 0; i < count; ++i) {
        clients.emplace_back(server.port());
        QVERIFY(clients.back().isOpen());
    }

    const auto before = now();
    server.server().stop(pusher::CloseCode::ReconnectNow, "restart");
    QVERIFY(now() - before < 100ms);
    std::vector<Time> ends;
    for (auto& client : clients) {
        QCOMPARE(client.next().value_or(WireFrame{}), (WireFrame{closing, closeBody(4200, "restart")}));
        ends.push_back(now());
        client.send(clientFrame(fin | closing, closeBody(4200)));
        QVERIFY(!client.next());
        QVERIFY(client.hasEnded());
    }
    server.server().join();
    QVERIFY(now() - before < 5s);
    QVERIFY2(*std::max_element(ends.begin(), ends.end()) - before > 250ms, "500 closes take half a second");
    QCOMPARE(server.ledger().closedCodes(), std::vector<int>(count, 4200));
    QCOMPARE(server.server().totals().open, 0U);
    QCOMPARE(server.server().totals().webSockets, 0U);
}

void StopTest::clientThatNeverAnswersHoldsUpNothing()
{
    TestServer server;
    FrameClient silent{server.port()};
    QVERIFY(silent.isOpen());
    const auto before = now();
    server.server().stop(pusher::CloseCode::OverCapacity, "stopped");
    server.server().join();
    QVERIFY(now() - before < 3s);
    QCOMPARE(silent.closeCode(), 4100);
}

void StopTest::clientThatReadsNothingHoldsUpNothing()
{
    auto options = TestServer::defaults();
    options.webSocket.maxQueuedBytes = 100'000'000;
    TestServer server{options};
    FrameClient stuck{server.port()};
    stuck.send(clientFrame(fin | text, "flood 40000000"));
    QTRY_VERIFY(server.server().totals().queuedBytes > 0);
    const auto before = now();
    server.server().stop(pusher::CloseCode::ReconnectNow, "restart");
    server.server().join();
    QVERIFY(now() - before < 5s);
    QCOMPARE(server.server().totals().queuedBytes, 0U);
}

void StopTest::runningRequestIsAnswered()
{
    TestServer server;
    Socket socket{server.port()};
    QVERIFY(socket.send("POST /late HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nbo"));
    Socket idle{server.port()};
    QTRY_COMPARE(server.server().totals().open, 2U);
    server.server().stop(pusher::CloseCode::ReconnectNow, "restart");
    QTRY_COMPARE(server.server().totals().open, 1U);
    QVERIFY(socket.send("dy"));
    std::string reply = readReply(socket);
    QVERIFY(reply.ends_with("POST /late? body"));
    QVERIFY(reply.find("\r\nConnection: close\r\n") != std::string::npos);
    QCOMPARE(socket.receive(reply), Socket::Received::End);
    socket.close();
    server.server().join();
}

void StopTest::idleConnectionsEndAndNewOnesAreRefused()
{
    TestServer server;
    Socket silent{server.port()};
    Socket kept{server.port()};
    QVERIFY(kept.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    QCOMPARE(statusOf(readReply(kept)), 200);
    server.server().stop(pusher::CloseCode::ReconnectNow, "restart");
    std::string rest;
    QCOMPARE(kept.receive(rest), Socket::Received::End);
    QCOMPARE(silent.receive(rest), Socket::Received::End);
    QVERIFY(rest.empty());
    QVERIFY(!Socket{server.port()}.isOpen());
    kept.close();
    silent.close();
    server.server().join();
}

void StopTest::idleConnectionsDoNotDelayTheStop()
{
    TestServer server;
    const Socket silent{server.port()};
    Socket kept{server.port()};
    QVERIFY(kept.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    QCOMPARE(statusOf(readReply(kept)), 200);
    QTRY_COMPARE(server.server().totals().open, 2U);
    const auto before = now();
    server.server().stop(pusher::CloseCode::ReconnectNow, "restart");
    server.server().join();
    QVERIFY(now() - before < 500ms);
}

void StopTest::endlessRequestIsCutOff()
{
    TestServer server;
    Socket socket{server.port()};
    QVERIFY(socket.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nbo"));
    QTRY_COMPARE(server.server().totals().bytesIn, 57U);
    const auto before = now();
    server.server().stop(pusher::CloseCode::ReconnectNow, "restart");
    server.server().join();
    QVERIFY(now() - before < 5s);
    QCOMPARE(server.server().totals().open, 0U);
}

void StopTest::workerRunsTasksAndItsHookInTurns()
{
    TestServer server;
    auto& worker = server.server().worker(0);
    QVERIFY(!worker.isCurrent());
    std::atomic<int> hooks{0};
    std::atomic<int> tasks{0};
    std::atomic<bool> isOnWorker{false};
    worker.post([&] { worker.setTurnHook([&] { hooks = tasks > 0 ? hooks + 1 : 0; }); });
    worker.post([&] {
        isOnWorker = worker.isCurrent();
        ++tasks;
    });
    QTRY_VERIFY(hooks > 0);
    QVERIFY(isOnWorker);
    worker.post([&] {
        worker.setTurnHook(nullptr);
        ++tasks;
    });
    QTRY_COMPARE(tasks, 2);
}

void StopTest::connectionIsLookedAtOnceASecond()
{
    TestServer server;
    FrameClient client{server.port()};
    QVERIFY(client.isOpen());
    QTRY_VERIFY(server.ledger().ticks >= 1);
    const auto before = now();
    const int first = server.ledger().ticks;
    QTRY_VERIFY(server.ledger().ticks >= first + 2);
    QVERIFY(now() - before > 1500ms);
}

void StopTest::taskPostedAfterTheEndIsDropped()
{
    TestServer server;
    server.server().stop(pusher::CloseCode::ReconnectNow, "restart");
    server.server().join();
    const auto token = std::make_shared<int>(0);
    const std::weak_ptr<int> watch = token;
    bool hasRun = false;
    server.server().worker(0).post([&hasRun, token] { hasRun = true; });
    QVERIFY(!hasRun);
}

QTEST_APPLESS_MAIN(StopTest)

#include "stop_test.moc"
