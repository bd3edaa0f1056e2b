#include "tests/core/net/frame_client.h"
#include "tests/core/net/test_server.h"
#include "tests/core/net/tls_client.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <string>

using namespace castdeck;
using namespace castdeck::test;
using namespace std::chrono_literals;

namespace {

constexpr int text = 1;

const std::string handshake =
    "GET /app/key HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/// True when a short text comes back.
bool echoes(TlsClient& client, const std::string& message)
{
    std::string received;
    return client.send(clientFrame(fin | text, message)) && client.receive(received, message.size() + 2) &&
           received == std::string{Frame{message}.wire()};
}

bool upgrade(TlsClient& client)
{
    std::string reply;
    return client.send(handshake) && client.receiveUntil(reply, "\r\n\r\n") && statusOf(reply) == 101;
}

} // namespace

class TlsTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void requestsAndWebSocketsWork_data();
    void requestsAndWebSocketsWork();
    void largeMessagesPassInBothDirections();
    void slowReaderGetsEverything();
    void slowConsumerIsClosed();
    void oldVersionsAreRefused();
    void reloadServesLaterConnectionsAndKeepsTheOthers();
    void failedReloadKeepsTheCertificate();
    void unusableFilesAreNamedWithTheCause_data();
    void unusableFilesAreNamedWithTheCause();
    void plainRequestIsClosed();
    void handshakeHasATimeLimit();
    void stopEndsTlsClients();

private:
    net::ServerOptions options() const;
    std::string path(const char* name) const { return m_folder.filePath(name).toStdString(); }

    QTemporaryDir m_folder;
};

void TlsTest::initTestCase()
{
    std::signal(SIGPIPE, SIG_IGN); // Of the client; the server looks after itself.
    writeCertificate("first", path("first.pem"), path("first.key"));
    writeCertificate("second", path("second.pem"), path("second.key"));
    writeLockedKey(path("locked.key"));
}

net::ServerOptions TlsTest::options() const
{
    auto result = TestServer::defaults();
    result.tls = net::TlsFiles{path("first.pem"), path("first.key")};
    return result;
}

void TlsTest::requestsAndWebSocketsWork_data()
{
    QTest::addColumn<int>("version");
    QTest::newRow("TLS 1.2") << TLS1_2_VERSION;
    QTest::newRow("TLS 1.3") << TLS1_3_VERSION;
}

void TlsTest::requestsAndWebSocketsWork()
{
    QFETCH(const int, version);
    TestServer server{options()};
    TlsClient client{server.port(), version};
    QVERIFY(client.isOpen());
    std::string reply;
    QVERIFY(client.send("GET /over/tls HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    QVERIFY(client.receiveUntil(reply, "GET /over/tls? "));
    QVERIFY(upgrade(client));
    QVERIFY(echoes(client, "through TLS"));
    QVERIFY(client.send(clientFrame(fin | 8, closeBody(1000))));
    std::string closed;
    QVERIFY(client.receive(closed, 4));
    QCOMPARE(closed, "\x88\x02" + closeBody(1000));
    QVERIFY(!client.receive(closed, 5));
    QTRY_COMPARE(server.ledger().closedCodes(), std::vector<int>{1000});
}

void TlsTest::largeMessagesPassInBothDirections()
{
    auto large = options();
    large.webSocket.maxMessageBytes = 8 << 20;
    large.webSocket.maxQueuedBytes = 16 << 20;
    TestServer server{large};
    TlsClient client{server.port()};
    QVERIFY(upgrade(client));
    const std::string message(8 << 20, 'm');
    QVERIFY(client.send(clientFrame(fin | text, message)));
    std::string received;
    QVERIFY(client.receive(received, message.size() + 10));
    QVERIFY(received == Frame{message}.wire());
    QVERIFY(echoes(client, "and on"));
}

void TlsTest::slowReaderGetsEverything()
{
    auto patient = options();
    patient.webSocket.maxQueuedBytes = 64'000'000;
    TestServer server{patient};
    TlsClient client{server.port()};
    QVERIFY(upgrade(client));
    constexpr std::size_t flood = 20'000'000;
    QVERIFY(client.send(clientFrame(fin | text, "flood " + std::to_string(flood))));
    QTRY_VERIFY(server.server().totals().queuedBytes > 0);
    std::string received;
    QVERIFY(client.receive(received, flood + flood / 10'000 * 4));
    QVERIFY(std::count(received.begin(), received.end(), 'x') == flood);
    QTRY_COMPARE(server.server().totals().queuedBytes, 0U);
    QVERIFY(echoes(client, "in step"));
}

void TlsTest::slowConsumerIsClosed()
{
    TestServer server{options()};
    TlsClient client{server.port()};
    QVERIFY(upgrade(client));
    QVERIFY(client.send(clientFrame(fin | text, "flood 40000000")));
    QTRY_COMPARE(server.ledger().closedCodes(), std::vector<int>{4100});
    std::string received;
    while (client.receive(received, received.size() + 1)) {
    }
    QVERIFY(received.ends_with("\x88\x0F" + closeBody(4100, "slow consumer")));
}

void TlsTest::oldVersionsAreRefused()
{
    TestServer server{options()};
    QVERIFY(!TlsClient(server.port(), TLS1_1_VERSION).isOpen());
    QVERIFY(TlsClient(server.port(), TLS1_2_VERSION).isOpen());
}

void TlsTest::reloadServesLaterConnectionsAndKeepsTheOthers()
{
    QVERIFY(QFile::copy(m_folder.filePath("first.pem"), m_folder.filePath("used.pem")));
    QVERIFY(QFile::copy(m_folder.filePath("first.key"), m_folder.filePath("used.key")));
    auto used = options();
    used.tls = net::TlsFiles{path("used.pem"), path("used.key")};
    TestServer server{used};
    TlsClient before{server.port()};
    QVERIFY(upgrade(before));
    QCOMPARE(before.peerName(), std::string{"first"});

    writeCertificate("renewed", path("used.pem"), path("used.key"));
    QVERIFY(server.server().reloadTls());
    TlsClient after{server.port()};
    QCOMPARE(after.peerName(), std::string{"renewed"});
    QVERIFY(upgrade(after));
    QVERIFY(echoes(after, "hello"));
    QVERIFY(echoes(before, "still open"));
}

void TlsTest::failedReloadKeepsTheCertificate()
{
    QVERIFY(QFile::copy(m_folder.filePath("first.pem"), m_folder.filePath("kept.pem")));
    auto kept = options();
    kept.tls->certificate = path("kept.pem");
    TestServer server{kept};
    QVERIFY(QFile::remove(m_folder.filePath("kept.pem")));
    QVERIFY(!server.server().reloadTls());
    TlsClient client{server.port()};
    QVERIFY(client.isOpen());
    QCOMPARE(client.peerName(), std::string{"first"});
}

void TlsTest::unusableFilesAreNamedWithTheCause_data()
{
    QTest::addColumn<std::string>("certificate");
    QTest::addColumn<std::string>("key");
    QTest::addColumn<std::string>("cause");
    const auto row = [this](const char* name, const char* certificate, const char* key, const char* cause) {
        QTest::newRow(name) << path(certificate) << path(key) << std::string{cause};
    };
    row("foreign key", "first.pem", "second.key", "second.key does not belong to the certificate");
    row("no certificate", "nothing.pem", "first.key", "nothing.pem cannot be used: No such file or directory");
    row("no key", "first.pem", "nothing.key", "nothing.key cannot be used: No such file or directory");
    row("a folder", ".", "first.key", "cannot be used: it is a folder");
    row("key as certificate", "first.key", "first.key", "first.key cannot be used: it holds no certificate");
    row("certificate as key", "first.pem", "first.pem", "first.pem cannot be used: it holds no private key");
    row("encrypted key", "first.pem", "locked.key", "locked.key is encrypted");
}

void TlsTest::unusableFilesAreNamedWithTheCause()
{
    QFETCH(const std::string, certificate);
    QFETCH(const std::string, key);
    QFETCH(const std::string, cause);
    const SystemClock clock;
    auto wrong = options();
    wrong.tls = net::TlsFiles{certificate, key};
    net::Server server{wrong, clock, [](net::Worker&) { return net::Handlers{}; }};
    const auto port = server.listen();
    QVERIFY(!port);
    QVERIFY2(port.error().detail.find(cause) != std::string::npos, port.error().detail.c_str());
}

void TlsTest::plainRequestIsClosed()
{
    TestServer server{options()};
    const auto reply = replyTo(server.port(), "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", 3s);
    QVERIFY(reply.find("HTTP/1.1") == std::string::npos);
    QTRY_COMPARE(server.server().totals().open, 0U);
}

void TlsTest::handshakeHasATimeLimit()
{
    auto impatient = options();
    impatient.http.tlsHandshake = 300ms;
    TestServer server{impatient};
    const auto before = std::chrono::steady_clock::now();
    QCOMPARE(replyTo(server.port(), ""), std::string{});
    QVERIFY(std::chrono::steady_clock::now() - before < 3s);
}

void TlsTest::stopEndsTlsClients()
{
    TestServer server{options()};
    TlsClient client{server.port()};
    QVERIFY(upgrade(client));
    server.server().stop(pusher::CloseCode::ReconnectNow, "restart");
    std::string received;
    QVERIFY(client.receive(received, 11));
    QCOMPARE(received, "\x88\x09" + closeBody(4200, "restart"));
    server.server().join();
    QVERIFY(!client.receive(received, 12));
}

QTEST_APPLESS_MAIN(TlsTest)

#include "tls_test.moc"
