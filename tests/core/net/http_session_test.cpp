#include "tests/core/net/frame_client.h"
#include "tests/core/net/test_server.h"

#include <QTest>

#include <sys/socket.h>

#include <array>
#include <atomic>
#include <string>

using namespace castdeck;
using namespace castdeck::test;

namespace {

const std::string host = "Host: localhost\r\n";

std::string get(const std::string& path, const std::string& headers = {})
{
    return "GET " + path + " HTTP/1.1\r\n" + host + headers + "\r\n";
}

bool holds(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class HttpSessionTest : public QObject {
    Q_OBJECT
private slots:
    void connectionIsKeptForFurtherRequests();
    void pipelinedRequestsAreAnsweredInOrder();
    void requestMayArriveByteByByte();
    void chunkedBodyIsJoined();
    void expectContinueIsAnsweredBeforeTheBody();
    void clientMayAskToClose();
    void http10ClosesUnlessAsked();
    void headHasNoBody();
    void noContentHasNeitherBodyNorLength();
    void answersCarryTheDate();
    void ownHostsAreAccepted_data();
    void ownHostsAreAccepted();
    void halfClosedClientGetsItsAnswer();
    void largeAnswersToASlowReaderArriveWhole();
    void upgradeMayFollowARequest();
    void framesMayFollowTheHandshakeAtOnce();
    void subprotocolIsChosenWhenOffered_data();
    void subprotocolIsChosenWhenOffered();
    void bothAddressFamiliesAreServed();
    void portInUseIsNamed();
    void badAddressIsNamed();
    void workersGetEqualShares();
};

void HttpSessionTest::connectionIsKeptForFurtherRequests()
{
    TestServer server;
    Socket socket{server.port()};
    for (int i = 0; i < 3; ++i) {
        QVERIFY(socket.send("POST /a?b=1 HTTP/1.1\r\n" + host + "Content-Length: 4\r\n\r\nbody"));
        const auto reply = readReply(socket);
        QCOMPARE(statusOf(reply), 200);
        QVERIFY(reply.ends_with("\r\n\r\nPOST /a?b=1 body"));
        QVERIFY(!holds(reply, "Connection:"));
    }
    QCOMPARE(server.server().totals().accepted, 1U);
    QCOMPARE(server.server().totals().requests, 3U);
}

void HttpSessionTest::pipelinedRequestsAreAnsweredInOrder()
{
    TestServer server;
    std::string requests;
    for (int i = 0; i < 50; ++i)
        requests += i % 2 == 0 ? get("/" + std::to_string(i))
                               : "POST /" + std::to_string(i) + " HTTP/1.1\r\n" + host + "Content-Length: 2\r\n\r\nxy";
    const auto replies = replyTo(server.port(), requests + get("/last", "Connection: close\r\n"));
    std::size_t at = 0;
    for (int i = 0; i < 50; ++i) {
        at = replies.find(" /" + std::to_string(i) + "?", at);
        QVERIFY2(at != std::string::npos, std::to_string(i).c_str());
    }
    QVERIFY(replies.ends_with("GET /last? "));
}

void HttpSessionTest::requestMayArriveByteByByte()
{
    TestServer server;
    Socket socket{server.port()};
    const std::string request = "\r\nPOST /slow HTTP/1.1\r\n" + host +
                                "Transfer-Encoding: chunked\r\n\r\n"
                                "3\r\nabc\r\n2;ext=1\r\nde\r\n0\r\nTrailer: x\r\n\r\n";
    for (const char byte : request)
        QVERIFY(socket.send({&byte, 1}));
    QVERIFY(readReply(socket).ends_with("POST /slow? abcde"));
}

void HttpSessionTest::chunkedBodyIsJoined()
{
    TestServer server;
    Socket socket{server.port()};
    QVERIFY(socket.send("POST / HTTP/1.1\r\n" + host +
                        "Transfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n" + get("/next")));
    QVERIFY(holds(readReply(socket), "POST /? hello world"));
}

void HttpSessionTest::expectContinueIsAnsweredBeforeTheBody()
{
    TestServer server;
    Socket socket{server.port()};
    QVERIFY(socket.send("POST / HTTP/1.1\r\n" + host + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
    QCOMPARE(readReply(socket), std::string{"HTTP/1.1 100 Continue\r\n\r\n"});
    QVERIFY(socket.send("ok"));
    QVERIFY(readReply(socket).ends_with("POST /? ok"));
}

void HttpSessionTest::clientMayAskToClose()
{
    TestServer server;
    const auto reply = replyTo(server.port(), get("/", "Connection: close\r\n") + get("/unread"));
    QVERIFY(holds(reply, "\r\nConnection: close\r\n"));
    QVERIFY(!holds(reply, "unread"));
}

void HttpSessionTest::http10ClosesUnlessAsked()
{
    TestServer server;
    const auto reply = replyTo(server.port(), "GET / HTTP/1.0\r\n" + host + "\r\n");
    QCOMPARE(statusOf(reply), 200);
    Socket socket{server.port()};
    QVERIFY(socket.send("GET / HTTP/1.0\r\n" + host + "Connection: keep-alive\r\n\r\n"));
    QVERIFY(holds(readReply(socket), "\r\nConnection: keep-alive\r\n"));
    QVERIFY(socket.send(get("/again")));
    QVERIFY(readReply(socket).ends_with("GET /again? "));
}

void HttpSessionTest::headHasNoBody()
{
    TestServer server;
    const auto reply = replyTo(server.port(), "HEAD /up HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");
    QVERIFY(holds(reply, "\r\nContent-Length: 10\r\n"));
    QVERIFY(reply.ends_with("\r\n\r\n"));
}

void HttpSessionTest::noContentHasNeitherBodyNorLength()
{
    TestServer server;
    const auto reply = replyTo(server.port(), get("/empty", "Connection: close\r\n"));
    QCOMPARE(statusOf(reply), 204);
    QVERIFY(!holds(reply, "Content-"));
    QVERIFY(reply.ends_with("\r\n\r\n"));
}

void HttpSessionTest::answersCarryTheDate()
{
    TestServer server;
    Socket socket{server.port()};
    QVERIFY(socket.send(get("/")));
    const auto reply = readReply(socket);
    const auto at = reply.find("\r\nDate: ");
    QVERIFY(at != std::string::npos);
    // RFC 9110, section 5.6.7: Sun, 06 Nov 1994 08:49:37 GMT.
    QCOMPARE(reply.substr(at + 8 + 25, 6), std::string{" GMT\r\n"});
}

void HttpSessionTest::ownHostsAreAccepted_data()
{
    QTest::addColumn<std::string>("name");
    for (const char* name : {"localhost", "LOCALHOST:80", "127.0.0.1", "127.0.0.1:6001", "[::1]", "[::1]:6001",
                             "[0:0:0:0:0:0:0:1]", "console.example:443", "192.0.2.7", "Localhost:"})
        QTest::newRow(name) << std::string{name};
}

void HttpSessionTest::ownHostsAreAccepted()
{
    QFETCH(const std::string, name);
    auto options = TestServer::defaults();
    options.allowedHosts = {"Console.Example", "192.0.2.7"};
    TestServer server{options};
    QCOMPARE(statusOf(replyTo(server.port(), "GET / HTTP/1.0\r\nHost: " + name + "\r\n\r\n")), 200);
}

void HttpSessionTest::halfClosedClientGetsItsAnswer()
{
    TestServer server;
    Socket socket{server.port()};
    QVERIFY(socket.send(get("/half")));
    ::shutdown(socket.descriptor(), SHUT_WR);
    std::string reply = readReply(socket);
    QVERIFY(reply.ends_with("GET /half? "));
    QCOMPARE(socket.receive(reply), Socket::Received::End);
    QTRY_COMPARE(server.server().totals().open, 0U);
}

void HttpSessionTest::largeAnswersToASlowReaderArriveWhole()
{
    TestServer server;
    constexpr std::size_t bodyBytes = 2 << 20;
    constexpr int count = 8;
    std::string requests;
    for (int i = 1; i < count; ++i)
        requests += get("/large");
    const auto replies = replyTo(server.port(), requests + get("/large", "Connection: close\r\n"));
    QVERIFY(replies.size() > count * bodyBytes);
    QCOMPARE(std::count(replies.begin(), replies.end(), 'z'), static_cast<std::ptrdiff_t>(count * bodyBytes));
}

void HttpSessionTest::upgradeMayFollowARequest()
{
    TestServer server;
    Socket socket{server.port()};
    QVERIFY(socket.send(get("/first") + get("/app/key", "Upgrade: WebSocket\r\nConnection: upgrade\r\n"
                                                        "Sec-WebSocket-Version: 13\r\n"
                                                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")));
    std::string reply;
    while (!holds(reply, "\r\n\r\nGET /first? HTTP/1.1 101 ") || !reply.ends_with("\r\n\r\n"))
        QCOMPARE(socket.receive(reply), Socket::Received::Bytes);
    // RFC 6455, section 1.3.
    QVERIFY(holds(reply, "\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
    QVERIFY(!holds(reply, "Sec-WebSocket-Protocol"));
}

void HttpSessionTest::framesMayFollowTheHandshakeAtOnce()
{
    TestServer server;
    Socket socket{server.port()};
    QVERIFY(socket.send(get("/app/key", "Upgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n") +
                        clientFrame(fin | 1, "early")));
    std::string reply;
    while (!reply.ends_with("\r\n\r\n\x81\x05"
                            "early"))
        QCOMPARE(socket.receive(reply), Socket::Received::Bytes);
}

void HttpSessionTest::subprotocolIsChosenWhenOffered_data()
{
    QTest::addColumn<std::string>("offer");
    QTest::addColumn<std::string>("chosen");
    const std::string none;
    QTest::newRow("7") << std::string{"pusher-channels-protocol-7"} << std::string{"pusher-channels-protocol-7"};
    QTest::newRow("first known") << std::string{"chat,  pusher-channels-protocol-5 , pusher-channels-protocol-7"}
                                 << std::string{"pusher-channels-protocol-5"};
    QTest::newRow("too old") << std::string{"pusher-channels-protocol-3"} << none;
    QTest::newRow("too new") << std::string{"pusher-channels-protocol-8"} << none;
    QTest::newRow("two digits") << std::string{"pusher-channels-protocol-77"} << none;
    QTest::newRow("other") << std::string{"chat"} << none;
}

void HttpSessionTest::subprotocolIsChosenWhenOffered()
{
    QFETCH(const std::string, offer);
    QFETCH(const std::string, chosen);
    TestServer server;
    Socket socket{server.port()};
    QVERIFY(socket.send(get("/app/key", "Upgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: " +
                                            offer + "\r\n")));
    const auto reply = readReply(socket);
    QCOMPARE(statusOf(reply), 101);
    QCOMPARE(holds(reply, "Sec-WebSocket-Protocol"), !chosen.empty());
    QVERIFY(chosen.empty() || holds(reply, "\r\nSec-WebSocket-Protocol: " + chosen + "\r\n"));
}

void HttpSessionTest::bothAddressFamiliesAreServed()
{
    TestServer server;
    if (!Socket{server.port(), "::1"}.isOpen())
        QSKIP("this machine has no IPv6 loopback");
    for (const char* const address : {"127.0.0.1", "::1"}) {
        FrameClient client{server.port(), address};
        QVERIFY(client.isOpen());
        client.send(clientFrame(fin | 1, address));
        QCOMPARE(client.next().value_or(WireFrame{}), (WireFrame{1, address}));
    }
}

void HttpSessionTest::portInUseIsNamed()
{
    TestServer first;
    auto options = TestServer::defaults();
    options.port = first.port();
    const SystemClock clock;
    net::Server second{options, clock, [](net::Worker&) { return net::Handlers{}; }};
    const auto port = second.listen();
    QVERIFY(!port);
    QCOMPARE(port.error().detail, "port " + std::to_string(first.port()) + " on 127.0.0.1 is in use");
}

void HttpSessionTest::badAddressIsNamed()
{
    auto options = TestServer::defaults();
    options.addresses = {"localhost"};
    const SystemClock clock;
    net::Server server{options, clock, [](net::Worker&) { return net::Handlers{}; }};
    const auto port = server.listen();
    QVERIFY(!port);
    QVERIFY(holds(port.error().detail, "\"localhost\" is not an IP address"));
}

void HttpSessionTest::workersGetEqualShares()
{
    constexpr unsigned workers = 4;
    constexpr int clients = 40;
    std::array<std::atomic<int>, workers> requests{};
    net::ServerOptions options;
    options.workers = workers;
    const SystemClock clock;
    net::Server server{options, clock, [&](net::Worker& worker) {
                           return net::Handlers{[&](const http::Request&, net::Deferral&) {
                                                    ++requests[worker.isCurrent() ? worker.index() : 0];
                                                    return http::Response{};
                                                },
                                                {}};
                       }};
    const auto port = server.listen();
    QVERIFY(port);
    for (int i = 0; i < clients; ++i)
        QCOMPARE(statusOf(replyTo(*port, get("/", "Connection: close\r\n"))), 200);
    for (const auto& count : requests)
        QCOMPARE(count.load(), clients / static_cast<int>(workers));
}

QTEST_APPLESS_MAIN(HttpSessionTest)

#include "http_session_test.moc"
