#include "core/remote/webhook_transport.h"

#include "tests/remote/inbox.h"
#include "tests/remote/raw_server.h"

#include <QElapsedTimer>
#include <QTest>

#include <array>
#include <optional>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace castdeck;
using namespace std::chrono_literals;
using test::answerOf;
using test::RawServer;

namespace {

webhook::TransportRequest requestTo(std::string url)
{
    return {.url = std::move(url),
            .headers = {{"Content-Type", "application/json"}, {"X-Pusher-Key", "k"}, {"X-Pusher-Signature", "s"}},
            .body = R"({"time_ms":1,"events":[]})"};
}

/// A port whose queue of connections is full: further ones get no answer at all.
class FullPort {
public:
    FullPort()
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        socklen_t size = sizeof address;
        ::bind(m_listener, generic, size);
        ::listen(m_listener, 0);
        ::getsockname(m_listener, generic, &size);
        for (int& waiting : m_waiting) {
            waiting = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
            ::connect(waiting, generic, size);
        }
        m_port = ntohs(address.sin_port);
    }
    ~FullPort()
    {
        for (const int waiting : m_waiting)
            ::close(waiting);
        ::close(m_listener);
    }
    FullPort(const FullPort&) = delete;
    FullPort& operator=(const FullPort&) = delete;

    std::uint16_t port() const { return m_port; }

private:
    int m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    std::array<int, 4> m_waiting{};
    std::uint16_t m_port = 0;
};

} // namespace

class WebhookTransportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aWebhookArrivesAsItIs();
    void aNameIsResolvedAndStaysInTheRequest();
    void forbiddenAddressesAreNotConnected_data();
    void forbiddenAddressesAreNotConnected();
    void privateAddressesNeedAYes();
    void theConnectionGoesToTheGivenAddressOnly();
    void aRedirectIsNotFollowed_data();
    void aRedirectIsNotFollowed();
    void ofALongAnswerOnlyTheStatusCounts();
    void theCertificateMustBeForTheName();
    void connectingIsLimited_data();
    void connectingIsLimited();
    void theWholeIsLimited();
    void whatIsOwedComesWhenTheThreadEnds();

private:
    webhook::TransportAnswer post(webhook::TransportRequest request)
    {
        const test::Inbox<webhook::TransportAnswer> inbox;
        m_transport->post(std::move(request), inbox.done());
        [&] { QTRY_COMPARE_WITH_TIMEOUT(inbox.count(), std::size_t{1}, 15'000); }();
        return inbox.count() == 0 ? webhook::TransportAnswer{} : inbox.all()[0];
    }

    const test::SelfSigned m_identity = test::makeSelfSigned();
    remote::HttpThread m_thread{{QSslCertificate{m_identity.certificate}}};
    std::shared_ptr<webhook::Transport> m_transport = remote::webhookTransport(m_thread);
};

void WebhookTransportTest::aWebhookArrivesAsItIs()
{
    RawServer server{answerOf("204 No Content", "")};
    const webhook::TransportAnswer answer = post(requestTo(server.url("/hooks/a%2Fb?c=d")));
    QCOMPARE(answer.failure, "");
    QCOMPARE(answer.status, 204);
    QVERIFY2(server.received.startsWith("POST /hooks/a%2Fb?c=d HTTP/1.1\r\n"), server.received);
    QVERIFY2(server.received.contains("\r\nContent-Type: application/json\r\n"), server.received);
    QVERIFY(server.received.contains("\r\nX-Pusher-Signature: s\r\n"));
    QVERIFY2(server.received.contains("\r\nHost: 127.0.0.1:" + QByteArray::number(server.port()) + "\r\n"),
             server.received);
    QVERIFY(server.received.endsWith("\r\n\r\n{\"time_ms\":1,\"events\":[]}"));
}

void WebhookTransportTest::aNameIsResolvedAndStaysInTheRequest()
{
    RawServer server{answerOf("200 OK", "")}; // Not on ::1, which may come first.
    const webhook::TransportAnswer answer = post(requestTo(server.url("/", "localhost")));
    QCOMPARE(answer.failure, "");
    QCOMPARE(answer.status, 200);
    QVERIFY2(server.received.contains("\r\nHost: localhost:" + QByteArray::number(server.port()) + "\r\n"),
             server.received);
    QVERIFY(!post(requestTo("http://no-such-name.invalid/")).failure.empty());
}

void WebhookTransportTest::forbiddenAddressesAreNotConnected_data()
{
    QTest::addColumn<std::string>("host");
    for (const char* host : {"0.0.0.0", "169.254.169.254", "2852039166", "0xa9.0xfe.0xa9.0xfe", "224.0.0.1",
                             "255.255.255.255", "10.0.0.1", "172.16.0.1", "192.168.0.1", "[::]", "[fe80::1]",
                             "[ff02::1]", "[fd00::1]", "[::ffff:169.254.169.254]", "[::ffff:10.0.0.1]"})
        QTest::newRow(host) << std::string{host};
}

void WebhookTransportTest::forbiddenAddressesAreNotConnected()
{
    QFETCH(std::string, host);
    const webhook::TransportAnswer answer = post(requestTo("http://" + host + ":9/"));
    QCOMPARE(answer.status, 0);
    const bool isRefused = answer.failure.starts_with("no webhook may be sent to the address") ||
                           answer.failure.find("private network") != std::string::npos;
    QVERIFY2(isRefused, answer.failure.c_str());
}

void WebhookTransportTest::privateAddressesNeedAYes()
{
    webhook::TransportRequest request = requestTo("http://10.255.255.1:9/");
    request.allowsPrivateNetwork = true;
    request.connectTimeout = request.timeout = 1s;
    const std::string failure = post(std::move(request)).failure; // What comes of it is the network's affair.
    QVERIFY2(failure.find("private network") == std::string::npos, failure.c_str());
}

void WebhookTransportTest::theConnectionGoesToTheGivenAddressOnly()
{
    RawServer server{answerOf("200 OK", "")};
    remote::HttpClient client;
    const http::OutgoingRequest request{
        .method = "POST", .url = server.url("/", "no-such-name.invalid"), .headers = {}, .body = "x"};
    std::optional<remote::HttpOutcome> outcome;
    client.sendTo({QHostAddress{QHostAddress::LocalHost}, 3s}, request, this,
                  [&](const remote::HttpOutcome& value) { outcome = value; });
    QTRY_VERIFY(outcome);
    QCOMPARE(outcome->status, 200); // The name resolves to nothing, so nobody has asked for it.
    QVERIFY(outcome->wasSent);
    QVERIFY2(server.received.contains("\r\nHost: no-such-name.invalid:"), server.received);
}

void WebhookTransportTest::aRedirectIsNotFollowed_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<int>("expected");
    QTest::newRow("301") << QByteArray{"301 Moved Permanently"} << 301;
    QTest::newRow("302") << QByteArray{"302 Found"} << 302;
    QTest::newRow("307") << QByteArray{"307 Temporary Redirect"} << 307;
    QTest::newRow("308") << QByteArray{"308 Permanent Redirect"} << 308;
}

void WebhookTransportTest::aRedirectIsNotFollowed()
{
    QFETCH(QByteArray, status);
    const RawServer inner{answerOf("200 OK", "")};
    const RawServer server{answerOf(status, "", "Location: " + QByteArray::fromStdString(inner.url()) + "\r\n")};
    const webhook::TransportAnswer answer = post(requestTo(server.url()));
    QTEST(answer.status, "expected");
    QCOMPARE(inner.connections, 0);
    QCOMPARE(server.connections, 1);
}

void WebhookTransportTest::ofALongAnswerOnlyTheStatusCounts()
{
    const RawServer server{"HTTP/1.1 200 OK\r\n\r\n" + QByteArray(1'000'000, 'x'), false}; // It never ends.
    QElapsedTimer clock;
    clock.start();
    const webhook::TransportAnswer answer = post(requestTo(server.url()));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.failure, "");
    QVERIFY(clock.elapsed() < 5'000);
}

void WebhookTransportTest::theCertificateMustBeForTheName()
{
    RawServer server{answerOf("200 OK", ""), true, &m_identity, QHostAddress::AnyIPv4, true};
    QCOMPARE(post(requestTo(server.url("/", "localhost"))).failure, "");
    QVERIFY(server.received.contains("\r\nHost: localhost:"));
    QVERIFY2(server.protocol != "h2", "there the address would stand for the name");
    QCOMPARE(post(requestTo(server.url())).failure, ""); // 127.0.0.1 is in the certificate as well.
    server.received.clear();
    const std::string failure = post(requestTo(server.url("/", "127.0.0.2"))).failure;
    QVERIFY2(failure.find("host name") != std::string::npos, failure.c_str());
    QCOMPARE(server.received, "");
}

void WebhookTransportTest::connectingIsLimited_data()
{
    QTest::addColumn<bool>("isTls");
    QTest::newRow("TCP") << false;
    QTest::newRow("TLS") << true;
}

void WebhookTransportTest::connectingIsLimited()
{
    QFETCH(bool, isTls);
    const FullPort full;
    const RawServer silent{{}, false};
    webhook::TransportRequest request = requestTo(isTls ? "https://127.0.0.1:" + std::to_string(silent.port()) + "/"
                                                        : "http://127.0.0.1:" + std::to_string(full.port()) + "/");
    request.connectTimeout = 1s;
    QElapsedTimer clock;
    clock.start();
    const webhook::TransportAnswer answer = post(std::move(request));
    QCOMPARE(answer.failure, "no connection within 1000 ms");
    QVERIFY(clock.elapsed() >= 1'000 && clock.elapsed() < 4'000);
}

void WebhookTransportTest::theWholeIsLimited()
{
    const RawServer silent{{}, false};
    webhook::TransportRequest request = requestTo(silent.url());
    request.connectTimeout = 1s;
    request.timeout = 2s;
    QElapsedTimer clock;
    clock.start();
    const webhook::TransportAnswer answer = post(std::move(request));
    QCOMPARE(answer.status, 0);
    QCOMPARE(answer.failure, "no answer within 2 s");
    QVERIFY(clock.elapsed() >= 1'900 && clock.elapsed() < 5'000);
}

void WebhookTransportTest::whatIsOwedComesWhenTheThreadEnds()
{
    RawServer silent{{}, false};
    const test::Inbox<webhook::TransportAnswer> inbox;
    std::optional<remote::HttpThread> thread{std::in_place};
    const auto transport = remote::webhookTransport(*thread);
    transport->post(requestTo(silent.url()), inbox.done());
    QTRY_VERIFY(!silent.received.isEmpty());
    transport->post(requestTo("http://no-such-name.invalid/"), inbox.done());
    thread.reset();
    transport->post(requestTo(silent.url()), inbox.done());
    QCOMPARE(inbox.count(), std::size_t{3});
    QCOMPARE(inbox.all()[2].failure, "the program is ending");
}

QTEST_GUILESS_MAIN(WebhookTransportTest)
#include "webhook_transport_test.moc"
