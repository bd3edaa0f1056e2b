#include "core/remote/http_client.h"

#include "tests/remote/scripted_server.h"
#include "tests/remote/self_signed.h"

#include <QNetworkReply>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <optional>

using namespace castdeck;
using namespace castdeck::remote;
using namespace std::chrono_literals;

namespace {

/// Answers every connection with the same bytes, or closes it when there are none.
class RawServer : public QTcpServer {
public:
    explicit RawServer(QByteArray answer = {}, bool closes = true) : m_answer{std::move(answer)}, m_closes{closes}
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket* socket = nextPendingConnection();
            ++connections;
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                received += socket->readAll();
                if (!m_answer.isEmpty())
                    socket->write(m_answer);
                if (m_closes)
                    socket->disconnectFromHost();
            });
        });
        if (!listen(QHostAddress::LocalHost))
            qFatal("no port to listen on");
    }

    QUrl url(const QString& path = QStringLiteral("/")) const
    {
        return QUrl{QStringLiteral("http://127.0.0.1:%1%2").arg(serverPort()).arg(path)};
    }

    int connections = 0;
    QByteArray received;

private:
    QByteArray m_answer;
    bool m_closes;
};

http::OutgoingRequest get(const QUrl& url)
{
    return {.method = "GET", .url = url.toEncoded().toStdString(), .headers = {}, .body = {}};
}

} // namespace

class HttpClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_answer.reset(); }
    void anAnswerIsHandedOverWhole();
    void anUnhappyStatusIsAnAnswer();
    void aRedirectIsNotFollowed();
    void aPostThatBreaksIsNotRepeated();
    void aPostIsSentWithItsLength();
    void nobodyListeningIsUnreachable();
    void silenceIsATimeout();
    void anEndlessAnswerIsCut();
    void anUnknownCertificateIsATlsFailureWithItsReason();
    void aTrustedCertificateIsAccepted();
    void nothingIsCalledWhenTheContextIsGone();

private:
    void send(const http::OutgoingRequest& request)
    {
        m_client.send(request, this, [this](const http::Answer& answer) { m_answer = answer; });
        QVERIFY(!m_answer);
        QTRY_VERIFY_WITH_TIMEOUT(m_answer, 5'000);
    }

    HttpClient m_client;
    std::optional<http::Answer> m_answer;
};

void HttpClientTest::anAnswerIsHandedOverWhole()
{
    RawServer server{"HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 5\r\n\r\nhello"};
    http::OutgoingRequest request = get(server.url("/a?b=c%2Cd"));
    request.headers.push_back({"X-Mine", "1"});
    send(request);
    QVERIFY(m_answer->failure == http::Failure::None);
    QCOMPARE(m_answer->status, 200);
    QCOMPARE(m_answer->body, "hello");
    QCOMPARE(*castdeck::http::find(m_answer->headers, "x-a"), "b");
    QVERIFY(server.received.startsWith("GET /a?b=c%2Cd HTTP/1.1\r\n"));
    QVERIFY(server.received.contains("\r\nX-Mine: 1\r\n"));
}

void HttpClientTest::anUnhappyStatusIsAnAnswer()
{
    for (const int status : {400, 401, 403, 404, 413, 429, 500, 503}) {
        m_answer.reset();
        RawServer server{QByteArrayLiteral("HTTP/1.1 ") + QByteArray::number(status) +
                         " X\r\nContent-Length: 4\r\n\r\nwhy\n"};
        send(get(server.url()));
        QVERIFY(m_answer->failure == http::Failure::None);
        QCOMPARE(m_answer->status, status);
        QCOMPARE(m_answer->body, "why\n");
    }
}

void HttpClientTest::aRedirectIsNotFollowed()
{
    RawServer target{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"};
    RawServer server{"HTTP/1.1 302 Found\r\nLocation: " + target.url().toEncoded() + "\r\nContent-Length: 0\r\n\r\n"};
    send(get(server.url()));
    QCOMPARE(m_answer->status, 302);
    QCOMPARE(target.connections, 0);
}

void HttpClientTest::aPostThatBreaksIsNotRepeated()
{
    RawServer server;
    http::OutgoingRequest request = get(server.url());
    request.method = "POST";
    request.body = "{\"once\":true}";
    send(request);
    QVERIFY(m_answer->failure == http::Failure::Unreachable);
    QVERIFY(!m_answer->detail.empty());
    QCOMPARE(server.received.count("POST / "), 1);
}

void HttpClientTest::aPostIsSentWithItsLength()
{
    RawServer server{"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"};
    http::OutgoingRequest request = get(server.url());
    request.method = "POST";
    request.body = std::string(1'000, 'x');
    request.headers.push_back({"Content-Type", "application/json"});
    send(request);
    QCOMPARE(m_answer->status, 200);
    QVERIFY(server.received.contains("\r\nContent-Length: 1000\r\n"));
    QVERIFY(server.received.contains("\r\nContent-Type: application/json\r\n"));
}

void HttpClientTest::nobodyListeningIsUnreachable()
{
    QUrl url;
    {
        const RawServer server;
        url = server.url();
    }
    send(get(url));
    QVERIFY(m_answer->failure == http::Failure::Unreachable);
    QVERIFY(QString::fromStdString(m_answer->detail).contains("refused"));
}

void HttpClientTest::silenceIsATimeout()
{
    RawServer server{{}, false};
    http::OutgoingRequest request = get(server.url());
    request.timeout = 200ms;
    send(request);
    QVERIFY(m_answer->failure == http::Failure::Timeout);
    QCOMPARE(m_answer->detail, "no answer within 200 ms");
}

void HttpClientTest::anEndlessAnswerIsCut()
{
    RawServer server{"HTTP/1.1 200 OK\r\n\r\n" + QByteArray(3'000'000, 'x'), false};
    http::OutgoingRequest request = get(server.url());
    request.maxAnswerBytes = 100'000;
    send(request);
    QVERIFY(m_answer->failure == http::Failure::AnswerTooLarge);
}

void HttpClientTest::anUnknownCertificateIsATlsFailureWithItsReason()
{
    const castdeck::test::ScriptedServer server{castdeck::test::ScriptedServer::Mode::Tls};
    QUrl url = server.url();
    url.setScheme("https");
    send(get(url));
    QVERIFY(m_answer->failure == http::Failure::Tls);
    QVERIFY2(QString::fromStdString(m_answer->detail).contains("self-signed"), m_answer->detail.c_str());
}

void HttpClientTest::aTrustedCertificateIsAccepted()
{
    const castdeck::test::SelfSigned identity = castdeck::test::makeSelfSigned();
    QSslServer server;
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificate(QSslCertificate{identity.certificate});
    tls.setPrivateKey(QSslKey{identity.key, QSsl::Ec});
    server.setSslConfiguration(tls);
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::pendingConnectionAvailable, this, [&server] {
        QTcpSocket* socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket,
                [socket] { socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"); });
    });
    m_client.trust({QSslCertificate{identity.certificate}});
    send(get(QUrl{QStringLiteral("https://127.0.0.1:%1/").arg(server.serverPort())}));
    QVERIFY2(m_answer->failure == http::Failure::None, m_answer->detail.c_str());
    QCOMPARE(m_answer->status, 200);
}

void HttpClientTest::nothingIsCalledWhenTheContextIsGone()
{
    RawServer server{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", false};
    auto context = std::make_unique<QObject>();
    bool isCalled = false;
    m_client.send(get(server.url()), context.get(), [&](const http::Answer&) { isCalled = true; });
    context.reset();
    send(get(server.url()));
    QTRY_VERIFY(m_client.findChildren<QNetworkReply*>().isEmpty());
    QCOMPARE(server.received.count("GET "), 2);
    QVERIFY(!isCalled);
}

QTEST_GUILESS_MAIN(HttpClientTest)
#include "http_client_test.moc"
