#include "core/remote/forwarder.h"

#include "tests/remote/inbox.h"
#include "tests/remote/raw_server.h"

#include <QElapsedTimer>
#include <QTest>

using namespace castdeck;
using test::answerOf;
using test::RawServer;

class ForwarderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theQuestionArrivesWithItsHeaders();
    void everyStatusIsAnAnswer();
    void aRedirectIsNotFollowed_data();
    void aRedirectIsNotFollowed();
    void aSlowApplicationIsAskedForManyAtOnce();
    void aLongAnswerIsNone();
    void nobodyListeningIsNoAnswer();
    void silenceEndsAfterFiveSeconds();

private:
    auth::ForwardAnswer ask(const std::string& url)
    {
        const test::Inbox<auth::ForwardAnswer> inbox;
        m_forwarder->post(url,
                          {{"Content-Type", "application/x-www-form-urlencoded"},
                           {"Cookie", "a=1"},
                           {"Cookie", "b=2"},
                           {"X-Twice", "one"},
                           {"x-twice", "two"}},
                          "socket_id=1.2&channel_name=private-a", inbox.done());
        [&] { QTRY_COMPARE_WITH_TIMEOUT(inbox.count(), std::size_t{1}, 10'000); }();
        return inbox.count() == 0 ? auth::ForwardAnswer{} : inbox.all()[0];
    }

    remote::HttpThread m_thread;
    std::shared_ptr<auth::Forwarder> m_forwarder = remote::forwarder(m_thread);
};

void ForwarderTest::theQuestionArrivesWithItsHeaders()
{
    RawServer server{answerOf("200 OK", R"({"auth":"k:s"})")};
    const auth::ForwardAnswer answer = ask(server.url("/broadcasting/auth"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, R"({"auth":"k:s"})");
    QCOMPARE(answer.failure, "");
    QVERIFY(server.received.startsWith("POST /broadcasting/auth HTTP/1.1\r\n"));
    QVERIFY(server.received.contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n"));
    QVERIFY2(server.received.contains("\r\nCookie: a=1; b=2\r\n"), server.received);
    QVERIFY2(server.received.toLower().contains("\r\nx-twice: one, two\r\n"), server.received);
    QVERIFY(server.received.endsWith("\r\n\r\nsocket_id=1.2&channel_name=private-a"));
}

void ForwarderTest::everyStatusIsAnAnswer()
{
    for (const int status : {201, 401, 403, 419, 500}) {
        const RawServer server{answerOf(QByteArray::number(status) + " X", "no")};
        const auth::ForwardAnswer answer = ask(server.url());
        QCOMPARE(answer.status, status);
        QCOMPARE(answer.body, "no");
    }
}

void ForwarderTest::aRedirectIsNotFollowed_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308})
        QTest::addRow("%d", status) << status;
}

void ForwarderTest::aRedirectIsNotFollowed()
{
    QFETCH(int, status);
    const RawServer login{answerOf("200 OK", R"({"auth":"k:s"})")};
    const RawServer server{answerOf(QByteArray::number(status) + " Elsewhere", "",
                                    "Location: " + QByteArray::fromStdString(login.url("/login")) + "\r\n")};
    QCOMPARE(ask(server.url()).status, status);
    QCOMPARE(login.connections, 0);
}

void ForwarderTest::aSlowApplicationIsAskedForManyAtOnce()
{
    constexpr std::size_t clients = 30;
    RawServer server;
    QList<QTcpSocket*> waiting;
    server.onRequest = [&](QTcpSocket& socket) { waiting.append(&socket); };
    const test::Inbox<auth::ForwardAnswer> inbox;
    for (std::size_t i = 0; i < clients; ++i)
        m_forwarder->post(server.url(), {}, "socket_id=1.2&channel_name=private-a", inbox.done());
    QTRY_COMPARE_WITH_TIMEOUT(waiting.size(), qsizetype{clients}, 4'000);
    for (QTcpSocket* const socket : waiting)
        socket->write(answerOf("200 OK", "{}"));
    QTRY_COMPARE_WITH_TIMEOUT(inbox.count(), clients, 4'000);
    for (const auth::ForwardAnswer& answer : inbox.all())
        QCOMPARE(answer.status, 200);
}

void ForwarderTest::aLongAnswerIsNone()
{
    const RawServer fitting{answerOf("200 OK", QByteArray(65'536, 'x'))};
    QCOMPARE(ask(fitting.url()).body.size(), std::size_t{65'536});
    const RawServer server{answerOf("200 OK", QByteArray(65'537, 'x'))};
    const auth::ForwardAnswer answer = ask(server.url());
    QCOMPARE(answer.status, 0);
    QCOMPARE(answer.body, "");
    QCOMPARE(answer.failure, "the answer is larger than 65536 bytes");
}

void ForwarderTest::nobodyListeningIsNoAnswer()
{
    const auth::ForwardAnswer answer = ask("http://127.0.0.1:" + std::to_string(test::closedPort()) + "/");
    QCOMPARE(answer.status, 0);
    QVERIFY(!answer.failure.empty());
}

void ForwarderTest::silenceEndsAfterFiveSeconds()
{
    const RawServer server{{}, false};
    QElapsedTimer clock;
    clock.start();
    const auth::ForwardAnswer answer = ask(server.url());
    QCOMPARE(answer.status, 0);
    QCOMPARE(answer.failure, "no answer within 5000 ms");
    QVERIFY(clock.elapsed() >= 5'000 && clock.elapsed() < 8'000);
}

QTEST_GUILESS_MAIN(ForwarderTest)
#include "forwarder_test.moc"
