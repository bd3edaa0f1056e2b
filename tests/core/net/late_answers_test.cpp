#include "core/net/late_answers.h"

#include "tests/core/net/frame_client.h"
#include "tests/core/net/test_server.h"

#include <QTest>

#include <memory>
#include <string>
#include <thread>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

namespace {

std::string get(const std::string& path, const std::string& headers = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
}

http::Response saying(const std::string& text)
{
    http::Response response;
    response.body = text;
    return response;
}

bool waitForLate(const TestServer& server, std::size_t count)
{
    return QTest::qWaitFor([&] { return server.ledger().late().size() >= count; }, static_cast<int>(patience.count()));
}

} // namespace

class LateAnswersTest : public QObject {
    Q_OBJECT
private slots:
    void anAnswerMayComeLaterAndFromAnyThread();
    void pipelinedRequestsWaitForIt();
    void onlyTheFirstAnswerCounts();
    void aGoneConnectionDropsIt();
    void aGoneServerDropsIt();
    void aRequestWithoutAnswerGets504();
    void aStoppingServerWaitsForIt();
    void otherConnectionsAreServedMeanwhile();
};

void LateAnswersTest::anAnswerMayComeLaterAndFromAnyThread()
{
    TestServer server;
    Socket socket{server.port()};
    for (std::size_t i = 0; i < 3; ++i) {
        QVERIFY(socket.send(get("/later")));
        QVERIFY(waitForLate(server, i + 1));
        std::thread{[&] { server.ledger().late()[i](saying("late " + std::to_string(i))); }}.join();
        QVERIFY(readReply(socket).ends_with("\r\n\r\nlate " + std::to_string(i)));
    }
    QCOMPARE(server.server().totals().accepted, 1U);
    QCOMPARE(server.server().totals().requests, 3U);
}

void LateAnswersTest::pipelinedRequestsWaitForIt()
{
    TestServer server;
    Socket socket{server.port()};
    QVERIFY(socket.send(get("/first") + get("/later") + get("/third")));
    QVERIFY(readReply(socket).ends_with("GET /first? "));
    QVERIFY(waitForLate(server, 1));
    QVERIFY(socket.send(get("/later") + get("/last", "Connection: close\r\n")));
    server.ledger().late()[0](saying("second"));
    QVERIFY(waitForLate(server, 2));
    server.ledger().late()[1](saying("fourth"));
    std::string rest;
    while (socket.receive(rest) == Socket::Received::Bytes) {
    }
    std::size_t at = 0;
    for (const char* part : {"second", "GET /third? ", "fourth", "GET /last? "}) {
        at = rest.find(part, at);
        QVERIFY2(at != std::string::npos, part);
    }
}

void LateAnswersTest::onlyTheFirstAnswerCounts()
{
    TestServer server;
    Socket socket{server.port()};
    QVERIFY(socket.send(get("/later")));
    QVERIFY(waitForLate(server, 1));
    server.ledger().late()[0](saying("one"));
    server.ledger().late()[0](saying("two"));
    QVERIFY(readReply(socket).ends_with("\r\n\r\none"));
    QVERIFY(socket.send(get("/end", "Connection: close\r\n")));
    const auto reply = readReply(socket);
    QCOMPARE(reply.find("two"), std::string::npos);
    QVERIFY(reply.ends_with("GET /end? "));
}

void LateAnswersTest::aGoneConnectionDropsIt()
{
    TestServer server;
    {
        Socket socket{server.port()};
        QVERIFY(socket.send(get("/later")));
        QVERIFY(waitForLate(server, 1));
        socket.reset();
    }
    server.ledger().late()[0](saying("nobody reads this"));
    QVERIFY(QTest::qWaitFor([&] { return server.server().totals().open == 0; }, static_cast<int>(patience.count())));
    QCOMPARE(statusOf(replyTo(server.port(), get("/", "Connection: close\r\n"))), 200);
}

void LateAnswersTest::aGoneServerDropsIt()
{
    auto server = std::make_unique<TestServer>();
    Socket socket{server->port()};
    QVERIFY(socket.send(get("/later")));
    QVERIFY(waitForLate(*server, 1));
    const auto done = server->ledger().late()[0];
    socket.reset();
    server.reset();
    done(saying("nobody is there"));
}

void LateAnswersTest::aRequestWithoutAnswerGets504()
{
    auto options = TestServer::defaults();
    options.http.answer = 50ms;
    TestServer server{options};
    const auto reply = replyTo(server.port(), get("/later"));
    QCOMPARE(statusOf(reply), 504);
    server.ledger().late()[0](saying("too late"));
    QCOMPARE(statusOf(replyTo(server.port(), get("/", "Connection: close\r\n"))), 200);
}

void LateAnswersTest::aStoppingServerWaitsForIt()
{
    TestServer server;
    Socket socket{server.port()};
    QVERIFY(socket.send(get("/later") + get("/not served")));
    QVERIFY(waitForLate(server, 1));
    server.server().stop(pusher::CloseCode::ReconnectNow, "stop");
    server.ledger().late()[0](saying("the last"));
    const auto reply = readReply(socket);
    QVERIFY(reply.ends_with("\r\n\r\nthe last"));
    QVERIFY(reply.find("Connection: close") != std::string::npos);
    std::string rest;
    QVERIFY(socket.receive(rest) == Socket::Received::End);
}

void LateAnswersTest::otherConnectionsAreServedMeanwhile()
{
    TestServer server;
    Socket waiting{server.port()};
    QVERIFY(waiting.send(get("/later")));
    QVERIFY(waitForLate(server, 1));
    QCOMPARE(statusOf(replyTo(server.port(), get("/", "Connection: close\r\n"))), 200);
    server.ledger().late()[0](saying("here"));
    QVERIFY(readReply(waiting).ends_with("\r\n\r\nhere"));
}

QTEST_APPLESS_MAIN(LateAnswersTest)

#include "late_answers_test.moc"
