#include "tests/core/net/frame_client.h"
#include "tests/core/net/test_server.h"

#include <QTest>

#include <memory>
#include <string>
#include <vector>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

namespace {

const std::string host = "Host: localhost\r\n";
const std::string upgrade = "Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n";
const std::string version = "Sec-WebSocket-Version: 13\r\n";
const std::string key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

std::string get(const std::string& headers)
{
    return "GET /app/key HTTP/1.1\r\n" + headers + "\r\n";
}

std::string post(const std::string& headers, const std::string& body = {})
{
    return "POST /apps/1/events HTTP/1.1\r\n" + host + headers + "\r\n" + body;
}

std::string fields(int count, const std::string& value = "v")
{
    std::string result;
    for (int i = 0; i < count; ++i)
        result += "X-" + std::to_string(i) + ": " + value + "\r\n";
    return result;
}

net::ServerOptions impatient()
{
    auto options = TestServer::defaults();
    options.http.head = 400ms;
    options.http.body = 400ms;
    options.http.keepAliveIdle = 400ms;
    return options;
}

} // namespace

/// Tables H and R of the reliability document, as far as the transport answers.
class BadHttpTest : public QObject {
    Q_OBJECT
private slots:
    void isRefusedAndClosed_data();
    void isRefusedAndClosed();
    void refusalSaysWhatWouldDo_data();
    void refusalSaysWhatWouldDo();
    void limitItselfIsAllowed_data();
    void limitItselfIsAllowed();
    void H6_refusalOfAForeignHostTellsNothing();
    void H14_slowHeadsEndWith408AndHoldUpNobody();
    void H15_silenceIsClosedWithoutAnAnswer();
    void H16_tlsOnAPlainPortIsClosedAtOnce();
    void R5_chunkedBodyEndsAtTheLimit();
    void R6_slowBodyEndsWith408();
    void R18_pathIsNeverNormalised();
    void idleKeepAliveEndsSilently();
    void bodiesOfAllConnectionsTogetherAreLimited();
    void bugIsAnsweredAndTold();
    void connectionThatWasRefusedDisturbsNoOther();
};

void BadHttpTest::isRefusedAndClosed_data()
{
    QTest::addColumn<std::string>("request");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const std::string& request, int status) {
        QTest::newRow(name) << request << status;
    };

    row("H2 version 12", get(host + upgrade + key + "Sec-WebSocket-Version: 12\r\n"), 426);
    row("H2 no version", get(host + upgrade + key), 426);
    row("H2 two versions", get(host + upgrade + key + version + version), 426);
    row("H3 no key", get(host + upgrade + version), 400);
    row("H3 short key", get(host + upgrade + version + "Sec-WebSocket-Key: abc\r\n"), 400);
    row("H3 key of 15 bytes", get(host + upgrade + version + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j\r\n"), 400);
    row("H3 two keys", get(host + upgrade + version + key + key), 400);
    row("H3 key that is not base64", get(host + upgrade + version + "Sec-WebSocket-Key: dGhlIHNhbX!sZSBub25jZQ==\r\n"),
        400);
    row("H4 upgrade by POST", post(upgrade + version + key), 405);
    row("upgrade that Connection does not name", get(host + "Upgrade: websocket\r\n" + version + key), 400);
    row("upgrade with HTTP/1.0", "GET /app/key HTTP/1.0\r\n" + host + upgrade + version + key + "\r\n", 400);
    row("upgrade with a body", get(host + upgrade + version + key + "Content-Length: 3\r\n") + "abc", 400);
    row("H5 no Host", get(""), 400);
    row("H5 two Hosts", get(host + host), 400);
    row("H5 no Host with HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", 400);
    row("H5 malformed Host", get("Host: local host\r\n"), 400);
    row("H6 foreign name", get("Host: evil.example\r\n"), 421);
    row("H6 foreign name on an upgrade", get("Host: evil.example\r\n" + upgrade + version + key), 421);
    row("H6 own name as a part", get("Host: localhost.evil.example\r\n"), 421);
    row("H6 foreign address", get("Host: 192.0.2.1:6001\r\n"), 421);
    row("H6 before the body's size", "POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 99999999\r\n\r\n", 421);
    row("H12 request line of 8,193 bytes", "GET /" + std::string(8'193 - 14, 'a') + " HTTP/1.1\r\n" + host + "\r\n",
        414);
    row("H12 request line without an end", "GET /" + std::string(9'000, 'a'), 414);
    row("H13 101 fields", get(host + fields(100)), 431);
    row("H13 17 KiB of fields", get(host + fields(17, std::string(1'000, 'v'))), 431);
    row("H13 one endless field", "GET / HTTP/1.1\r\nX-Long: " + std::string(17 * 1'024, 'v'), 431);
    row("R1 both lengths", post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400);
    row("R1 both lengths, other order", post("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "0\r\n\r\n"), 400);
    row("R2 two lengths", post("Content-Length: 3\r\nContent-Length: 4\r\n", "abc"), 400);
    row("R2 the same length twice", post("Content-Length: 3\r\nContent-Length: 3\r\n", "abc"), 400);
    row("R2 negative", post("Content-Length: -1\r\n"), 400);
    row("R2 plus sign", post("Content-Length: +5\r\n", "abcde"), 400);
    row("R2 list", post("Content-Length: 5,5\r\n", "abcde"), 400);
    row("R2 20 digits", post("Content-Length: 00000000000000000005\r\n", "abcde"), 400);
    row("R2 beyond 64 bits", post("Content-Length: 99999999999999999999\r\n"), 400);
    row("R3 gzip, chunked", post("Transfer-Encoding: gzip, chunked\r\n"), 501);
    row("R3 gzip", post("Transfer-Encoding: gzip\r\n"), 501);
    row("chunked with HTTP/1.0", "POST / HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
    row("R4 length over 1 MiB", post("Content-Length: 1048577\r\n"), 413);
    row("R17 TRACE", "TRACE /apps/1/events HTTP/1.1\r\n" + host + "\r\n", 405);
    row("HTTP/2.0", "GET / HTTP/2.0\r\n" + host + "\r\n", 505);
    row("bare line feeds", "GET / HTTP/1.1\nHost: localhost\n\n", 400);
    row("folded field", get(host + "X: a\r\n b\r\n"), 400);
    row("folded Transfer-Encoding", post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"), 400);
    row("brackets around a name", get("Host: [localhost]\r\n"), 400);
    row("brackets around IPv4", get("Host: [127.0.0.1]\r\n"), 400);
    row("blank before a colon", get("Host : localhost\r\n"), 400);
    row("NUL in a field", get(host + std::string{"X: a\0b\r\n", 8}), 400);
    row("no request at all", "hello\r\n\r\n", 400);
    row("chunk of no number", post("Transfer-Encoding: chunked\r\n", "xyz\r\n"), 400);
    row("R5 chunk of 1 MiB and a byte, announced", post("Transfer-Encoding: chunked\r\n", "100001\r\n"), 413);
    row("R5 chunk of 2^64 - 1 bytes, announced", post("Transfer-Encoding: chunked\r\n", "ffffffffffffffff\r\n"), 413);
    row("R5 second chunk too large, announced", post("Transfer-Encoding: chunked\r\n", "2\r\nab\r\nfffff\r\n"), 413);
    row("endless chunk head", post("Transfer-Encoding: chunked\r\n", "1;" + std::string(20'000, 'a')), 400);
}

void BadHttpTest::isRefusedAndClosed()
{
    QFETCH(const std::string, request);
    QFETCH(const int, status);
    TestServer server;

    const auto reply = replyTo(server.port(), request);
    QCOMPARE(statusOf(reply), status);
    QVERIFY(reply.find("\r\nConnection: close\r\n") != std::string::npos);
    QVERIFY(reply.find("\r\nContent-Type: text/plain") != std::string::npos);
    // One line, or nothing where nothing may be told.
    const auto body = reply.substr(reply.find("\r\n\r\n") + 4);
    QCOMPARE(std::count(body.begin(), body.end(), '\n'), status == 421 ? 0 : 1);
    QVERIFY(body.empty() || body.back() == '\n');
    QCOMPARE(server.ledger().opened, 0);
}

void BadHttpTest::refusalSaysWhatWouldDo_data()
{
    QTest::addColumn<std::string>("request");
    QTest::addColumn<std::string>("header");
    QTest::newRow("H2") << get(host + upgrade + key) << std::string{"\r\nSec-WebSocket-Version: 13\r\n"};
    QTest::newRow("H4") << post(upgrade + version + key) << std::string{"\r\nAllow: GET\r\n"};
    QTest::newRow("R17") << "TRACE / HTTP/1.1\r\n" + host + "\r\n" << std::string{"\r\nAllow: GET, "};
}

void BadHttpTest::refusalSaysWhatWouldDo()
{
    QFETCH(const std::string, request);
    QFETCH(const std::string, header);
    TestServer server;
    QVERIFY(replyTo(server.port(), request).find(header) != std::string::npos);
}

void BadHttpTest::limitItselfIsAllowed_data()
{
    QTest::addColumn<std::string>("request");
    QTest::newRow("H12 request line of 8,192 bytes")
        << "GET /" + std::string(8'192 - 14, 'a') + " HTTP/1.1\r\n" + host + "\r\n";
    QTest::newRow("H13 100 fields") << get(host + fields(99));
    QTest::newRow("H13 15 KiB of fields") << get(host + fields(15, std::string(1'000, 'v')));
    QTest::newRow("R2 19 digits") << post("Content-Length: 0000000000000000005\r\n", "abcde");
    QTest::newRow("R4 length of 1 MiB") << post("Content-Length: 1048576\r\n", std::string(1'048'576, 'b'));
}

void BadHttpTest::limitItselfIsAllowed()
{
    QFETCH(const std::string, request);
    TestServer server;
    Socket socket{server.port()};
    QVERIFY(socket.send(request));
    QCOMPARE(statusOf(readReply(socket)), 200);
}

void BadHttpTest::H6_refusalOfAForeignHostTellsNothing()
{
    TestServer server;
    const auto reply = replyTo(server.port(), get("Host: evil.example\r\n"));
    QVERIFY(reply.ends_with("\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
}

void BadHttpTest::H14_slowHeadsEndWith408AndHoldUpNobody()
{
    constexpr int slowPeers = 500;
    auto options = TestServer::defaults();
    options.http.head = 1500ms;
    TestServer server{options};
    std::vector<Socket> peers;
    for (int i = 0; i < slowPeers; ++i) {
        peers.emplace_back(server.port());
        QVERIFY(peers.back().send("GET / HT"));
    }
    const auto before = std::chrono::steady_clock::now();
    const FrameClient client{server.port()};
    QVERIFY(client.isOpen());
    QVERIFY(std::chrono::steady_clock::now() - before < 250ms);

    for (auto& peer : peers) {
        QVERIFY(peer.send("T")); // A byte now and then wins no time.
        std::string reply = readReply(peer);
        QCOMPARE(statusOf(reply), 408);
        QCOMPARE(peer.receive(reply), Socket::Received::End);
    }
}

void BadHttpTest::H15_silenceIsClosedWithoutAnAnswer()
{
    TestServer server{impatient()};
    QCOMPARE(replyTo(server.port(), ""), std::string{});
    QVERIFY(server.notices().empty());
}

void BadHttpTest::H16_tlsOnAPlainPortIsClosedAtOnce()
{
    TestServer server;
    const std::string clientHello{"\x16\x03\x01\x00\xF4\x01\x00\x00\xF0\x03\x03", 11};
    for (int i = 0; i < 3; ++i)
        QCOMPARE(replyTo(server.port(), clientHello, 2s), std::string{});
    QCOMPARE(server.notices().size(), 1U);
}

void BadHttpTest::R5_chunkedBodyEndsAtTheLimit()
{
    TestServer server;
    std::string chunks;
    for (int i = 0; i < 17; ++i)
        chunks += "10000\r\n" + std::string(65'536, 'c') + "\r\n";
    QCOMPARE(statusOf(replyTo(server.port(), post("Transfer-Encoding: chunked\r\n", chunks))), 413);
}

void BadHttpTest::R6_slowBodyEndsWith408()
{
    TestServer server{impatient()};
    QCOMPARE(statusOf(replyTo(server.port(), post("Content-Length: 10\r\n", "ab"))), 408);
    QCOMPARE(statusOf(replyTo(server.port(), post("Transfer-Encoding: chunked\r\n", "5\r\nab"))), 408);
}

void BadHttpTest::R18_pathIsNeverNormalised()
{
    TestServer server;
    Socket socket{server.port()};
    QVERIFY(socket.send("GET //apps/1/../2/%65vents?a=%20 HTTP/1.1\r\n" + host + "\r\n"));
    QVERIFY(readReply(socket).ends_with("GET //apps/1/../2/%65vents?a=%20 "));
}

void BadHttpTest::idleKeepAliveEndsSilently()
{
    TestServer server{impatient()};
    const auto reply = replyTo(server.port(), get(host));
    QCOMPARE(statusOf(reply), 200);
    QVERIFY(reply.ends_with("GET /app/key? "));
}

void BadHttpTest::bodiesOfAllConnectionsTogetherAreLimited()
{
    auto options = TestServer::defaults();
    options.http.allBodiesBytes = 100'000;
    TestServer server{options};
    const auto half = post("Content-Length: 120000\r\n", std::string(60'000, 'b'));
    Socket first{server.port()};
    QVERIFY(first.send(half));
    const auto reply = replyTo(server.port(), half);
    QCOMPARE(statusOf(reply), 503);
    QVERIFY(reply.find("\r\nRetry-After: 1\r\n") != std::string::npos);

    first.reset();
    QTRY_COMPARE(server.server().totals().open, 0U);
    Socket second{server.port()};
    QVERIFY(second.send(post("Content-Length: 90000\r\n", std::string(90'000, 'b'))));
    QCOMPARE(statusOf(readReply(second)), 200);
}

void BadHttpTest::bugIsAnsweredAndTold()
{
    TestServer server;
    QCOMPARE(statusOf(replyTo(server.port(), "GET /throw HTTP/1.1\r\n" + host + "\r\n")), 500);
    QCOMPARE(server.notices().size(), 1U);
}

void BadHttpTest::connectionThatWasRefusedDisturbsNoOther()
{
    TestServer server;
    FrameClient canary{server.port()};
    QVERIFY(canary.isOpen());
    for (int i = 0; i < 20; ++i)
        QCOMPARE(statusOf(replyTo(server.port(), get(""))), 400);
    canary.send(clientFrame(fin | 1, "still there"));
    QCOMPARE(canary.next().value_or(WireFrame{}), (WireFrame{1, "still there"}));
    QTRY_COMPARE(server.server().totals().open, 1U);
}

QTEST_APPLESS_MAIN(BadHttpTest)

#include "bad_http_test.moc"
